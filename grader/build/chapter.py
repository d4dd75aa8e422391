"""Build all notebooks of a chapter, or all that the course generates, and write what changed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.layout import Chapter, Course
from tfcourse_utils.checking import topic_exercises

from .cells import notebook_from_file, notebook_text
from .release import release_notebook
from .solution import solution_notebook
from .syllabus import syllabus

__all__ = ["build_chapter", "build_course", "stale_files", "write_files"]

#: The text of each generated file.
Files = dict[Path, str]


def build_chapter(chapter: Chapter) -> Files:
    """Return the chapter's three notebooks: lesson, solution, release."""
    lesson = notebook_from_file(chapter.lesson_source)
    solution = solution_notebook(
        notebook_from_file(chapter.exercise_source),
        topic_exercises(chapter.topic),
        _read(chapter.reference),
        f"solutions/{chapter.exercise_source.name}",
    )
    return {
        chapter.lesson: notebook_text(lesson),
        chapter.solution: notebook_text(solution),
        chapter.release: notebook_text(release_notebook(solution)),
    }


def build_course(course: Course) -> Files:
    """Return every generated file of the course."""
    files = {course.syllabus: syllabus(course)}
    for chapter in course.chapters:
        files |= build_chapter(chapter)
    return files


def stale_files(files: Files) -> list[Path]:
    """Return the files whose text on disk is another, or that are missing."""
    return [path for path, text in files.items() if not path.is_file() or _read(path) != text]


def write_files(files: Files, paths: Iterable[Path]) -> None:
    """Write these files, making their folders."""
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], encoding="utf-8", newline="\n")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
