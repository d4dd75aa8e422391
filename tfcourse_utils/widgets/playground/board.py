"""The controls side by side, which show a state and tell of its changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

import ipywidgets as w

from tfcourse_utils.playground import State

from .controls import GROUPS, SHOW, Control, field, make

__all__ = ["Board"]

COLUMN = {
    "flex": "1 1 250px",
    "max_width": "400px",
    "margin": "4px 8px 4px 0",
    "padding": "4px 12px 10px",
    "border": "1px solid var(--jp-border-color2, #e0e0e0)",
}


class Board:
    """Controls of all fields of a state but those that are hidden, in groups.

    Args:
        state: to show at first.
        hidden: names of fields that have no control, as "data.noise".
        lock: held while a control is read or written, in whatever thread.
        change: takes the name of a field and its new value; a ValueError says why it can't be.
        refuse: takes that sentence.

    Attributes:
        shown: the widget to show.
    """

    def __init__(
        self,
        state: State,
        hidden: Collection[str],
        lock: threading.RLock,
        change: Callable[[str, Any], None],
        refuse: Callable[[str], None],
    ) -> None:
        self._state, self._lock, self._is_renewing = state, lock, False
        self._change, self._refuse = change, refuse
        self._controls = {
            path: make(path, state)
            for paths in GROUPS.values()
            for path in paths
            if path not in hidden
        }
        for path, control in self._controls.items():
            for each in control.inputs:
                each.observe(partial(self._read, path, control), "value")
        self.shown = w.Box(self._groups(), layout=w.Layout(flex_flow="row wrap"))

    def renew(self, state: State) -> None:
        """Show another state; nobody is told of that."""
        with self._lock:
            self._state = state
            self._renew(self._controls)

    def _renew(self, paths: Collection[str]) -> None:
        self._is_renewing = True
        try:
            for path in paths:
                self._controls[path].show(self._state, field(self._state, path))
        finally:
            self._is_renewing = False

    def _read(self, path: str, control: Control, _change: object) -> None:
        with self._lock:
            if self._is_renewing:
                return
            try:
                self._change(path, control.value())
            except ValueError as error:
                self._refuse(str(error))
                self._renew([] if control.keeps_text else [path])

    def _groups(self) -> list[w.Widget]:
        return [
            _group(title, [self._controls[path].shown for path in paths if path in self._controls])
            for title, paths in GROUPS.items()
            if any(path in self._controls for path in paths)
        ]


def _group(title: str, controls: list[w.Widget]) -> w.Widget:
    """Return controls under their title; what is shown, beside it, as wide as the picture."""
    heading = w.HTML(f'<b role="heading" aria-level="3">{title}</b>')
    if title == SHOW:
        layout = w.Layout(flex="1 1 100%", flex_flow="row wrap", align_items="center")
        heading.layout.margin = "0 24px 0 0"
        return w.Box([heading, *controls], layout=layout)
    column = w.VBox([heading, *controls], layout=w.Layout(**COLUMN))
    column.add_class("playground-group")
    return column
