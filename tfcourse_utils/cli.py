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


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="0 for any that is free", min=0, max=65535)] = 8866,
    browser: Annotated[bool, typer.Option(help="open it in the browser")] = True,
    preset: Annotated[str, typer.Option(help="name of a small lesson, or a file")] = "",
    link: Annotated[str, typer.Option(help="a link to a state, or its end from # on")] = "",
) -> None:
    """Open the playground as a page of its own, on this machine alone."""
    from .demo import serve

    serve(port, opens_browser=browser, start=_found(preset), link=_end_of(link))


def _found(preset: str) -> str:
    """Return the name of a small lesson, or the whole path of a file."""
    # Their own package would import TensorFlow, which is not needed to serve.
    lessons = Path(__file__).parent / "playground" / "presets"
    names = sorted(path.stem for path in lessons.glob("*.json"))
    if not preset or preset in names:
        return preset
    if not Path(preset).is_file():
        sys.exit(f"There is no small lesson and no file {preset!r}. Lessons: {', '.join(names)}.")
    return str(Path(preset).resolve())


def _end_of(link: str) -> str:
    return f"#{link.partition('#')[2] or link}" if link else ""


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
