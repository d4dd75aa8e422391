"""nbgrader's own `autograde`, and the Formgrader's button, through the same sandbox and judge.

nbgrader sanitizes what was handed in, writes it, reads it again, runs it, and records the
scores: a list of preprocessors for each half. These are ours.
"""

from __future__ import annotations

import secrets
from functools import lru_cache
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat import NotebookNode
from nbgrader import preprocessors as nbg
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode
from traitlets.config import Config

from grader.errors import UserError
from grader.layout import Chapter, Course
from grader.sandbox import Layer, Limits, SandboxError, shared_engine

from .canary import canary_here
from .intake import cells_of
from .judge import exercise_of, judge_notebook, questions_of, restore_checks, score_output
from .neutral import neutral
from .run import Kernels, run
from .transplant import transplant

__all__ = ["configure_nbgrader"]


class CourseStep(NbGraderPreprocessor):
    """Knows which notebooks are the course's own."""

    course = Unicode("", help="the course's folder").tag(config=True)

    def chapter(self, resources: ResourcesDict) -> Chapter | None:
        """Return the chapter that an assignment is, if it is one."""
        names = resources["nbgrader"]
        chapters = {chapter.name: chapter for chapter in Course(Path(self.course)).chapters}
        return chapters.get(names["assignment"]) if names["notebook"] in chapters else None


class TransplantAnswers(CourseStep):
    """Put the answers into the instructor's notebook, if it is one of the course's chapters."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        chapter = self.chapter(resources)
        if chapter is None:
            return nb, resources
        solution = nbformat.read(chapter.solution, as_version=4)
        release = nbformat.read(chapter.release, as_version=4)
        return transplant(solution, release, cells_of(nb)).notebook, resources


class SandboxedExecute(CourseStep, nbg.Execute):
    """Run a notebook in the sandbox.

    Files of an assignment that is none of the course's chapters go in as copies, and come out as
    plain files.
    """

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict | None = None, km: object = None
    ) -> tuple[NotebookNode, ResourcesDict]:
        resources = resources or ResourcesDict()
        folder = Path(resources.get("metadata", {}).get("path") or ".").resolve()
        files = None if self.chapter(resources) else folder
        layers = _canary(folder.parents[2] if len(folder.parents) > 2 else folder)
        seed = resources.setdefault("tfgrade", {}).setdefault("seed", secrets.randbits(128))
        limits = Limits() if self.timeout is None else Limits(cell_seconds=self.timeout)
        _refuse_other_languages(nb)
        _name_cells(nb)
        restore_checks(nb)
        kernels = Kernels(shared_engine(), questions_of(nb, seed), files, bool(files), layers)
        ran = run(nb, limits, kernels, config=self.config)
        if failed := [end.why for end in ran.ended if end.cell < 0]:
            raise SandboxError(f"No kernel could be started: {failed[0]}.")
        if ran.last and ran.last.archive:
            ran.last.bring_out(folder)
        return nb, resources


@lru_cache(maxsize=1)
def _canary(classroom: Path) -> frozenset[Layer]:
    """Try the sandbox, once in a run of a command."""
    return canary_here(classroom)


def _refuse_other_languages(notebook: NotebookNode) -> None:
    """Raise where a notebook is for a kernel that is not here, or not Python's."""
    name = notebook.metadata.get("kernelspec", {}).get("name", "python3")
    if name != "python" and KernelSpecManager().get_kernel_spec(name).language != "python":
        raise UserError(f"This notebook is for the kernel {name!r}; the sandbox runs Python.")


def _name_cells(notebook: NotebookNode) -> None:
    """Give an id to each cell: notebooks have had them since format 4.5 only."""
    for number, cell in enumerate(notebook.cells):
        cell.setdefault("id", f"cell-{number}")
    notebook.nbformat_minor = max(notebook.nbformat_minor, 5)


class JudgeChecks(NbGraderPreprocessor):
    """Make verdicts of what the checks observed; let every score stand, whatever was printed."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        ours = resources.setdefault("tfgrade", {})
        if "seed" in ours:
            ours["judged"] = list(judge_notebook(nb, ours["seed"]))
        else:  # `--no-execute`: what our checks would say is not known
            for cell in filter(exercise_of, nb.cells):
                cell.outputs = [nbformat.v4.new_output("stream", text="not run")]
                cell.outputs.append(score_output(0))
        return nb, resources


class Neutralize(CourseStep):
    """Leave nothing of the learner's that could do harm in the instructor's browser."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        _name_cells(nb)
        judged = resources["tfgrade"].get("judged", ())
        transplanted = self.chapter(resources) is not None
        return neutral(nb, judged, transplanted=transplanted), resources


def configure_nbgrader(config: Config, course: Path) -> None:
    """Have nbgrader run notebooks in the sandbox, and judge them outside."""
    config.CourseStep.course = str(course)
    config.Autograde.sanitize_preprocessors = [
        TransplantAnswers,
        nbg.ClearOutput,
        nbg.DeduplicateIds,
        nbg.OverwriteKernelspec,
        nbg.OverwriteCells,
        nbg.CheckCellMetadata,
    ]
    config.Autograde.autograde_preprocessors = [
        SandboxedExecute,
        JudgeChecks,
        nbg.IgnorePattern,
        ClearMetadataPreprocessor,
        nbg.LimitOutput,
        nbg.SaveAutoGrades,
        nbg.AssignLatePenalties,
        nbg.CheckCellMetadata,
        Neutralize,
    ]
