"""One training under a monitor's eyes: its record, its view and how it is stopped."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import display

from .look import Look, look_at
from .recorder import Recorder
from .stopping import gentle_interrupts
from .view import MonitorView, still
from .words import Phase

__all__ = ["Pace", "Run", "shell_with_kernel"]


class Pace:
    """Says when it is time to draw again, so that drawing takes a small share of the time."""

    SHARE, LEAST = 0.02, 0.1  # of the time; seconds between two pictures

    def __init__(self) -> None:
        self._next = 0.0

    def is_due(self) -> bool:
        return time.perf_counter() >= self._next

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Draw meanwhile. What this thread does counts, not that others may keep it waiting."""
        began = time.thread_time()
        yield
        cost = time.thread_time() - began
        self._next = time.perf_counter() + max(self.LEAST, cost / self.SHARE)


def shell_with_kernel() -> Any:
    """Return the shell of IPython where a kernel shows widgets; None in plain Python."""
    shell = get_ipython()
    return shell if getattr(shell, "kernel", None) is not None else None


class Run:
    """A training from its begin to its end.

    Attributes:
        record: what was reported.
        phase: how far it is.
        view: what the browser shows; None where there is none, and when training is over.
        has_bar: whether the progress bar of Keras is to be shown instead.
    """

    def __init__(self, params: Mapping[str, Any], asked: Sequence[str]) -> None:
        self.record = Recorder(params.get("epochs"), params.get("steps"), asked)
        self.phase = Phase.WAITING
        self.view: MonitorView | None = None
        self._was_asked, self._pace = False, Pace()
        self._began, self._seconds = time.perf_counter(), 0.0
        self._interrupts = gentle_interrupts()
        self._shell = shell_with_kernel()
        is_first = self._interrupts is None or self._interrupts.is_first
        self.has_bar = self._shell is None and is_first
        if self._shell is not None:
            self._open()

    def _open(self) -> None:
        self.view = MonitorView(self.stop, self._interrupts is not None, self.look())
        self._display: Any = display(self.view, display_id=True)  # type: ignore[no-untyped-call]
        if self._interrupts:  # a cell trains, and training is over when it is
            self._shell.events.register("post_run_cell", self._after_cell)

    def look(self) -> Look:
        """Return what there is to see now."""
        return look_at(self.record, self.phase, self._seconds)

    def stop(self) -> None:
        """Ask for the end of training."""
        self._was_asked = True

    @property
    def is_asked_to_stop(self) -> bool:
        return self._was_asked or (self._interrupts is not None and self._interrupts.asked)

    def begin_epoch(self, epoch: int) -> None:
        self.record.begin_epoch(epoch + 1)

    def end_batch(self, batch: int, logs: Mapping[str, Any]) -> None:
        self.record.add_batch(batch + 1, logs)
        self.show()

    def end_epoch(self, epoch: int, logs: Mapping[str, Any]) -> None:
        self.record.end_epoch(epoch + 1, logs, self.is_asked_to_stop)
        self.show()

    def show(self) -> None:
        """Show the present state when it is time, or at once when training is to stop."""
        phase = Phase.STOPPING if self.is_asked_to_stop else Phase.RUNNING
        is_new, self.phase = phase != self.phase, phase
        if self.view is not None and (is_new or self._pace.is_due()):
            self._seconds = time.perf_counter() - self._began
            with self._pace.drawing():
                self.view.show(self.look())

    def end(self, is_whole: bool = True) -> None:
        """Leave a picture of the end, and let interrupts be what they were.

        Args:
            is_whole: False where `fit` was left by an error.
        """
        if self.phase.is_over:
            return
        usual = Phase.STOPPED if self.is_asked_to_stop else Phase.ENDED
        self.phase = usual if is_whole else Phase.BROKEN
        self._seconds = time.perf_counter() - self._began
        if self._interrupts:
            self._interrupts.end()
        if self.view is not None:
            self._display.update(still(self.look()), raw=True)
            self._close()

    def _close(self) -> None:
        assert self.view is not None
        self.view.close()
        self.view = None
        if self._interrupts:
            self._shell.events.unregister("post_run_cell", self._after_cell)

    def _after_cell(self, _result: object) -> None:
        self.end(is_whole=False)
