"""Right answers of chapter 5: losses and metrics, as names, functions and objects."""

import keras
import numpy as np
import tensorflow as tf

metrics_quiz = {
    # 1. Targets [1.0, 2.0, 3.0], predictions [2.0, 1.0, 7.0]. The mean squared error:
    "squares": 6.0,
    # 2. y_true and y_pred have shape (4, 1). The shape of what this function gives back:
    #    keras.losses.mean_squared_error(y_true, y_pred)
    "function_shape": (4,),
    # 3. And of keras.losses.MeanSquaredError()(y_true, y_pred), with the same two:
    "object_shape": (),
    # 4. Now y_true and y_pred have shape (4,). The shape of what the function of 2 gives back:
    "flat_shape": (),
    # 5. y_true is [0.0, 1.0], y_pred is [[0.0], [1.0]]: every prediction is right. A number:
    #    tf.reduce_mean(tf.square(y_true - y_pred))
    "flat_and_column": 0.5,
    # 6. keras.metrics.BinaryAccuracy()([[0.0], [1.0], [1.0], [1.0]], [[0.2], [0.6], [0.5], [0.9]]):
    "at_the_threshold": 0.75,
    # 7. keras.metrics.Accuracy() for the same targets and predictions:
    "exactly_equal": 0.0,
    # 8. BinaryAccuracy() sees a batch of three samples, all right, and then a batch of one, which
    #    is wrong. What `result()` is then:
    "two_batches": 0.75,
    # 9. keras.losses.MeanSquaredError()([[0.0], [0.0]], [[1.0], [3.0]], sample_weight=[1.0, 0.0]):
    "weighted": 0.5,
    # 10. A model ends in a softmax over 10 classes; the labels are whole numbers of shape (n,).
    #     Its cross-entropy is one of "binary", "categorical" and "sparse":
    "digits": "sparse",
    # 11. A ticket may have several of 5 tags, or none. The model ends in 5 sigmoids; the targets
    #     have shape (n, 5), 1 for each tag that is there. Its cross-entropy, one of the three:
    "several_tags": "binary",
    # 12. That model is compiled with metrics=["accuracy"]. Which accuracy does Keras make of it,
    #     one of the same three?
    "accuracy_of_tags": "categorical",
}


def compile_for(model, task):
    """Compile a model with the loss and the metric that its task asks for.

    Args:
        model: a Keras model that ends in what the task needs; it keeps its weights.
        task: "binary" (sigmoid, targets 0 or 1 of shape (n, 1)), "multiclass_one_hot" (softmax,
            one-hot rows), "multiclass_sparse" (softmax, integer labels of shape (n,)) or
            "regression" (no activation, real numbers of shape (n, 1)); its metric is an error in
            the target's unit or its square.

    Raises:
        ValueError: the task is none of these.
    """
    losses = {
        "binary": "binary_crossentropy",
        "multiclass_one_hot": "categorical_crossentropy",
        "multiclass_sparse": "sparse_categorical_crossentropy",
        "regression": "mean_squared_error",
    }
    if task not in losses:
        raise ValueError(f"task should be one of {', '.join(losses)}; it is {task!r}")
    metric = "mean_absolute_error" if task == "regression" else "accuracy"
    model.compile(optimizer="adam", loss=losses[task], metrics=[metric])


def mend_compile(model):
    """Compile a classifier of two classes so that the accuracy in its history is true.

    The model ends in a sigmoid; targets are 0 or 1, (n, 1). The loss is the binary cross-entropy.
    """
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])


def huber(y_true, y_pred):
    """Return the Huber loss of every sample, with threshold 1.

    With error e = y_true - y_pred it is e² / 2 where |e| is at most 1, and |e| - 1/2 beyond.

    Args:
        y_true: targets, shape (n,) or (n, 1).
        y_pred: predictions, in the shape of `y_true`.

    Returns:
        One loss for each sample, shape (n,) or (n, 1).
    """
    size = tf.abs(y_true - y_pred)
    return tf.where(size <= 1, size**2 / 2, size - 1 / 2)


def create_huber(threshold=1.0):
    """Return a Huber loss with a threshold of its own.

    With error e it is e² / 2 where |e| is at most the threshold t, and t · (|e| - t / 2) beyond.

    Args:
        threshold: up to which size an error is squared, above 0.

    Returns:
        A function from (y_true, y_pred), both (n,) or (n, 1), to one loss for each sample.
    """

    def loss(y_true, y_pred):
        size = tf.abs(y_true - y_pred)
        return tf.where(size <= threshold, size**2 / 2, threshold * (size - threshold / 2))

    return loss


