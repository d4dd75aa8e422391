"""The picture of a playground in the browser, which it draws itself from arrays."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import anywidget
import traitlets

from tfcourse_utils.playground import Split, describe

from .encoding import encode, point_rows
from .flow import Flow
from .palette import palettes
from .session import Seen

__all__ = ["Canvas"]

WORDS_SECONDS = 1.0  # between two descriptions, or a screen reader would never finish


class Canvas(anywidget.AnyWidget):
    """Boundary, points, network and curves of what a session shows.

    Args:
        gone: called when the last view of it is closed.
    """

    _esm = Path(__file__).with_name("widget.js")
    _css = Path(__file__).with_name("widget.css")

    points = traitlets.Bytes().tag(sync=True)  # as point_rows, little-endian float32
    palettes = traitlets.Bytes().tag(sync=True)
    scene = traitlets.Dict().tag(sync=True)  # what is shown, and what the inputs are called
    words = traitlets.Unicode().tag(sync=True)

    def __init__(self, gone: Callable[[], None], first: Seen) -> None:
        super().__init__()
        self._gone, self._views, self._next_words = gone, 0, 0.0
        self._split: Split | None = None
        self._flow = Flow(self._send_frame)
        self.show(first)
        self.on_msg(self._hear)

    def show(self, seen: Seen) -> None:
        """Take over what is to be seen; it may come from any one thread."""
        if seen.split is not self._split:
            self._split = seen.split
            self.palettes = palettes(seen.state.data.task)
            self.points = point_rows(seen.state, seen.split).astype("<f4").tobytes()
        self.scene = {**asdict(seen.state.shown), "inputs": list(seen.state.network.features)}
        self._flow.offer(seen)
        if not seen.is_playing or time.monotonic() >= self._next_words:
            self._next_words = time.monotonic() + WORDS_SECONDS
            said = (describe(seen.frame, seen.history), *seen.notes)
            self.words = " ".join(said)

    def _send_frame(self, number: int, seen: Seen) -> None:
        content, data = encode(number, seen)
        self.send(content, buffers=[data])

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        match content:
            case {"drawn": int(number)}:
                self._flow.drawn(number)
            case "hello":
                self._views += 1
                self._flow.open()
            case "gone":
                self._views = max(self._views - 1, 0)
                if self._views == 0:
                    self._flow.close()
                    self._gone()
