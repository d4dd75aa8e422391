"""The command `tfcourse`: what learners type."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from .desk import CopyReport, course_content, update_copy

__all__ = ["app", "main"]

app = typer.Typer(
    help="Work through the course.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _commands() -> None:
    """Work through the course."""  # with a callback, a single command keeps its name


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    context: typer.Context,
    folder: Annotated[Path, typer.Option(help="your own copy of the course")] = Path("my_course"),
) -> None:
    """Open JupyterLab on your own copy of the course.

    Further options go to JupyterLab, as in: tfcourse lab --no-browser --port 8890
    """
    folder = folder.resolve()
    content = course_content()
    try:
        report = update_copy(content, folder)
    except OSError as error:
        sys.exit(f"{folder} can't be written ({error.strerror}). Choose another with --folder.")
    _tell(report, folder)
    _start_jupyterlab(folder, context.args)


def _tell(report: CopyReport, folder: Path) -> None:
    print(f"Your copy of the course: {folder}")
    if report.new:
        print(f"  {len(report.new)} notebooks are new.")
    if report.updated:
        print(f"  {len(report.updated)} notebooks that you had not changed were updated.")
    for name in report.kept:
        print(f"  {name}: yours was kept; the course has a newer one. Rename yours to get it.")


def _start_jupyterlab(folder: Path, args: list[str]) -> None:
    try:
        from jupyterlab.labapp import LabApp
    except ImportError:
        sys.exit("JupyterLab is not installed. Install the course again: see its README.")
    # nbgrader's extensions read their configuration from the working directory; a learner
    # should not meet the instructor's.
    os.chdir(folder)
    # The course needs no network: don't ask for news or updates. `launch_instance` passes no
    # `config` on, and that news are asked for at all can only be set in a file.
    quiet = [
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    paths = [str(Path(__file__).parent / "jupyter"), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, paths))
    LabApp.launch_instance([f"--ServerApp.root_dir={folder}", *quiet, *args])


def main() -> None:
    """Run the command; what a user can mend is said in one sentence."""
    try:
        app()
    except OSError as error:
        sys.exit(str(error))
