"""The address of the page, whose end is a link that restores the state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import anywidget
import traitlets

__all__ = ["Address"]


class Address(anywidget.AnyWidget):
    """Reads the end of the page's address, and keeps it up to date; there is nothing to see.

    Args:
        now: returns the link of the present state, with "#". It is asked for after whatever the
            reader does.

    Attributes:
        asked: the end of the address as the reader has opened or changed it; "" if it has none.
        link: what the end of the address should be; "" leaves it alone.
    """

    _esm = Path(__file__).with_name("address.js")

    asked = traitlets.Unicode().tag(sync=True)
    link = traitlets.Unicode().tag(sync=True)

    def __init__(self, now: Callable[[], str]) -> None:
        super().__init__()
        self._now = now
        self.on_msg(self._hear)

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        if content == "done":
            self.link = self._now()
