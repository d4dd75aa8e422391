"""What happens to notebooks between the first cell and Sunday night."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

__all__ = [
    "Notebook",
    "delete_checks",
    "duplicate",
    "edit_checks",
    "endless_loop",
    "functions",
    "helper_cell",
    "retype",
    "syntax_error",
]

#: A notebook as JSON holds it.
Notebook = dict[str, Any]
Change = Callable[[Notebook], None]


def functions(notebook: Notebook) -> list[str]:
    """Return the names of the answers that are functions, in their order."""
    cells = notebook["cells"]
    return [cell["id"] for cell in cells if f"def {cell['id']}(" in "".join(cell["source"])]


def _cell(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if cell["id"] == name)


def _function(notebook: Notebook, number: int) -> dict[str, Any]:
    return _cell(notebook, functions(notebook)[number])


def delete_checks(*numbers: int) -> Change:
    """Delete the checks of some functions."""

    def change(notebook: Notebook) -> None:
        gone = {f"check-{functions(notebook)[number]}" for number in numbers}
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] not in gone]

    return change


def duplicate(number: int) -> Change:
    """Copy the set-up, a function and its check with all their metadata, as copy and paste does."""

    def change(notebook: Notebook) -> None:
        name = functions(notebook)[number]
        for cell_id in (name, f"check-{name}", "setup"):
            cell = _cell(notebook, cell_id)
            notebook["cells"].insert(notebook["cells"].index(cell), copy.deepcopy(cell))

    return change


def edit_checks(source: str) -> Change:
    """Replace every check."""

    def change(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            if cell["id"].startswith("check-"):
                cell["source"] = source

    return change


def syntax_error(number: int) -> Change:
    def change(notebook: Notebook) -> None:
        cell = _function(notebook, number)
        cell["source"] = cell["source"].replace("):", ")", 1)

    return change


def endless_loop(number: int) -> Change:
    def change(notebook: Notebook) -> None:
        cell = _function(notebook, number)
        cell["source"] = f"def {cell['id']}(*args, **kwargs):\n    while True:\n        pass"

    return change


def retype(number: int, kind: str) -> Change:
    def change(notebook: Notebook) -> None:
        cell = _function(notebook, number)
        cell["cell_type"] = kind
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)

    return change


def helper_cell(number: int) -> Change:
    """Move a function into a cell of the learner's own, and leave its name in the old place."""

    def change(notebook: Notebook) -> None:
        cell = _function(notebook, number)
        helper = copy.deepcopy(cell) | {"id": "mine", "metadata": {}}
        helper["source"] = helper["source"].replace(f"def {cell['id']}(", "def my_version(")
        notebook["cells"].insert(notebook["cells"].index(cell), helper)
        cell["source"] = f"{cell['id']} = my_version"

    return change
