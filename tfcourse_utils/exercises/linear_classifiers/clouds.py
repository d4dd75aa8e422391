"""`make_clouds`: two Gaussian clouds."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import close, exercise

from ..tools import parts

__all__ = ["make_clouds"]

make_clouds = exercise("linear_classifiers.make_clouds", kind="rebuild", section="Two clouds")


@make_clouds.probe("shapes and types")
def _(answer, rng):
    inputs, targets = map(np.asarray, parts(answer(7, int(rng.integers(1000))), 2))
    return {"inputs": _form(inputs), "targets": _form(targets)}


def _form(array):
    return f"{array.dtype} of shape {array.shape}"


@make_clouds.probe("negatives first")
def _(answer, rng):
    _, targets = parts(answer(4, int(rng.integers(1000))), 2)
    return targets


def _where(inputs):
    negatives, positives = np.split(inputs.astype("float64"), 2)
    return {
        "mean of the negatives": np.round(negatives.mean(axis=0), 1),
        "mean of the positives": np.round(positives.mean(axis=0), 1),
        "covariance of the negatives": np.round(np.cov(negatives.T), 1),
        "covariance of the positives": np.round(np.cov(positives.T), 1),
        "drawn apart": bool(abs(np.corrcoef(negatives[:, 0], positives[:, 0])[0, 1]) < 0.5),
    }


# With 4000 points, means and covariances of two right answers differ by about 0.03; rounded,
# they show what was asked for.
@make_clouds.probe("where the clouds lie", read=_where, compare=close(rtol=0, atol=0.15))
def _(answer, rng):
    inputs, _ = parts(answer(4000, int(rng.integers(1000))), 2)
    return np.asarray(inputs, "float32")


def _what_decides(inputs):
    return {
        "same seed, same points": bool(np.array_equal(inputs["first"], inputs["again"])),
        "other seed, other points": not np.array_equal(inputs["first"], inputs["other"]),
    }


@make_clouds.probe("the seed decides, and nothing else", read=_what_decides)
def _(answer, rng):
    seed = int(rng.integers(1000))
    first = np.asarray(parts(answer(5, seed), 2)[0])
    np.random.random(), tf.random.normal(())  # the global generators move on
    again = np.asarray(parts(answer(5, seed), 2)[0])
    other = np.asarray(parts(answer(5, seed + 1), 2)[0])
    return {"first": first, "again": again, "other": other}


make_clouds.hint(
    "How would you draw a single cloud, and how do you join two arrays row by row?",
    "`np.random.default_rng(seed)` gives a generator of its own, which has a method "
    "`multivariate_normal(mean, covariance, size)`.",
    "The targets are n rows of [0.] followed by n rows of [1.]. At the end, both arrays have a "
    'method `astype("float32")`.',
)
