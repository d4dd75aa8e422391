"""A text to select and copy."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

__all__ = ["CopyBox"]


class CopyBox(anywidget.AnyWidget):
    """A text that can be read, selected and copied, but not changed."""

    _esm = Path(__file__).with_name("copying.js")

    label = traitlets.Unicode().tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)  # the same in colours; none if empty
    wraps = traitlets.Bool(False).tag(sync=True)

    def put(self, text: str, html: str = "") -> None:
        """Show another text."""
        if text != self.text:
            with self.hold_sync():
                self.text, self.html = text, html