def weighted_binary_cross_entropy(positive_weight):
    """Return a cross-entropy in which a missed positive counts more, or less.

    For target y and probability p it is -(w · y · log p + (1 - y) · log(1 - p)), finite at 0 and 1.

    Args:
        positive_weight: w, how much a positive counts where a negative counts 1.

    Returns:
        A function from (y_true, y_pred), both (n,) or (n, 1), to one loss for each sample.
    """

    def loss(y_true, y_pred):
        epsilon = keras.config.epsilon()
        p = tf.clip_by_value(y_pred, epsilon, 1 - epsilon)
        positive = positive_weight * y_true * tf.math.log(p)
        negative = (1 - y_true) * tf.math.log(1 - p)
        return -(positive + negative)

    return loss


def pinball(quantile):
    """Return the loss that is least where a prediction is a quantile of the targets.

    With error e = y_true - y_pred it is q · e where e is positive, and (q - 1) · e where it is not.

    Args:
        quantile: q, between 0 and 1.

    Returns:
        A function from (y_true, y_pred), both (n,) or (n, 1), to one loss for each sample.
    """

    def loss(y_true, y_pred):
        error = y_true - y_pred
        return tf.maximum(quantile * error, (quantile - 1) * error)

    return loss


class HuberLoss(keras.losses.Loss):
    """The Huber loss as an object: e² / 2 up to a threshold t, t · (|e| - t / 2) beyond."""

    def __init__(self, threshold=1.0, **kwargs):
        """Keep the threshold; `name` and `reduction` go to Keras."""
        super().__init__(**kwargs)
        self.threshold = threshold

    def call(self, y_true, y_pred):
        """Return one loss for each sample, from targets and predictions (n,) or (n, 1)."""
        size = tf.abs(y_true - y_pred)
        beyond = self.threshold * (size - self.threshold / 2)
        return tf.where(size <= self.threshold, size**2 / 2, beyond)

    def get_config(self):
        """Return all that `__init__` needs to make this loss again."""
        return {**super().get_config(), "threshold": self.threshold}


