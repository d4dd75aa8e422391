"""The command `tfgrade`: what authors and instructors type."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from grader.errors import UserError
from grader.layout import Course
from grader.warm_up import import_tensorflow

if TYPE_CHECKING:
    from grader.grade import Grading

__all__ = ["app", "main"]

app = typer.Typer(
    help="Build, check and grade the course.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
console = Console()


@app.command()
def build() -> None:
    """Regenerate every notebook from its text, and the syllabus from the course."""
    from grader.build import build_course, stale_files, write_files

    course = Course.find()
    import_tensorflow()
    files = build_course(course)
    stale = stale_files(files)
    write_files(files, stale)
    for path in stale:
        console.print(f"wrote {path.relative_to(course.root)}")
    console.print(f"{len(files)} files, {len(stale)} written, the others up to date")


@app.command()
def check(
    chapter: Annotated[str, typer.Argument(help="a chapter's name or number; else all")] = "",
    seeds: Annotated[int, typer.Option(min=1, help="on how many seeds answers are tried")] = 5,
) -> None:
    """Check the course itself: stubs, answers, wrong answers, hints, notebooks."""
    from grader.lint import lint_course

    course = Course.find()
    chapters = [course.chapter(chapter)] if chapter else course.chapters
    import_tensorflow()
    raise typer.Exit(lint_course(course, chapters, seeds, console))


@app.command()
def mutants(
    chapter: Annotated[str, typer.Argument(help="a chapter's name or number; else all")] = "",
    every: Annotated[int, typer.Option(min=1, metavar="N", help="try each N-th only")] = 1,
) -> None:
    """Put small faults into the right answers, one at a time, and see whether checks catch them."""
    from grader.mutants import prove_checks

    course = Course.find()
    chapters = [course.chapter(chapter)] if chapter else course.chapters
    import_tensorflow()
    raise typer.Exit(prove_checks(chapters, every, console))


BEGAN = time.monotonic()
CORES = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 2

_CHAPTER = Annotated[
    str, typer.Argument(help="a chapter's name or number; else all that was handed in")
]
_STUDENT = Annotated[
    list[str], typer.Option("--student", metavar="ID", help="only this learner; repeatable")
]
_SAMPLE = Annotated[bool, typer.Option("--sample", help="grade the bundled sample class instead")]
_WORKERS = Annotated[int, typer.Option(min=1, metavar="N", help="how many notebooks run at a time")]
_CELL = Annotated[int, typer.Option(min=1, metavar="SECONDS", help="for one cell")]
_TIME = Annotated[int, typer.Option(min=5, metavar="SECONDS", help="for one learner's notebook")]
_MEMORY = Annotated[int, typer.Option(min=64, metavar="MB", help="for one learner's notebook")]
_SCHEDULER = Annotated[
    str, typer.Option(metavar="ADDRESS", help="of a Dask scheduler, whose workers run them")
]
_JSON = Annotated[bool, typer.Option("--json", help="print the results as JSON")]
_UNSAFE = Annotated[
    bool, typer.Option("--unsafe-no-isolation", help="run learners' code as yourself, unprotected")
]


@app.command()
def grade(
    chapter: _CHAPTER = "",
    sample: _SAMPLE = False,
    student: _STUDENT = [],  # noqa: B006
    force: Annotated[
        bool, typer.Option("--force", help="run everything again, on new data")
    ] = False,
    workers: _WORKERS = CORES,
    cell_limit: _CELL = 60,
    time_limit: _TIME = 600,
    memory_limit: _MEMORY = 2048,
    scheduler: _SCHEDULER = "",
    seed: Annotated[
        int | None,
        typer.Option(
            min=10**19,
            metavar="N",
            help="of the checks' data, else drawn; 20 digits, which nobody guesses",
        ),
    ] = None,
    as_json: _JSON = False,
    unsafe: _UNSAFE = False,
) -> None:
    """Grade what lies in classroom/submitted/LEARNER/CHAPTER/, and write feedback.

    What has been graded and has not changed is not run again.
    """
    _start_engine(unsafe, scheduler)
    from grader.grade import Grading
    from grader.sandbox import MIB, Limits

    limits = Limits(cell_limit, time_limit, memory_limit * MIB)
    grading = Grading(
        seed=seed,
        limits=limits,
        isolated=not unsafe,
        force=force,
        students=tuple(student),
    )
    _grade(chapter, sample, grading, workers, scheduler, as_json)


@app.command()
def regrade(
    chapter: _CHAPTER = "",
    sample: _SAMPLE = False,
    student: _STUDENT = [],  # noqa: B006
    workers: _WORKERS = CORES,
    scheduler: _SCHEDULER = "",
    as_json: _JSON = False,
    unsafe: _UNSAFE = False,
) -> None:
    """Grade again those who have been graded, after a check was mended.

    On the same data and with the same limits; only the checks that changed are run, and verdicts
    are made anew for all.
    """
    _start_engine(unsafe, scheduler)
    from grader.grade import Grading

    grading = Grading(isolated=not unsafe, again=True, students=tuple(student))
    _grade(chapter, sample, grading, workers, scheduler, as_json)


def _start_engine(unsafe: bool, scheduler: str) -> None:
    """Begin to import TensorFlow for the kernels, while this process imports all it needs."""
    from grader.sandbox import SandboxError, shared_engine

    if not unsafe and not scheduler:
        with contextlib.suppress(SandboxError):  # the canary says it again, and what to do
            shared_engine()


def _grade(
    chapter: str, sample: bool, grading: Grading, workers: int, scheduler: str, as_json: bool
) -> None:
    course = Course.find()
    chapters = [course.chapter(chapter)] if chapter else course.chapters
    try:
        from grader.session import grade_classrooms, open_classrooms, renew_sample

        if sample and not grading.again:
            renew_sample(course, chapters)
        told = grade_classrooms(
            course,
            open_classrooms(course, chapters, sample=sample),
            grading,
            workers=workers,
            scheduler=scheduler,
            as_json=as_json,
            began=BEGAN,
        )
        if as_json:
            print(json.dumps(told[0] if chapter else told, indent=2))
    except KeyboardInterrupt:
        kept = " What was graded is kept; the same command goes on from there."
        raise UserError("Stopped." + ("" if sample else kept)) from None


def main() -> None:
    """Run the command; what a user can mend is said in one sentence."""
    try:
        app()
    except ImportError as error:
        _give_up(f"A package is missing: {error}. Run `make setup`, or install the course again.")
    except (OSError, UserError) as error:
        _give_up(str(error))


def _give_up(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(2)
