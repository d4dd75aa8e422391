"""How `LayerNorm` goes wrong."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from ..norm import LayerNorm


class _Norm(keras.layers.Layer):
    axes: tuple[int, ...] = (-1,)

    def __init__(self, epsilon=1e-3):
        super().__init__()
        self.epsilon = epsilon

    def build(self, input_shape):
        self.scale = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.offset = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def moments(self, x):
        return tf.nn.moments(x, axes=self.axes, keepdims=True)

    def call(self, x):
        mean, variance = self.moments(x)
        return self.scale * (x - mean) / tf.sqrt(variance + self.epsilon) + self.offset


@LayerNorm.wrong(
    "over the batch",
    says="Mean and variance are taken over the samples of a batch: that is batch normalisation. "
    "Here each sample is normalised by itself, along the last axis.",
)
class OverTheBatch(_Norm):
    axes = (0,)


@LayerNorm.wrong(
    "second axis",
    says="Mean and variance are taken along axis 1. For an input with three axes that is not the "
    "last one.",
)
class SecondAxis(_Norm):
    axes = (1,)


@LayerNorm.wrong(
    "all axes but the first",
    says="For an input with three axes, mean and variance are taken over two of them. Only the "
    "last one counts.",
)
class AllButTheFirst(_Norm):
    def moments(self, x):
        return tf.nn.moments(x, axes=list(range(1, len(x.shape))), keepdims=True)


@LayerNorm.wrong(
    "one mean for all",
    says="There is one mean and one variance for the whole input. Each row along the last axis has "
    "its own.",
)
class OneForAll(_Norm):
    def moments(self, x):
        return tf.math.reduce_mean(x), tf.math.reduce_variance(x)


@LayerNorm.wrong(
    "mean not subtracted",
    says="The mean is not taken away from the input: rows come out with another mean than 0.",
)
class NotCentred(_Norm):
    def call(self, x):
        _, variance = self.moments(x)
        return self.scale * x / tf.sqrt(variance + self.epsilon) + self.offset


@LayerNorm.wrong(
    "divided by the variance",
    says="The distances from the mean are divided by the variance. Its root is what makes the "
    "deviation 1.",
)
class NoRoot(_Norm):
    def call(self, x):
        mean, variance = self.moments(x)
        return self.scale * (x - mean) / (variance + self.epsilon) + self.offset


@LayerNorm.wrong(
    "epsilon outside the root",
    says="`epsilon` is added to the deviation, behind the root. It belongs to the variance, under "
    "the root.",
)
class EpsilonOutside(_Norm):
    def call(self, x):
        mean, variance = self.moments(x)
        return self.scale * (x - mean) / (tf.sqrt(variance) + self.epsilon) + self.offset


@LayerNorm.wrong(
    "epsilon squared",
    says="`epsilon` is squared before it is added to the variance. Add it as it is.",
)
class EpsilonSquared(_Norm):
    def call(self, x):
        mean, variance = self.moments(x)
        return self.scale * (x - mean) / tf.sqrt(variance + self.epsilon**2) + self.offset


@LayerNorm.wrong(
    "epsilon left out",
    says="`epsilon` is kept and never used: the variance goes under the root alone.",
)
class EpsilonLeftOut(_Norm):
    def call(self, x):
        mean, variance = self.moments(x)
        return self.scale * (x - mean) / tf.sqrt(variance) + self.offset


@LayerNorm.wrong(
    "epsilon as a floor",
    says="`epsilon` is the least that the variance may be. It is always added.",
)
class EpsilonAsFloor(_Norm):
    def call(self, x):
        mean, variance = self.moments(x)
        return self.scale * (x - mean) / tf.sqrt(tf.maximum(variance, self.epsilon)) + self.offset


@LayerNorm.wrong(
    "epsilon ignored",
    says="`epsilon` is always the same, whatever is asked for.",
)
class EpsilonIgnored(_Norm):
    def __init__(self, epsilon=1e-3):
        super().__init__()


@LayerNorm.wrong(
    "another epsilon by default",
    says="Without an argument, `epsilon` is not 1e-3. Rows that vary little show it.",
)
class OtherDefault(_Norm):
    def __init__(self, epsilon=1e-5):
        super().__init__(epsilon)


@LayerNorm.wrong(
    "divided by n - 1",
    says="The variance is a little too large: it is divided by n - 1. Here it is the plain mean of "
    "the squares.",
)
class SampleVariance(_Norm):
    def moments(self, x):
        mean, variance = super().moments(x)
        return mean, variance * x.shape[-1] / (x.shape[-1] - 1)


@LayerNorm.wrong(
    "one scale for all",
    says="Scale and offset are single numbers. Every place of the last axis has its own.",
)
class SingleNumbers(_Norm):
    def build(self, input_shape):
        self.scale = self.add_weight(shape=(), initializer="ones")
        self.offset = self.add_weight(shape=(), initializer="zeros")


@LayerNorm.wrong(
    "no weights",
    says="The layer normalises, but Keras lists no weights of it. Scale and offset are made with "
    "`self.add_weight`; a tf.Variable is in no list and never trained.",
)
class PlainVariables(_Norm):
    def build(self, input_shape):
        self.scale = tf.Variable(tf.ones(input_shape[-1:]))
        self.offset = tf.Variable(tf.zeros(input_shape[-1:]))


@LayerNorm.wrong(
    "offset inside the bracket",
    says="The offset is added before the scale multiplies. First scale, then shift.",
)
class OffsetFirst(_Norm):
    def call(self, x):
        mean, variance = self.moments(x)
        return self.scale * ((x - mean) / tf.sqrt(variance + self.epsilon) + self.offset)


@LayerNorm.wrong(
    "scale not used",
    says="There are two weights, and the output depends on one alone. The scale multiplies, the "
    "offset is added.",
)
class ScaleNotUsed(_Norm):
    def call(self, x):
        mean, variance = self.moments(x)
        return (x - mean) / tf.sqrt(variance + self.epsilon) + self.offset


@LayerNorm.wrong(
    "offset not used",
    says="There are two weights, and the output depends on one alone. The scale multiplies, the "
    "offset is added.",
)
class OffsetNotUsed(_Norm):
    def call(self, x):
        mean, variance = self.moments(x)
        return self.scale * (x - mean) / tf.sqrt(variance + self.epsilon)


def _columns_moved(seen, expected):
    """Return whether each column is the right one, scaled and shifted, and not all are right."""
    if isinstance(expected, dict):
        (seen, *_), (expected, *_) = seen.values(), expected.values()
    columns, right = np.reshape(seen, (-1, np.shape(seen)[-1])).T, np.shape(expected)[-1]
    wanted = np.reshape(expected, (-1, right)).T
    fits = [np.polyval(np.polyfit(x, y, 1), x) for x, y in zip(wanted, columns)]
    return np.allclose(fits, columns, atol=1e-3) and not np.allclose(columns, wanted, atol=1e-3)


@LayerNorm.wrong(
    "scale and offset begin at random",
    says="Before any training, each column comes out scaled or shifted. The scale begins as ones, "
    "and the offset as zeros.",
    when=_columns_moved,
)
class BeginAtRandom(_Norm):
    def build(self, input_shape):
        self.scale = self.add_weight(shape=(input_shape[-1],), initializer="random_normal")
        self.offset = self.add_weight(shape=(input_shape[-1],), initializer="zeros")


@LayerNorm.wrong(
    "scale begins at 0",
    says="All of the output is 0 at first. The scale begins as ones, and the offset as zeros.",
)
class ScaleZero(_Norm):
    def build(self, input_shape):
        self.scale = self.add_weight(shape=(input_shape[-1],), initializer="zeros")
        self.offset = self.add_weight(shape=(input_shape[-1],), initializer="zeros")


@LayerNorm.wrong(
    "through an array",
    says="The inputs are made into a NumPy array. That works while the layer is called by hand; in "
    "a model they are a place for data that is still to come, and only TensorFlow or Keras can "
    "compute with it.",
)
class ThroughAnArray(_Norm):
    def moments(self, x):
        return super().moments(np.array(x))


@LayerNorm.wrong(
    "through numpy()",
    says="`.numpy()` wants numbers that are there. In a model the inputs are a place for data that "
    "is still to come, and only TensorFlow or Keras can compute with it.",
)
class ThroughNumpy(_Norm):
    def moments(self, x):
        return super().moments(x.numpy())


@LayerNorm.wrong(
    "nothing returned",
    says="`call` works out the output and does not hand it back: the `return` is missing.",
)
class NothingReturned(_Norm):
    def call(self, x):
        super().call(x)
