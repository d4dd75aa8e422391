"""Words that can come into sight."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

__all__ = ["Sight"]


class Sight(anywidget.AnyWidget):
    """Words that the page scrolls to, and that take the focus, each time `come` is called."""

    _esm = Path(__file__).with_name("sight.js")

    html = traitlets.Unicode().tag(sync=True)
    turn = traitlets.Int(0).tag(sync=True)

    def come(self) -> None:
        self.turn += 1
