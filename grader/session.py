"""One grading session as an instructor sees it: canary, progress, results, summary."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

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


def open_classrooms(course: Course, chapters: list[Chapter], *, sample: bool) -> list[Classroom]:
    """Return the class's folder, or the bundled sample class's, for each chapter with work in it.

    Raises:
        UserError: nothing was handed in.
    """
    folder = course.root / "classroom" / ("sample" if sample else "")
    database = "" if sample else _database(course)
    classrooms = [Classroom(folder, chapter, database) for chapter in chapters]
    found = [classroom for classroom in classrooms if classroom.handed_in]
    if not found:
        where = chapters[0].name if len(chapters) == 1 else "CHAPTER"
        raise UserError(f"Nothing was handed in: {folder}/submitted/LEARNER/{where}/ is empty.")
    return found


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
) -> list[dict[str, Any]]:
    """Grade a class's work, chapter by chapter; return the results as data.

    Args:
        classrooms: the class's folder for each chapter.
        as_json: print no summary.
        began: when the command was given, by the monotonic clock.

    Raises:
        UserError: nothing could be graded; the sentence says why.
    """
    console = Console(stderr=True)
    chosen = _chosen(classrooms, grading)
    first, told = chosen[0][0], []
    with Records(first.records).alone(), _workers(scheduler, workers) as places:
        grading = _ready(first, grading, places, console)
        for classroom, number in chosen:
            ready = time.monotonic()
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
                heading = [f"{classroom.chapter.name}\n"] if len(chosen) > 1 else []
                summary = _summary(course, classroom, results, grading.layers, now - began)
                print(*heading, *summary, sep="\n")
            began = now
    return told


def _ready(classroom: Classroom, grading: Grading, workers: Workers, console: Console) -> Grading:
    """Start all that grading needs, and return it with the layers of isolation that are on."""
    with console.status("Starting …"):
        with ThreadPoolExecutor() as meanwhile:  # the engine takes seconds to start
            others = [
                meanwhile.submit(import_tensorflow),
                meanwhile.submit(make_gradebook, classroom),
            ]
            layers = _layers(classroom, grading, workers)
        for one in others:
            one.result()
    return replace(grading, layers=layers)


def _chosen(classrooms: list[Classroom], grading: Grading) -> list[tuple[Classroom, int]]:
    """Return the chapters with work to be graded, and how many learners have work in each.

    Raises:
        UserError: a learner was asked for who handed nothing in.
    """
    there = [[path.parent.name for path in classroom.handed_in] for classroom in classrooms]
    for student in grading.students:
        if not any(student in names for names in there):
            where = classrooms[0].chapter.name if len(classrooms) == 1 else "any chapter"
            raise UserError(
                f"There is nothing of {student!r} in {classrooms[0].folder / 'submitted'} for "
                f"{where}."
            )
    wanted = [set(names) & set(grading.students or names) for names in there]
    return [(one, len(names)) for one, names in zip(classrooms, wanted) if names]


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
