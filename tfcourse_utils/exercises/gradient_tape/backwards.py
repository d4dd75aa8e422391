"""`backpropagate`: the gradients of a small network, by hand."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import calls_of, normal, parts

__all__ = ["backpropagate"]

backpropagate = exercise(
    "gradient_tape.backpropagate", kind="transfer", section="Backwards by hand"
)

_NAMES = ("dw1", "db1", "dw2", "db2")


def _network(rng, n=6, d=3, h=4, k=1, dtype="float32"):
    shapes = [(n, d), (n, k), (d, h), (h,), (h, k), (k,)]
    return [normal(rng, shape, dtype) for shape in shapes]


def _gradients(answer, network):
    return dict(zip(_NAMES, parts(answer(*network), 4)))


@backpropagate.probe("the output layer")
def _(answer, rng):
    gradients = _gradients(answer, _network(rng))
    return {name: gradients[name] for name in ("dw2", "db2")}


@backpropagate.probe("the hidden layer")
def _(answer, rng):
    gradients = _gradients(answer, _network(rng))
    return {name: gradients[name] for name in ("dw1", "db1")}


@backpropagate.probe("several outputs, in float64")
def _(answer, rng):
    return _gradients(answer, _network(rng, n=5, d=2, h=6, k=3, dtype="float64"))


@backpropagate.probe("without a tape")
def _(answer, rng):
    with calls_of(tf.GradientTape.__enter__) as opened:
        gradients = _gradients(answer, _network(rng, n=4, d=2, h=3, k=2))
    return gradients | {"tapes opened": len(opened)}


backpropagate.hint(
    "Write the forward pass first and keep what is inside it. Which of the steps of the forward "
    "pass does each gradient need?",
    "Start at the end: how does the loss change with each entry of the predictions? That has the "
    "shape (n, k), and a factor 2 / (n · k).",
    "Through a product a · w, a gradient g goes on as g · wᵀ to a, and as aᵀ · g to w. A bias is "
    "added to every row, so its gradient is the sum over the rows.",
    "The ReLU lets a gradient through where its input was above 0, and stops it elsewhere: "
    "`tf.where(hidden > 0, ...)`.",
)
