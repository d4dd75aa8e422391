"""The controls of a playground: an ipywidget for each field of the state that is not hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ipywidgets as w
import numpy as np

from tfcourse_utils.playground import DataState, State
from tfcourse_utils.playground.features import FEATURES
from tfcourse_utils.playground.kinds import KINDS
from tfcourse_utils.playground.parts import ACTIVATIONS, LOSSES, OPTIMIZERS, PENALTIES
from tfcourse_utils.playground.state import LARGEST_SEED, MOST_LAYERS

__all__ = ["GROUPS", "MAKERS", "SHOW", "Control", "changed", "field", "make", "with_data"]

RATES = (0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
FULL = w.Layout(width="100%", margin="1px 0")
SHORT = w.Layout(width="auto", margin="0 20px 0 0")
WIDE = {"description_width": "104px"}
PROBLEMS = {"Classification": False, "Regression": True}
SHOW = "Show"  # the title of what is shown
FIRST_KIND = {False: "rings", True: "plane"}


class Control:
    """A widget of a field.

    Args:
        widget: whose `value` is the field's.
        around: the widget to show, if it is in another.

    Attributes:
        shown: the widget to show.
        inputs: the widgets whose `value` a learner changes.
        keeps_text: whether what can't be read stays in it, to be put right.
    """

    keeps_text = False

    def __init__(self, widget: w.Widget, around: w.Widget | None = None) -> None:
        self.shown, self.inputs = around or widget, [widget]

    def value(self) -> Any:
        """Return what it says its field should be; a ValueError says why it can't be read."""
        return self.inputs[0].value

    def show(self, state: State, value: Any) -> None:
        """Show a value of its field."""
        self.inputs[0].value = value


class Choice(Control):
    """One of several, which may depend on the rest of the state; the present value is one."""

    def __init__(self, label: str, options: Callable[[State], list[Any]]) -> None:
        super().__init__(w.Dropdown(description=label, style=WIDE, layout=FULL))
        self._options = options

    def show(self, state: State, value: Any) -> None:
        found = self._options(state)
        found = found if value in found else [*found, value]
        options = tuple((_written(each), each) for each in found)
        box = self.inputs[0]
        with box.hold_sync():
            if box.options != options:
                box.options = options
            box.value = value


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else np.format_float_positional(value, trim="-")


class Kind(Choice):
    """Classification or regression, and a data set for it."""

    def __init__(self) -> None:
        super().__init__("Data set", _kinds)
        # Not a row of buttons: of those, no screen reader says which one is pressed.
        self._problem = w.RadioButtons(
            options=PROBLEMS, orientation="horizontal", layout=w.Layout(width="auto", margin="0")
        )
        self.shown = w.VBox([self._problem, self.shown], layout=w.Layout(margin="0"))
        self.inputs.append(self._problem)

    def value(self) -> str:
        kind, is_regression = (each.value for each in self.inputs)
        return kind if KINDS[kind].is_regression == is_regression else FIRST_KIND[is_regression]

    def show(self, state: State, value: Any) -> None:
        super().show(state, value)
        self._problem.value = KINDS[value].is_regression


def _kinds(state: State) -> list[str]:
    """Return the data sets for the present problem; own points only where there are some."""
    is_regression = KINDS[state.data.kind].is_regression
    return [
        name
        for name, kind in KINDS.items()
        if kind.is_regression == is_regression and (kind.draw is not None or _fit(state, name))
    ]


def _fit(state: State, kind: str) -> bool:
    """Whether there are own points, and they can be of a kind."""
    try:
        return bool(DataState(kind, points=state.data.points).points)
    except ValueError:
        return False


class Seed(Control):
    """A seed, and a button for the next one."""

    def __init__(self, label: str, action: str, tooltip: str) -> None:
        number = w.BoundedIntText(
            min=0,
            max=LARGEST_SEED,
            description=label,
            style=WIDE,
            layout=w.Layout(flex="1 1 0", min_width="0"),
        )
        button = w.Button(
            description=action, icon="random", tooltip=tooltip, layout=w.Layout(width="auto")
        )
        button.on_click(self._next)
        super().__init__(number, w.HBox([number, button], layout=w.Layout(margin="0")))

    def _next(self, _button: object) -> None:
        self.inputs[0].value = (self.inputs[0].value + 1) % (LARGEST_SEED + 1)


