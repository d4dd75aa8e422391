"""`MendedRMSE` as it was found. A class is looked up in its file by its name, so it has its own."""

from __future__ import annotations

import keras
import tensorflow as tf

from .. import rmse


@rmse.MendedRMSE.found(
    says="It still behaves as it was found. Give it labels of shape (n, 1) and print the shape of "
    "`one_hot`, and of what is left when the probabilities are taken away from it.",
)
class MendedRMSE(keras.metrics.Metric):
    def __init__(self, name="rmse", **kwargs):
        super().__init__(name=name, **kwargs)
        self.total = self.add_weight(name="total", initializer="zeros")
        self.samples = self.add_weight(name="samples", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        one_hot = tf.one_hot(y_true, y_pred.shape[-1])
        errors = tf.reduce_sum(tf.square(one_hot - y_pred), axis=-1)
        weights = tf.ones(tf.shape(y_pred)[0]) if sample_weight is None else sample_weight
        self.total.assign_add(tf.reduce_sum(weights * errors))
        self.samples.assign_add(tf.reduce_sum(weights))

    def result(self):
        return tf.sqrt(tf.math.divide_no_nan(self.total.value, self.samples.value))
