"""What the browser shows of a training. The curves are drawn here, by Python."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

__all__ = ["MonitorView"]


class MonitorView(anywidget.AnyWidget):
    """Figures, a stop button, the curves and what is said of them.

    Args:
        stop: called when the button's message arrives. While a cell trains it does not: then the
            button interrupts the kernel besides.
        interrupts: whether an interrupt ends this training.
    """

    _esm = Path(__file__).with_name("widget.js")

    picture = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)  # all of the picture, for those who can't see it
    verdict = traitlets.Unicode().tag(sync=True)
    numbers = traitlets.List(traitlets.List(traitlets.Unicode())).tag(sync=True)
    phase = traitlets.Unicode().tag(sync=True)
    interrupts = traitlets.Bool().tag(sync=True)

    def __init__(self, stop: Callable[[], None], interrupts: bool, **state: Any) -> None:
        super().__init__(interrupts=interrupts, **state)
        self._stop = stop
        self.on_msg(self._hear)

    def show(self, **state: Any) -> None:
        """Take over a state, in one message to the browser."""
        with self.hold_sync():
            for name, value in state.items():
                setattr(self, name, value)

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        if content == "stop":
            self._stop()

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Add the picture and its description for readers without a live front end."""
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        return {**data, "image/svg+xml": self.picture, "text/plain": self.words}, metadata
