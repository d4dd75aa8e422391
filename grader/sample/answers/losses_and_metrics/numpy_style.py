import keras
import numpy as np
import tensorflow as tf

metrics_quiz = {
    "squares": np.mean(np.array([1, -1, 4]) ** 2),
    "function_shape": [4],
    "object_shape": [],
    "flat_shape": (),
    "flat_and_column": 1 / 2,
    "at_the_threshold": 3 / 4,
    "exactly_equal": 0,
    "two_batches": np.float32(0.75),
    "weighted": 0.5,
    "digits": "Sparse",
    "several_tags": "binary ",
    "accuracy_of_tags": "CATEGORICAL",
}


def compile_for(model, task):
    """Each task has its own line."""
    if task == "binary":
        model.compile(loss="bce", metrics=["binary_accuracy"])
    elif task == "multiclass_one_hot":
        model.compile(loss="categorical_crossentropy", metrics=["categorical_accuracy"])
    elif task == "multiclass_sparse":
        model.compile(
            loss="sparse_categorical_crossentropy", metrics=["sparse_categorical_accuracy"]
        )
    elif task == "regression":
        model.compile(loss="mae", metrics=["mse"])
    else:
        raise ValueError(task)
    return model


def mend_compile(model):
    """A metric of one's own, as a function."""

    def share_of_hits(y_true, y_pred):
        return keras.ops.cast(keras.ops.equal(y_true > 0.5, y_pred > 0.5), "float32")

    model.compile(optimizer="sgd", loss="binary_crossentropy", metrics=[share_of_hits])
    return model


def huber(y_true, y_pred):
    losses = []
    for error in np.ravel(np.asarray(y_true) - np.asarray(y_pred)):
        losses.append(error**2 / 2 if abs(error) <= 1 else abs(error) - 0.5)
    return np.array(losses)


def create_huber(threshold=1.0):
    def loss(y_true, y_pred):
        size = np.abs(np.asarray(y_true) - np.asarray(y_pred))
        small = np.minimum(size, threshold)
        return small**2 / 2 + threshold * (size - small)

    return loss


def weighted_binary_cross_entropy(positive_weight):
    def loss(y_true, y_pred):
        y, p = np.asarray(y_true, "float64"), np.asarray(y_pred, "float64")
        p = np.clip(p, 1e-10, 1 - 1e-10)
        return np.where(y == 1, -positive_weight * np.log(p), -np.log(1 - p))

    return loss


def pinball(quantile):
    def loss(y_true, y_pred):
        losses = []
        for target, prediction in zip(np.ravel(y_true), np.ravel(y_pred)):
            if target > prediction:
                losses.append(quantile * (target - prediction))
            else:
                losses.append((1 - quantile) * (prediction - target))
        return np.array(losses)

    return loss


class HuberLoss(keras.losses.Loss):
    def __init__(self, threshold=1.0, name="huber_loss", reduction="sum_over_batch_size"):
        super().__init__(name=name, reduction=reduction)
        self.t = float(np.float64(threshold))

    def call(self, y_true, y_pred):
        error = y_true - y_pred
        inside = tf.clip_by_value(error, -self.t, self.t)
        return inside * (error - inside / 2)

    def get_config(self):
        return {"threshold": self.t, "name": self.name, "reduction": self.reduction}


class HuberMetric(keras.metrics.Metric):
    def __init__(self, threshold=1.0, name="huber", dtype=None):
        super().__init__(name=name, dtype=dtype)
        self.t = threshold
        self.sums = self.add_weight(shape=(2,), initializer="zeros", name="sums")

    def update_state(self, y_true, y_pred, sample_weight=None):
        error = tf.reshape(y_true - y_pred, [-1])
        inside = tf.clip_by_value(error, -self.t, self.t)
        losses = inside * (error - inside / 2)
        weights = (
            tf.ones_like(losses) if sample_weight is None else tf.cast(sample_weight, losses.dtype)
        )
        self.sums.assign(
            self.sums + tf.stack([tf.reduce_sum(losses * weights), tf.reduce_sum(weights)])
        )

    def result(self):
        return tf.where(self.sums[1] > 0, self.sums[0] / tf.maximum(self.sums[1], 1e-9), 0.0)

    def get_config(self):
        return {"name": self.name, "dtype": self.dtype, "threshold": self.t}


