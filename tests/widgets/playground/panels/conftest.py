"""What tests of panels share: playgrounds that are closed, and waiting for what they show."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import ipywidgets as w
import pytest

from tfcourse_utils.widgets import Playground

LONGEST = 60.0  # seconds until something happens on a busy machine

Opener = Callable[..., Playground]
Waiter = Callable[[w.Widget, str, Callable[[Any], bool]], Any]


@pytest.fixture
def open_playground() -> Iterator[Opener]:
    opened: list[Playground] = []

    def opener(*args: object, **kwargs: object) -> Playground:
        opened.append(Playground(*args, **kwargs))  # type: ignore[arg-type]
        return opened[-1]

    yield opener
    for each in opened:
        each.close()


@pytest.fixture
def wait() -> Waiter:
    """Return a function that waits until a trait of a widget is as it should be; it returns it."""

    def waiter(widget: w.Widget, name: str, is_so: Callable[[Any], bool]) -> Any:
        came = threading.Event()

        def look(_change: object = None) -> None:
            if is_so(getattr(widget, name)):
                came.set()

        widget.observe(look, name)
        look()
        assert came.wait(LONGEST), f"{name} stayed {getattr(widget, name)!r:.300}"
        widget.unobserve(look, name)
        return getattr(widget, name)

    return waiter
