"""How the two metrics for class probabilities go wrong, before and after one is mended."""

from __future__ import annotations

import keras
import tensorflow as tf

from ..rmse import MendedRMSE, RootMeanSquaredError


class _RMSE(keras.metrics.Metric):
    """What both should do, in parts that go wrong one at a time."""

    def __init__(self, name="rmse", **kwargs):
        super().__init__(name=name, **kwargs)
        self.total = self.add_weight(name="total", initializer="zeros")
        self.samples = self.add_weight(name="samples", initializer="zeros")

    def differences(self, y_true, y_pred):
        return tf.one_hot(tf.reshape(y_true, (-1,)), y_pred.shape[-1]) - y_pred

    def errors(self, y_true, y_pred):
        return tf.reduce_sum(tf.square(self.differences(y_true, y_pred)), axis=-1)

    def update_state(self, y_true, y_pred, sample_weight=None):
        errors = self.errors(y_true, y_pred)
        weights = tf.ones_like(errors) if sample_weight is None else sample_weight
        self.total.assign_add(tf.reduce_sum(weights * errors))
        self.samples.assign_add(tf.reduce_sum(weights))

    def result(self):
        return tf.sqrt(self.total / self.samples)


@RootMeanSquaredError.wrong(
    "every label with every prediction",
    says="Labels of shape (n, 1) became a one-hot of shape (n, 1, k). Taking probabilities of "
    "shape (n, k) away from that compares every sample with every other, and nothing complains.",
)
class EveryLabelWithEveryPrediction(_RMSE):
    def differences(self, y_true, y_pred):
        return tf.one_hot(y_true, y_pred.shape[-1]) - y_pred

    def update_state(self, y_true, y_pred, sample_weight=None):
        errors = self.errors(y_true, y_pred)
        weights = tf.ones(tf.shape(y_pred)[0]) if sample_weight is None else sample_weight
        self.total.assign_add(tf.reduce_sum(weights * errors))
        self.samples.assign_add(tf.reduce_sum(weights))


@MendedRMSE.wrong(
    "averaged instead",
    says="The number is small again, but it is still the mean over a table of n by n, where every "
    "label meets every prediction. Look at the shape of the one-hot labels.",
)
class AveragedInstead(_RMSE):
    def differences(self, y_true, y_pred):
        return tf.one_hot(y_true, y_pred.shape[-1]) - y_pred

    def update_state(self, y_true, y_pred, sample_weight=None):
        errors = self.errors(y_true, y_pred)
        weights = tf.ones(tf.shape(y_pred)[0]) if sample_weight is None else sample_weight
        self.total.assign_add(tf.reduce_sum(weights * errors))
        self.samples.assign_add(tf.reduce_sum(weights * tf.ones_like(errors)))


