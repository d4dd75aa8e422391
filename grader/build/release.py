"""The solution notebook → what learners get, by nbgrader's own preprocessors and one of ours."""

from __future__ import annotations

import copy

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader import preprocessors as nbg
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets.config import Config

from tfcourse_utils.checking import NOT_ATTEMPTED

from .solution import START

__all__ = ["StartingPoints", "configure_nbgrader", "release_notebook"]


class StartingPoints(NbGraderPreprocessor):
    """Put broken originals and forms in place of the stubs that ClearSolutions has made."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        ours = cell.metadata.pop("tfcourse", {})
        if START in ours:
            cell.source = ours[START]
        return cell, resources


# nbgrader's own order, with ours after the stubs.
_PREPROCESSORS = [
    nbg.IncludeHeaderFooter,
    nbg.InstantiateTests,
    nbg.LockCells,
    nbg.ClearSolutions,
    StartingPoints,
    nbg.ClearOutput,
    nbg.CheckCellMetadata,
    nbg.ComputeChecksums,
    nbg.SaveCells,
    nbg.ClearHiddenTests,
    nbg.ClearMarkScheme,
    nbg.ComputeChecksums,
    nbg.CheckCellMetadata,
]


def configure_nbgrader(config: Config) -> None:
    """Make `nbgrader generate_assignment` do what `release_notebook` does."""
    stub = f'raise NotImplementedError("{NOT_ATTEMPTED}")'
    config.ClearSolutions.code_stub = {"python": stub}
    config.GenerateAssignment.preprocessors = _PREPROCESSORS


def release_notebook(solution: NotebookNode) -> NotebookNode:
    """Return the notebook that learners get, without touching a gradebook."""
    config = Config()
    configure_nbgrader(config)
    notebook, resources = copy.deepcopy(solution), ResourcesDict()
    for preprocessor in _PREPROCESSORS:
        if preprocessor is not nbg.SaveCells:
            notebook, resources = preprocessor(config=config).preprocess(notebook, resources)
    return notebook
