"""What happens to notebooks between the first cell and Sunday night."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

__all__ = [
    "Notebook",
    "delete",
    "duplicate",
    "edit_checks",
    "endless_loop",
    "helper_cell",
    "retype",
    "syntax_error",
]

#: A notebook as JSON holds it.
Notebook = dict[str, Any]
Change = Callable[[Notebook], None]


def _cell(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if cell["id"] == name)


def delete(*names: str) -> Change:
    def change(notebook: Notebook) -> None:
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] not in names]

    return change


def duplicate(*names: str) -> Change:
    """Copy cells with all their metadata, as copy and paste does."""

    def change(notebook: Notebook) -> None:
        for name in names:
            cell = _cell(notebook, name)
            notebook["cells"].insert(notebook["cells"].index(cell), copy.deepcopy(cell))

    return change


def edit_checks(source: str) -> Change:
    """Replace every check."""

    def change(notebook: Notebook) -> None:
        for cell in notebook["cells"]:
            if cell["id"].startswith("check-"):
                cell["source"] = source

    return change


def syntax_error(name: str) -> Change:
    def change(notebook: Notebook) -> None:
        cell = _cell(notebook, name)
        cell["source"] = cell["source"].replace("):", ")", 1)

    return change


def endless_loop(name: str) -> Change:
    def change(notebook: Notebook) -> None:
        _cell(notebook, name)["source"] = f"def {name}(*args):\n    while True:\n        pass"

    return change


def retype(name: str, kind: str) -> Change:
    def change(notebook: Notebook) -> None:
        cell = _cell(notebook, name)
        cell["cell_type"] = kind
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)

    return change


def helper_cell(name: str) -> Change:
    """Move an answer into a cell of the learner's own, and leave its name in the old place."""

    def change(notebook: Notebook) -> None:
        cell = _cell(notebook, name)
        helper = copy.deepcopy(cell) | {"id": "mine", "metadata": {}}
        helper["source"] = helper["source"].replace(f"def {name}(", "def my_version(")
        notebook["cells"].insert(notebook["cells"].index(cell), helper)
        cell["source"] = f"{name} = my_version"

    return change
