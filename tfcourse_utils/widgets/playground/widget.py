"""The playground: a network that is trained while one looks on and changes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

import ipywidgets as w
import keras
from numpy.typing import ArrayLike

from tfcourse_utils.playground import Own, State, describe, own_data
from tfcourse_utils.playground.presets import load

from .controls import GROUPS, changed, make, value_of
from .session import Seen, Session
from .still import still
from .view import Canvas

__all__ = ["Playground"]


class Playground(w.VBox):
    """Real training of a small Keras network on points of a square, to be watched and changed.

    Training goes on in a thread of its own: the notebook stays usable, and every control answers.
    It ends with `close`, when the output is cleared, and with the kernel.

    Args:
        state: to begin with; by default two rings and a small network.
        preset: name of a small lesson, in place of a state.
        model: takes features, (n, f), and gives outputs, (n, k); it is trained itself, no copy.
        loss, optimizer: in place of the state's.
        layer: makes each hidden layer from its number of neurons.
        data: own points and targets, (n, 2) from -6 to 6 and (n,), classes 0 to 7.
        regression: whether those targets are values from -1 to 1.

    Raises:
        ValueError: something does not fit; one sentence.

    Example:

    >>> Playground(preset="spiral")
    """

    def __init__(
        self,
        state: State | None = None,
        *,
        preset: str | None = None,
        model: keras.Model | None = None,
        loss: Any = None,
        optimizer: Any = None,
        layer: Callable[[int], keras.layers.Layer] | None = None,
        data: tuple[ArrayLike, ArrayLike] | None = None,
        regression: bool = False,
    ) -> None:
        lesson = load(preset) if preset is not None else None
        state = state or (lesson.state if lesson else State())
        if data is not None:
            state = replace(state, data=own_data(*data, regression=regression))
        self._state = state
        self._session = Session(state, Own(model, layer, loss, optimizer), self._take)
        self._newest = self._session.first
        self._canvas = Canvas(self._session.pause, self._newest)
        heading = [] if lesson is None else [_heading(lesson.title, lesson.prompt)]
        self._message = w.HTML()
        self._play = w.Button(description="Play", icon="play", button_style="primary")
        sides = w.Box(self._groups(), layout=w.Layout(flex_flow="row wrap"))
        super().__init__([*heading, self._buttons(), self._message, self._canvas, sides])

    @property
    def state(self) -> State:
        """What is trained."""
        return self._state

    def close(self) -> None:
        """End training and the view."""
        if hasattr(self, "_session"):  # ipywidgets closes what could not be made, too
            self._session.close()
        for part in (*self.children, self):
            w.Widget.close(part)

    def _buttons(self) -> w.Widget:
        step = w.Button(description="Step", icon="step-forward", tooltip="Train on one batch")
        reset = w.Button(description="Reset", icon="undo", tooltip="Back to the first weights")
        sample = w.Button(description="New sample", icon="random", tooltip="Draw other points")
        self._play.on_click(lambda _: self._toggle())
        step.on_click(lambda _: self._session.step())
        reset.on_click(lambda _: self._session.reset())
        sample.on_click(lambda _: self._draw_again())
        named = {"play": self._play, "step": step, "reset": reset, "data.seed": sample}
        return w.HBox([each for name, each in named.items() if name not in self._state.hidden])

    def _draw_again(self) -> None:
        self._change("data.seed", (self._state.data.seed + 1) % 2**32)

    def _toggle(self) -> None:
        (self._session.pause if self._session.is_playing else self._session.play)()

    def _groups(self) -> list[w.Widget]:
        groups = []
        for title, paths in GROUPS.items():
            shown = [path for path in paths if path not in self._state.hidden]
            if shown:
                parts = [w.HTML(f"<b>{title}</b>"), *map(self._control, shown)]
                groups.append(w.VBox(parts, layout=w.Layout(width="246px", margin="0 8px 0 0")))
        return groups

    def _control(self, path: str) -> w.Widget:
        control = make(path, self._state)
        for each in getattr(control, "children", (control,)):
            each.observe(partial(self._read, path, control), "value")
        return control

    def _read(self, path: str, control: w.Widget, _change: object) -> None:
        try:
            self._change(path, value_of(path, control))
        except ValueError as error:
            self._say(str(error))

    def _change(self, path: str, value: Any) -> None:
        self._state = changed(self._state, path, value)
        self._say("")
        self._session.change(self._state)

    def _say(self, sentence: str) -> None:
        self._message.value = f'<span role="alert">{escape(sentence)}</span>' if sentence else ""

    def _take(self, seen: Seen) -> None:
        """Show what the session shows; in its thread."""
        self._newest = seen
        name, icon = ("Pause", "pause") if seen.is_playing else ("Play", "play")
        if self._play.description != name:
            self._play.description, self._play.icon = name, icon
        self._canvas.show(seen)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Add a picture and its description for readers without a live front end."""
        data = super()._repr_mimebundle_(**kwargs)
        words = describe(self._newest.frame, self._newest.history)
        return {**data, "image/svg+xml": still(self._newest, words), "text/plain": words}


def _heading(title: str, prompt: str) -> w.Widget:
    return w.HTML(f"<h3>{escape(title)}</h3><p>{escape(prompt)}</p>")
