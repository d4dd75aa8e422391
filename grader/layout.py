"""Where the parts of the course lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .errors import UserError

__all__ = ["Chapter", "Course", "CourseNotFoundError"]


class CourseNotFoundError(UserError):
    """There is no such course, or no such chapter in it."""


@dataclass(frozen=True)
class Chapter:
    """One chapter, as "03_linear_classifiers", and its files."""

    root: Path
    name: str

    @property
    def topic(self) -> str:
        """The name without its number, as "linear_classifiers"."""
        return self.name.partition("_")[2]

    @property
    def lesson_source(self) -> Path:
        return self.root / "course" / f"{self.name}.py"

    @property
    def lesson(self) -> Path:
        return self.root / "course" / f"{self.name}.ipynb"

    @property
    def exercise_source(self) -> Path:
        return self.root / "solutions" / f"{self.name}.py"

    @property
    def solution(self) -> Path:
        return self.root / "solutions" / self.name / f"{self.name}.ipynb"

    @property
    def release(self) -> Path:
        return self.root / "exercises" / self.name / f"{self.name}.ipynb"

    @property
    def reference(self) -> Path:
        return self.root / "tfcourse_utils" / "reference" / f"{self.topic}.py"


@dataclass(frozen=True)
class Course:
    """The folder with `course/`, `exercises/` and `solutions/`."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Course:
        """Return the course that `start`, or else the working directory, lies in.

        Raises:
            CourseNotFoundError: there is none.
        """
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / "nbgrader_config.py").is_file() and (folder / "solutions").is_dir():
                return cls(folder)
        raise CourseNotFoundError(f"{here} is not inside a course: there is no nbgrader_config.py")

    @property
    def syllabus(self) -> Path:
        return self.root / "docs" / "syllabus.md"

    @property
    def chapters(self) -> list[Chapter]:
        return [Chapter(self.root, p.stem) for p in sorted((self.root / "solutions").glob("*.py"))]

    def chapter(self, name: str) -> Chapter:
        """Return the chapter of this name, or whose number it is, as "3".

        Raises:
            CourseNotFoundError: there is none; the message lists those there are.
        """
        for chapter in self.chapters:
            number = chapter.name.partition("_")[0]
            if name in (chapter.name, chapter.topic, number, number.lstrip("0")):
                return chapter
        known = ", ".join(chapter.name for chapter in self.chapters)
        raise CourseNotFoundError(f"There is no chapter {name!r}. There are: {known}.")
