"""The folder in which a class's work lies, and what is known of one learner's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from grader.layout import Chapter
from tfcourse_utils.checking import Verdict

__all__ = ["Classroom", "Result"]


@dataclass(frozen=True)
class Classroom:
    """The folder in which a class's work lies; its layout is nbgrader's.

    Args:
        database: the gradebook, as SQLAlchemy names databases; a file in the folder if "".
    """

    folder: Path
    chapter: Chapter
    database: str = ""

    @property
    def db_url(self) -> str:
        beside = URL.create("sqlite", database=str(self.folder / "gradebook.db"))
        return self.database or str(beside)

    @property
    def handed_in(self) -> list[Path]:
        """The folders in which learners handed this chapter in."""
        return sorted((self.folder / "submitted").glob(f"*/{self.chapter.name}"))

    @property
    def absent(self) -> list[str]:
        """The learners who handed in something, but not this chapter."""
        everyone = {path.name for path in (self.folder / "submitted").glob("*") if path.is_dir()}
        return sorted(everyone - {path.parent.name for path in self.handed_in})

    @property
    def records(self) -> Path:
        """Where the grader keeps what it must not do twice, and the secret seeds."""
        return self.folder / ".tfgrade" / self.chapter.name

    def autograded(self, student: str) -> Path:
        return self._of(student, "autograded", "ipynb")

    def feedback(self, student: str) -> Path:
        return self._of(student, "feedback", "html")

    def _of(self, student: str, what: str, suffix: str) -> Path:
        name = self.chapter.name
        return self.folder / what / student / name / f"{name}.{suffix}"


@dataclass(frozen=True)
class Result:
    """One learner's result."""

    student: str
    score: float
    maximum: float
    remarks: tuple[str, ...]  # what was odd about what was handed in, and about the run
    checks: tuple[Verdict, ...]
    feedback: Path
    cell_seconds: float | None = None  # in which cells ran; None if nothing had to be run
