"""`build_ticket_model` and `TicketModel`: the same model, as a graph and by subclassing.

How wide the hidden layer is, its learners choose. So the weights are 0 throughout where outputs
are compared; elsewhere it is only asked what depends on what.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import Exercise, exercise, noted

from ..layers import built, output_names
from ..tools import parts
from ..tracking import untracked
from ..weights import reached, set_all, shapes

__all__ = ["TicketModel", "build_ticket_model"]

build_ticket_model = exercise(
    "layers_and_models.build_ticket_model", kind="rebuild", section="Graphs of layers"
)
TicketModel = exercise(
    "layers_and_models.TicketModel",
    kind="rebuild",
    section="Models by subclassing",
    answer_kind="class",
)

OUTPUTS = ("priority", "department")
_SAMPLES = 7


class _Sizes(NamedTuple):
    words: int
    tags: int
    departments: int


def _draw_sizes(rng: np.random.Generator) -> _Sizes:
    return _Sizes(*(int(rng.integers(low, low + 4)) for low in (6, 2, 3)))


def _tickets(rng: np.random.Generator, sizes: _Sizes) -> dict[str, Any]:
    """Draw multi-hot inputs; each has at least one 1."""
    widths = {"title": sizes.words, "text_body": sizes.words, "tags": sizes.tags}
    drawn = {name: rng.integers(2, size=(_SAMPLES, width)) for name, width in widths.items()}
    for hot in drawn.values():
        hot[:, 0] = 1
    return {name: tf.constant(hot, "float32") for name, hot in drawn.items()}


def _set_positive(model: Any, rng: np.random.Generator) -> None:
    """Give a model small positive weights: no unit is at rest, and no output at its limit."""
    for weight in model.trainable_weights:
        weight.assign(rng.uniform(0.1, 1, weight.shape) / math.prod(weight.shape[:1]))


def _look_at_tickets(tickets: Exercise, make: Any) -> None:
    """Add the probes of the contract that both exercises have.

    Args:
        make: makes a model from an answer and the sizes.
    """

    @tickets.probe("priority, then department: a sigmoid and a softmax")
    def _(answer, rng):
        fewer = _draw_sizes(rng)
        x, seen = _tickets(rng, fewer), {}
        for sizes in (fewer, fewer._replace(departments=fewer.departments + 1)):
            model = built(make(answer, sizes), x)
            set_all(model, 0.0)
            for name, value in zip(OUTPUTS, parts(model(x), 2)):
                seen[f"{name} of {sizes.departments} departments, where all weights are 0"] = value
        return seen

    @tickets.probe("both outputs depend on all inputs", read=_dependences)
    def _(answer, rng):
        sizes = _draw_sizes(rng)
        x = _tickets(rng, sizes)
        model = built(make(answer, sizes), x)
        _set_positive(model, rng)
        seen = {"as it is": parts(model(x), 2)}
        for name, hot in x.items():
            seen[name] = parts(model({**x, name: 1.0 - hot}), 2)
        return seen

    @tickets.probe("one hidden layer, which they share", read=_matrices)
    def _(answer, rng):
        sizes = _draw_sizes(rng)
        x = _tickets(rng, sizes)
        model = built(make(answer, sizes), x)
        _set_positive(model, rng)
        seen = {"all": shapes(model.trainable_weights)}
        for place, name in enumerate(OUTPUTS):
            seen[name] = reached(model, lambda p=place: tf.reduce_sum(parts(model(x), 2)[p] ** 2))
        return noted(seen, untracked(model))


def _dependences(seen: dict[str, Any]) -> dict[str, Any]:
    """Read which inputs, when they change, change which output."""
    before = seen["as it is"]
    changed = {name: after for name, after in seen.items() if name != "as it is"}
    depends: dict[str, Any] = {
        f"{output} depends on": sorted(
            name
            for name, after in changed.items()
            if not np.allclose(after[p], before[p], atol=1e-6)
        )
        for p, output in enumerate(OUTPUTS)
    }
    return depends | {"sum of department": np.sum(before[1], axis=-1)}


def _matrices(seen: dict[str, Any]) -> dict[str, Any]:
    """Read from the shapes of weights how many layers there are, and which of them are shared."""
    matrices = {name: [tuple(s) for s in found if len(s) == 2] for name, found in seen.items()}
    shared = [shape for shape in matrices["priority"] if shape in matrices["department"]]
    return {
        "trainable matrices of weights": len(matrices["all"]),
        "of these, behind priority": len(matrices["priority"]),
        "of these, behind department": len(matrices["department"]),
        "numbers that go into the hidden layer": [rows for rows, _ in shared],
    }


_look_at_tickets(build_ticket_model, lambda answer, sizes: answer(*sizes))
_look_at_tickets(TicketModel, lambda answer, sizes: answer(sizes.departments))


@build_ticket_model.probe("a graph of inputs and outputs, with their names")
def _(answer, rng):
    model = answer(*_draw_sizes(rng))
    names = output_names(model)
    return {
        "shapes of the inputs": sorted(str(tuple(place.shape)) for place in model.inputs),
        "names of the outputs": names,
    }


@TicketModel.probe("inputs are told apart by their names", read=lambda seen: _alike(*seen))
def _(answer, rng):
    sizes = _draw_sizes(rng)
    x = _tickets(rng, sizes)
    model = built(answer(sizes.departments), x)
    _set_positive(model, rng)
    turned = dict(reversed(x.items()))
    return [parts(model(x), 2), parts(model(turned), 2)]


def _alike(before: Any, after: Any) -> dict[str, bool]:
    return {
        f"{name} stays when the dictionary is turned round": np.allclose(one, other, atol=1e-6)
        for name, one, other in zip(OUTPUTS, before, after)
    }


build_ticket_model.hint(
    "Draw it first: three boxes on the left, two on the right. What stands between them, and how "
    "do three tensors become one?",
    '`keras.Input((width,), name="…")` is a place for data. A layer is called with such places '
    "and gives another: `y = keras.layers.Dense(8)(x)`. `keras.layers.Concatenate()` takes a list.",
    "Both outputs are dense layers called with the same hidden tensor, and their names are the "
    "names of these layers. In the end, `keras.Model(list of inputs, list of outputs)`.",
)

TicketModel.hint(
    "Which of the lines are done once for a model, and which again for every batch?",
    "Layers are made in `__init__`, after `super().__init__()`, and kept as attributes of `self`. "
    "`call` only uses them.",
    '`inputs["title"]` is one of the three tensors; a layer `Concatenate` takes a list of them. '
    "Hand the same hidden tensor to both output layers.",
)