class RootMeanSquaredError(keras.metrics.Metric):
    """Without a one-hot: the sum of p² - 2 · p(label) + 1; two built-in sums keep the books."""

    def __init__(self, name="rmse", **kwargs):
        super().__init__(name=name, **kwargs)
        self.errors = keras.metrics.Sum()
        self.weights = keras.metrics.Sum()

    def update_state(self, y_true, y_pred, sample_weight=None):
        n = tf.shape(y_pred)[0]
        places = tf.stack([tf.range(n), tf.cast(tf.reshape(y_true, [n]), tf.int32)], axis=1)
        chosen = tf.gather_nd(y_pred, places)
        errors = tf.reduce_sum(y_pred * y_pred, axis=1) - 2 * chosen + 1
        if sample_weight is None:
            sample_weight = tf.ones(n)
        self.errors.update_state(errors * sample_weight)
        self.weights.update_state(sample_weight)

    def result(self):
        return (self.errors.result() / self.weights.result()) ** 0.5


class MendedRMSE(keras.metrics.Metric):
    """A column is squeezed; a row stays as it is."""

    def __init__(self, name="rmse", **kwargs):
        super().__init__(name=name, **kwargs)
        self.total = self.add_weight(name="total", initializer="zeros")
        self.samples = self.add_weight(name="samples", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        if len(y_true.shape) == 2:
            y_true = y_true[:, 0]
        one_hot = tf.one_hot(y_true, y_pred.shape[-1])
        errors = tf.reduce_sum(tf.square(one_hot - y_pred), axis=-1)
        weights = tf.ones(tf.shape(y_pred)[0]) if sample_weight is None else sample_weight
        self.total.assign_add(tf.reduce_sum(weights * errors))
        self.samples.assign_add(tf.reduce_sum(weights))

    def result(self):
        return tf.sqrt(tf.math.divide_no_nan(self.total.value, self.samples.value))


class PenalizedModel(keras.Model):
    """Regularizers of the layers do everything; biases are free."""

    def __init__(self, units, strength):
        super().__init__()
        self.stack = [
            keras.layers.Dense(
                width, activation, kernel_regularizer=keras.regularizers.L2(strength)
            )
            for width, activation in [(units, "tanh"), (1, None)]
        ]

    def call(self, x):
        for layer in self.stack:
            x = layer(x)
        return x


def penalized_loss(model, strength):
    """A loop over the weights, and the cross-entropy by hand."""

    def loss(y_true, y_pred):
        penalty = 0.0
        for weight in model.trainable_variables:
            penalty += tf.reduce_sum(weight**2)
        return strength * penalty - tf.reduce_sum(y_true * tf.math.log(y_pred), axis=1)

    return loss


def compile_ticket_model(model):
    """Lists, in the order of the outputs."""
    model.compile(
        optimizer="adam",
        loss=["binary_crossentropy", "categorical_crossentropy"],
        metrics=[["accuracy"], ["accuracy"]],
    )
    return model


def predicted_classes(model, dataset):
    classes = []
    for probabilities in model.predict(dataset):
        best = 0
        for place in range(len(probabilities)):
            if probabilities[place] > probabilities[best]:
                best = place
        classes.append(best)
    return np.array(classes)


def confusion_matrix(y_true, y_pred, num_classes):
    """Counted on fingers; zeros are floats."""
    matrix = np.zeros((num_classes, num_classes))
    for true, predicted in zip(y_true.numpy(), y_pred.numpy()):
        matrix[true, predicted] += 1
    return matrix


class F1Score(keras.metrics.Metric):
    """From precision and recall; a score on the threshold would be an alarm."""

    def __init__(self, threshold=0.5, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold
        self.counts = self.add_weight(shape=(3,), name="counts", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        fire = tf.reshape(tf.cast(y_true, "float32"), [-1])
        alarm = tf.reshape(tf.cast(y_pred >= self.threshold, "float32"), [-1])
        weights = 1.0 if sample_weight is None else sample_weight
        kinds = [fire * alarm, (1 - fire) * alarm, fire * (1 - alarm)]
        self.counts.assign(self.counts + [tf.reduce_sum(weights * kind) for kind in kinds])

    def result(self):
        hits, false_alarms, misses = self.counts[0], self.counts[1], self.counts[2]
        divide = tf.math.divide_no_nan
        precision, recall = divide(hits, hits + false_alarms), divide(hits, hits + misses)
        return divide(2 * precision * recall, precision + recall)

    def reset_state(self):
        self.counts.assign([0.0, 0.0, 0.0])
