"""Notes that a probe adds to what it saw: for the learner to read, not for the judge."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any, NamedTuple

from .plain import clean

__all__ = ["add_note", "noted", "notes_are_read", "notes_of", "unread_notes", "without_note"]

_CHARACTERS = 1_000
_READ = ContextVar("notes are read", default=True)


class _Noted(NamedTuple):
    value: Any
    note: str


def noted(value: Any, note: str) -> Any:
    """Return what a probe is to return: a value that is judged, with a note beside it.

    Args:
        note: a sentence or two, shown where the probe is not right; "" for none.
    """
    return _Noted(value, clean(note, _CHARACTERS))


def add_note(error: BaseException, note: str) -> None:
    """Add a note to an error that a probe lets pass, as Python's own `add_note` does from 3.11."""
    error.__notes__ = [*getattr(error, "__notes__", ()), note]


def without_note(value: Any) -> tuple[Any, str]:
    """Return the value that a probe gave back, and the note beside it or ""."""
    return (value.value, value.note) if type(value) is _Noted else (value, "")


def notes_are_read() -> bool:
    """Return whether anybody will read notes: a probe need not work them out else."""
    return _READ.get()


@contextlib.contextmanager
def unread_notes() -> Iterator[None]:
    """Look at answers whose notes nobody reads: the judge's own, right and wrong."""
    token = _READ.set(False)
    try:
        yield
    finally:
        _READ.reset(token)


def notes_of(error: BaseException) -> str:
    """Return the notes that were added to an error, a line each."""
    try:
        notes = [note for note in getattr(error, "__notes__", ()) if type(note) is str]
        return clean("\n".join(notes), _CHARACTERS)
    except KeyboardInterrupt:
        raise
    except BaseException:  # the error may be of the learner's own class
        return ""