class HuberMetric(keras.metrics.Metric):
    """The mean Huber loss over all samples since the last reset, 0 before the first."""

    def __init__(self, threshold=1.0, **kwargs):
        """Keep the threshold and make the state; `name` and `dtype` go to Keras."""
        super().__init__(**kwargs)
        self.threshold = threshold
        self.loss_sum = self.add_weight(name="loss_sum", initializer="zeros")
        self.weight_sum = self.add_weight(name="weight_sum", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Take in a batch: targets and predictions (n,) or (n, 1), weights (n,)."""
        size = tf.reshape(tf.abs(y_true - y_pred), [-1])
        beyond = self.threshold * (size - self.threshold / 2)
        losses = tf.where(size <= self.threshold, size**2 / 2, beyond)
        weights = tf.ones_like(losses) if sample_weight is None else sample_weight
        self.loss_sum.assign_add(tf.reduce_sum(weights * losses))
        self.weight_sum.assign_add(tf.reduce_sum(weights))

    def result(self):
        """Return the weighted mean of the losses."""
        return tf.math.divide_no_nan(self.loss_sum.value, self.weight_sum.value)

    def get_config(self):
        """Return all that `__init__` needs to make this metric again."""
        return {**super().get_config(), "threshold": self.threshold}


class RootMeanSquaredError(keras.metrics.Metric):
    """How far class probabilities are from the true class, over all samples seen.

    One sample's error is the sum, over the classes, of the squared difference between its
    probabilities and its label as one-hot. The result is the square root of the mean error.

    Args:
        name: of the metric, as `fit` and `evaluate` show it.
    """

    def __init__(self, name="rmse", **kwargs):
        super().__init__(**kwargs, name=name)
        self.error_sum = self.add_weight(name="error_sum", initializer="zeros")
        self.weight_sum = self.add_weight(name="weight_sum", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Count a batch: integer labels (n,) or (n, 1), probabilities (n, k), weights (n,)."""
        labels = tf.reshape(y_true, (-1,))
        differences = tf.one_hot(labels, y_pred.shape[-1]) - y_pred
        errors = tf.reduce_sum(tf.square(differences), axis=-1)
        if sample_weight is None:
            sample_weight = tf.ones_like(errors)
        self.error_sum.assign_add(tf.reduce_sum(sample_weight * errors))
        self.weight_sum.assign_add(tf.reduce_sum(sample_weight))

    def result(self):
        """Return the error over all that was counted, a scalar."""
        mean = tf.math.divide_no_nan(self.error_sum.value, self.weight_sum.value)
        return tf.sqrt(mean)


class MendedRMSE(keras.metrics.Metric):
    """How far class probabilities are from the true class, over all samples seen.

    One sample's error is the sum, over the classes, of the squared difference between its
    probabilities and its label as one-hot. The result is the square root of the mean error.
    """

    def __init__(self, name="rmse", **kwargs):
        super().__init__(name=name, **kwargs)
        self.total = self.add_weight(name="total", initializer="zeros")
        self.samples = self.add_weight(name="samples", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Count a batch: integer labels (n,) or (n, 1), probabilities (n, k), weights (n,)."""
        labels = tf.reshape(y_true, (-1,))
        one_hot = tf.one_hot(labels, y_pred.shape[-1])
        errors = tf.reduce_sum(tf.square(one_hot - y_pred), axis=-1)
        weights = tf.ones(tf.shape(y_pred)[0]) if sample_weight is None else sample_weight
        self.total.assign_add(tf.reduce_sum(weights * errors))
        self.samples.assign_add(tf.reduce_sum(weights))

    def result(self):
        """Return the error over all that was counted, a scalar."""
        return tf.sqrt(tf.math.divide_no_nan(self.total.value, self.samples.value))


class PenalizedModel(keras.Model):
    """A network with one hidden layer and one output that pays for large weights.

    To the loss it was compiled with it adds strength · (the sum of its squared weights).

    Args:
        units: how many the hidden layer has.
        strength: how much the size of the weights counts; at 0 it does not.
    """

    def __init__(self, units, strength):
        super().__init__()
        self.hidden = keras.layers.Dense(units, activation="relu")
        self.last = keras.layers.Dense(1)
        self.strength = strength

    def call(self, x):
        """Return predictions (n, 1) for inputs (n, d)."""
        predictions = self.last(self.hidden(x))
        squares = sum(tf.reduce_sum(tf.square(weight)) for weight in self.trainable_weights)
        self.add_loss(self.strength * squares)
        return predictions


def penalized_loss(model, strength):
    """Return a loss that also counts how large the weights of a model are.

    It is the categorical cross-entropy plus strength · (the sum of the squares of the model's
    trainable weights), with the weights as they are when the loss is called.

    Args:
        model: the model whose weights count.
        strength: how much they count.

    Returns:
        A function from one-hot labels (n, k) and probabilities (n, k) to losses (n,).
    """

    def total_loss(y_true, y_pred):
        entropy = keras.losses.categorical_crossentropy(y_true, y_pred)
        squares = [tf.reduce_sum(tf.square(weight)) for weight in model.trainable_weights]
        return entropy + strength * tf.add_n(squares)

    return total_loss


def compile_ticket_model(model):
    """Compile a model with two outputs: each gets its own cross-entropy and its accuracy.

    Both losses count with weight 1.

    Args:
        model: a functional model with the outputs `priority`, shape (n, 1), the probability
            of 1 rather than 0, and `department`, shape (n, k), a softmax over the
            departments. Its targets are 0 or 1, and one-hot.
    """
    model.compile(
        loss={"priority": "binary_crossentropy", "department": "categorical_crossentropy"},
        metrics={"priority": ["accuracy"], "department": ["accuracy"]},
    )


def predicted_classes(model, dataset):
    """Return the class that a model finds most likely, for every sample of a dataset.

    Args:
        model: a Keras model from inputs (n, d) to probabilities (n, k).
        dataset: a `tf.data.Dataset` of batches (inputs, labels).

    Returns:
        Class numbers, an array or tensor of integers, shape (n,), in the order of the dataset.
    """
    probabilities = model.predict(dataset, verbose=0)
    return np.argmax(probabilities, axis=-1)


def confusion_matrix(y_true, y_pred, num_classes):
    """Count who is taken for whom.

    Args:
        y_true: the true classes, integers from 0 to num_classes - 1, shape (n,).
        y_pred: the predicted classes, likewise.
        num_classes: how many classes there are, also if some are absent here.

    Returns:
        Counts, an array or tensor of shape (num_classes, num_classes): in row i and column j
        how many samples of class i were predicted as class j.
    """
    cells = y_true * num_classes + y_pred
    counts = tf.math.bincount(cells, minlength=num_classes**2)
    return tf.reshape(counts, (num_classes, num_classes))


class F1Score(keras.metrics.Metric):
    """The F1 score of a binary classifier, over all samples seen.

    It is 2 · hits / (positives predicted + positives there are), which is the harmonic mean of
    precision and recall. Where there are neither, it is 0.

    Args:
        threshold: a score above it is a prediction of 1, one below it of 0.
    """

    def __init__(self, threshold=0.5, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold
        self.hits = self.add_weight(name="hits", initializer="zeros")
        self.predicted = self.add_weight(name="predicted", initializer="zeros")
        self.actual = self.add_weight(name="actual", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Count a batch: targets 0 or 1 and scores, (n,) or (n, 1) alike, and weights (n,)."""
        actual = tf.cast(tf.reshape(y_true, (-1,)), self.dtype)
        predicted = tf.cast(tf.reshape(y_pred, (-1,)) > self.threshold, self.dtype)
        weights = tf.ones_like(actual) if sample_weight is None else sample_weight
        self.hits.assign_add(tf.reduce_sum(weights * actual * predicted))
        self.predicted.assign_add(tf.reduce_sum(weights * predicted))
        self.actual.assign_add(tf.reduce_sum(weights * actual))

    def result(self):
        """Return the F1 score of all that was counted, a scalar from 0 to 1."""
        return tf.math.divide_no_nan(2 * self.hits, self.predicted + self.actual)
