"""A training that goes on in a thread of its own, and can be told what to do from any other."""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tfcourse_utils.playground import Camera, Frame, Own, Row, Split, State, Trainer, Weight

__all__ = ["Seen", "Session"]

FRAME_SECONDS = 1 / 60  # between two pictures of a training that goes on
CHUNK_SECONDS = 0.03  # that a training goes on before it looks whether it should stop
MOST_STEPS = 10_000  # of a chunk


class Seen(NamedTuple):
    """All there is to see of a session at a moment.

    Attributes:
        state: that is trained.
        split: the points.
        frame: of the network.
        neurons: of each hidden layer, (neurons, size, size).
        weights: of the network.
        history: the losses so far.
        notes: what a learner may wonder at.
        is_playing: whether training goes on.
        refused: why the last change was not taken over; None if it was.
    """

    state: State
    split: Split
    frame: Frame
    neurons: list[NDArray[np.float32]]
    weights: list[Weight]
    history: list[Row]
    notes: tuple[str, ...]
    is_playing: bool
    refused: str | None


class _Orders:
    """What the thread has been told and has not yet done; of states, the newest."""

    def __init__(self) -> None:
        self.state: State | None = None
        self.steps = 0
        self.is_reset = self.is_shown = self.is_played = False

    @property
    def are_any(self) -> bool:
        return self.state is not None or self.steps > 0 or self.is_reset or self.is_shown


class Session:
    """Trains a state, and hands what is to be seen to `show`.

    Every method but the constructor returns at once. The thread is the only one that touches the
    trainer, and the one that `show` is called in. It ends with `close`, and with the process.

    Args:
        state: to begin with.
        own: the learner's parts.
        show: takes what is to be seen: after every order, and up to 60 times a second while
            training goes on.

    Attributes:
        first: what there is to see before anything is trained.

    Raises:
        ValueError: something of the learner's does not fit.
    """

    def __init__(self, state: State, own: Own | None, show: Callable[[Seen], None]) -> None:
        self._own, self._show = own, show
        self._orders, self._is_playing, self._is_closed = _Orders(), False, False
        self._refused: str | None = None
        self._changed = threading.Condition()
        self._steps, self._next_picture = 1, 0.0
        self._open(Trainer(state, own))
        self.first = self._look()
        self._thread = threading.Thread(target=self._work, name="playground", daemon=True)
        self._thread.start()
        atexit.register(self.close)  # a thread inside TensorFlow must not outlive Python

    @property
    def is_playing(self) -> bool:
        return self._is_playing

    @property
    def is_alive(self) -> bool:
        """Whether there is still a thread."""
        return self._thread.is_alive()

    def play(self) -> None:
        """Train until told otherwise, or until the loss is no good."""
        with self._changed:
            self._is_playing = self._orders.is_played = True
            self._tell()

    def pause(self) -> None:
        """Stop training, within `CHUNK_SECONDS` and a picture."""
        with self._changed:
            self._is_playing = self._orders.is_played = False
            self._tell()

    def step(self) -> None:
        """Train on one batch more, and go on no further."""
        with self._changed:
            self._is_playing = self._orders.is_played = False
            self._orders.steps += 1
            self._tell()

    def reset(self) -> None:
        """Go back to the first weights, and wait there."""
        with self._changed:
            self._is_playing = self._orders.is_played = False
            self._orders.steps, self._orders.is_reset = 0, True
            self._tell()

    def change(self, state: State) -> None:
        """Take over a state; what is trained stays, or begins anew and waits where it has to."""
        with self._changed:
            self._orders.state, self._orders.is_played = state, False
            self._tell()

    def close(self) -> None:
        """End the thread, and wait for it unless it is this one."""
        with self._changed:
            self._is_closed, self._is_playing = True, False
            self._changed.notify_all()
        atexit.unregister(self.close)
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _tell(self) -> None:
        self._orders.is_shown = True
        self._changed.notify_all()

    def _open(self, trainer: Trainer) -> None:
        self._trainer, self._camera = trainer, Camera(trainer)

    def _look(self) -> Seen:
        trainer, now = self._trainer, self._trainer.snapshot()
        frame = self._camera.frame()
        neurons = self._camera.neurons(now) if trainer.state.shown.neurons else []
        return Seen(
            trainer.state,
            trainer.split,
            frame,
            neurons,
            trainer.weights,
            trainer.history,
            trainer.notes,
            self._is_playing,
            self._refused,
        )

    def _work(self) -> None:
        self._compile()
        while (orders := self._next_orders()) is not None:
            if orders.are_any:
                self._obey(orders)
            else:
                self._train()

    def _next_orders(self) -> _Orders | None:
        """Wait until there is something to do; None if it is to end."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._is_closed or self._is_playing or self._orders.are_any
            )
            orders, self._orders = self._orders, _Orders()
            return None if self._is_closed else orders

    def _obey(self, orders: _Orders) -> None:
        if orders.state is not None:
            self._take_over(orders.state, orders.is_played)
        if orders.is_reset:
            self._trainer.reset()
        for _ in range(orders.steps):
            self._trainer.step()
        self._show_now()

    def _take_over(self, state: State, is_played: bool) -> None:
        self._refused = None
        try:
            if not self._trainer.adjust(state):
                if not is_played:  # since the change
                    self._is_playing = False
                self._open(Trainer(state, self._own))
                self._compile()
        except ValueError as error:
            self._refused = str(error)

    def _compile(self) -> None:
        """Compile the step before it is wanted, so that training can always stop soon."""
        if len(self._trainer.train_features):
            self._trainer.advance(0)

    def _train(self) -> None:
        began = time.perf_counter()
        self._trainer.advance(self._steps)
        seconds = max(time.perf_counter() - began, 1e-6)
        self._steps = min(max(int(self._steps * CHUNK_SECONDS / seconds), 1), MOST_STEPS)
        if self._trainer.reason:
            self._is_playing = False
        if self._trainer.reason or time.perf_counter() >= self._next_picture:
            self._show_now()

    def _show_now(self) -> None:
        self._next_picture = time.perf_counter() + FRAME_SECONDS
        self._show(self._look())