for _metric in (RootMeanSquaredError, MendedRMSE):

    @_metric.wrong(
        "mean of the batches",
        says="Every batch gives a root of its own, and the result is their mean. A batch of one "
        "sample counts as much as one of a hundred then. Keep sums, and divide in `result`.",
    )
    class MeanOfTheBatches(_RMSE):
        def update_state(self, y_true, y_pred, sample_weight=None):
            errors = self.errors(y_true, y_pred)
            weights = tf.ones_like(errors) if sample_weight is None else sample_weight
            mean = tf.math.divide_no_nan(tf.reduce_sum(weights * errors), tf.reduce_sum(weights))
            self.total.assign_add(tf.sqrt(mean))
            self.samples.assign_add(1.0)

        def result(self):
            return self.total / self.samples

    @_metric.wrong(
        "weights ignored",
        says="`sample_weight` is not used: every sample counts alike. A sample of weight 2 counts "
        "as two, one of weight 0 not at all.",
    )
    class WeightsIgnored(_RMSE):
        def update_state(self, y_true, y_pred, sample_weight=None):
            super().update_state(y_true, y_pred)

    @_metric.wrong(
        "weights not divided out",
        says="The errors are weighted, and then divided by the number of samples. A weighted mean "
        "is divided by the sum of the weights.",
    )
    class WeightsNotDividedOut(_RMSE):
        def update_state(self, y_true, y_pred, sample_weight=None):
            errors = self.errors(y_true, y_pred)
            weights = tf.ones_like(errors) if sample_weight is None else sample_weight
            self.total.assign_add(tf.reduce_sum(weights * errors))
            self.samples.assign_add(tf.reduce_sum(tf.ones_like(errors)))

    @_metric.wrong(
        "without weights only",
        says="`update_state` takes no `sample_weight`, and `fit` and `evaluate` call it with one. "
        "Let it have a third argument with the default None.",
    )
    class WithoutWeightsOnly(_RMSE):
        def update_state(self, y_true, y_pred):
            super().update_state(y_true, y_pred)

    @_metric.wrong(
        "half a reset",
        says="After a reset, a number of the epoch before is still there. Everything that "
        "`update_state` adds to has to begin at 0 again.",
    )
    class HalfAReset(_RMSE):
        def reset_state(self):
            self.total.assign(0.0)

    @_metric.wrong(
        "unknown to Keras",
        says="A reset changes nothing: what is kept is in variables that Keras does not know of. "
        "`self.add_weight` makes some that it does.",
    )
    class UnknownToKeras(_RMSE):
        def __init__(self, name="rmse", **kwargs):
            super().__init__(name=name, **kwargs)
            self.total, self.samples = tf.Variable(0.0), tf.Variable(0.0)

    @_metric.wrong(
        "the last batch alone",
        says="The result is that of the last batch: each batch takes the place of what was "
        "counted before. Add to it.",
    )
    class TheLastBatchAlone(_RMSE):
        def update_state(self, y_true, y_pred, sample_weight=None):
            self.total.assign(0.0), self.samples.assign(0.0)
            super().update_state(y_true, y_pred, sample_weight)

    @_metric.wrong("no root", says="That is the mean of the errors. Its square root is missing.")
    class NoRoot(_RMSE):
        def result(self):
            return self.total / self.samples

    @_metric.wrong(
        "root of each sample",
        says="The root is taken of each sample's error, and then the mean. First the mean over "
        "all samples, then its root.",
    )
    class RootOfEachSample(_RMSE):
        def errors(self, y_true, y_pred):
            return tf.norm(self.differences(y_true, y_pred), axis=-1)

        def result(self):
            return self.total / self.samples

    @_metric.wrong(
        "mean over the classes",
        says="Within one sample the squares are averaged over the classes. Here they are added "
        "up: the mean is over samples alone.",
    )
    class MeanOverTheClasses(_RMSE):
        def errors(self, y_true, y_pred):
            return tf.reduce_mean(tf.square(self.differences(y_true, y_pred)), axis=-1)

    @_metric.wrong(
        "number of the class",
        says="The number of the class is taken as if it were a probability: class 3 would be "
        "further from everything than class 1. Make a one-hot of it first.",
    )
    class NumberOfTheClass(_RMSE):
        def differences(self, y_true, y_pred):
            return tf.cast(tf.reshape(y_true, (-1, 1)), y_pred.dtype) - y_pred

    @_metric.wrong(
        "another name",
        says="The metric's name is not what was asked for: `rmse` if none is given, and else what "
        "is given. Hand `name` on to `super().__init__`.",
    )
    class AnotherName(_RMSE):
        def __init__(self, name="rmse", **kwargs):
            super().__init__(name="root_mean_squared_error", **kwargs)

    @_metric.wrong(
        "a Python condition",
        says="A Python `if` asks for the value of a tensor. `fit` and `evaluate` make a graph, and "
        "tensors have no values yet. `tf.math.divide_no_nan` needs no `if`.",
    )
    class PythonCondition(_RMSE):
        def result(self):
            return super().result() if self.samples > 0 else tf.zeros(())


@RootMeanSquaredError.wrong(
    "a table of errors",
    says="Labels of shape (n, 1) became a one-hot of shape (n, 1, k), and the result is the mean "
    "over a table of n by n, where every label meets every prediction. Look at the shapes.",
)
class ATableOfErrors(AveragedInstead):
    pass
