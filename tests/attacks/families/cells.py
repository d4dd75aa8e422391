"""Cells that were copied, deleted, edited, retyped, swapped, tagged or made by the thousand."""

from __future__ import annotations

import copy
from typing import Any

from ..attack import Notebook, family

__all__ = ["ATTACKS"]

_new = family("cells", safe=True)
_TWO = "dense square_loss"


def _find(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if cell["id"] == name)


def _delete(*names: str) -> Any:
    def change(notebook: Notebook) -> None:
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] not in names]

    return change


def _triple(*names: str) -> Any:
    def change(notebook: Notebook) -> None:
        for name in names:
            cell = _find(notebook, name)
            notebook["cells"] += [copy.deepcopy(cell), copy.deepcopy(cell)]

    return change


def _edit_checks(source: str) -> Any:
    def change(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade"):
                cell["source"] = source

    return change


def _retype(kind: str) -> Any:
    def change(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            cell["cell_type"] = kind

    return change


def _swap(one: str, other: str) -> Any:
    """Give two cells each other's ids, in both places where ids stand."""

    def change(notebook: Notebook) -> None:
        first, second = _find(notebook, one), _find(notebook, other)
        for key in ("id", "metadata"):
            first[key], second[key] = second[key], first[key]

    return change


def _one_id(notebook: Notebook) -> None:
    """Give every cell the id of a check."""
    for cell in notebook["cells"]:
        cell["id"] = "check-dense"
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["grade_id"] = "check-dense"


def _points(value: Any) -> Any:
    def change(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            if "nbgrader" in cell["metadata"]:
                cell["metadata"]["nbgrader"] |= {"points": value, "grade": True}

    return change


def _roles(notebook: Notebook) -> None:
    """Turn the checks into answers, and the answers into checks."""
    for cell in notebook["cells"]:
        if role := cell["metadata"].get("nbgrader"):
            role["grade"], role["solution"] = role["solution"], role["grade"]
            role["locked"] = False


def _tag(*tags: str) -> Any:
    def change(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            cell["metadata"]["tags"] = list(tags)

    return change


def _fake_outputs(notebook: Notebook) -> None:
    """Write a full score under every check."""
    result = {"output_type": "execute_result", "metadata": {}, "execution_count": 1}
    for cell in notebook["cells"]:
        role = cell["metadata"].get("nbgrader", {})
        if role.get("grade"):
            cell["outputs"] = [result | {"data": {"text/plain": str(role["points"])}}]


def _reverse(notebook: Notebook) -> None:
    notebook["cells"].reverse()


def _many(count: int) -> Any:
    def change(notebook: Notebook) -> None:
        cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        notebook["cells"] += [cell | {"id": f"n{i}", "source": f"n = {i}"} for i in range(count)]

    return change


def _only(name: str, source: str) -> Any:
    """Leave nothing but one cell without an id, as if everything had been typed anew."""

    def change(notebook: Notebook) -> None:
        cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        notebook["cells"] = [cell | {"id": name, "source": source}]

    return change


ATTACKS = [
    _new("no-checks", "All checks are gone.", right=_TWO, least=8,
         change=_delete("check-dense", "check-square_loss", "plain")),
    _new("no-setup", "The imports are gone.", right=_TWO, least=8, change=_delete("setup")),
    _new("no-answers", "All answers are gone.", change=_delete("dense", "square_loss")),
    _new("tripled", "Answers and checks are there three times.", right=_TWO, least=8,
         change=_triple("dense", "check-dense", "square_loss", "plain")),
    _new("edited-checks", "Every check says that all is right.",
         change=_edit_checks("print('all right')\n3")),
    _new("true-checks", "Every check ends with True.", change=_edit_checks("True")),
    _new("hundred-points", "Every check ends with a hundred.", right="dense",
         change=_edit_checks("100.0")),
    _new("all-markdown", "Every cell was turned into Markdown.", right=_TWO,
         change=_retype("markdown")),
    _new("all-raw", "Every cell was turned into raw text.", right=_TWO, change=_retype("raw")),
    _new("no-such-type", "Every cell is of a type that does not exist.", right=_TWO,
         change=_retype("<script>")),
    _new("swapped", "An answer takes the place of a check, and the check its own.", right=_TWO,
         change=_swap("dense", "check-dense")),
    _new("swapped-answers", "Two answers take each other's place.", right=_TWO,
         change=_swap("dense", "square_loss")),
    _new("swapped-checks", "An easy check takes the place of another.", right="square_loss",
         change=_swap("check-square_loss", "check-training_step")),
    _new("one-id", "Every cell has the same id.", right=_TWO, change=_one_id),
    _new("many-points", "The metadata give every cell 1000 points.", right=_TWO, least=8,
         change=_points(1000)),
    _new("infinite-points", "The metadata give every cell infinitely many points.", right=_TWO,
         least=8, change=_points(float("inf"))),
    _new("negative-points", "The metadata give every cell -1 points.", right=_TWO, least=8,
         change=_points(-1)),
    _new("text-points", "The metadata give every cell text for points.", right=_TWO, least=8,
         change=_points("<b>3</b>")),
    _new("swapped-roles", "Checks are answers in the metadata, and answers checks.", right=_TWO,
         least=8, change=_roles),
    _new("skip-execution", "Every cell has the tag that keeps it from running.", right=_TWO,
         least=8, change=_tag("skip-execution")),
    _new("raises-exception", "Every cell has the tag that lets it raise.", least=0,
         change=_tag("raises-exception", "remove-cell", "hide-input")),
    _new("fake-outputs", "A full score is written under every check.", change=_fake_outputs),
    _new("reversed", "The cells are in the opposite order.", right=_TWO, least=8, change=_reverse),
    _new("thousands", "4000 cells were added.", right=_TWO, change=_many(4000)),
    _new("huge-source", "An answer of 5 MB.", f'''
# %% dense
big = "{"x" * 5_000_000}"
def dense(inputs, W, b, activation=None):
    return (activation or tf.identity)(inputs @ W + b)
''', right="dense", least=5),
    _new("long-line", "A sum of 100 000 terms, too deep for Python's own compiler.", f'''
# %% after setup
{"+".join(["1"] * 100_000)}
''', right=_TWO, least=8),
    _new("deep-unary", "All answers are gone; a cell nested too deep for a parser is there.",
         change=_only("mine", "-" * 100_000 + "1")),
    _new("deep-brackets", "All answers are gone; a cell of 100 000 brackets is there.",
         change=_only("mine", "(" * 100_000 + ")" * 100_000)),
    _new("deep-calls", "All answers are gone; a cell of 50 000 calls in a row is there.",
         change=_only("mine", "f" + "()" * 50_000)),
    _new("null-bytes", "Null bytes in a cell, with all answers gone.",
         change=_only("mine", "dense = 1\0\0")),
    _new("form-feeds", "Lines that other programs end elsewhere.",
         change=_only("mine", "x = 1\x0c\u2028\x1c\r\rdef dense(): pass\x85")),
    _new("magics", "Cell magics that write, time and run other languages.", """
# %% after setup
%%bash
echo 3
# %% after setup
%%writefile tfcourse_utils.py
check = lambda name: 3
# %% after setup
%autosave 1
%load_ext autoreload
!pip install numpy==0
# %% dense
%%capture
def dense(inputs, W, b, activation=None):
    return (activation or tf.identity)(inputs @ W + b)
""", right="dense", safe=False),
]  # fmt: skip
