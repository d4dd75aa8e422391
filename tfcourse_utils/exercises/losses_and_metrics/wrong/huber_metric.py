"""How `HuberMetric` goes wrong."""

from __future__ import annotations

import keras
import tensorflow as tf

from ..huber_metric import HuberMetric


class _Right(keras.metrics.Metric):
    """A right answer: each wrong one differs from it in one way."""

    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold
        self.total = self.add_weight(name="total", initializer="zeros")
        self.count = self.add_weight(name="count", initializer="zeros")

    def losses(self, y_true, y_pred):
        return self.of_size(tf.reshape(tf.abs(y_true - y_pred), [-1]))

    def of_size(self, size):
        beyond = self.threshold * (size - self.threshold / 2)
        return tf.where(size <= self.threshold, size**2 / 2, beyond)

    def update_state(self, y_true, y_pred, sample_weight=None):
        losses = self.losses(y_true, y_pred)
        self.add(losses, tf.ones_like(losses) if sample_weight is None else sample_weight)

    def add(self, losses, weights):
        self.total.assign_add(tf.reduce_sum(weights * losses))
        self.count.assign_add(tf.reduce_sum(weights))

    def result(self):
        return tf.math.divide_no_nan(self.total.value, self.count.value)

    def get_config(self):
        return {**super().get_config(), "threshold": self.threshold}


@HuberMetric.wrong(
    "mean of the batches",
    says="The result is the mean of the batches' means, so that a batch of one sample counts as "
    "much as a large one. Add up over samples, and divide at the end.",
)
class MeanOfBatches(_Right):
    def add(self, losses, weights):
        mean = tf.math.divide_no_nan(tf.reduce_sum(weights * losses), tf.reduce_sum(weights))
        self.total.assign_add(mean)
        self.count.assign_add(1.0)


@HuberMetric.wrong(
    "last batch only",
    says="The result is that of the last batch. Add to what was there; `assign` puts something "
    "else in its place.",
)
class LastBatchOnly(_Right):
    def add(self, losses, weights):
        self.total.assign(tf.reduce_sum(weights * losses))
        self.count.assign(tf.reduce_sum(weights))


@HuberMetric.wrong(
    "sum",
    says="That is the sum of the losses. The metric is their mean, whatever the number of samples.",
)
class Sum(_Right):
    def result(self):
        return self.total.value


@HuberMetric.wrong(
    "sample weights ignored",
    says="Sample weights change nothing: `update_state` takes them and does not use them.",
)
class WeightsIgnored(_Right):
    def update_state(self, y_true, y_pred, sample_weight=None):
        super().update_state(y_true, y_pred)


@HuberMetric.wrong(
    "divided by the number of samples",
    says="The weighted losses are divided by the number of samples. In a weighted mean, a sample "
    "of weight 0 is not there at all: by what is it divided?",
)
class DividedBySamples(_Right):
    def add(self, losses, weights):
        self.total.assign_add(tf.reduce_sum(weights * losses))
        self.count.assign_add(tf.reduce_sum(tf.ones_like(losses)))


@HuberMetric.wrong(
    "weights against a column",
    says="Losses of shape (n, 1) times weights of shape (n,) are a table: every loss meets every "
    "weight. Give both one shape first.",
)
class WeightsAgainstColumn(_Right):
    def update_state(self, y_true, y_pred, sample_weight=None):
        losses = tf.reshape(self.losses(y_true, y_pred), tf.shape(y_true))
        self.add(losses, tf.ones_like(losses) if sample_weight is None else sample_weight)


@HuberMetric.wrong(
    "no sample weights",
    says="`update_state` refuses `sample_weight`. Keras hands it over wherever there are weights: "
    "take it, with None as its default.",
)
class NoSampleWeights(_Right):
    def update_state(self, y_true, y_pred):
        super().update_state(y_true, y_pred)


@HuberMetric.wrong(
    "a column and a row",
    says="Only one of the two was made flat, or a column: (n,) against (n, 1) is a table, in which "
    "every target meets every prediction. Treat both alike.",
)
class ColumnAndRow(_Right):
    def losses(self, y_true, y_pred):
        table = tf.reshape(y_true, (-1, 1)) - tf.reshape(y_pred, (-1,))
        return tf.reduce_mean(self.of_size(tf.abs(table)), axis=0)


