"""How `F1Score` goes wrong."""

from __future__ import annotations

import keras
import tensorflow as tf

from ..f_score import F1Score


class _F1(keras.metrics.Metric):
    """What it should do, in parts that go wrong one at a time."""

    def __init__(self, threshold=0.5, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold
        self.hits = self.add_weight(name="hits", initializer="zeros")
        self.false_alarms = self.add_weight(name="false_alarms", initializer="zeros")
        self.misses = self.add_weight(name="misses", initializer="zeros")

    def decide(self, y_pred):
        return tf.cast(y_pred > self.threshold, tf.float32)

    def in_shape(self, values):
        return tf.reshape(values, (-1,))

    def count(self, change, actual, predicted, weights):
        change(self.hits, tf.reduce_sum(weights * actual * predicted))
        change(self.false_alarms, tf.reduce_sum(weights * (1 - actual) * predicted))
        change(self.misses, tf.reduce_sum(weights * actual * (1 - predicted)))

    def update_state(self, y_true, y_pred, sample_weight=None):
        actual = self.in_shape(tf.cast(y_true, tf.float32))
        predicted = self.decide(self.in_shape(y_pred))
        weights = tf.ones_like(actual) if sample_weight is None else sample_weight
        self.count(lambda to, what: to.assign_add(what), actual, predicted, weights)

    def precision(self):
        return tf.math.divide_no_nan(self.hits.value, self.hits + self.false_alarms)

    def recall(self):
        return tf.math.divide_no_nan(self.hits.value, self.hits + self.misses)

    def result(self):
        return tf.math.divide_no_nan(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)


@F1Score.wrong(
    "mean of the batches",
    says="Every batch gives a score of its own, and the result is their mean. A batch without a "
    "hit pulls it down, however small it is. Keep counts, and divide in `result`.",
)
class MeanOfTheBatches(_F1):
    def __init__(self, threshold=0.5, **kwargs):
        super().__init__(threshold, **kwargs)
        self.scores = self.add_weight(name="scores", initializer="zeros")
        self.batches = self.add_weight(name="batches", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        for counted in (self.hits, self.false_alarms, self.misses):
            counted.assign(0.0)
        super().update_state(y_true, y_pred, sample_weight)
        self.scores.assign_add(super().result())
        self.batches.assign_add(1.0)

    def result(self):
        return tf.math.divide_no_nan(self.scores.value, self.batches.value)


@F1Score.wrong(
    "the last batch alone",
    says="The result is that of the last batch: its counts take the place of what was counted "
    "before. Add to it.",
)
class TheLastBatchAlone(_F1):
    def count(self, change, actual, predicted, weights):
        super().count(lambda to, what: to.assign(what), actual, predicted, weights)


@F1Score.wrong(
    "weights ignored",
    says="`sample_weight` is not used: every sample counts alike. A sample of weight 2 counts "
    "as two, one of weight 0 not at all.",
)
class WeightsIgnored(_F1):
    def update_state(self, y_true, y_pred, sample_weight=None):
        super().update_state(y_true, y_pred)


@F1Score.wrong(
    "hits weighted alone",
    says="Hits are weighted, false alarms and misses are not. All three counts have to be of the "
    "same kind.",
)
class HitsWeightedAlone(_F1):
    def count(self, change, actual, predicted, weights):
        ones = tf.ones_like(actual)
        change(self.hits, tf.reduce_sum(weights * actual * predicted))
        change(self.false_alarms, tf.reduce_sum(ones * (1 - actual) * predicted))
        change(self.misses, tf.reduce_sum(ones * actual * (1 - predicted)))


@F1Score.wrong(
    "without weights only",
    says="`update_state` takes no `sample_weight`, and `fit` and `evaluate` call it with one. "
    "Let it have a third argument with the default None.",
)
class WithoutWeightsOnly(_F1):
    def update_state(self, y_true, y_pred):
        super().update_state(y_true, y_pred)


@F1Score.wrong(
    "columns with weights",
    says="Targets of shape (n, 1), multiplied by weights of shape (n,), make a table of n by n: "
    "every weight meets every sample. Give them all the shape (n,).",
)
class ColumnsWithWeights(_F1):
    def in_shape(self, values):
        return values


@F1Score.wrong(
    "half a reset",
    says="After a reset, a count of the epoch before is still there. Everything that "
    "`update_state` adds to has to begin at 0 again.",
)
class HalfAReset(_F1):
    def reset_state(self):
        self.hits.assign(0.0)
        self.misses.assign(0.0)


@F1Score.wrong(
    "NaN where undefined",
    says="Where nothing is there and nothing is predicted, 0 is divided by 0, and the result is "
    "NaN. It should be 0.",
)
class NaNWhereUndefined(_F1):
    def result(self):
        return 2 * self.hits / (2 * self.hits + self.false_alarms + self.misses)


@F1Score.wrong(
    "NaN of two quotients",
    says="Precision or recall is 0 divided by 0 where nothing is predicted, or nothing is there; "
    "then the result is NaN. It should be 0.",
)
class NaNOfTwoQuotients(_F1):
    def result(self):
        precision = self.hits / (self.hits + self.false_alarms)
        recall = self.hits / (self.hits + self.misses)
        return 2 * precision * recall / (precision + recall)


@F1Score.wrong(
    "1 where undefined",
    says="Where there is nothing to count, the result is 1. It should be 0.",
)
class OneWhereUndefined(_F1):
    def result(self):
        counted = 2 * self.hits + self.false_alarms + self.misses
        return tf.where(counted == 0, 1.0, super().result())


@F1Score.wrong(
    "threshold fixed",
    says="The score is right for a threshold of 0.5 alone: the one that was given is not used.",
)
class ThresholdFixed(_F1):
    def decide(self, y_pred):
        return tf.round(y_pred)


@F1Score.wrong(
    "scores counted",
    says="The scores themselves are added up. First decide: a score above the threshold is a "
    "prediction of 1, any other one of 0.",
)
class ScoresCounted(_F1):
    def decide(self, y_pred):
        return y_pred


@F1Score.wrong(
    "below the threshold",
    says="A score below the threshold is taken as a prediction of 1. It is the other way round.",
)
class BelowTheThreshold(_F1):
    def decide(self, y_pred):
        return tf.cast(y_pred < self.threshold, tf.float32)


@F1Score.wrong(
    "precision",
    says="That is the precision: how many of the predicted are there. F1 also asks how many of "
    "those there are were found.",
)
class Precision(_F1):
    def result(self):
        return self.precision()


@F1Score.wrong(
    "recall",
    says="That is the recall: how many of those there are were found. F1 also asks how many of "
    "the predicted are there.",
)
class Recall(_F1):
    def result(self):
        return self.recall()


@F1Score.wrong(
    "ordinary mean",
    says="That is the mean of precision and recall, half their sum. F1 is their harmonic mean, "
    "which is low as soon as one of the two is.",
)
class OrdinaryMean(_F1):
    def result(self):
        return (self.precision() + self.recall()) / 2


@F1Score.wrong(
    "factor of 2",
    says="The 2 of 2 · precision · recall / (precision + recall) is missing: a score that is "
    "right everywhere would get a half.",
)
class FactorOf2(_F1):
    def result(self):
        return super().result() / 2


@F1Score.wrong(
    "hits once in the divisor",
    says="Hits count twice in the divisor as well: they are both among what is predicted and among "
    "what is there. As it is, the score can be larger than 1.",
)
class HitsOnceInTheDivisor(_F1):
    def result(self):
        return tf.math.divide_no_nan(2 * self.hits, self.hits + self.false_alarms + self.misses)


@F1Score.wrong(
    "accuracy",
    says="That is the share of right decisions, the accuracy. F1 leaves out what was rightly not "
    "predicted.",
)
class Accuracy(_F1):
    def count(self, change, actual, predicted, weights):
        right = tf.cast(actual == predicted, tf.float32)
        change(self.hits, tf.reduce_sum(weights * right))
        change(self.misses, tf.reduce_sum(weights * (1 - right)))

    def result(self):
        return self.recall()


@F1Score.wrong(
    "no factor of 2",
    says="That is hits / (hits + false alarms + misses), which is called the Jaccard index. In F1 "
    "the hits count twice, above the line and below it.",
)
class NoFactorOf2(_F1):
    def result(self):
        return tf.math.divide_no_nan(self.hits.value, self.hits + self.false_alarms + self.misses)


@F1Score.wrong(
    "a Python condition",
    says="A Python `if` asks for the value of a tensor. `fit` and `evaluate` make a graph, and "
    "tensors have no values yet. `tf.math.divide_no_nan` needs no `if`.",
)
class PythonCondition(_F1):
    def result(self):
        return super().result() if self.hits > 0 else tf.zeros(())
