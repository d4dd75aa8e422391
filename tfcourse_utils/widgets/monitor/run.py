"""One training under a monitor's eyes: its record, its view and how it is stopped."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

from IPython.display import display

from .curves import panels, reach
from .picture import draw
from .recorder import Recorder
from .stopping import gentle_interrupts
from .view import MonitorView
from .words import Phase, describe, numbers, verdict

__all__ = ["Pace", "Run", "front_end", "look"]


class Pace:
    """Says when it is time to draw again, so that drawing takes a small share of the time."""

    SHARE, LEAST = 0.02, 0.1  # of the time; seconds between two pictures

    def __init__(self) -> None:
        self._next = 0.0

    def is_due(self) -> bool:
        return time.perf_counter() >= self._next

    def drew(self, began: float) -> None:
        """Take note that a picture begun at this time is done."""
        now = time.perf_counter()
        self._next = now + max(self.LEAST, (now - began) / self.SHARE)


def front_end() -> Any:
    """Return the shell of IPython where a kernel shows widgets; None in plain Python."""
    # Without IPython loaded there is no shell, and loading it takes time.
    get_shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)
    shell = get_shell()
    return shell if getattr(shell, "kernel", None) is not None else None


def look(record: Recorder, phase: Phase, seconds: float) -> dict[str, Any]:
    """Return the state of the view that follows from a record."""
    words = describe(record, phase)
    return {
        "picture": draw(panels(record), reach(record, phase.is_over), words),
        "words": words,
        "verdict": verdict(record, phase),
        "numbers": [list(number) for number in numbers(record, seconds)],
        "phase": phase.value,
    }


class Run:
    """A training from its begin to its end.

    Attributes:
        record: what was reported.
        phase: how far it is.
        view: what the browser shows; None where there is no front end.
    """

    def __init__(self, params: Mapping[str, Any], asked: Sequence[str]) -> None:
        self.record = Recorder(params.get("epochs"), params.get("steps"), asked)
        self.phase = Phase.WAITING
        self.view: MonitorView | None = None
        self._was_asked, self._began, self._seconds = False, time.perf_counter(), 0.0
        self._pace = Pace()
        self._interrupts = gentle_interrupts()
        self._shell = front_end()
        if self._shell is not None:
            self._open()

    def _open(self) -> None:
        state = look(self.record, self.phase, 0.0)
        self.view = MonitorView(self.stop, self._interrupts is not None, **state)
        self._display: Any = display(self.view, display_id=True)  # type: ignore[no-untyped-call]
        if self._interrupts:  # the cell trains: when it is over, so is training
            self._shell.events.register("post_run_cell", self._after_cell)

    def stop(self) -> None:
        """Ask for the end of training."""
        self._was_asked = True

    @property
    def is_asked_to_stop(self) -> bool:
        return self._was_asked or (self._interrupts is not None and self._interrupts[0].asked)

    def begin_epoch(self, epoch: int) -> None:
        self.record.begin_epoch(epoch + 1)

    def end_batch(self, batch: int, logs: Mapping[str, Any]) -> None:
        self.record.add_batch(batch + 1, logs)
        self.show()

    def end_epoch(self, epoch: int, logs: Mapping[str, Any]) -> None:
        self.record.end_epoch(epoch + 1, logs)
        self.show()

    def show(self) -> None:
        """Show the present state when it is time, or at once when training is to stop."""
        phase = Phase.STOPPING if self.is_asked_to_stop else Phase.RUNNING
        if self.view is not None and (phase != self.phase or self._pace.is_due()):
            self._draw(phase)
        self.phase = phase

    def _draw(self, phase: Phase) -> None:
        assert self.view is not None
        began = time.perf_counter()
        self._seconds = began - self._began
        self.view.show(**look(self.record, phase, self._seconds))
        self._pace.drew(began)

    def look(self) -> dict[str, Any]:
        """Return the state of the view as it is now."""
        return look(self.record, self.phase, self._seconds)

    def end(self, is_whole: bool = True) -> None:
        """Show the end, and let interrupts be what they were.

        Args:
            is_whole: False where `fit` was left by an error.
        """
        if self.phase.is_over:
            return
        usual = Phase.STOPPED if self.is_asked_to_stop else Phase.ENDED
        self.phase = usual if is_whole else Phase.BROKEN
        if self._interrupts:
            handler, depth = self._interrupts
            handler.end(depth)
        if self.view is not None:
            self._draw(self.phase)
            self._display.update(self.view)  # what the notebook keeps
            self._forget_cell()

    def _after_cell(self, _result: object = None) -> None:
        self.end(is_whole=False)
        self._forget_cell()

    def _forget_cell(self) -> None:
        if self._after_cell in self._shell.events.callbacks["post_run_cell"]:
            self._shell.events.unregister("post_run_cell", self._after_cell)
