"""`pairwise_squared_distances`: every point of one set against every point of another."""

from __future__ import annotations

from tfcourse_utils.checking import exercise

from .looking import decimals, python_steps

__all__ = ["pairwise_squared_distances"]

pairwise_squared_distances = exercise(
    "tensors.pairwise_squared_distances", kind="transfer", section="Broadcasting"
)

_MOST_EXTRA_STEPS = 10  # of inputs that are longer by 22 on each axis


@pairwise_squared_distances.probe("every a against every b")
def _(answer, rng):
    shapes = [((3, 2), (2, 2)), ((2, 1), (5, 1)), ((1, 2), (3, 2)), ((3, 2), (1, 2))]
    return [answer(decimals(rng, a), decimals(rng, b)) for a, b in shapes]


@pairwise_squared_distances.probe("as many b as a, in float64")
def _(answer, rng):
    return answer(decimals(rng, (3, 3), "float64"), decimals(rng, (3, 3), "float64"))


def _grows(seen):
    few, many = seen["steps"]
    return {
        "distances": seen["distances"],
        "more points take more steps of Python": many - few > _MOST_EXTRA_STEPS,
    }


@pairwise_squared_distances.probe("no Python loop", read=_grows)
def _(answer, rng):
    pairs = [(decimals(rng, (size, size)), decimals(rng, (size, size))) for size in (2, 24)]
    # The first call may do what later ones need not.
    distances = [answer(a, b) for a, b in pairs]
    return {"distances": distances, "steps": [python_steps(answer, a, b) for a, b in pairs]}


pairwise_squared_distances.hint(
    "Which shape has room for the difference of every a and every b, coordinate by coordinate?",
    "Give `a` the shape (n, 1, d) and `b` the shape (1, m, d): what does broadcasting make of "
    "them?",
    "`tf.newaxis` in an index puts in an axis of length 1. In the end, sum the squares over the "
    "last axis.",
)
