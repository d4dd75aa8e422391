"""Interrupts that end a training gently: the first one after a batch, the next as usual."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import Any, NamedTuple

__all__ = ["Hold", "gentle_interrupts"]


class GentleInterrupt:
    """A handler of SIGINT for as long as trainings run.

    A training that is left by an error does not say that it ends. The handler therefore looks
    whether one of its trainings is still being executed; if none is, it acts as the former one.

    Attributes:
        asked: whether an interrupt has come.
    """

    def __init__(self, former: Any) -> None:
        self.former, self.asked = former, False
        self._trainings: list[FrameType] = []

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.asked or not self.is_training(frame):
            self.give_back()
            self._act_as_former(number, frame)
        self.asked = True

    def is_training(self, frame: FrameType | None) -> bool:
        """Return whether a frame belongs to a training, or was called by one."""
        while frame is not None:
            if any(frame is training for training in self._trainings):
                return True
            frame = frame.f_back
        return False

    def begin(self, training: FrameType) -> Hold:
        """Take note that a training begins."""
        self._trainings.append(training)
        return Hold(self, len(self._trainings) - 1, self._trainings.count(training) == 1)

    def end(self, depth: int) -> None:
        """Take note that a training ends, and with it those within; the last one gives back."""
        del self._trainings[depth:]
        if not self._trainings:
            self.give_back()

    def give_back(self) -> None:
        """Put the former handler back, unless somebody else has set one since."""
        self._trainings.clear()
        now: Any = signal.getsignal(signal.SIGINT)
        if now is self:
            signal.signal(signal.SIGINT, self.former)

    def _act_as_former(self, number: int, frame: FrameType | None) -> None:
        if callable(self.former):
            self.former(number, frame)
        else:  # the system's own way
            signal.signal(number, self.former)
            signal.raise_signal(number)


class Hold(NamedTuple):
    """A monitor's hold on interrupts.

    Attributes:
        is_first: whether no other monitor of the same training had one before.
    """

    handler: GentleInterrupt
    depth: int
    is_first: bool

    @property
    def asked(self) -> bool:
        """Whether an interrupt has come."""
        return self.handler.asked

    def end(self) -> None:
        """Let go, when training ends."""
        self.handler.end(self.depth)


def gentle_interrupts() -> Hold | None:
    """Let interrupts end the training gently whose `on_train_begin` calls this.

    Monitors of one training, and of trainings within it, share the handler.

    Returns:
        The hold on interrupts, to be ended with the training; or None where interrupts are not
        for Python or not for this thread.
    """
    training = _training(sys._getframe(1))
    former: Any = signal.getsignal(signal.SIGINT)
    if former is None or former is signal.SIG_IGN:
        return None
    while isinstance(former, GentleInterrupt) and not former.is_training(training):
        former = former.former
    handler = former if isinstance(former, GentleInterrupt) else GentleInterrupt(former)
    try:
        signal.signal(signal.SIGINT, handler)
    except ValueError:  # only the main thread may
        return None
    return handler.begin(training)


def _training(frame: FrameType) -> FrameType:
    """Return the frame that trains: the one that called the outermost hook of this training."""
    training, seen, within = frame, frame, False
    while seen.f_back is not None:
        if is_hook := seen.f_code.co_name == "on_train_begin":
            training, within = seen.f_back, True
        elif within and not is_hook:
            break
        seen = seen.f_back
    return training
