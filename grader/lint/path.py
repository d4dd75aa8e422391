"""The learner's path: no exercise needs a name that no lesson up to its section has told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from grader.build.answers import BEGIN, END, definition, marked
from grader.build.cells import SECTION, notebook_from_file
from grader.build.solution import answer_name, starting_point
from grader.layout import Chapter, Course
from tfcourse_utils.checking import Exercise, topic_exercises

from .names import is_told, needed, told, told_in_prose

__all__ = ["path_findings"]


def path_findings(course: Course, chapters: Collection[Chapter]) -> Iterator[str]:
    """Walk through the course, and find what the exercises of these chapters need too early."""
    told_by_now: set[str] = set()
    for chapter in course.chapters:
        sections = _lesson(chapter, told_by_now)
        told_by_now = set().union(told_by_now, *sections.values())
        if chapter in chapters:
            findings = _too_early(chapter, sections, told_by_now)
            yield from (f"{chapter.name}: {text}" for text in findings)


def _lesson(chapter: Chapter, before: set[str]) -> dict[str, set[str]]:
    """Return, by the title of each section of a lesson, the names told up to its end."""
    known, title = set(before), ""
    sections: dict[str, set[str]] = {}
    for cell in notebook_from_file(chapter.lesson_source).cells:
        if cell.cell_type == "code":
            known |= told(cell.source)
        else:
            title = found[2] if (found := SECTION.search(cell.source)) else title
            known |= told_in_prose(cell.source)
        sections[title] = set(known)
    return sections


def _too_early(
    chapter: Chapter, sections: dict[str, set[str]], told_by_now: set[str]
) -> Iterator[str]:
    module = chapter.reference.read_text(encoding="utf-8")
    said = _prose(chapter)
    for exercise in topic_exercises(chapter.topic).values():
        names, own = _needed_and_given(exercise, module)
        own |= told_in_prose("\n".join([said[exercise.id], *exercise.hints]))
        known = own | sections.get(exercise.section, told_by_now)
        for name in sorted(name for name in names if not is_told(name, known)):
            if is_told(name, told_by_now):
                why = f"which its lesson introduces only after the section {exercise.section!r}"
            else:
                why = "which no lesson up to here introduces"
            yield f"{exercise.name} needs {name}, {why}"


def _needed_and_given(exercise: Exercise, module: str) -> tuple[set[str], set[str]]:
    """Return the names that the right answer needs, and those in what learners start from."""
    right = definition(module, exercise.name)
    if exercise.kind == "predict":  # what it asks about stands in comments
        return told(right), set()
    left = re.sub(f"{BEGIN}\n.*?{END}", "", marked(right), flags=re.DOTALL)
    return needed(right, module), told(starting_point(exercise, right) or left)


def _prose(chapter: Chapter) -> dict[str, str]:
    """Return what is said of each exercise: from the heading before its answer cell up to that."""
    said: dict[str, str] = {}
    here = ""
    for cell in notebook_from_file(chapter.exercise_source).cells:
        if cell.cell_type == "markdown":
            here = cell.source if SECTION.search(cell.source) else f"{here}\n{cell.source}"
        elif name := answer_name(cell):
            said[name] = here
    return said
