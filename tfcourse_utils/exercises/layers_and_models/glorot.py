"""`glorot_normal`: how wide the first weights are spread."""

from __future__ import annotations

import keras
import numpy as np

from tfcourse_utils.checking import close, exercise

from ..layers import built
from ..tools import normal

__all__ = ["glorot_normal"]

glorot_normal = exercise(
    "layers_and_models.glorot_normal", kind="rebuild", section="Bends, beginnings and brakes"
)


def _spread(numbers):
    """Describe a sample of 18000 or more numbers: their deviation is known to 1 in 100.

    A normal distribution that is cut off at twice its deviation is 12 in 100 narrower; the
    largest number of an even spread is √3 deviations from the mean, that of a normal one more.
    """
    deviation = float(np.std(numbers))
    return {
        "shape": list(np.shape(numbers)),
        "standard deviation": deviation,
        "mean is near 0": bool(abs(np.mean(numbers)) < deviation / 20),
        "normally distributed": bool(np.max(np.abs(numbers)) > 2 * deviation),
    }


def _spreads(seen):
    return [_spread(numbers) for numbers in seen]


# Normals that are cut off and not made wider for it are 12 in 100 too narrow, and count as right.
_about = close(rtol=0.15, atol=0)


@glorot_normal.probe("mean 0 and the standard deviation", compare=_about, read=_spreads)
def _(answer, rng):
    units = int(rng.integers(400, 500))
    return [answer((45, units)), answer((units, 45)), answer((150, 150))]


def _apart(draws):
    first, second = draws
    return {
        "shapes": [list(np.shape(draw)) for draw in draws],
        "other numbers in the second call": not np.array_equal(first, second),
    }


@glorot_normal.probe("new numbers in every call", read=_apart)
def _(answer, rng):
    shape = tuple(rng.integers(4, 9, 2).tolist())
    return [answer(shape), answer(shape)]


def _dtypes(seen):
    return {name: numbers.dtype.name for name, numbers in seen.items()}


@glorot_normal.probe("the dtype that is asked for", read=_dtypes)
def _(answer, rng):
    shape = tuple(rng.integers(4, 9, 2).tolist())
    return {
        f"numbers with dtype={dtype!r}": np.asarray(answer(shape, dtype=dtype))
        for dtype in ("float32", "float64")
    }


def _kernel(seen):
    return {**_spread(seen["kernel"]), "bias": seen["bias"]}


@glorot_normal.probe("the beginning of a Dense", compare=_about, read=_kernel)
def _(answer, rng):
    inputs, units = int(rng.integers(60, 70)), int(rng.integers(300, 400))
    layer = keras.layers.Dense(
        units,
        kernel_initializer=answer,
        kernel_regularizer="l2",
        kernel_constraint=keras.constraints.MaxNorm(3),
    )
    built(layer, normal(rng, (2, inputs)))
    return {"kernel": layer.kernel, "bias": layer.bias}


glorot_normal.hint(
    "The two numbers of `shape` are how many inputs a unit has and how many units there are. "
    "Which of them does the standard deviation depend on?",
    "2 / (inputs + units) is a variance. What do functions that draw normal numbers want?",
    "`keras.random.normal` takes a shape, a `stddev` and a dtype. Without a seed it draws new "
    "numbers in each call.",
)
