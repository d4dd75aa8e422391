"""What can be read off the exercises without running them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.build.cells import SECTION, notebook_from_file
from grader.layout import Chapter
from tfcourse_utils.checking import Exercise, as_found, topic_exercises, wrong_answers

__all__ = ["exercise_findings"]

WRONG_ANSWERS, HINTS = 5, 2
_KINDS = {"rebuild", "transfer", "mend", "predict"}


def exercise_findings(chapter: Chapter) -> Iterator[str]:
    exercises = topic_exercises(chapter.topic).values()
    sections = _sections(chapter)
    for kind in sorted(_KINDS - {exercise.kind for exercise in exercises}):
        yield f"{chapter.name} has no exercise of the kind {kind}"
    for exercise in exercises:
        yield from (f"{exercise.id}: {problem}" for problem in _problems(exercise, sections))


def _sections(chapter: Chapter) -> dict[str, str]:
    """Return the exercises that each section of a lesson says it prepares, by its title."""
    cells = notebook_from_file(chapter.lesson_source).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    _, *parts = SECTION.split(prose)
    texts = zip(parts[1::3], parts[2::3])  # after the number of each
    return {title: " ".join(re.findall(r"\*Prepares:\*.*", text)) for title, text in texts}


def _problems(exercise: Exercise, sections: dict[str, str]) -> Iterator[str]:
    if (count := len(wrong_answers(exercise))) < WRONG_ANSWERS:
        yield f"{count} wrong answers, {WRONG_ANSWERS} are the least"
    if len(exercise.hints) < HINTS:
        yield f"{len(exercise.hints)} hints, {HINTS} are the least"
    if exercise.section not in sections:
        yield f"the lesson has no section {exercise.section!r}"
    elif f"`{exercise.name}`" not in sections[exercise.section]:
        yield f"the lesson's section {exercise.section!r} does not say that it prepares this"
    if (exercise.kind == "mend") != (as_found(exercise) is not None):
        yield "a mend exercise, and only that, has its broken original"
    for probe in exercise.probes.values():
        if probe.points <= 0:
            yield f"the probe {probe.name!r} is worth nothing"
