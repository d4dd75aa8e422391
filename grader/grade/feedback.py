"""A learner's feedback as one HTML page that needs nothing else and runs nothing.

Everything here is plain data, and all of it is escaped: the template knows no `safe`. The page
forbids scripts and requests once more, by a policy that browsers keep.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from .outputs import utf8

__all__ = ["FeedbackPage", "Finding", "Mark", "Output", "Section", "ShownCell", "feedback_page"]


class Mark(str, Enum):
    """How an exercise went; the value says it in words."""

    RIGHT = "right"
    PARTLY = "partly right"
    WRONG = "not right yet"
    BROKE = "could not be run"
    UNTOUCHED = "not attempted"
    WAITING = "not graded yet"

    @property
    def sign(self) -> str:
        return _SIGNS[self]


_SIGNS = {
    Mark.RIGHT: "✓",
    Mark.PARTLY: "◐",
    Mark.WRONG: "✗",
    Mark.BROKE: "!",
    Mark.UNTOUCHED: "○",
    Mark.WAITING: "…",
}


@dataclass(frozen=True)
class Output:
    """What a cell printed, or a picture that it drew, as a `data:` address."""

    text: str = ""
    picture: str = ""


@dataclass(frozen=True)
class ShownCell:
    """A cell of the learner's: an answer, or one that they added."""

    source: str
    is_answer: bool
    is_code: bool = True
    outputs: tuple[Output, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What one look at an answer found."""

    name: str
    mark: Mark
    points: float
    says: str = ""  # the diagnosis
    facts: tuple[tuple[str, str], ...] = ()  # labels and texts
    printed: str = ""


@dataclass(frozen=True)
class Section:
    """An exercise, a check of the instructor's own, or an answer that a person reads."""

    title: str
    mark: Mark
    score: float
    maximum: float
    summary: str = ""
    findings: tuple[Finding, ...] = ()
    lesson: str = ""  # the section of the lesson to read again
    hints: tuple[str, ...] = ()
    cells: tuple[ShownCell, ...] = ()
    comment: str = ""


@dataclass(frozen=True)
class FeedbackPage:
    """All that a page says."""

    title: str
    student: str
    sections: tuple[Section, ...]
    opening: tuple[ShownCell, ...] = ()  # cells added before the first exercise
    remarks: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        return sum(section.score for section in self.sections)

    @property
    def maximum(self) -> float:
        return sum(section.maximum for section in self.sections)

    @property
    def waiting(self) -> int:
        """How many answers a person has still to read."""
        return sum(section.mark is Mark.WAITING for section in self.sections)


def feedback_page(page: FeedbackPage) -> str:
    """Return the page as HTML."""
    template, style, style_hash = _parts()
    return utf8(template.render(page=page, style=style, style_hash=style_hash))


@cache
def _parts() -> tuple[Template, Markup, str]:
    """Return the template, the style, and the hash by which the policy lets it through."""
    folder = Path(__file__).parent
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["points"] = "{:g}".format
    style = (folder / "feedback.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return environment.get_template("feedback.html.jinja"), Markup(style), f"sha256-{digest}"
