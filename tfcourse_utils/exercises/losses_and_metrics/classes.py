"""`predicted_classes`: the most likely class of every sample of a dataset."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

__all__ = ["predicted_classes"]

predicted_classes = exercise(
    "losses_and_metrics.predicted_classes", kind="mend", section="Evaluate, predict, call"
)


class _Scores(keras.Model):
    """Scores of the classes by a plane for each; while it trains, they go round by one."""

    def __init__(self, slopes):
        super().__init__()
        self.run_eagerly = True  # for a few samples a graph would take longer to make
        self._slopes = slopes

    def call(self, x, training=False):
        probabilities = tf.nn.softmax(x @ self._slopes)
        return tf.roll(probabilities, 1, axis=-1) if training else probabilities


_Scores.__name__ = "model"  # as a verdict shows it


def _model_and_data(rng, samples, batch, classes):
    """Return a model and a dataset in which it finds every class, and labels that it misses."""
    slopes = np.eye(classes, 4) + rng.normal(0, 0.1, (classes, 4))
    found = rng.permutation(np.arange(samples) % classes)
    x = 3 * slopes[found] + rng.normal(0, 0.1, (samples, 4))
    labels = (found + rng.integers(0, 2, samples)) % classes
    dataset = tf.data.Dataset.from_tensor_slices((x.astype("float32"), labels)).batch(batch)
    return _Scores(tf.constant(slopes.T, tf.float32)), dataset


@predicted_classes.probe("a class for every sample")
def _(answer, rng):
    return answer(*_model_and_data(rng, samples=12, batch=4, classes=3))


@predicted_classes.probe("a last batch that is smaller")
def _(answer, rng):
    return answer(*_model_and_data(rng, samples=11, batch=4, classes=4))


@predicted_classes.probe("one batch")
def _(answer, rng):
    return answer(*_model_and_data(rng, samples=5, batch=8, classes=2))


predicted_classes.hint(
    "The dataset comes in batches already. What is the shape of a batch of batches? Take one with "
    "`next(iter(…))` and print it.",
    "The probabilities have the shape (n, k): a row for each sample. Over which axis is the "
    "largest to be found?",
    "`np.argmax(table)` numbers all cells of a table through, and gives one number. "
    "`np.argmax(table, axis=…)` gives one for each row or each column.",
)
