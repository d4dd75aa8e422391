"""One grading session as an instructor sees it: canary, progress, results, summary."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from traitlets.config import Config, PyFileConfigLoader

from grader.errors import UserError
from grader.grade import (
    Classroom,
    Grading,
    Result,
    Workers,
    cluster_workers,
    grade_class,
    local_workers,
    make_gradebook,
)
from grader.grade.canary import UnsafeError, canary_here
from grader.grade.records import Records
from grader.grade.report import result_data, result_lines, who_needs_a_look, write_csv
from grader.layout import Chapter, Course
from grader.sample import write_sample_class
from grader.sandbox import Layer, SandboxError
from grader.warm_up import import_tensorflow

__all__ = ["grade_classrooms", "open_classrooms", "renew_sample"]


def open_classrooms(
    course: Course, chapters: list[Chapter], students: Collection[str], *, sample: bool
) -> list[Classroom]:
    """Return the class's folder, or the bundled sample class's, for each chapter with work in it.

    Args:
        students: whose work it is to be; empty for anybody's.

    Raises:
        UserError: nothing was handed in, or not by all of these.
    """
    folder = course.root / "classroom" / ("sample" if sample else "")
    database = "" if sample else _database(course)
    classrooms = [Classroom(folder, chapter, database) for chapter in chapters]
    found = [classroom for classroom in classrooms if classroom.handed_in]
    if not found:
        where = chapters[0].name if len(chapters) == 1 else "CHAPTER"
        raise UserError(f"Nothing was handed in: {folder}/submitted/LEARNER/{where}/ is empty.")
    theirs = [classroom for classroom in found if set(students) <= set(_names(classroom))]
    if not theirs:
        missing = sorted(set(students) - set(_names(found[0]))) or list(students)
        where = found[0].chapter.name if len(found) == 1 else "any one chapter"
        raise UserError(
            f"There is nothing of {missing[0]!r} in {folder / 'submitted'} for {where}."
        )
    return theirs


def _names(classroom: Classroom) -> list[str]:
    """Return who handed something in."""
    return [path.parent.name for path in classroom.handed_in]


def renew_sample(course: Course, chapters: list[Chapter]) -> None:
    """Write the sample class anew, with what it hands in for these chapters."""
    folder = course.root / "classroom" / "sample"
    records = folder / ".tfgrade"
    with Records(records / "all").alone():  # another tfgrade may be at it
        for path in (*folder.iterdir(), *records.iterdir()):
            if path != records and path.name != "lock":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        for chapter in chapters:
            write_sample_class(folder / "submitted", chapter)


def _database(course: Course) -> str:
    """Return the gradebook's address by nbgrader's own settings, so that both use one."""
    config: Config = PyFileConfigLoader("nbgrader_config.py", str(course.root)).load_config()
    return str(config.CourseDirectory.db_url)


def grade_classrooms(
    course: Course,
    classrooms: list[Classroom],
    grading: Grading,
    *,
    workers: int,
    scheduler: str,
    as_json: bool,
    began: float,
) -> None:
    """Grade a class's work, chapter by chapter, and say how it went.

    Args:
        classrooms: the class's folder for each chapter.
        began: when the command was given, by the monotonic clock.

    Raises:
        UserError: nothing could be graded; the sentence says why.
    """
    console = Console(stderr=True)
    first, told = classrooms[0], []
    with (
        Records(first.records).alone(),
        _workers(scheduler, workers) as places,
        console.status("Starting …") as status,
    ):
        with ThreadPoolExecutor() as meanwhile:  # the engine takes seconds to start
            others = [
                meanwhile.submit(import_tensorflow),
                meanwhile.submit(make_gradebook, first),
            ]
            grading = replace(grading, layers=_layers(first, grading, places))
        for one in others:
            one.result()
        status.stop()
        for classroom in classrooms:
            ready, number = time.monotonic(), len(grading.students or classroom.handed_in)
            with _progress(console, number) as tell:
                results = grade_class(classroom, places, grading, tell)
            write_csv(results, classroom.folder / f"{classroom.chapter.name}.csv")
            now = time.monotonic()
            told.append(
                {"chapter": classroom.chapter.name}
                | result_data(results, grading.layers)
                | {"seconds": now - began, "grading_seconds": now - ready}
            )
            if not as_json:
                if len(classrooms) > 1:
                    print(f"{classroom.chapter.name}\n")
                for line in _summary(course, classroom, results, grading.layers, now - began):
                    print(line)
            began = now
    if as_json:
        print(json.dumps(told[0] if len(told) == 1 else told, indent=2))


def _workers(scheduler: str, number: int) -> AbstractContextManager[Workers]:
    return cluster_workers(scheduler) if scheduler else local_workers(number)


def _layers(classroom: Classroom, grading: Grading, workers: Workers) -> frozenset[Layer]:
    """Return the layers of isolation that are on everywhere."""
    if not grading.isolated:
        return frozenset()
    canary = partial(canary_here, classroom.folder)
    try:
        found: list[frozenset[Layer]] = workers.everywhere(canary)
    except SandboxError as error:
        raise UnsafeError(
            f"{error} Learners' code can't be held in here, and nothing was graded. "
            f"--unsafe-no-isolation grades all the same, as yourself and unprotected."
        ) from error
    return frozenset.intersection(*found)


@contextmanager
def _progress(console: Console, number: int) -> Iterator[Callable[[Result], None]]:
    """Show how far it is: a bar with an estimate, or a line for each where there is no screen."""
    if not console.is_terminal:
        yield lambda result: print(_progress_line(result), file=sys.stderr, flush=True)
        return
    columns = (
        TextColumn("Grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("[dim]{task.description}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=number)
        yield lambda result: progress.update(bar, advance=1, description=escape(result.student))


def _progress_line(result: Result) -> str:
    return f"{'unchanged' if result.cell_seconds is None else 'graded'} {result.student}"


def _summary(
    course: Course,
    classroom: Classroom,
    results: list[Result],
    layers: frozenset[Layer],
    seconds: float,
) -> Iterator[str]:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    yield from result_lines(results, course.root, width)
    yield ""
    look = who_needs_a_look(results)
    if look:
        yield "Have a look at:"
        yield from (f"  {student}: {why}" for student, why in look)
    if absent := classroom.absent:
        yield f"Nothing for this chapter came from: {', '.join(absent)}."
    ran = sum(result.cell_seconds is not None for result in results)
    table = Path(classroom.folder, f"{classroom.chapter.name}.csv").relative_to(course.root)
    learners = "learner" if len(results) == 1 else "learners"
    yield f"{len(results)} {learners} graded, {ran} of them run, in {seconds:.0f} s."
    yield f"All of it, uncut, is in {table}."
    if layers:
        yield f"Isolation: {'; '.join(layer.value for layer in Layer if layer in layers)}."
        missing = [layer.value for layer in Layer if layer not in layers]
        if missing:
            yield f"This machine did not offer: {'; '.join(missing)}."
    else:
        yield "Isolation: NONE. Learners' code ran as yourself."
