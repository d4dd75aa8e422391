"""`parameter_count`: weights and biases, counted by hand."""

from __future__ import annotations

from tfcourse_utils.checking import exercise

__all__ = ["parameter_count"]

parameter_count = exercise(
    "layers_and_models.parameter_count", kind="rebuild", section="Counting parameters"
)


def _widths(rng, count):
    """Draw widths that all differ."""
    return rng.choice(range(2, 30), count, replace=False).tolist()


@parameter_count.probe("one layer")
def _(answer, rng):
    return answer(_widths(rng, 2))


@parameter_count.probe("one hidden layer")
def _(answer, rng):
    return [answer(_widths(rng, 3)), answer([784, int(rng.integers(100, 900)), 10])]


@parameter_count.probe("any number of layers")
def _(answer, rng):
    return [answer(_widths(rng, count)) for count in (4, 7)]


@parameter_count.probe("the list stays as it is")
def _(answer, rng):
    widths = _widths(rng, 3)
    return {"count": answer(widths), "the list afterwards": widths}


parameter_count.hint(
    "Take one layer, 3 inputs and 64 units. How many arrows go from the inputs to the units? And "
    "what does each unit have besides?",
    "A layer with d inputs and k units has d · k weights and k biases. Which pairs of numbers in "
    "the list are the d and k of a layer?",
    "`zip(widths, widths[1:])` goes through the neighbours.",
)
