"""What the browser shows of a training. The curves are drawn here, by Python."""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from .look import Look

__all__ = ["MonitorView", "still"]


class MonitorView(anywidget.AnyWidget):
    """The curves, a stop button and what is said of both, while a training lasts.

    Args:
        stop: called when the button's message arrives. While a cell trains it does not: then the
            button interrupts the kernel besides.
        interrupts: whether an interrupt ends this training.
    """

    _esm = Path(__file__).with_name("widget.js")

    picture = traitlets.Unicode().tag(sync=True)
    verdict = traitlets.Unicode().tag(sync=True)
    phase = traitlets.Unicode().tag(sync=True)
    interrupts = traitlets.Bool().tag(sync=True)

    def __init__(self, stop: Callable[[], None], interrupts: bool, look: Look) -> None:
        super().__init__(interrupts=interrupts)
        self._stop, self._words = stop, ""
        self.show(look)
        self.on_msg(self._hear)

    def show(self, look: Look) -> None:
        """Take over what is to be seen, in one message to the browser."""
        self._words = look.words
        with self.hold_sync():
            self.picture, self.verdict, self.phase = look.picture, look.verdict, look.phase

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        if content == "stop":
            self._stop()

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Add the picture and its description for readers without a live front end."""
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        return {**data, "image/svg+xml": self.picture, "text/plain": self._words}, metadata


SVG = "data:image/svg+xml;base64,"
# A picture of its own knows nothing of Jupyter's theme: on a dark one, its light is turned round.
DARK = (
    '<style>[data-jp-theme-light="false"] .monitor-still '
    "{ filter: invert(0.93) hue-rotate(180deg); }</style>"
)


def still(look: Look) -> dict[str, str]:
    """Return what a notebook keeps: it needs neither a kernel nor trust to be seen.

    Jupyter shows an SVG without a description, and a widget without its kernel not at all.
    """
    source = base64.b64encode(look.picture.encode()).decode()
    image = f'<img class="monitor-still" alt="{escape(look.words)}" src="{SVG}{source}">'
    return {"text/html": DARK + image, "image/svg+xml": look.picture, "text/plain": look.words}
