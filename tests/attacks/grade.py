"""Grade a corpus in one class, as an instructor would, and look at what it did to the world."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook

from grader.grade import Classroom, Grading, Result, Workers, grade_class
from grader.grade.records import Records
from grader.grade.report import what_went_wrong
from grader.grade.task import Task
from grader.layout import Course
from grader.sandbox import MIB, Limits, shared_engine

from .attack import BREACH, Attack
from .chapter import right_answers, write_chapter
from .world import World, hashes, left_processes

__all__ = ["LIMITS", "WORKERS", "Graded", "grade_corpus", "hand_in"]

LIMITS = Limits(
    cell_seconds=3,
    total_seconds=20,
    memory=512 * MIB,
    processes=128,
    scratch=64 * MIB,
    output=100_000,
)
WORKERS = 2
_BREACH = re.compile(re.escape(BREACH) + r"[^\"\\]*")


class _TimedWorkers(Workers):
    """Notes for how long each learner's notebook ran, kernels' starts and ends included."""

    def __init__(self, executor: ThreadPoolExecutor) -> None:
        super().__init__(executor, WORKERS, lambda what: [what()])
        self.seconds: dict[str, float] = {}

    def each(
        self, function: Callable[[Any], Any], items: Iterable[Task], *rest: Any
    ) -> Generator[Any, None, None]:
        def timed(task: Task) -> Any:
            began = time.monotonic()
            try:
                return function(task)
            finally:
                self.seconds[task.student] = time.monotonic() - began

        return super().each(timed, items, *rest)


@dataclass
class Graded:
    """A class that has been graded.

    Attributes:
        results: by the learners' names.
        seconds: for which each learner's notebook ran.
        changed: files that are not what they were before, or are new.
        called: kinds of listeners that somebody called.
        left: processes that are still there.
    """

    classroom: Classroom
    results: dict[str, Result]
    seconds: dict[str, float]
    changed: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def said(self, student: str) -> str:
        """Return what an instructor reads beside a learner's score."""
        return what_went_wrong(self.results[student])

    def breaches(self, student: str) -> list[str]:
        """Return what an attack says that it could do, wherever it says so."""
        record = Records(self.classroom.records).get(student)
        return _BREACH.findall(record.notebook) if record else []

    def ran(self, student: str) -> NotebookNode:
        """Return a learner's notebook as it ran, unjudged."""
        record = Records(self.classroom.records).get(student)
        return nbformat.reads(record.notebook, as_version=4) if record else new_notebook()

    def in_gradebook(self, student: str) -> float:
        """Return the score that the gradebook holds when all is over."""
        with Gradebook(self.classroom.db_url) as gradebook:
            return gradebook.find_submission(self.classroom.chapter.name, student).score


def hand_in(attacks: Sequence[Attack], folder: Path, course: Course, world: World) -> Classroom:
    """Write the chapter that a class was to work on below a folder, and what it hands in."""
    chapter = write_chapter(folder, course)
    classroom = Classroom(folder / "classroom", chapter)
    submitted = classroom.folder / "submitted"
    other = submitted / "ada" / chapter.name / chapter.release.name
    facts = world.facts(classroom, other)
    answers = right_answers(course)
    for attack in attacks:
        attack.hand_in(submitted / attack.name / chapter.name, chapter.release, answers, facts)
    return classroom


def grade_corpus(attacks: Sequence[Attack], folder: Path, course: Course, world: World) -> Graded:
    """Grade a class with the corpus's limits."""
    classroom = hand_in(attacks, folder, course, world)
    watched = [folder / "solutions", folder / "exercises", classroom.folder / "submitted"]
    before = world.hashes() | hashes(watched)
    with ThreadPoolExecutor(WORKERS) as executor:
        workers = _TimedWorkers(executor)
        results = grade_class(classroom, workers, Grading(seed=20_260, limits=LIMITS))
    after = world.hashes() | hashes(watched)
    return Graded(
        classroom,
        {result.student: result for result in results},
        workers.seconds,
        sorted({path for path, _ in before.items() ^ after.items()}),
        world.called(),
        left_processes(shared_engine()),
    )
