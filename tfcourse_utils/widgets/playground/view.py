"""The picture of a playground in the browser, which it draws itself from arrays."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from tfcourse_utils.playground import Split, State, describe

from .encoding import encode, input_pictures, point_rows, sees_test_points
from .flow import Flow
from .palette import palettes
from .session import Seen

__all__ = ["Canvas"]

HERE = Path(__file__).parent
# A browser takes one module; its parts share names, and each is about one thing.
SCRIPTS = ("base", "glyphs", "boundary", "network", "weights", "curves", "points", "hand", "widget")
WORDS_SECONDS = 1.0  # between two descriptions, or a screen reader would never finish
DRAWING = {"data.points", "draw points"}  # names of what is hidden where nothing can be drawn

Message = dict[str, Any]


class Canvas(anywidget.AnyWidget):
    """Boundary, points, network and curves of what a session shows, and what is done in them.

    Args:
        heard: takes what is done in the picture, checked for kind and not for value:
            `{"gone": True}` once the last view is closed,
            `{"lost": True}` if none has drawn anything for long,
            `{"weight": [number, row, column], "value": v}` for a weight set by hand,
            `{"points": [[x, y, target], ...]}` for all points, once some are drawn or erased.
        first: what is to be seen.
    """

    _esm = "\n".join((HERE / "js" / f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    _css = HERE / "widget.css"

    points = traitlets.Bytes().tag(sync=True)  # as point_rows, little-endian float32
    palettes = traitlets.Bytes().tag(sync=True)
    inputs = traitlets.Bytes().tag(sync=True)  # a picture of each
    scene = traitlets.Dict().tag(sync=True)  # what is shown, can be done, and is called what
    words = traitlets.Unicode().tag(sync=True)

    def __init__(self, heard: Callable[[Message], None], first: Seen) -> None:
        super().__init__()
        self._heard, self._views, self._next_words = heard, 0, 0.0
        self._split: Split | None = None
        self._flow = Flow(self._send_frame, self._lose)
        self.show(first)
        self.on_msg(self._hear)

    def show(self, seen: Seen) -> None:
        """Take over what is to be seen; it may come from any one thread."""
        with self.hold_sync():  # what belongs together comes in one message
            self._set_scene(seen)
        self._flow.offer(seen)
        if not seen.is_playing or time.monotonic() >= self._next_words:
            self._next_words = time.monotonic() + WORDS_SECONDS
            said = (describe(seen.frame, seen.history), *seen.notes)
            self.words = " ".join(said)

    def _set_scene(self, seen: Seen) -> None:
        scene = _scene(seen.state)
        if scene["inputs"] != self.scene.get("inputs"):
            self.inputs = input_pictures(scene["inputs"])
        self.scene = scene
        if seen.split is not self._split:
            self._split = seen.split
            self.palettes = palettes(seen.state.data.task)
            self.points = point_rows(seen.state, seen.split).astype("<f4").tobytes()

    def _send_frame(self, number: int, seen: Seen) -> None:
        content, data = encode(number, seen)
        self.send(content, buffers=[data])

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        match content:
            case {"drawn": int(number)}:
                self._flow.drawn(number)
            case {"weight": [int(), int(), int()] as place, "value": int() | float() as value}:
                self._heard({"weight": place, "value": value})
            case {"points": list(rows)} if all(map(_is_point, rows)):
                self._heard({"points": rows})
            case "hello":
                self._views += 1
                self._flow.open()
            case "gone":
                self._close_view()

    def _close_view(self) -> None:
        self._views = max(self._views - 1, 0)
        if self._views == 0:
            self._flow.close()
            self._heard({"gone": True})

    def _lose(self) -> None:
        self._views = 0
        self._heard({"lost": True})


def _is_point(row: object) -> bool:
    match row:
        case [int() | float(), int() | float(), int() | float()]:
            return True
    return False


def _scene(state: State) -> dict[str, Any]:
    return {
        **asdict(state.shown),
        "test_points": sees_test_points(state),
        "inputs": list(state.network.features),
        "task": state.data.task,
        "classes": max(state.data.outputs, 2),
        "can_draw": DRAWING.isdisjoint(state.hidden),
        "can_weigh": "edit weights" not in state.hidden,
    }
