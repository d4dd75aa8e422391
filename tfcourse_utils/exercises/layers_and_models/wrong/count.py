"""How `parameter_count` goes wrong."""

from __future__ import annotations

import math

from ..count import parameter_count


@parameter_count.wrong(
    "no biases",
    says="Those are the weights alone. Each unit has a bias as well.",
)
def _(widths):
    return sum(d * k for d, k in zip(widths, widths[1:]))


@parameter_count.wrong(
    "biases of the inputs",
    says="That counts a bias for each input too. Inputs come as they are; only units have biases.",
)
def _(widths):
    return sum(d * k for d, k in zip(widths, widths[1:])) + sum(widths)


@parameter_count.wrong(
    "no bias in the last layer",
    says="The units of the last layer have biases too.",
)
def _(widths):
    return sum(d * k for d, k in zip(widths, widths[1:])) + sum(widths[1:-1])


@parameter_count.wrong(
    "one bias for each layer",
    says="That counts one bias for each layer. How long is `layer.bias` of a layer with k units?",
)
def _(widths):
    return sum(d * k + 1 for d, k in zip(widths, widths[1:]))


@parameter_count.wrong(
    "a bias for each input of a layer",
    says="The biases are counted by the inputs of each layer. They belong to its units.",
)
def _(widths):
    return sum(d * k + d for d, k in zip(widths, widths[1:]))


@parameter_count.wrong(
    "first layer only",
    says="That is the first layer. Each pair of neighbours in the list is one.",
)
def _(widths):
    return (widths[0] + 1) * widths[1]


@parameter_count.wrong(
    "last layer left out",
    says="The last layer is left out. A list of n widths describes n - 1 layers.",
)
def _(widths):
    return sum((d + 1) * k for d, k in zip(widths[:-1], widths[1:-1]))


@parameter_count.wrong(
    "all multiplied",
    says="All widths are multiplied. Only neighbours are connected, and layers are added up.",
)
def _(widths):
    return math.prod(widths)


@parameter_count.wrong(
    "units",
    says="Those are the units. Each has a weight for every one of its inputs, and a bias.",
)
def _(widths):
    return sum(widths[1:])


@parameter_count.wrong(
    "variables",
    says="That is how many variables there are, a kernel and a bias for each layer. Asked for is "
    "how many numbers they hold.",
)
def _(widths):
    return 2 * (len(widths) - 1)


@parameter_count.wrong(
    "list used up",
    says="The numbers are right, but the list is not what it was: widths were taken out of it. "
    "Read them without removing them.",
)
def _(widths):
    total, inputs = 0, widths.pop(0)
    while widths:
        units = widths.pop(0)
        total += (inputs + 1) * units
        inputs = units
    return total