class Layers(Control):
    """The numbers of neurons as text, and buttons for a layer more or less."""

    keeps_text = True

    def __init__(self) -> None:
        text = w.Text(
            description="Hidden layers",
            placeholder="as 4, 2; none: a line",
            tooltip="Neurons of each hidden layer, as 4, 2; none is a linear model",
            continuous_update=False,
            style=WIDE,
            layout=FULL,
        )
        half = w.Layout(width="auto", flex="1 1 auto")
        self._more = w.Button(description="Add layer", icon="plus", layout=half)
        self._less = w.Button(description="Remove layer", icon="minus", layout=half)
        self._sizes: tuple[int, ...] = ()  # that were last shown: the text may be no numbers
        self._more.on_click(lambda _: self._write((*self._sizes, (self._sizes or (4,))[-1])))
        self._less.on_click(lambda _: self._write(self._sizes[:-1]))
        buttons = w.HBox([self._more, self._less], layout=w.Layout(margin="0"))
        super().__init__(text, w.VBox([text, buttons], layout=w.Layout(margin="0")))

    def value(self) -> tuple[int, ...]:
        text = self.inputs[0].value
        words = text.replace(",", " ").split()
        if not all(word.isdecimal() and len(word) < 10 for word in words):
            raise ValueError(f"Hidden layers should be numbers, as 4, 2, but are {text!r:.60}")
        return tuple(map(int, words))

    def show(self, state: State, value: Any) -> None:
        self._sizes = value
        self._write(value)
        self._more.disabled, self._less.disabled = len(value) >= MOST_LAYERS, not value

    def _write(self, sizes: tuple[int, ...]) -> None:
        self.inputs[0].value = ", ".join(map(str, sizes))


class Features(Control):
    """A box for each."""

    def __init__(self) -> None:
        layout = w.Layout(width="64px", margin="0")
        boxes = [w.Checkbox(description=name, indent=False, layout=layout) for name in FEATURES]
        row = w.Box(boxes, layout=w.Layout(flex_flow="row wrap", margin="2px 0"))
        title = w.Label("Features: what the network sees of a point")
        self.shown, self.inputs = w.VBox([title, row], layout=w.Layout(margin="0")), boxes

    def value(self) -> tuple[str, ...]:
        return tuple(box.description for box in self.inputs if box.value)

    def show(self, state: State, value: Any) -> None:
        for box in self.inputs:
            box.value = box.description in value


def _number(label: str, kind: type[w.Widget], **limits: float) -> Callable[[], Control]:
    return lambda: Control(kind(description=label, style=WIDE, layout=FULL, **limits))


def _box(label: str) -> Callable[[], Control]:
    return lambda: Control(w.Checkbox(description=label, indent=False, layout=SHORT))


def _choice(label: str, options: Callable[[State], list[Any]]) -> Callable[[], Control]:
    return lambda: Choice(label, options)


def _seed(label: str, action: str, tooltip: str) -> Callable[[], Control]:
    return lambda: Seed(label, action, tooltip)


MAKERS: dict[str, Callable[[], Control]] = {
    "data.kind": Kind,
    "data.samples": _number("Points", w.BoundedIntText, min=10, max=5000, step=10),
    "data.noise": _number("Noise", w.BoundedFloatText, min=0, max=3, step=0.1),
    "data.train_share": _number("Share to train", w.BoundedFloatText, min=0.1, max=1, step=0.1),
    "data.seed": _seed("Data seed", "New sample", "Draw other points"),
    "network.features": Features,
    "network.hidden": Layers,
    "network.activation": _choice("Activation", lambda _: list(ACTIVATIONS)),
    "network.seed": _seed("Weight seed", "New weights", "Begin with other weights"),
    "training.learning_rate": _choice("Learning rate", lambda _: list(RATES)),
    "training.optimizer": _choice("Optimizer", lambda _: list(OPTIMIZERS)),
    "training.loss": _choice("Loss", lambda state: list(LOSSES[state.data.task])),
    "training.batch_size": _number("Batch size", w.BoundedIntText, min=1, max=1000, step=1),
    "training.regularization": _choice("Regularization", lambda _: list(PENALTIES)),
    "training.rate": _choice("Penalty rate", lambda _: [0.0, *RATES]),
    "training.seed": _number("Order seed", w.BoundedIntText, min=0, max=LARGEST_SEED),
    "shown.test_points": _box("Test points"),
    "shown.discretized": _box("Discretized output"),
    "shown.weights": _box("Network"),
    "shown.neurons": _box("What neurons see"),
    "shown.curves": _box("Loss curves"),
}

GROUPS: dict[str, tuple[str, ...]] = {
    title: tuple(path for path in MAKERS if path.startswith(part))
    for title, part in (
        (SHOW, "shown."),
        ("Data", "data."),
        ("Network", "network."),
        ("Training", "training."),
    )
}


def make(path: str, state: State) -> Control:
    """Return the control of a field, as "data.noise", with its value in a state."""
    control = MAKERS[path]()
    control.show(state, field(state, path))
    return control


def field(state: State, path: str) -> Any:
    """Return the value of a field, as "data.noise"."""
    part, name = path.split(".")
    return getattr(getattr(state, part), name)


def changed(state: State, path: str, value: Any) -> State:
    """Return a state with another value of a field; the loss stays one that the task has.

    Raises:
        ValueError: a field can't be that.
    """
    part, name = path.split(".")
    new = replace(getattr(state, part), **{name: value})
    return with_data(state, new) if part == "data" else replace(state, **{part: new})


def with_data(state: State, data: DataState) -> State:
    """Return a state with other data; the loss stays one that the task has."""
    training = state.training
    if training.loss not in LOSSES[data.task]:
        training = replace(training, loss="usual")
    return replace(state, data=data, training=training)
