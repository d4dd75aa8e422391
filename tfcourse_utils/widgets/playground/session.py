"""A training that goes on in a thread of its own, and can be told what to do from any other."""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple, TypeVar

import keras
import numpy as np
from numpy.typing import NDArray

from tfcourse_utils.playground import (
    Camera,
    Frame,
    Own,
    Row,
    Snapshot,
    Split,
    State,
    Trainer,
    Weight,
)

__all__ = ["Seen", "Session"]

FRAME_SECONDS = 1 / 60  # between two pictures of a training that goes on
CHUNK_SECONDS = 0.03  # that a training goes on before it looks whether it should stop
MOST_STEPS = 10_000  # of a chunk
ONLY_NOW = "Weights can be changed only in the present: go back to it, or go on from here, first."

Answer = TypeVar("Answer")
Order = Callable[[], None]


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
        refused: why the last order was not obeyed; None if it was.
        looking: which of the moments before the present this is; None if it is the present.
        rows: how many moments there are to look back at.
        asked: the state that was last to be trained: another than `state` if it was refused.
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
    looking: int | None = None
    rows: int = 0
    asked: State | None = None


class Session:
    """Trains a state, and hands what is to be seen to `show`.

    Every method but the constructor returns at once. What is told is done in a thread, the only
    one that touches the trainer and the one that `show` is called in. There is one only while
    there is something to do.

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
        self._lock = threading.Lock()  # of what follows; the thread leaves it to be told more
        self._orders: dict[str, Order] = {}  # by name: of those of one name, the newest
        self._questions: list[Order] = []
        self._is_playing = self._is_closed = self._is_shown = False
        self._waits_anew = False  # whether a state that begins anew waits there
        self._thread: threading.Thread | None = None

        self._refused: str | None = None
        self._looking: int | None = None
        self._asked = state
        self._steps, self._next_picture = 1, 0.0
        self._open(Trainer(state, own))
        self.first = self._look()
        with self._lock:
            self._wake()

    @property
    def is_playing(self) -> bool:
        return self._is_playing

    @property
    def is_alive(self) -> bool:
        """Whether there is a thread at the moment."""
        thread = self._thread
        return thread is not None and thread.is_alive()

    @property
    def model(self) -> keras.Model:
        """The Keras model of now; it changes while training goes on."""
        return self._trainer.model

    def play(self) -> None:
        """Train from the present on until told otherwise, or until the loss is no good."""
        with self._lock:
            self._is_playing, self._waits_anew = True, False
            self._tell("look", partial(self._turn, None))

    def pause(self) -> None:
        """Stop training, within `CHUNK_SECONDS` and a picture."""
        with self._lock:
            self._is_playing = False
            self._tell()

    def step(self) -> None:
        """Train on one batch more, and go on no further."""
        with self._lock:
            self._is_playing = False
            steps = sum(name.startswith("step") for name in self._orders)
            self._tell(f"step {steps}", self._step)

    def reset(self) -> None:
        """Go back to the first weights, and wait there."""
        with self._lock:
            self._is_playing = False
            for name in [each for each in self._orders if each.startswith("step")]:
                del self._orders[name]
            self._tell("reset", self._reset)

    def change(self, state: State) -> None:
        """Take over a state; what is trained stays, or begins anew and waits where it has to."""
        with self._lock:
            self._waits_anew = True
            self._tell("state", partial(self._take_over, state))

    def look(self, place: int | None) -> None:
        """Stop, and show a moment before the present, from 0 up; None shows the present.

        What was trained stays. A place beyond those that there are is the present.
        """
        with self._lock:
            self._is_playing = self._is_playing and place is None
            self._tell("look", partial(self._turn, place))

    def go_on(self) -> None:
        """Make the moment that is looked back at the present; what came after it is forgotten."""
        with self._lock:
            self._tell("go on", self._go_back)

    def set_weight(self, number: int, index: tuple[int, ...], value: float) -> None:
        """Set one number of `Seen.weights[number]` by hand; refused where there is none."""
        with self._lock:
            self._tell(f"weight {number} {index}", partial(self._weigh, number, index, value))

    def ask(self, question: Callable[[Trainer], Answer], answer: Callable[[Answer], None]) -> None:
        """Hand what a function of the trainer returns to another; both run in the thread.

        Training goes on between two questions, and nothing is shown because of one. Neither
        function may raise, nor leave the trainer other than it was.
        """
        with self._lock:
            self._questions.append(lambda: answer(question(self._trainer)))
            self._wake()

    def close(self) -> None:
        """End training, and wait for the thread unless it is this one."""
        with self._lock:
            self._is_closed, self._is_playing = True, False
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _tell(self, name: str = "", order: Order | None = None) -> None:
        """Have an order obeyed after those before it, and the outcome shown."""
        self._is_shown = True
        if order is not None:
            self._orders.pop(name, None)
            self._orders[name] = order
        self._wake()

    def _wake(self) -> None:
        if not self._is_closed and not self.is_alive:
            self._thread = threading.Thread(target=self._work, name="playground", daemon=True)
            _AT_WORK.add(self)
            self._thread.start()

    def _work(self) -> None:
        """Do what there is to do, to the end."""
        self._compile()
        while (found := self._next_orders()) is not None:
            self._obey(*found)
            self._compile()  # once a new network is shown: it takes longer than one waits gladly
            if self._is_playing and not self._orders:
                self._train()

    def _next_orders(self) -> tuple[list[Order], bool, list[Order]] | None:
        """Return orders, whether to show their outcome, and questions; None to end the thread."""
        with self._lock:
            found = list(self._orders.values()), self._is_shown, self._questions
            self._orders, self._is_shown, self._questions = {}, False, []
            if self._is_closed or not (self._is_playing or any(found)):
                self._thread = None
                _AT_WORK.discard(self)
                return None
            return found

    def _obey(self, orders: list[Order], is_shown: bool, questions: list[Order]) -> None:
        if orders:
            self._refused = None
        for order in orders:
            try:
                order()
            except ValueError as error:
                self._refused = str(error)
        if is_shown:
            self._show_now()
        for question in questions:
            question()

    def _open(self, trainer: Trainer) -> None:
        self._trainer, self._camera = trainer, Camera(trainer)
        self._is_compiled, self._looking = False, None

    def _step(self) -> None:
        self._looking = None
        self._trainer.step()

    def _reset(self) -> None:
        self._looking = None
        self._trainer.reset()

    def _turn(self, place: int | None) -> None:
        is_past = place is not None and 0 <= place < len(self._past())
        self._looking = place if is_past else None

    def _go_back(self) -> None:
        if self._looking is not None:
            self._trainer.go_back(self._past()[self._looking])
        self._looking = None

    def _weigh(self, number: int, index: tuple[int, ...], value: float) -> None:
        if self._looking is not None:
            raise ValueError(ONLY_NOW)
        self._trainer.set_weight(number, index, value)

    def _take_over(self, state: State) -> None:
        self._asked = state
        if self._trainer.adjust(state):
            self._is_compiled = False  # another penalty is another step
            return
        with self._lock:
            if self._waits_anew:  # and play was not pressed since
                self._is_playing = False
        if self._trainer.begin_on(state):
            self._is_compiled, self._looking = False, None
        else:
            self._open(Trainer(state, self._own))

    def _compile(self) -> None:
        """Compile the step before it is wanted, so that training can always stop soon."""
        if not self._is_compiled and len(self._trainer.train_features):
            self._trainer.advance(0)
        self._is_compiled = True

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

    def _past(self) -> list[Snapshot]:
        """Return the moments before the present, as far as the trainer keeps them."""
        *before, last = self._trainer.snapshots
        return before if _are_equal(last, self._trainer.snapshot()) else [*before, last]

    def _look(self) -> Seen:
        trainer, past = self._trainer, self._past()
        then = None if self._looking is None else past[self._looking]
        shown = then or trainer.snapshot()
        return Seen(
            state=trainer.state,
            split=trainer.split,
            frame=self._camera.frame(then),
            neurons=self._camera.neurons(shown) if trainer.state.shown.neurons else [],
            weights=trainer.weights_at(shown),
            history=trainer.history,
            notes=trainer.notes,
            is_playing=self._is_playing,
            refused=self._refused,
            looking=self._looking,
            rows=len(past),
            asked=self._asked,
        )


def _are_equal(one: Snapshot, other: Snapshot) -> bool:
    arrays = zip(one.trainable + one.others, other.trainable + other.others)
    is_one_moment = (one.epoch, one.batch) == (other.epoch, other.batch)
    return is_one_moment and all(np.array_equal(first, second) for first, second in arrays)


_AT_WORK: set[Session] = set()


@atexit.register
def _close_all() -> None:
    """End what is at work: a thread inside TensorFlow must not outlive Python."""
    for session in tuple(_AT_WORK):
        session.close()
