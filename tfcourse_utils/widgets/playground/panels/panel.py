"""What all panels are made of: a card that is made when it is opened, and its host."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from html import escape
from typing import Protocol, TypeVar

import ipywidgets as w

from tfcourse_utils.playground import Own, Snapshot, State, Trainer

from ..session import Seen

__all__ = ["Host", "Pace", "Panel", "alert", "figure", "heading", "moment", "said", "sentence"]

Answer = TypeVar("Answer")


class Host(Protocol):
    """What panels need of a playground.

    Attributes:
        state: what is trained; setting it trains another.
        seen: the newest that is shown.
        own: the learner's parts.
    """

    state: State

    @property
    def seen(self) -> Seen: ...

    @property
    def own(self) -> Own: ...

    def restore(self, state: State) -> None:
        """Train a state from its beginning."""

    def ask(self, question: Callable[[Trainer], Answer], answer: Callable[[Answer], None]) -> None:
        """Hand what a function of the trainer returns to another; both run in its thread."""


class Panel(w.VBox):
    """A card beside the canvas; it lives while it is open.

    Args:
        host: whose.
        title: written above.
    """

    def __init__(self, host: Host, title: str) -> None:
        self.host = host
        self._title = heading(title)
        super().__init__([self._title])
        self.add_class("playground-card")

    def fill(self, *parts: w.Widget) -> None:
        """Put parts under the title."""
        self.children = [self._title, *parts]

    def show(self, seen: Seen) -> None:
        """Take over what is to be seen: when it is opened, then in the session's thread."""

    def close(self) -> None:
        """Close all that it is made of."""
        _close(self.children)
        super().close()


def _close(parts: Sequence[w.Widget]) -> None:
    for part in parts:
        _close(getattr(part, "children", ()))
        part.close()


class Pace:
    """Says when the next picture of a training that goes on is due; a pause is always shown."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._next = seconds, 0.0

    def is_due(self, seen: Seen) -> bool:
        now = time.monotonic()
        if seen.is_playing and now < self._next:
            return False
        self._next = now + self._seconds
        return True


def moment(trainer: Trainer, seen: Seen) -> Snapshot | None:
    """Return the moment that is looked back at; None if it is the present that is seen."""
    past = trainer.snapshots
    is_past = seen.looking is not None and seen.looking < len(past)
    return past[seen.looking] if is_past else None  # type: ignore[index]


def heading(title: str) -> w.HTML:
    return w.HTML(f"<h4>{escape(title)}</h4>")


def figure(picture: str, words: str) -> str:
    """Return a picture, as text of HTML or SVG, with words under it."""
    return f"<figure>{picture}<figcaption>{escape(words)}</figcaption></figure>"


def said(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def alert(words: str) -> str:
    """Return words that a screen reader says at once; nothing of none."""
    return f'<p role="alert">{escape(words)}</p>' if words else ""


def sentence(error: Exception) -> str:
    """Return what an error says, as a sentence."""
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
