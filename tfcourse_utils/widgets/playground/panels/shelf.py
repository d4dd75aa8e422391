"""All panels of a playground: boxes to open them, and those that are open."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import ipywidgets as w

from tfcourse_utils.playground import State

from ..session import Seen
from .code import Code
from .compare import Compare
from .confusion import Confusion
from .landscape import Landscapes
from .lessons import Lessons
from .next_step import NextStep
from .panel import Host, Panel
from .share import Share

__all__ = ["ENTRIES", "Entry", "Shelf"]

STYLE = Path(__file__).with_name("panels.css")


class Entry(NamedTuple):
    """A panel that can be opened.

    Attributes:
        title: of its box.
        control: the name in `CONTROLS` that hides it. As "shown.confusion" it is a field of the
            state, too, which says whether it is open.
        make: makes it.
    """

    title: str
    control: str
    make: Callable[[Any], Panel]


ENTRIES = (
    Entry("Mistakes", "shown.confusion", Confusion),
    Entry("Next step", "shown.next_step", NextStep),
    Entry("Linear model beside", "shown.linear_model", Compare),
    Entry("Loss landscape", "shown.landscape", Landscapes),
    Entry("Link and file", "share", Share),
    Entry("Keras code", "code", Code),
    Entry("Small lessons", "lessons", Lessons),
)


class Shelf(w.VBox):
    """A box to tick for each panel, and the panels that are open.

    Args:
        host: the playground.
    """

    def __init__(self, host: Host) -> None:
        self._host, self._followed = host, host.state
        self._lock = threading.RLock()  # boxes change by a click, and in the session's thread
        self._open: dict[str, Panel] = {}
        self._boxes = {entry.control: self._box(entry) for entry in ENTRIES}
        toggles, self._cards = w.Box(list(self._boxes.values())), w.Box()
        toggles.add_class("playground-toggles")
        self._cards.add_class("playground-cards")
        style = w.HTML(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")
        style.layout.display = "none"
        super().__init__([style, toggles, self._cards])
        self.add_class("playground-shelf")
        for entry in ENTRIES:
            self._put(entry, self._boxes[entry.control].value)
        self._follow(host.state)

    def show(self, seen: Seen) -> None:
        """Hand what is to be seen to the panels that are open; in the session's thread."""
        if self._host.state is not self._followed:  # an older `seen` must not undo a click
            self._followed = self._host.state
            self._follow(self._followed)
        for panel in tuple(self._open.values()):
            panel.show(seen)

    def _follow(self, state: State) -> None:
        """Open and hide what a state says."""
        for control, box in self._boxes.items():
            is_hidden = control in state.hidden
            box.layout.display = "none" if is_hidden else None
            if control.startswith("shown."):
                box.value = _is_shown(state, control)
            elif is_hidden:
                box.value = False

    def _box(self, entry: Entry) -> w.Checkbox:
        is_open = entry.control.startswith("shown.") and _is_shown(self._host.state, entry.control)
        box = w.Checkbox(value=is_open, description=entry.title, indent=False)
        box.observe(partial(self._ticked, entry), "value")
        return box

    def _ticked(self, entry: Entry, change: dict[str, bool]) -> None:
        self._put(entry, change["new"])
        part, _, name = entry.control.partition(".")
        state = self._host.state
        if name and getattr(getattr(state, part), name) != change["new"]:
            shown = replace(state.shown, **{name: change["new"]})
            self._host.state = replace(state, shown=shown)

    def _put(self, entry: Entry, is_open: bool) -> None:
        """Open a panel, or close it."""
        with self._lock:
            if is_open == (entry.control in self._open):
                return
            gone = None if is_open else self._open.pop(entry.control)
            if is_open:
                self._open[entry.control] = entry.make(self._host)
                self._open[entry.control].show(self._host.seen)
            order = [each.control for each in ENTRIES]
            self._cards.children = [self._open[each] for each in order if each in self._open]
        if gone is not None:
            gone.close()


def _is_shown(state: State, control: str) -> bool:
    return bool(getattr(state.shown, control.partition(".")[2]))
