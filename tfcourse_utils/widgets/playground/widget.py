"""The playground: a network that is trained while one looks on and changes it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as w
import keras
import numpy as np
from numpy.typing import ArrayLike, NDArray

from tfcourse_utils.playground import Own, State, Trainer, describe, own_data
from tfcourse_utils.playground.parts import REGRESSION
from tfcourse_utils.playground.presets import Preset, load

from .board import Board
from .controls import changed, with_data
from .panels import Lesson, Shelf
from .session import Answer, Seen, Session
from .still import still
from .transport import Transport
from .view import Canvas

__all__ = ["Playground"]

LOST = "Training paused, because the page no longer showed it. Play goes on."


class Playground(w.VBox):
    """Real training of a small Keras network on points of a square, to be watched and changed.

    Training goes on in a thread of its own: the notebook stays usable, and every control answers.
    It ends with `close`, when the output is cleared, and with the kernel.

    Args:
        state: to begin with; by default two rings and a small network.
        preset: name of a small lesson, or path of a file that is one, in place of a state.
        model: takes features, (n, f), and gives outputs, (n, k); it is trained itself, no copy.
        loss, optimizer: in place of the state's.
        layer: makes each hidden layer from its number of neurons.
        metric: its value is shown after each epoch.
        callback: its hooks around epochs are called, as by `fit`.
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
        preset: str | Path | None = None,
        model: keras.Model | None = None,
        loss: Any = None,
        optimizer: Any = None,
        layer: Callable[[int], keras.layers.Layer] | None = None,
        metric: Any = None,
        callback: keras.callbacks.Callback | None = None,
        data: tuple[ArrayLike, ArrayLike] | None = None,
        regression: bool = False,
    ) -> None:
        lesson = load(preset) if preset is not None else None
        state = state or (lesson.state if lesson else State())
        if data is not None:
            state = replace(state, data=own_data(*data, regression=regression))
        state = _with_rate_of(optimizer, state)
        self._lock = threading.RLock()  # of the state and the controls; messages come in threads
        self._state, self._own = state, Own(model, layer, loss, optimizer, metric, callback)
        self._session = Session(state, self._own, self._take)
        self._newest = self._session.first
        self._canvas = Canvas(self._hear, self._newest)
        self._message, self._is_covered = w.HTML(), False
        self._lesson, self._shelf = Lesson(self), Shelf(self)
        super().__init__(self._parts())
        self.add_class("playground-all")
        if lesson is not None:
            self._lesson.begin(lesson)

    def _parts(self) -> list[w.Widget]:
        """Make the controls that the present state does not hide; return all there is."""
        hidden = {*self._state.hidden, *_replaced(self._own)}
        self._transport = Transport(self._session, hidden, self._lock)
        self._board = Board(self._state, hidden, self._lock, self._change, self._say)
        parts = (self._transport.shown, self._message, self._canvas, self._board.shown)
        for part in (*parts, self._shelf):
            part.layout.display = "none" if self._is_covered else None
        return [self._lesson, *parts, self._shelf]

    @property
    def state(self) -> State:
        """What is trained. It can be set: the controls follow."""
        return self._state

    @state.setter
    def state(self, state: State) -> None:
        if not isinstance(state, State):
            raise ValueError(f"state should be a State, but is {type(state).__name__}")
        with self._lock:
            self._hold(state)
            self._say("")
            self._session.change(state)

    @property
    def seen(self) -> Seen:
        """What there is to see of it, as of the last picture."""
        return self._newest

    @property
    def data(self) -> tuple[NDArray[np.float32], NDArray[Any]]:
        """Points, (n, 2), and their targets, (n,): classes (int32) or values (float32).

        Those to train on come first.
        """
        split = self._newest.split
        x, y = (np.concatenate(each) for each in zip(*split))
        is_regression = self._newest.state.data.task == REGRESSION
        return x, y.reshape(-1).astype(np.float32 if is_regression else np.int32)

    @property
    def model(self) -> keras.Model:
        """The Keras model that is trained; use it while training is paused."""
        return self._session.model

    @property
    def own(self) -> Own:
        """The learner's parts that are trained."""
        return self._own

    def play(self) -> None:
        """Train until told otherwise."""
        self._session.play()

    def pause(self) -> None:
        """Stop training."""
        self._session.pause()

    def ask(self, question: Callable[[Trainer], Answer], answer: Callable[[Answer], None]) -> None:
        """Hand what a function of the trainer returns to another, as `Session.ask` does."""
        self._session.ask(question, answer)

    def restore(self, state: State) -> None:
        """Train a state from its beginning, also where what was trained would have stayed."""
        self.state = state
        self._session.reset()

    def begin(self, preset: Preset) -> None:
        """Open a small lesson in place of what is there."""
        self.restore(preset.state)
        self._lesson.begin(preset)
        self._lesson.come_into_sight()

    def cover(self, is_covered: bool) -> None:
        """Hide all but the lesson, or show it again."""
        self._is_covered = is_covered
        for part in self.children[1:]:
            part.layout.display = "none" if is_covered else None

    def close(self) -> None:
        """End training and the view."""
        if hasattr(self, "_session"):  # ipywidgets closes what could not be made, too
            self._session.close()
        _close(*self.children)
        super().close()

    def _hold(self, state: State) -> None:
        """Take over a state, and show it in the controls."""
        is_hidden_otherwise = state.hidden != self._state.hidden
        self._state = state
        if is_hidden_otherwise:
            old = self._transport.shown, self._board.shown
            self.children = self._parts()
            _close(*old)
        else:
            self._board.renew(state)

    def _change(self, path: str, value: Any) -> None:
        self.state = changed(self._state, path, value)

    def _hear(self, message: dict[str, Any]) -> None:
        """Obey what is done in the picture, or say why not."""
        try:
            match message:
                case {"gone": True}:
                    self._session.pause()
                case {"lost": True}:
                    self._session.pause()
                    self._say(LOST)
                case {"weight": [number, *index], "value": value}:
                    self._session.set_weight(number, tuple(index), float(value))
                case {"points": rows}:
                    self._take_points(rows)
        except ValueError as error:
            self._say(str(error))

    def _take_points(self, rows: list[list[float]]) -> None:
        with self._lock:
            old, table = self._state.data, np.reshape(np.array(rows, float), (-1, 3))
            own = own_data(table[:, :2], table[:, 2], regression=old.task == REGRESSION)
            kept = {
                name: getattr(old, name) for name in ("samples", "noise", "train_share", "seed")
            }
            self.state = with_data(self._state, replace(own, **kept))

    def _say(self, sentence: str) -> None:
        self._message.value = f'<span role="alert">{escape(sentence)}</span>' if sentence else ""

    def _take(self, seen: Seen) -> None:
        """Show what the session shows; in its thread."""
        with self._lock:
            self._newest = seen
            is_refused = seen.asked is self._state and seen.state is not self._state
            if is_refused:
                self._hold(seen.state)
            self._transport.show(seen)
        self._canvas.show(seen)
        self._shelf.show(seen)
        self._lesson.show(seen)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Add a picture and its description for readers without a live front end."""
        data = super()._repr_mimebundle_(**kwargs)
        words = describe(self._newest.frame, self._newest.history)
        return {**data, "image/svg+xml": still(self._newest, words), "text/plain": words}


def _with_rate_of(optimizer: Any, state: State) -> State:
    """Return a state with the learning rate of a learner's optimizer, if it has a constant one."""
    rate = _rate_of(optimizer)
    if not isinstance(rate, float):
        return state
    written = float(str(np.float32(rate)))  # as the learner wrote it, before Keras rounded it
    return replace(state, training=replace(state.training, learning_rate=written))


def _rate_of(optimizer: Any) -> float | dict[str, Any] | None:
    """Return a learning rate, or a schedule as a dictionary; None of what is made from a rate."""
    is_made = isinstance(optimizer, keras.optimizers.Optimizer)
    return optimizer.get_config().get("learning_rate") if is_made else None


def _replaced(own: Own) -> set[str]:
    """Return the names of fields that the learner's own parts stand in for."""
    network = {"network.hidden", "network.activation", "network.seed"}
    is_scheduled = isinstance(_rate_of(own.optimizer), dict)
    return {
        *(("training.learning_rate",) if is_scheduled else ()),
        *(network if own.model is not None else ()),
        *(("network.activation",) if own.layer is not None else ()),
        *(("training.loss",) if own.loss is not None else ()),
        *(("training.optimizer",) if own.optimizer is not None else ()),
    }


def _close(*widgets: w.Widget) -> None:
    """Close widgets and all that are in them."""
    for each in widgets:
        _close(*getattr(each, "children", ()))
        each.close()
