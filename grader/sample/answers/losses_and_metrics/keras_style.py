import keras
import numpy as np
import tensorflow as tf

metrics_quiz = {
    "squares": keras.ops.mean([1.0, 1.0, 16.0]),
    "function_shape": (4,),
    "object_shape": (),
    "flat_shape": (),
    "flat_and_column": 0.5,
    "at_the_threshold": 0.75,
    "exactly_equal": 0.0,
    "two_batches": 0.75,
    "weighted": 0.5,
    "digits": "sparse",
    "several_tags": "binary",
    "accuracy_of_tags": "categorical",
}


def compile_for(model, task):
    """Objects in place of names."""
    losses, metrics = keras.losses, keras.metrics
    chosen = {
        "binary": (losses.BinaryCrossentropy(), [metrics.BinaryAccuracy(), metrics.AUC()]),
        "multiclass_one_hot": (losses.CategoricalCrossentropy(), [metrics.CategoricalAccuracy()]),
        "multiclass_sparse": (
            losses.SparseCategoricalCrossentropy(),
            [metrics.SparseCategoricalAccuracy(), metrics.SparseTopKCategoricalAccuracy(k=2)],
        ),
        "regression": (losses.Huber(), [metrics.RootMeanSquaredError()]),
    }.get(task)
    if chosen is None:
        raise ValueError("unknown task")
    model.compile(keras.optimizers.Adam(1e-3), loss=chosen[0], metrics=chosen[1])
    return model


def mend_compile(model):
    accuracy = keras.metrics.BinaryAccuracy(name="accuracy", threshold=0.5)
    model.compile(keras.optimizers.Adam(), keras.losses.BinaryCrossentropy(), metrics=[accuracy])


def huber(y_true, y_pred):
    """The loss of Keras averages over the last axis: an axis of length 1 is given to it."""
    return keras.losses.huber(
        keras.ops.reshape(y_true, (-1, 1)), keras.ops.reshape(y_pred, (-1, 1))
    )


def create_huber(threshold=1.0):
    def loss(y_true, y_pred):
        y_true, y_pred = keras.ops.reshape(y_true, (-1, 1)), keras.ops.reshape(y_pred, (-1, 1))
        return keras.losses.huber(y_true, y_pred, delta=threshold)

    return loss


def weighted_binary_cross_entropy(positive_weight):
    def loss(y_true, y_pred):
        y_true, y_pred = keras.ops.reshape(y_true, (-1, 1)), keras.ops.reshape(y_pred, (-1, 1))
        weights = keras.ops.where(y_true > 0.5, keras.ops.cast(positive_weight, y_pred.dtype), 1)
        return keras.ops.reshape(weights, (-1,)) * keras.losses.binary_crossentropy(y_true, y_pred)

    return loss


def pinball(quantile):
    def loss(y_true, y_pred):
        error = keras.ops.subtract(y_true, y_pred)
        return keras.ops.relu(error) * quantile + keras.ops.relu(-error) * (1 - quantile)

    return loss


@keras.saving.register_keras_serializable(package="my_course")
class HuberLoss(keras.losses.Loss):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold

    def call(self, y_true, y_pred):
        return keras.losses.huber(y_true[..., None], y_pred[..., None], delta=self.threshold)

    def get_config(self):
        config = super().get_config()
        config.update(threshold=self.threshold)
        return config


@keras.saving.register_keras_serializable(package="my_course")
class HuberMetric(keras.metrics.Mean):
    """The mean of Keras does the streaming."""

    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = keras.ops.reshape(y_true, (-1, 1)), keras.ops.reshape(y_pred, (-1, 1))
        losses = keras.losses.huber(y_true, y_pred, delta=self.threshold)
        super().update_state(losses, sample_weight=sample_weight)

    def get_config(self):
        return super().get_config() | {"threshold": self.threshold}


class RootMeanSquaredError(keras.metrics.Mean):
    """A mean, with a root at the end."""

    def __init__(self, name="rmse", **kwargs):
        super().__init__(name=name, **kwargs)

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_pred = keras.ops.convert_to_tensor(y_pred)
        labels = keras.ops.cast(keras.ops.ravel(y_true), "int32")
        one_hot = keras.ops.one_hot(labels, y_pred.shape[-1], dtype=y_pred.dtype)
        errors = keras.ops.sum(keras.ops.square(one_hot - y_pred), axis=-1)
        return super().update_state(errors, sample_weight=sample_weight)

    def result(self):
        return keras.ops.sqrt(super().result())


class MendedRMSE(keras.metrics.Metric):
    """The one-hot gets the shape of the predictions."""

    def __init__(self, name="rmse", **kwargs):
        super().__init__(name=name, **kwargs)
        self.mean = keras.metrics.Mean()

    def update_state(self, y_true, y_pred, sample_weight=None):
        one_hot = keras.ops.one_hot(y_true, y_pred.shape[-1])
        one_hot = keras.ops.reshape(one_hot, keras.ops.shape(y_pred))
        errors = keras.ops.sum((one_hot - y_pred) ** 2, axis=-1)
        self.mean.update_state(errors, sample_weight)

    def result(self):
        return keras.ops.sqrt(self.mean.result())


class PenalizedModel(keras.Sequential):
    """A stack of layers whose kernels and biases cost their absolute value."""

    def __init__(self, units, strength):
        penalty = keras.regularizers.L1(strength)
        super().__init__(
            [
                keras.layers.Dense(
                    units, "relu", kernel_regularizer=penalty, bias_regularizer=penalty
                ),
                keras.layers.Dense(1, kernel_regularizer=penalty),
            ]
        )


def penalized_loss(model, strength):
    """An object of Keras does the cross-entropy, and leaves the mean to others."""
    entropy = keras.losses.CategoricalCrossentropy(reduction=None)

    def loss(y_true, y_pred):
        sizes = [keras.ops.sum(keras.ops.square(w)) for w in model.trainable_weights]
        return entropy(y_true, y_pred) + strength * sum(sizes)

    return loss


def compile_ticket_model(model):
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss={
            "priority": keras.losses.BinaryCrossentropy(),
            "department": keras.losses.CategoricalCrossentropy(),
        },
        metrics={
            "priority": [keras.metrics.AUC(), keras.metrics.BinaryAccuracy(name="right")],
            "department": keras.metrics.CategoricalAccuracy(),
        },
    )


def predicted_classes(model, dataset):
    inputs = dataset.map(lambda x, y: x)
    return keras.ops.argmax(model.predict(inputs, verbose=0), axis=1)


def confusion_matrix(y_true, y_pred, num_classes):
    """One-hot of the truth, times one-hot of the prediction."""
    truth = keras.ops.one_hot(y_true, num_classes)
    prediction = keras.ops.one_hot(y_pred, num_classes)
    return keras.ops.matmul(keras.ops.transpose(truth), prediction)


class F1Score(keras.metrics.Metric):
    """Precision and recall are Keras's own."""

    def __init__(self, threshold=0.5, **kwargs):
        super().__init__(**kwargs)
        self.precision = keras.metrics.Precision(thresholds=threshold)
        self.recall = keras.metrics.Recall(thresholds=threshold)

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = keras.ops.ravel(y_true), keras.ops.ravel(y_pred)
        self.precision.update_state(y_true, y_pred, sample_weight)
        self.recall.update_state(y_true, y_pred, sample_weight)

    def result(self):
        precision, recall = self.precision.result(), self.recall.result()
        return keras.ops.divide_no_nan(2 * precision * recall, precision + recall)
