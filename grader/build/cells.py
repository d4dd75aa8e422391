"""Text with percent cells → a notebook with named cells.

Every cell begins with `# %% name` or `# %% name [markdown]`; the name is the cell's id.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from grader.errors import UserError

__all__ = [
    "METADATA",
    "SECTION",
    "SourceError",
    "notebook_from_file",
    "notebook_from_text",
    "notebook_text",
]

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
#: The heading of a section: its number, or "", and its title.
SECTION = re.compile(r"^## (?:(\d+) )?(.+)$", re.MULTILINE)
#: Of every notebook.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class SourceError(UserError):
    """A source text can't be built; the message says where and what to do."""


def notebook_from_file(path: Path) -> NotebookNode:
    """Return the notebook of a source file, which errors name with its folder."""
    return notebook_from_text(path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.name}")


def notebook_from_text(text: str, origin: str) -> NotebookNode:
    """Return the notebook that a source text describes, without outputs.

    Args:
        text: the source in jupytext's percent format.
        origin: what to call it in error messages.

    Raises:
        SourceError: a cell has no name, or a name that is taken or can't be an id.
    """
    notebook = jupytext.reads(text, fmt="py:percent")
    cells = [_named(cell, origin) for cell in notebook.cells]
    for name, count in Counter(cell.id for cell in cells).items():
        if count > 1:
            raise SourceError(f"{origin}: {count} cells are called {name!r}; names are unique.")
    return nbformat.v4.new_notebook(cells=cells, metadata=METADATA)


def _named(cell: NotebookNode, origin: str) -> NotebookNode:
    name = cell.metadata.pop("title", "")
    if not _NAME.fullmatch(name):
        first = cell.source.split("\n", 1)[0]
        raise SourceError(
            f"{origin}: the cell that begins with {first!r} is called {name!r}. Give it a name of "
            "lower-case letters, digits, hyphens and underscores, as `# %% two-clouds [markdown]`."
        )
    make = nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
    return make(cell.source, id=name, metadata=cell.metadata)


def notebook_text(notebook: NotebookNode) -> str:
    """Return the notebook as nbconvert, and so nbgrader, writes it."""
    return f"{nbformat.writes(notebook, version=4)}\n"
