"""Lines of the learner's own code, told from those of libraries and of the course."""

from __future__ import annotations

import linecache
import traceback
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import tfcourse_utils
from tfcourse_utils.checking.observe import is_library
from tfcourse_utils.checking.plain import printable

__all__ = ["Line", "calling_frame", "learners_line", "line_of_error", "line_of_frame"]

_TEXT_CHARACTERS = 90
_OURS = str(Path(tfcourse_utils.__file__).parent)


class Line(NamedTuple):
    """A line of the learner's code."""

    number: int  # in its cell, or its file
    text: str
    function: str = ""  # that it is in, where the learner's code calls it from another

    def __str__(self) -> str:
        place = f" of `{self.function}`" if self.function else ""
        text = f" (`{self.text}`)" if self.text else ""
        return f"line {self.number}{place}{text}"


@lru_cache(maxsize=1024)
def _is_learners(file: str) -> bool:
    made_up = "__autograph_generated" in file
    return not is_library(file) and not made_up and not file.startswith(_OURS)


def learners_line(frames: Iterable[Any]) -> Line | None:
    """Return the innermost line of the learner's, or None.

    Args:
        frames: outermost first, with `filename`, `lineno` and the `name` of the function.
    """
    own = [frame for frame in frames if _is_learners(frame.filename)]
    if not own:
        return None
    line = _line(own[-1].filename, own[-1].lineno or 0)
    name = own[-1].name
    is_called = name != own[0].name and own[0].name != "<module>" and name.isidentifier()
    return line._replace(function=name) if is_called else line


def line_of_frame(frame: FrameType | None) -> Line | None:
    """Return the line that a frame is at."""
    return None if frame is None else _line(frame.f_code.co_filename, frame.f_lineno)


def _line(file: str, number: int) -> Line:
    source = linecache.getline(file, number)
    text = " ".join(printable(source).split())
    cut = text if len(text) <= _TEXT_CHARACTERS else text[: _TEXT_CHARACTERS - 1] + "…"
    return Line(number, cut)


def calling_frame(frame: FrameType | None) -> FrameType | None:
    """Return the innermost frame of the learner's among `frame` and its callers."""
    while frame is not None and not _is_learners(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def line_of_error(error: BaseException) -> Line | None:
    """Return the innermost line of the learner's that an error came through."""
    return learners_line(traceback.extract_tb(error.__traceback__))
