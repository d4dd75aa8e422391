"""`weighted_binary_cross_entropy` and `pinball`: losses that mind one side more than the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..losses import pair, per_sample
from ..tools import normal

__all__ = ["pinball", "weighted_binary_cross_entropy"]

weighted_binary_cross_entropy = exercise(
    "losses_and_metrics.weighted_binary_cross_entropy",
    kind="transfer",
    section="Losses with a setting",
)
pinball = exercise("losses_and_metrics.pinball", kind="transfer", section="Losses with a setting")


def _classified(
    rng: np.random.Generator, shape: tuple[int, ...], dtype: str = "float32"
) -> tuple[Any, Any]:
    """Draw targets, zeros and ones, and probabilities that are neither 0 nor 1."""
    targets = rng.permutation(np.resize([0, 1], shape[0])).reshape(shape)
    return tf.constant(targets, dtype), tf.constant(rng.uniform(0.1, 0.9, shape), dtype)


def _weight(rng: np.random.Generator) -> float:
    return float(rng.uniform(2.0, 8.0))


@weighted_binary_cross_entropy.probe("positives count more")
def _(answer, rng):
    return per_sample(answer(_weight(rng)), *_classified(rng, (6, 1)))


@weighted_binary_cross_entropy.probe("positives count less; float64, no second axis")
def _(answer, rng):
    return per_sample(answer(1 / _weight(rng)), *_classified(rng, (7,), "float64"))


_CORNERS = {"right and sure": [[0.0], [1.0]], "wrong and sure": [[1.0], [0.0]]}


def _in_words(seen: Any) -> dict[str, list[str]]:
    """Say of each loss how large it is: exactly how large at 0 and 1 is the answer's choice."""
    return {name: [_size(loss) for loss in np.ravel(losses)] for name, losses in seen.items()}


def _size(loss: float) -> str:
    if not np.isfinite(loss):
        return str(loss)
    return "almost 0" if abs(loss) < 0.01 else "large" if loss > 5 else "neither"


@weighted_binary_cross_entropy.probe("probabilities of 0 and 1", read=_in_words)
def _(answer, rng):
    loss = answer(_weight(rng))
    return {
        f"{name}, {dtype}": loss(tf.constant([[0], [1]], dtype), tf.constant(probabilities, dtype))
        for name, probabilities in _CORNERS.items()
        for dtype in ("float32", "float64")
    }


weighted_binary_cross_entropy.hint(
    "For a target of 1, which of the two terms is left? Which of them does the weight belong to?",
    "What is 0 times the logarithm of 0? Work it out in TensorFlow, and then keep the "
    "probabilities a little away from 0 and from 1.",
    "`tf.clip_by_value(y_pred, epsilon, 1 - epsilon)` with `keras.config.epsilon()`. In float32, a "
    "much smaller epsilon is lost: 1 - 1e-9 is 1.",
)


@pinball.probe("a quantile above the middle")
def _(answer, rng):
    return per_sample(answer(float(rng.uniform(0.7, 0.95))), *pair(rng, 8))


@pinball.probe("a quantile below the middle; no second axis")
def _(answer, rng):
    return per_sample(answer(float(rng.uniform(0.05, 0.3))), *pair(rng, 9, column=False))


@pinball.probe("too low by 1, right, too high by 1; in float64")
def _(answer, rng):
    y_true = normal(rng, (3, 1), "float64")
    errors = tf.constant([[1.0], [0.0], [-1.0]], "float64")
    return per_sample(answer(float(rng.uniform(0.1, 0.4))), y_true, y_true - errors)


pinball.hint(
    "With q = 0.9 a prediction that is too low by 1 costs 0.9, one that is too high by 1 costs "
    "0.1. Which sign has y_true - y_pred in each case?",
    "Draw q · e and (q - 1) · e over e. Which of the two lines lies above the other, on either "
    "side of 0?",
    "One `tf.maximum` of two products is enough, inside a function that is returned.",
)
