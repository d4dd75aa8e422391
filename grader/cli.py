"""The command `tfgrade`: what authors and instructors type."""

from __future__ import annotations

import secrets
import shutil
import sys
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from grader.errors import UserError
from grader.layout import Course
from grader.warm_up import import_tensorflow

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
    """Regenerate every notebook from its text."""
    from grader.build import build_course, stale_files, write_files

    course = Course.find()
    import_tensorflow()
    files = build_course(course)
    stale = stale_files(files)
    write_files(files, stale)
    for path in stale:
        console.print(f"wrote {path.relative_to(course.root)}")
    console.print(f"{len(files)} notebooks, {len(stale)} written, the others up to date")


@app.command()
def check(
    chapter: Annotated[str, typer.Argument(help="a chapter's name or number; else all")] = "",
    seeds: Annotated[int, typer.Option(min=1, help="on how many seeds answers are tried")] = 20,
) -> None:
    """Check the course itself: stubs, answers, wrong answers, hints, notebooks."""
    from grader.lint import lint_course

    course = Course.find()
    chapters = [course.chapter(chapter)] if chapter else course.chapters
    import_tensorflow()
    raise typer.Exit(lint_course(course, chapters, seeds, console))


@app.command()
def grade(
    chapter: Annotated[str, typer.Argument(help="a chapter's name or number")],
    sample: Annotated[bool, typer.Option(help="grade the bundled sample class instead")] = False,
    cell_seconds: Annotated[int, typer.Option(min=1, help="limit for one cell")] = 60,
    workers: Annotated[int, typer.Option(min=1, help="how many notebooks run at a time")] = 2,
    seed: Annotated[int, typer.Option(help="of the checks' data; drawn if not given")] = -1,
) -> None:
    """Grade what lies in classroom/submitted/LEARNER/CHAPTER/, and write feedback."""
    from grader.grade import Classroom, grade_class
    from grader.grade.report import result_lines, write_csv
    from grader.sample import write_sample_class

    course = Course.find()
    folder = course.root / "classroom" / ("sample" if sample else "")
    classroom = Classroom(folder, course.chapter(chapter))
    if sample:
        shutil.rmtree(folder, ignore_errors=True)
        write_sample_class(folder / "submitted", classroom.chapter)
    number = len(classroom.handed_in)
    if not number:
        _stop(
            f"Nothing was handed in: {folder}/submitted/LEARNER/{classroom.chapter.name}/ is empty."
        )
    import_tensorflow()
    seed = secrets.randbelow(2**31) if seed < 0 else seed
    with console.status(f"Grading {number} learners …") as status:
        done: list[str] = []

        def progress(student: str) -> None:
            done.append(student)
            status.update(f"Graded {len(done)} of {number}: {escape(student)}")

        try:
            results = grade_class(
                classroom, seed=seed, cell_seconds=cell_seconds, workers=workers, progress=progress
            )
        except KeyboardInterrupt:
            _stop(f"Stopped. {len(done)} of {number} are graded and kept; the rest was not begun.")
    table = classroom.folder / f"{classroom.chapter.name}.csv"
    write_csv(results, table)
    for line in result_lines(results, course.root, console.width if console.is_terminal else None):
        print(line)
    if absent := classroom.absent:
        print(f"Nothing for this chapter came from: {', '.join(absent)}.")
    print(f"{number} learners graded; all of it, uncut, in {table.relative_to(course.root)}.")
    print(f"Checks drew their data from seed {seed}; --seed {seed} grades the same again.")


def _stop(sentence: str) -> NoReturn:
    console.print(sentence, style="bold red", highlight=False, markup=False)
    raise typer.Exit(2)


def main() -> None:
    """Run the command; what a user can mend is said in one sentence."""
    try:
        app()
    except ImportError as error:
        sys.exit(f"A package is missing: {error}. Run `make setup`, or install the course again.")
    except (OSError, UserError) as error:
        sys.exit(str(error))
