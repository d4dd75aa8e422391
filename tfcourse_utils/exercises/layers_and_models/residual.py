"""`ResidualBlock`: a way round the layers."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise, noted

from ..layers import built, gradient_reaches
from ..tools import normal
from ..tracking import untracked
from ..weights import known_seed, set_all, set_known

__all__ = ["ResidualBlock"]

ResidualBlock = exercise(
    "layers_and_models.ResidualBlock",
    kind="transfer",
    section="Adding and normalising",
    answer_kind="class",
)


def _at_zero(layer, x):
    """Return what a layer makes of `x` when all of its weights are 0."""
    built(layer, x)
    set_all(layer, 0.0)
    return noted(layer(x), untracked(layer))


def _two_widths(rng):
    return rng.choice(range(3, 9), 2, replace=False).tolist()


@ResidualBlock.probe("weights 0, equal width: the input comes back")
def _(answer, rng):
    return _at_zero(answer(4), tf.abs(normal(rng, (3, 4))))


@ResidualBlock.probe("weights 0, another width")
def _(answer, rng):
    width, units = _two_widths(rng)
    return _at_zero(answer(units), tf.abs(normal(rng, (3, width))))


def _with_known_weights(layer, x, seed):
    """Return what a layer with other weights than 0 gives, and which of them it makes use of."""
    built(layer, x)
    set_known(layer, seed)
    return {"output": np.asarray(layer(x)), "reached": gradient_reaches(layer, x)}


def _adds(seen):
    x, output = seen["input"], seen["output"]
    return {
        "shape of the output": list(np.shape(output)),
        "the output is not the input": not np.allclose(output, x),
        "weights are trained": bool(seen["reached"]),
    }


@ResidualBlock.probe("what is added is made with weights", read=_adds)
def _(answer, rng):
    x, layer = normal(rng, (16, 4)), answer(4)
    return noted({"input": x, **_with_known_weights(layer, x, known_seed(rng))}, untracked(layer))


def _matrices(seen):
    return sum(len(shape) > 1 for shape in seen["reached"])


def _projects(seen):
    equal = _matrices(seen["equal"])
    return {
        way: {
            "shape of the output": list(np.shape(seen[way]["output"])),
            "a trained matrix more than for equal widths": _matrices(seen[way]) > equal,
        }
        for way in ("wider", "narrower")
    }


@ResidualBlock.probe("a trainable projection where widths differ", read=_projects)
def _(answer, rng):
    seed, small, large = known_seed(rng), 4, int(rng.integers(5, 9))
    ways = {"equal": (small, small), "wider": (small, large), "narrower": (large, small)}
    seen, note = {}, ""
    for way, (width, units) in ways.items():
        layer = answer(units)
        seen[way] = _with_known_weights(layer, normal(rng, (16, width)), seed)
        note = note or untracked(layer)
    return noted(seen, note)


ResidualBlock.hint(
    "With all weights 0, what does the transformed copy give? And what is left of the sum then?",
    "A block of one or two Dense layers makes the copy, the last of them with `units` units. What "
    "has no activation behind it is 0 where its weights are.",
    "Two widths can't be added. A Dense layer without activation makes one width of another. In "
    "which method does the layer know the width of its input?",
    "In `build`, compare `input_shape[-1]` with the units, and make the projection only where they "
    "differ. In `call`, x or its projection is one summand.",
)
