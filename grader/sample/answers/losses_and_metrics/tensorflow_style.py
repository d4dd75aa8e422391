import keras
import numpy as np
import tensorflow as tf

metrics_quiz = {
    "squares": tf.constant(6.0),
    "function_shape": tf.TensorShape([4]),
    "object_shape": tf.TensorShape([]),
    "flat_shape": tf.zeros(()).shape,
    "flat_and_column": tf.constant(0.5),
    "at_the_threshold": tf.constant(0.75),
    "exactly_equal": tf.constant(0.0),
    "two_batches": 0.75,
    "weighted": 0.5,
    "digits": "sparse",
    "several_tags": "binary",
    "accuracy_of_tags": "categorical",
}


def compile_for(model, task):
    """The cross-entropies are written with TensorFlow, for probabilities."""
    small = 1e-7

    def binary(y_true, y_pred):
        p = tf.clip_by_value(y_pred, small, 1 - small)
        return -y_true * tf.math.log(p) - (1 - y_true) * tf.math.log(1 - p)

    def one_hot(y_true, y_pred):
        return -tf.reduce_sum(y_true * tf.math.log(tf.maximum(y_pred, small)), axis=-1)

    def sparse(y_true, y_pred):
        return one_hot(
            tf.one_hot(tf.cast(tf.reshape(y_true, [-1]), tf.int32), tf.shape(y_pred)[-1]), y_pred
        )

    match_by_task = {"binary": binary, "multiclass_one_hot": one_hot, "multiclass_sparse": sparse}
    if task == "regression":
        model.compile(loss="mse", metrics=["mean_absolute_error", "mse"])
    elif task in match_by_task:
        model.compile(loss=match_by_task[task], metrics=["acc"])
    else:
        raise ValueError(f"{task} is not known")


def mend_compile(model):
    model.compile("rmsprop", loss="binary_crossentropy", metrics=["acc", "mae"])


def huber(y_true, y_pred):
    error = tf.subtract(y_true, y_pred)
    inside = tf.clip_by_value(error, -1, 1)
    return tf.multiply(inside, error - inside / 2)


def create_huber(threshold=1.0):
    def loss(y_true, y_pred):
        size = tf.abs(tf.subtract(y_pred, y_true))
        beyond = tf.nn.relu(size - threshold)
        return (size**2 - beyond**2) / 2

    return loss


def weighted_binary_cross_entropy(positive_weight):
    """Logits are worked out from the probabilities first."""

    def loss(y_true, y_pred):
        p = tf.clip_by_value(y_pred, 1e-7, 1 - 1e-7)
        logits = tf.math.log(p) - tf.math.log1p(-p)
        weight = tf.cast(positive_weight, logits.dtype)
        return tf.nn.weighted_cross_entropy_with_logits(y_true, logits, weight)

    return loss


def pinball(quantile):
    @tf.function
    def loss(y_true, y_pred):
        error = y_true - y_pred
        return tf.where(error > 0, quantile * error, (quantile - 1) * error)

    return loss


class HuberLoss(keras.losses.Loss):
    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.limit = threshold

    def call(self, y_true, y_pred):
        size = tf.abs(tf.reshape(y_true, [-1]) - tf.reshape(y_pred, [-1]))
        return (size**2 - tf.nn.relu(size - self.limit) ** 2) / 2

    def get_config(self):
        config = {"threshold": self.limit}
        config.update(super().get_config())
        return config


