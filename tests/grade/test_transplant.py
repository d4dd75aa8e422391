"""Of what was handed in, only the answers' source goes into the instructor's notebook."""

from __future__ import annotations

import nbformat
import pytest
from nbformat import NotebookNode

from grader.grade.intake import Cell
from grader.grade.transplant import transplant
from grader.layout import Chapter


@pytest.fixture(scope="module")
def solution(chapter: Chapter) -> NotebookNode:
    return nbformat.read(chapter.solution, as_version=4)


@pytest.fixture(scope="module")
def release(chapter: Chapter) -> NotebookNode:
    return nbformat.read(chapter.release, as_version=4)


@pytest.fixture
def cells(release: NotebookNode) -> list[Cell]:
    return [Cell(cell.id, cell.cell_type, cell.source) for cell in release.cells]


def sources(notebook: NotebookNode) -> dict[str, str]:
    return {cell.id: cell.source for cell in notebook.cells}


def replaced(cells: list[Cell], name: str, source: str, kind: str = "code") -> list[Cell]:
    return [Cell(name, kind, source) if cell.id == name else cell for cell in cells]


def test_nothing_handed_in_gives_the_release(solution: NotebookNode, release: NotebookNode) -> None:
    assert sources(transplant(solution, release, []).notebook) == sources(release)


def test_an_untouched_notebook_needs_no_repair(
    solution: NotebookNode, release: NotebookNode, cells: list[Cell]
) -> None:
    result = transplant(solution, release, cells)
    assert result.repairs == ()
    assert sources(result.notebook) == sources(release)


def test_an_answer_is_taken_and_an_edited_check_is_not(
    solution: NotebookNode, release: NotebookNode, cells: list[Cell]
) -> None:
    handed_in = replaced(replaced(cells, "dense", "dense = 1"), "check-dense", "3")
    result = transplant(solution, release, handed_in)
    assert sources(result.notebook)["dense"] == "dense = 1"
    assert sources(result.notebook)["check-dense"] == 'check("linear_classifiers.dense")'
    assert result.repairs == ("1 cell was edited and restored: `check-dense`",)


def test_of_two_copies_the_one_that_was_worked_on_is_taken(
    solution: NotebookNode, release: NotebookNode, cells: list[Cell]
) -> None:
    place = [cell.id for cell in cells].index("dense")
    handed_in = [*cells[:place], Cell("dense", "code", "dense = 1"), *cells[place:]]
    result = transplant(solution, release, handed_in)
    assert sources(result.notebook)["dense"] == "dense = 1"
    assert result.repairs == ("the answer cell `dense` was there 2 times",)


def test_the_halves_of_a_split_answer_are_joined(
    solution: NotebookNode, release: NotebookNode, cells: list[Cell]
) -> None:
    halves = [Cell("dense", "code", "helper = 1"), Cell("dense", "code", "dense = helper")]
    others = [cell for cell in cells if cell.id != "dense"]
    result = transplant(solution, release, [*others, *halves])
    assert sources(result.notebook)["dense"] == "helper = 1\n\ndense = helper"


def test_an_answer_in_a_cell_without_its_name_is_recognised(
    solution: NotebookNode, release: NotebookNode, cells: list[Cell]
) -> None:
    handed_in = [
        Cell("", "code", "def dense(x):\n    return x") if c.id == "dense" else c for c in cells
    ]
    result = transplant(solution, release, handed_in)
    assert sources(result.notebook)["dense"] == ""
    assert result.repairs == ("the answer `dense` was found in another cell",)


def test_what_was_added_to_the_set_up_is_run_after_it(
    solution: NotebookNode, release: NotebookNode, cells: list[Cell]
) -> None:
    result = transplant(solution, release, replaced(cells, "setup", "import math"))
    order = [cell.source for cell in result.notebook.cells]
    assert order.index("import math") == order.index(sources(release)["setup"]) + 1


def test_added_cells_stay_where_they_were(
    solution: NotebookNode, release: NotebookNode, cells: list[Cell]
) -> None:
    place = [cell.id for cell in cells].index("dense")
    handed_in = [Cell("", "markdown", "my notes"), *cells]
    handed_in.insert(place + 1, Cell("mine", "code", "helper = 1"))
    result = transplant(solution, release, handed_in)
    order = [cell.source for cell in result.notebook.cells]
    assert order[0] == "my notes"
    assert order.index("helper = 1") + 1 == order.index(sources(release)["dense"])


def test_a_deleted_answer_is_a_stub_again(
    solution: NotebookNode, release: NotebookNode, cells: list[Cell]
) -> None:
    result = transplant(solution, release, [cell for cell in cells if cell.id != "dense"])
    assert sources(result.notebook)["dense"] == sources(release)["dense"]
    assert result.repairs == ("the answer cell `dense` was missing",)


def test_no_right_answer_is_in_the_result(
    solution: NotebookNode, release: NotebookNode, cells: list[Cell]
) -> None:
    assert "BEGIN SOLUTION" not in str(transplant(solution, release, cells).notebook)
