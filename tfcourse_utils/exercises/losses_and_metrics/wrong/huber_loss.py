"""How `HuberLoss` goes wrong."""

from __future__ import annotations

import keras
import tensorflow as tf

from ..huber_loss import HuberLoss


def _loss(size, threshold):
    return tf.where(size <= threshold, size**2 / 2, threshold * (size - threshold / 2))


class _Right(keras.losses.Loss):
    """A right answer: each wrong one differs from it in one way."""

    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold

    def call(self, y_true, y_pred):
        return _loss(tf.abs(y_true - y_pred), self.threshold)

    def get_config(self):
        return {**super().get_config(), "threshold": self.threshold}


@HuberLoss.wrong(
    "already averaged",
    says="`call` gives one number: the losses are averaged before Keras can multiply them by the "
    "sample weights. Leave the mean to Keras.",
)
class AlreadyAveraged(_Right):
    def call(self, y_true, y_pred):
        return tf.reduce_mean(super().call(y_true, y_pred))


@HuberLoss.wrong(
    "mean over the last axis",
    says="With shape (n, 1) this is right. With shape (n,) the last axis is that of the samples, "
    "and their losses are averaged away.",
)
class MeanOverTheLastAxis(_Right):
    def call(self, y_true, y_pred):
        return tf.reduce_mean(super().call(y_true, y_pred), axis=-1)


@HuberLoss.wrong(
    "a column and a row",
    says="Only one of the two was made flat, or a column: (n,) against (n, 1) is a table, in which "
    "every target meets every prediction. Treat both alike.",
)
class ColumnAndRow(_Right):
    def call(self, y_true, y_pred):
        return super().call(tf.reshape(y_true, (-1, 1)), tf.reshape(y_pred, (-1,)))


@HuberLoss.wrong(
    "sample weights ignored",
    says="Sample weights change nothing: `__call__` was written anew and does not use them. Write "
    "`call`, and let Keras do the rest.",
)
class WeightsIgnored(_Right):
    def __call__(self, y_true, y_pred, sample_weight=None):
        losses = self.call(y_true, y_pred)
        return tf.reduce_sum(losses) if self.reduction == "sum" else tf.reduce_mean(losses)


@HuberLoss.wrong(
    "config without the threshold",
    says="The copy has another threshold than the loss: the config does not hold it, so a copy "
    "begins with the default.",
)
class ConfigWithoutThreshold(_Right):
    def get_config(self):
        return keras.losses.Loss.get_config(self)


@HuberLoss.wrong(
    "config without the base arguments",
    says="The copy has lost its name and its reduction: the config holds the threshold alone. What "
    "does `super().get_config()` know?",
)
class ConfigWithoutBase(_Right):
    def get_config(self):
        return {"threshold": self.threshold}


@HuberLoss.wrong(
    "base arguments not handed on",
    says="`name` and `reduction` are taken and then forgotten: hand `**kwargs` on to "
    "`super().__init__`.",
)
class NotHandedOn(_Right):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(threshold)


@HuberLoss.wrong(
    "no base arguments",
    says="`name` and `reduction` are refused. Every loss of Keras takes them: accept `**kwargs`.",
)
class NoBaseArguments(_Right):
    def __init__(self, threshold=1.0):
        super().__init__(threshold)


@HuberLoss.wrong(
    "a tensor in the config",
    says="The config can't be written down: it holds a tensor. Keep the threshold as the number "
    "that it came as.",
)
class TensorInConfig(_Right):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(tf.constant(threshold), **kwargs)


@HuberLoss.wrong(
    "threshold ignored",
    says="Whatever the threshold, the loss is that of threshold 1: `call` does not use the one "
    "that was kept.",
)
class ThresholdIgnored(_Right):
    def call(self, y_true, y_pred):
        return _loss(tf.abs(y_true - y_pred), 1.0)


@HuberLoss.wrong(
    "no default",
    says="`HuberLoss()` without an argument should be the loss with threshold 1.",
)
class NoDefault(_Right):
    def __init__(self, threshold, **kwargs):
        super().__init__(threshold, **kwargs)


@HuberLoss.wrong(
    "not halved",
    says="Small errors are squared, but not halved. So the two parts do not meet at the threshold.",
)
class NotHalved(_Right):
    def call(self, y_true, y_pred):
        size = tf.abs(y_true - y_pred)
        return tf.where(size <= self.threshold, size**2, _loss(size, self.threshold))


@HuberLoss.wrong(
    "no gradient",
    says="In a model this fails: `numpy()` takes the numbers out of TensorFlow, and no gradient "
    "can follow. Compute with `tf` or `keras.ops`.",
)
class NoGradient(_Right):
    def call(self, y_true, y_pred):
        size = abs(y_true.numpy() - y_pred.numpy())
        return tf.constant(_loss(size, self.threshold))