@HuberMetric.wrong(
    "not a number before the first batch",
    says="Before any batch there is nothing to divide by, and 0 / 0 is not a number. The result "
    "should be 0 there.",
)
class NotANumberAtFirst(_Right):
    def result(self):
        return self.total.value / self.count.value


@HuberMetric.wrong(
    "begins with one",
    says="The count begins at 1, so that a sample that never was counts as well.",
)
class BeginsWithOne(_Right):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(threshold, **kwargs)
        self.first = self.add_weight(name="first", initializer="ones")

    def result(self):
        return self.total.value / (self.count.value + 1.0)


@HuberMetric.wrong(
    "not reset",
    says="After a reset the result is still there: `reset_state` sets to 0 what `add_weight` has "
    "made, and nothing else.",
)
class NotReset(_Right):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(threshold, **kwargs)
        self.total, self.count = tf.Variable(0.0), tf.Variable(0.0)

    def result(self):
        return tf.math.divide_no_nan(self.total, self.count)


@HuberMetric.wrong(
    "numbers of Python",
    says="The state is kept in numbers of Python. In a model the code runs once, to make a graph, "
    "and a reset does not know of them: state is made with `add_weight`.",
)
class NumbersOfPython(_Right):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(threshold, **kwargs)
        self.total, self.count = 0.0, 0.0

    def add(self, losses, weights):
        self.total += tf.reduce_sum(weights * losses)
        self.count += tf.reduce_sum(weights)

    def result(self):
        return self.total / self.count if self.count else 0.0


@HuberMetric.wrong(
    "config without the threshold",
    says="The copy has another threshold than the metric: the config does not hold it, so a copy "
    "begins with the default.",
)
class ConfigWithoutThreshold(_Right):
    def get_config(self):
        return keras.metrics.Metric.get_config(self)


@HuberMetric.wrong(
    "config without the base arguments",
    says="The copy has lost its name: the config holds the threshold alone. What does "
    "`super().get_config()` know?",
)
class ConfigWithoutBase(_Right):
    def get_config(self):
        return {"threshold": self.threshold}


@HuberMetric.wrong(
    "threshold ignored",
    says="Whatever the threshold, the losses are those of threshold 1.",
)
class ThresholdIgnored(_Right):
    def of_size(self, size):
        return tf.where(size <= 1, size**2 / 2, size - 1 / 2)


@HuberMetric.wrong(
    "positional name",
    says="`add_weight` takes the shape first. Give the name by its name: `name=...`.",
)
class PositionalName(_Right):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(threshold, **kwargs)
        self.sum = self.add_weight("sum", initializer="zeros")


@HuberMetric.wrong(
    "a Python condition",
    says="A Python `if` or `not` asks whether a tensor is true. In a model the code runs once, to "
    "make a graph, and tensors have no values yet. Ask `is None` where an argument may be missing.",
)
class PythonCondition(_Right):
    def result(self):
        return self.total.value / self.count.value if self.count > 0 else tf.zeros(())


@HuberMetric.wrong(
    "a tensor in place of the variable",
    says="`self.total += ...` does not change the variable that `add_weight` has made: it puts a "
    "tensor in its place, of which Keras knows nothing. A variable has a method for adding to it.",
)
class TensorInPlaceOfVariable(_Right):
    def add(self, losses, weights):
        self.total += tf.reduce_sum(weights * losses)
        self.count += tf.reduce_sum(weights)

    def result(self):
        return tf.math.divide_no_nan(*map(tf.convert_to_tensor, (self.total, self.count)))


@HuberMetric.wrong(
    "mean over the last axis",
    says="With shape (n, 1) this is right. With shape (n,) the last axis is that of the samples, "
    "and each batch gives one number for all its losses.",
)
class MeanOverTheLastAxis(_Right):
    def losses(self, y_true, y_pred):
        losses = self.of_size(tf.abs(y_true - y_pred))
        return tf.reshape(tf.reduce_mean(losses, axis=-1), [-1])


@HuberMetric.wrong(
    "not halved",
    says="Small errors are squared, but not halved. So the two parts do not meet at the threshold.",
)
class NotHalved(_Right):
    def of_size(self, size):
        return tf.where(size <= self.threshold, size**2, super().of_size(size))
