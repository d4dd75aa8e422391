"""The course → its syllabus: chapters, sections, exercises, points and the time to allow."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from grader.layout import Chapter, Course
from tfcourse_utils.checking import Exercise, topic_exercises

from .answers import definition
from .cells import SECTION, SourceError, notebook_from_file

__all__ = ["syllabus"]

_HEAD = """\
# Syllabus

What each chapter teaches and what its exercises are worth, put together from the course by
`make build`. There are four kinds of exercise:

- **rebuild**: write again, from a specification, what the lesson explained;
- **transfer**: write something new with the same ideas;
- **mend**: repair code as it was found;
- **predict**: answer before anything runs.
"""
#: What the first cell of a lesson has to say, and how to say it.
_TITLE = re.compile(r"^# (\d+ · .+)$", re.MULTILINE), "# 3 · Linear classifiers"
_ABOUT = re.compile(r"In this lesson (you\b.+?\.)(?:\s|$)", re.DOTALL), "In this lesson you …"
_TIME = re.compile(r"\b[Ll]esson\s+takes\s+([^.;]+)"), "The lesson takes about an hour."


@dataclass(frozen=True)
class _Entry:
    """What the syllabus says of a chapter; each exercise comes with its task in one line."""

    title: str
    about: str
    time: str
    sections: list[str]
    exercises: list[tuple[Exercise, str]]


def syllabus(course: Course) -> str:
    """Return the text of the syllabus.

    Raises:
        SourceError: a lesson does not begin with its title, what it is about and how long it takes.
    """
    entries = [_entry(chapter) for chapter in course.chapters]
    chapters = [_chapter(entry, entries[:before]) for before, entry in enumerate(entries)]
    return "\n".join([_HEAD, _overview(entries), *chapters])


def _entry(chapter: Chapter) -> _Entry:
    cells = notebook_from_file(chapter.lesson_source).cells
    lesson = [cell.source for cell in cells if cell.cell_type == "markdown"]
    sections = SECTION.findall("\n".join(lesson))
    title, about, time = (_said(what, lesson[0], chapter) for what in (_TITLE, _ABOUT, _TIME))
    reference = chapter.reference.read_text(encoding="utf-8")
    return _Entry(
        title,
        about[0].upper() + about[1:],
        time,
        [f"{number} {title}" for number, title in sections if number],
        [
            (exercise, _task(definition(reference, exercise.name)))
            for exercise in topic_exercises(chapter.topic).values()
        ],
    )


def _said(what: tuple[re.Pattern[str], str], beginning: str, chapter: Chapter) -> str:
    pattern, example = what
    if found := pattern.search(beginning):
        return " ".join(found[1].split())
    origin = f"course/{chapter.lesson_source.name}"
    raise SourceError(f"{origin}: the syllabus needs a line in its first cell, as “{example}”")


def _task(right: str) -> str:
    """Return the first line of an answer's docstring; of a form, how many questions it has."""
    [node] = ast.parse(right).body
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return (ast.get_docstring(node) or "").partition("\n")[0]
    form = getattr(node, "value", None)
    return f"{len(getattr(form, 'keys', []))} questions."


def _chapter(entry: _Entry, before: list[_Entry]) -> str:
    rows = [
        (f"`{exercise.name}`", exercise.kind, exercise.section, f"{exercise.points:g}", task)
        for exercise, task in entry.exercises
    ]
    count, points = _worth([entry])
    return f"""\
## {entry.title}

{entry.about}

- Before it: {", ".join(earlier.title for earlier in before) or "nothing but Python"}
- Time to allow for the lesson: {entry.time}
- Sections: {"; ".join(entry.sections)}
- {count} exercises, {points} points

{_table(("exercise", "kind", "after the section", "points", "task"), rows)}"""


def _overview(entries: list[_Entry]) -> str:
    rows = [(entry.title, entry.time, *_worth([entry])) for entry in entries]
    in_all = ("in all", "", *_worth(entries))
    return _table(("chapter", "the lesson takes", "exercises", "points"), [*rows, in_all])


def _worth(entries: Collection[_Entry]) -> tuple[str, str]:
    """Return how many exercises there are, and what they are worth together."""
    exercises = [exercise for entry in entries for exercise, _ in entry.exercises]
    return f"{len(exercises)}", f"{sum(exercise.points for exercise in exercises):g}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
