"""`LayerNorm`: every sample with mean 0 and deviation 1, scaled and shifted."""

from __future__ import annotations

from tfcourse_utils.checking import exercise, noted

from ..layers import built, gradient_reaches, in_functional, outputs
from ..tools import normal
from ..tracking import untracked
from ..weights import known_seed, shapes

__all__ = ["LayerNorm"]

LayerNorm = exercise(
    "layers_and_models.LayerNorm",
    kind="transfer",
    section="Adding and normalising",
    answer_kind="class",
)


@LayerNorm.probe("each row by itself")
def _(answer, rng):
    wide = 3 * normal(rng, (4, 6)) + 5
    return {"output for 4 rows": answer()(wide), "output for one row": answer()(wide[:1])}


@LayerNorm.probe("over the last axis alone")
def _(answer, rng):
    x = normal(rng, (2, 3, 5)) * [[[1.0], [3.0], [0.5]]] + [[[0.0], [2.0], [-4.0]]]
    return answer()(x)


@LayerNorm.probe("scale and offset")
def _(answer, rng):
    seed, x = known_seed(rng), normal(rng, (4, 5))
    layer = built(answer(), x)
    seen = {
        "weights": shapes(layer.trainable_weights),
        "weights that a gradient reaches": gradient_reaches(layer, x * x),
        "output with other scale and offset": outputs(layer, x, seed),
        "of three axes, in a functional model": in_functional(
            answer(), normal(rng, (2, 3, 5)), seed
        ),
    }
    return noted(seen, untracked(layer))


@LayerNorm.probe("epsilon beside the variance")
def _(answer, rng):
    x = normal(rng, (3, 6))
    return {
        "output with epsilon=5": answer(epsilon=5.0)(x),
        "output for rows that vary little": answer()(x / 20),
    }


LayerNorm.hint(
    "Which numbers share one mean: those of a sample, or those of a column?",
    "`keepdims=True` keeps the axis that a mean is taken along, so that it fits the input again. "
    "The variance is the mean of the squared distances from the mean.",
    "Scale and offset have one number for each place of the last axis. When is its length known, "
    "and which method of a layer makes weights?",
    "scale · (x - mean) / √(variance + epsilon) + offset: epsilon stands under the root.",
)
