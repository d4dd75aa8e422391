"""`RootMeanSquaredError` and `MendedRMSE`: class probabilities against integer labels."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import Exercise, exercise

from ..errors import explained
from ..losses import sample_weights
from ..metrics import after_reset, cut, in_graph, result_of, streamed
from ..tools import normal

__all__ = ["MendedRMSE", "RootMeanSquaredError"]

RootMeanSquaredError = exercise(
    "losses_and_metrics.RootMeanSquaredError",
    kind="rebuild",
    section="Metrics that stream",
    answer_kind="class",
)
MendedRMSE = exercise(
    "losses_and_metrics.MendedRMSE",
    kind="mend",
    section="Metrics that stream",
    answer_kind="class",
)


def _samples(rng, labels_shape, classes=4):
    """Return labels of this shape, all classes among them, and probabilities."""
    count = labels_shape[0]
    labels = rng.permutation([i % classes for i in range(count)]).reshape(labels_shape)
    return tf.constant(labels, tf.int32), tf.nn.softmax(2 * normal(rng, (count, classes)))


def _weighted(rng, labels_shape):
    return *_samples(rng, labels_shape), tf.constant(sample_weights(rng, labels_shape[0]))


def _look_at_rmse(metric: Exercise, labels_shape: tuple[int, ...]) -> None:
    """Add the probes of the contract that both exercises have.

    Args:
        labels_shape: of nine labels, where only one shape is tried.
    """

    @metric.probe("labels of shape (n,) and (n, 1)")
    @explained
    def _(answer, rng):
        return {
            f"labels of shape {shape}": result_of(answer(), [_samples(rng, shape, classes)])
            for shape, classes in [((6,), 3), ((7, 1), 4)]
        }

    @metric.probe("many batches")
    @explained
    def _(answer, rng):
        return streamed(answer, cut(rng, *_samples(rng, labels_shape)))

    @metric.probe("sample weights")
    @explained
    def _(answer, rng):
        return {
            "after three batches": result_of(answer(), cut(rng, *_weighted(rng, labels_shape))),
            "in a graph, as `fit` makes one": in_graph(answer(), *_weighted(rng, (8, 1))),
        }

    @metric.probe("a reset, and a name")
    @explained
    def _(answer, rng):
        seen = after_reset(answer(), cut(rng, *_samples(rng, labels_shape)))
        return {
            "last batch, after a reset": seen["last batch, after a reset"],
            "name, if none is given": answer().name,
            'name, given as "off_by"': answer(name="off_by", dtype="float32").name,
        }


_look_at_rmse(RootMeanSquaredError, (9,))
_look_at_rmse(MendedRMSE, (9, 1))


RootMeanSquaredError.hint(
    "Two batches of unlike size have been seen, and a third comes. Which two numbers must the "
    "metric have kept, so that it can tell the mean over all samples?",
    '`self.add_weight(name=…, initializer="zeros")` makes a number that Keras knows of, and sets '
    "back to 0 at a reset. `update_state` adds to it with `assign_add`, `result` computes from it.",
    "Give the labels the shape (n,) with `tf.reshape(y_true, (-1,))`. `tf.one_hot` makes (n, k) of "
    "them, the shape of the probabilities.",
    "Add up the squares along the last axis: one error for each sample. With weights, add weight · "
    "error to one number and the weights to the other; without, every weight is 1. The root "
    "comes last, in `result`.",
)

MendedRMSE.hint(
    "What is the largest error a sample can have, where the model puts all on a wrong class? Give "
    "the metric labels of shape (n, 1) and compare.",
    "Print the shape of each thing in `update_state`, for labels of shape (n, 1): which one did "
    "you not expect?",
    "Labels of shape (n, 1) become a one-hot of shape (n, 1, k). Bring the labels into the shape "
    "(n,) before that.",
)
