"""The controls of a playground: an ipywidget for each field of the state that is not hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ipywidgets as w
import numpy as np

from tfcourse_utils.playground import State
from tfcourse_utils.playground.features import FEATURES
from tfcourse_utils.playground.kinds import KINDS
from tfcourse_utils.playground.parts import ACTIVATIONS, LOSSES, OPTIMIZERS, PENALTIES

__all__ = ["GROUPS", "changed", "make", "value_of"]

RATES = (0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
LAYOUT = w.Layout(width="auto")
WIDE = {"description_width": "96px"}

Make = Callable[[State, Any], w.Widget]


def _choice(label: str, options: Callable[[State], list[Any]]) -> Make:
    def make_choice(state: State, value: Any) -> w.Widget:
        found = options(state)
        found = found if value in found else [*found, value]
        return w.Dropdown(
            options=[(_written(each), each) for each in found],
            value=value,
            description=label,
            style=WIDE,
            layout=LAYOUT,
        )

    return make_choice


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else np.format_float_positional(value, trim="-")


def _number(label: str, kind: type[w.Widget], **limits: float) -> Make:
    return lambda _, value: kind(
        value=value, description=label, style=WIDE, layout=LAYOUT, **limits
    )


def _box(label: str) -> Make:
    return lambda _, value: w.Checkbox(value=value, description=label, indent=False, layout=LAYOUT)


def _layers(_: State, value: tuple[int, ...]) -> w.Widget:
    hint = "numbers, as 4, 2; none is a linear model"
    return w.Text(
        value=", ".join(map(str, value)),
        description="Hidden layers",
        placeholder=hint,
        continuous_update=False,
        style=WIDE,
        layout=LAYOUT,
    )


def _features(_: State, value: tuple[str, ...]) -> w.Widget:
    boxes = [
        w.Checkbox(value=n in value, description=n, indent=False, layout=w.Layout(width="64px"))
        for n in FEATURES
    ]
    return w.Box(boxes, layout=w.Layout(flex_flow="row wrap"))


def _kinds(state: State) -> list[str]:
    return [name for name, kind in KINDS.items() if kind.draw is not None]


MAKERS: dict[str, Make] = {
    "data.kind": _choice("Data", _kinds),
    "data.samples": _number("Points", w.BoundedIntText, min=10, max=5000, step=10),
    "data.noise": _number("Noise", w.BoundedFloatText, min=0, max=3, step=0.1),
    "data.train_share": _number("Share to train", w.BoundedFloatText, min=0.1, max=1, step=0.1),
    "network.features": _features,
    "network.hidden": _layers,
    "network.activation": _choice("Activation", lambda _: list(ACTIVATIONS)),
    "training.learning_rate": _choice("Learning rate", lambda _: list(RATES)),
    "training.optimizer": _choice("Optimizer", lambda _: list(OPTIMIZERS)),
    "training.loss": _choice("Loss", lambda state: list(LOSSES[state.data.task])),
    "training.batch_size": _number("Batch size", w.BoundedIntText, min=1, max=1000, step=1),
    "training.regularization": _choice("Regularization", lambda _: list(PENALTIES)),
    "training.rate": _choice("Its rate", lambda _: [0.0, *RATES]),
    "shown.test_points": _box("Show test points"),
    "shown.discretized": _box("Discretize output"),
    "shown.weights": _box("Show the network"),
    "shown.neurons": _box("Show neurons"),
    "shown.curves": _box("Show curves"),
}

GROUPS: dict[str, tuple[str, ...]] = {
    title: tuple(path for path in MAKERS if path.startswith(part))
    for title, part in (
        ("Data", "data."),
        ("Network", "network."),
        ("Training", "training."),
        ("Picture", "shown."),
    )
}


def make(path: str, state: State) -> w.Widget:
    """Return the control of a field, as "data.noise", with its value in a state."""
    part, name = path.split(".")
    return MAKERS[path](state, getattr(getattr(state, part), name))


def value_of(path: str, control: w.Widget) -> Any:
    """Return what a control says its field should be.

    Raises:
        ValueError: it is not a list of whole numbers where it should be one.
    """
    if path == "network.features":
        return tuple(box.description for box in control.children if box.value)
    if path == "network.hidden":
        words = control.value.replace(",", " ").split()
        if not all(word.isdecimal() for word in words):
            raise ValueError(f"Hidden layers should be numbers, as 4, 2, but are {control.value!r}")
        return tuple(map(int, words))
    return control.value


def changed(state: State, path: str, value: Any) -> State:
    """Return a state with another value of a field; the loss stays one that the task has.

    Raises:
        ValueError: a field can't be that.
    """
    part, name = path.split(".")
    new = replace(getattr(state, part), **{name: value})
    if part == "data" and state.training.loss not in LOSSES[new.task]:
        state = replace(state, data=new, training=replace(state.training, loss="usual"))
    return replace(state, **{part: new})
