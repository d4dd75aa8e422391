"""A learner whose objects forget: the threshold, and how large the batches were."""

import keras


class HuberLoss(keras.losses.Loss):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold

    def call(self, y_true, y_pred):
        error = keras.ops.abs(y_true - y_pred)
        straight = self.threshold * (error - 0.5 * self.threshold)
        return keras.ops.where(error > self.threshold, straight, 0.5 * error**2)

    def get_config(self):
        return super().get_config()


class HuberMetric(keras.metrics.Metric):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold
        self.sum = self.add_weight(name="sum", initializer="zeros")
        self.batches = self.add_weight(name="batches", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        error = keras.ops.reshape(keras.ops.abs(y_true - y_pred), (-1,))
        straight = self.threshold * (error - 0.5 * self.threshold)
        each = keras.ops.where(error > self.threshold, straight, 0.5 * error**2)
        if sample_weight is None:
            mean = keras.ops.mean(each)
        else:
            mean = keras.ops.sum(sample_weight * each) / keras.ops.sum(sample_weight)
        self.sum.assign_add(mean)
        self.batches.assign_add(1)

    def result(self):
        return keras.ops.divide_no_nan(self.sum, self.batches)

    def get_config(self):
        return {**super().get_config(), "threshold": self.threshold}


class F1Score(keras.metrics.Metric):
    def __init__(self, threshold=0.5, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold
        self.tp = self.add_weight(name="tp", initializer="zeros")
        self.wrong = self.add_weight(name="wrong", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        y = keras.ops.cast(keras.ops.reshape(y_true, (-1,)), "float32")
        p = keras.ops.cast(keras.ops.reshape(y_pred, (-1,)) > self.threshold, "float32")
        self.tp.assign_add(keras.ops.sum(y * p))
        self.wrong.assign_add(keras.ops.sum(keras.ops.abs(y - p)))

    def result(self):
        return keras.ops.divide_no_nan(2 * self.tp, 2 * self.tp + self.wrong)