class HuberMetric(keras.metrics.Metric):
    """Keeps sums for the mean; forgets them itself."""

    def __init__(self, threshold=1.0, **kwargs):
        super().__init__(**kwargs)
        self.limit = threshold
        self.weight_seen = self.add_weight(name="weight_seen", shape=(), initializer="zeros")
        self.loss_seen = self.add_weight(name="loss_seen", shape=(), initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        size = tf.abs(tf.subtract(y_true, y_pred))
        losses = tf.reshape((size**2 - tf.nn.relu(size - self.limit) ** 2) / 2, [-1])
        if sample_weight is None:
            self.weight_seen.assign_add(tf.cast(tf.size(losses), losses.dtype))
        else:
            sample_weight = tf.cast(tf.reshape(sample_weight, [-1]), losses.dtype)
            losses = tf.multiply(losses, sample_weight)
            self.weight_seen.assign_add(tf.reduce_sum(sample_weight))
        self.loss_seen.assign_add(tf.reduce_sum(losses))

    def result(self):
        return tf.math.divide_no_nan(
            tf.convert_to_tensor(self.loss_seen), tf.convert_to_tensor(self.weight_seen)
        )

    def reset_state(self):
        for variable in self.variables:
            variable.assign(0.0)

    def get_config(self):
        return dict(super().get_config(), threshold=self.limit)


class RootMeanSquaredError(keras.metrics.Metric):
    """The running mean itself is kept, and moved a little by each batch."""

    def __init__(self, name="rmse", **kwargs):
        super().__init__(name=name, **kwargs)
        self.mean = self.add_weight(name="mean", initializer="zeros")
        self.seen = self.add_weight(name="seen", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        labels = tf.squeeze(tf.expand_dims(y_true, -1), [-1])
        labels = labels if labels.shape.rank == 1 else labels[:, 0]
        hits = tf.equal(tf.range(y_pred.shape[-1]), tf.cast(labels, tf.int32)[:, tf.newaxis])
        errors = tf.reduce_sum(tf.math.squared_difference(tf.cast(hits, tf.float32), y_pred), 1)
        weights = (
            tf.ones_like(errors) if sample_weight is None else tf.cast(sample_weight, tf.float32)
        )
        new, weight = tf.tensordot(weights, errors, 1), tf.reduce_sum(weights)
        seen = self.seen + weight
        self.mean.assign(tf.math.divide_no_nan(self.mean * self.seen + new, seen))
        self.seen.assign(seen)

    def result(self):
        return tf.sqrt(self.mean.value)


class MendedRMSE(keras.metrics.Metric):
    """Labels are ravelled; before the first batch, it has nothing to say."""

    def __init__(self, name="rmse", **kwargs):
        super().__init__(name=name, **kwargs)
        self.total = self.add_weight(name="total", initializer="zeros")
        self.samples = self.add_weight(name="samples", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        one_hot = tf.one_hot(tf.reshape(y_true, [tf.size(y_true)]), tf.shape(y_pred)[-1])
        errors = tf.einsum("nk,nk->n", one_hot - y_pred, one_hot - y_pred)
        if sample_weight is None:
            self.total.assign_add(tf.reduce_sum(errors))
            self.samples.assign_add(tf.cast(tf.shape(errors)[0], tf.float32))
        else:
            self.total.assign_add(tf.reduce_sum(errors * sample_weight))
            self.samples.assign_add(tf.reduce_sum(sample_weight))

    def result(self):
        return tf.sqrt(self.total / self.samples)


class PenalizedModel(keras.Model):
    """A train step of its own, on the kernel of the hidden layer alone."""

    def __init__(self, units, strength):
        super().__init__()
        self.hidden = keras.layers.Dense(units, activation=tf.nn.elu)
        self.final = keras.layers.Dense(1)
        self.strength = strength

    def call(self, x):
        return self.final(self.hidden(x))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x, y, self(x, training=True))
            loss += self.strength * tf.nn.l2_loss(self.hidden.kernel)
        gradients = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply(gradients, self.trainable_weights)
        return {"loss": loss}


def penalized_loss(model, strength):
    def loss(y_true, y_pred):
        entropy = tf.keras.losses.categorical_crossentropy(y_true, y_pred)
        return entropy + 2 * strength * tf.add_n(
            [tf.nn.l2_loss(w) for w in model.trainable_weights]
        )

    return loss


def compile_ticket_model(model):
    model.compile(
        optimizer="sgd",
        loss={
            "department": keras.losses.categorical_crossentropy,
            "priority": keras.losses.binary_crossentropy,
        },
        metrics={
            "department": ["categorical_accuracy", "mae"],
            "priority": ["binary_accuracy", keras.metrics.Precision()],
        },
    )


def predicted_classes(model, dataset):
    """The model is called, batch by batch."""
    batches = [tf.argmax(model(x, training=False), axis=1) for x, _ in dataset]
    return tf.concat(batches, axis=0)


def confusion_matrix(y_true, y_pred, num_classes):
    return tf.math.confusion_matrix(y_true, y_pred, num_classes)


class F1Score(keras.metrics.Metric):
    """Counted with masks."""

    def __init__(self, threshold=0.5, name="f1_score", **kwargs):
        super().__init__(name=name, **kwargs)
        self.threshold = threshold
        self.tp = self.add_weight(name="tp", initializer="zeros")
        self.wrong = self.add_weight(name="wrong", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        actual = tf.cast(tf.reshape(y_true, [-1]), tf.bool)
        predicted = tf.math.greater(tf.reshape(y_pred, [-1]), self.threshold)
        if sample_weight is None:
            sample_weight = tf.ones(tf.shape(actual))
        self.tp.assign_add(tf.reduce_sum(tf.boolean_mask(sample_weight, actual & predicted)))
        self.wrong.assign_add(tf.reduce_sum(tf.where(actual ^ predicted, sample_weight, 0.0)))

    def result(self):
        f1 = 2 * self.tp / (2 * self.tp + self.wrong)
        return tf.where(tf.math.is_nan(f1), 0.0, f1)
