"""What stands on the page: lessons to choose from, and a playground that its address restores."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from pathlib import Path

import ipywidgets as w

from tfcourse_utils.playground import from_json, from_link, to_link
from tfcourse_utils.playground.presets import load, names, parsed
from tfcourse_utils.widgets import Playground

from .address import Address

__all__ = ["Page"]

FREE = "Explore"


class Page(w.VBox):
    """A playground, small lessons to choose from, and an address that holds its state.

    What can't be opened is said on the page, and what was there stays.

    Args:
        start: name of a small lesson, or path of a file that holds a state or a lesson; "" for
            the usual state.
    """

    def __init__(self, start: str = "") -> None:
        self._message, self._place = w.HTML(), w.VBox()
        lessons = [(FREE, ""), *((load(name).title, name) for name in names())]
        self.lessons = w.ToggleButtons(
            options=lessons,
            value=start if start in names() else "",
            description="Lessons",
            style={"button_width": "auto", "description_width": "auto"},
        )
        self.lessons.add_class("page-lessons")
        self.playground = Playground()
        self.address = Address(lambda: to_link(self.playground.state))
        self._place.children = (self.playground,)
        if start:
            self._open(lambda: _opened(start))
        self.lessons.observe(lambda _: self._open(lambda: _opened(self.lessons.value)), "value")
        self.address.observe(self._follow, "asked")
        super().__init__([self.lessons, self._message, self._place, self.address])

    def close(self) -> None:
        """End training and the view."""
        self.playground.close()
        for part in (*self.children, self):
            w.Widget.close(part)

    def _follow(self, _change: object) -> None:
        link = self.address.asked
        self._open(lambda: Playground(from_link(link)))

    def _open(self, make: Callable[[], Playground]) -> None:
        """Put another playground in the place of the present one."""
        try:
            new = make()
        except (ValueError, OSError) as error:
            self._message.value = f'<p role="alert">{escape(str(error))}</p>'
            new = self.playground
        else:
            self._message.value = ""
        old, self.playground = self.playground, new
        self._place.children = (new,)
        if old is not new:
            old.close()


def _opened(start: str) -> Playground:
    """Return a playground that begins with this.

    Raises:
        OSError: the file can't be read.
        ValueError: it holds neither a state nor a lesson.
    """
    if not start or start in names():
        return Playground(preset=start or None)
    text = Path(start).read_text(encoding="utf-8", errors="replace")
    if not _is_lesson(text):
        return Playground(from_json(text))
    lesson = parsed(text)
    playground = Playground(lesson.state)
    playground.begin(lesson)
    return playground


def _is_lesson(text: str) -> bool:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return False  # and it will be said what it is
    return isinstance(found, dict) and "state" in found
