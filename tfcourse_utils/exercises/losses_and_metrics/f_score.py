"""`F1Score`: hits, false alarms and misses, counted over all batches."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..errors import explained
from ..losses import sample_weights
from ..metrics import after_reset, cut, in_graph, result_of, streamed

__all__ = ["F1Score"]

F1Score = exercise(
    "losses_and_metrics.F1Score",
    kind="transfer",
    section="Choosing a threshold",
    answer_kind="class",
)


def _samples(rng, shape=(12,)):
    """Return targets and scores, of every kind: hits, misses, false alarms, rightly left alone.

    No score is near 0.3, 0.5 or 0.7, and there are some between any two of these.
    """
    count = shape[0]
    targets = [1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0] + [0.0] * (count - 8)
    levels = [0.15, 0.15, 0.4, 0.4, 0.6, 0.6, 0.85, 0.85, *rng.choice([0.4, 0.6], count - 8)]
    order = rng.permutation(count)
    scores = np.array(levels) + rng.uniform(-0.08, 0.08, count)
    return tuple(
        tf.constant(values[order].reshape(shape), tf.float32)
        for values in (np.array(targets), scores)
    )


def _weights(rng, count):
    return tf.constant(sample_weights(rng, count))


@F1Score.probe("at three thresholds, for (n,) and (n, 1)")
@explained
def _(answer, rng):
    return {
        f"F1 at a threshold of {threshold}": result_of(
            answer(threshold=threshold), [_samples(rng, shape)]
        )
        for threshold, shape in [(0.5, (12,)), (0.3, (12, 1)), (0.7, (11,))]
    }


@F1Score.probe("many batches")
@explained
def _(answer, rng):
    return streamed(answer, cut(rng, *_samples(rng)))


@F1Score.probe("sample weights")
@explained
def _(answer, rng):
    row, column = _samples(rng), _samples(rng, (12, 1))
    return {
        "after three batches": result_of(answer(), cut(rng, *row, _weights(rng, 12))),
        "in a graph, as `fit` makes one": in_graph(answer(), *column, _weights(rng, 12)),
    }


@F1Score.probe("0 where there is nothing to count, and a reset")
@explained
def _(answer, rng):
    low, high = (tf.constant(rng.uniform(*ends, 4), tf.float32) for ends in [(0, 0.4), (0.6, 1)])
    no, yes = tf.zeros(4), tf.ones(4)
    return {
        "nothing there, nothing predicted": result_of(answer(), [(no, low)]),
        "nothing there": result_of(answer(), [(no, high)]),
        "nothing predicted": result_of(answer(), [(yes, low)]),
        **after_reset(answer(name="f1", dtype="float32"), cut(rng, *_samples(rng))),
    }


F1Score.hint(
    "F1 is 2 · precision · recall / (precision + recall). Which counts do precision and recall "
    "need? Keep those from batch to batch, and not the F1 of each batch.",
    "With hits, false alarms and misses, F1 is 2 · hits / (2 · hits + false alarms + misses). "
    "`tf.math.divide_no_nan` gives 0 where the divisor is 0.",
    "`tf.cast(y_pred > self.threshold, tf.float32)` is 1 where 1 is predicted. Multiplied by the "
    "targets, it is 1 for hits alone.",
    "Give targets and predictions the shape (n,), by `tf.reshape(…, (-1,))`: weights have it too, "
    "and (n,) with (n, 1) would make a table of n by n.",
)
