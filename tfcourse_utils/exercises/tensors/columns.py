"""`standardize`: columns of mean 0 and standard deviation 1."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import close, exercise

from ..tools import normal

__all__ = ["FAR", "standardize"]

standardize = exercise("tensors.standardize", kind="rebuild", section="Axes and reductions")

FAR = "a column round 10000"


@standardize.probe("mean 0 and standard deviation 1")
def _(answer, rng):
    wide, tall = normal(rng, (3, 2), "float64"), normal(rng, (12, 3))
    return [answer(5 * wide - 2), answer(tall * [[1.0, 3.0, 20.0]] + [[0.0, 7.0, -4.0]])]


@standardize.probe("a constant column")
def _(answer, rng):
    columns = normal(rng, (8, 3)).numpy()
    columns[:, rng.integers(3)] = rng.integers(2, 9)
    return answer(tf.constant(columns))


# In float32, 1e4 has three decimals left. Whole numbers show rounding least.
@standardize.probe("a column far from zero", compare=close(atol=5e-3))
def _(answer, rng):
    column = 1e4 + rng.permutation([-1, -1, -1, 0, 0, 1, 1, 1])
    return {FAR: answer(tf.constant(column[:, None], "float32"))}


def _about(result):
    deviations = np.std(result, axis=0)
    return {
        "means are 0": bool(np.abs(np.mean(result, axis=0)).max() < 1e-3),
        "standard deviations are at most 1": bool(deviations.max() < 1.001),
        "and not near 0": bool(deviations.min() > 0.1),
    }


# Whether it is added to the deviation or to the variance, or is the least that is divided by,
# a large epsilon makes no column longer.
@standardize.probe("a large epsilon", read=_about)
def _(answer, rng):
    return answer(3 * normal(rng, (8, 2)), epsilon=1.0)


standardize.hint(
    "Along which axis do you go from sample to sample within one column?",
    "A reduction over `axis=0` gives one number for each column; broadcasting subtracts it from "
    "every row.",
    "`tf.math.reduce_std` gives the deviations. Add `epsilon` before you divide by them.",
)
