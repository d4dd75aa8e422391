"""Files that are no notebooks, or other ones than were asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ..attack import Notebook, family

__all__ = ["ATTACKS"]

_new = family("files", safe=True)
_TWO = "dense square_loss"
_DEEP = 100_000


def _old_format(notebook: Notebook) -> None:
    """Turn a notebook into one of format 3, as IPython 0.13 wrote it."""
    cells = [
        {key: cell[key] for key in ("cell_type", "metadata", "source")}
        | ({"input": cell["source"], "language": "python", "outputs": []})
        for cell in notebook["cells"]
    ]
    notebook.clear()
    notebook.update(nbformat=3, nbformat_minor=0, metadata={}, worksheets=[{"cells": cells}])


def _schema_one(notebook: Notebook) -> None:
    """Give the cells the metadata that nbgrader wrote in 2015."""
    for cell in notebook["cells"]:
        role = cell["metadata"].get("nbgrader")
        if role:
            role["schema_version"] = 1
            del role["task"]
        cell.pop("id")
    notebook["nbformat_minor"] = 0


def _of_the_future(notebook: Notebook) -> None:
    notebook.update(nbformat=9, nbformat_minor=9, galaxies=[])


def _lines(notebook: Notebook) -> None:
    """Write every source as a list of lines, as Jupyter does."""
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)


def _surrogates(notebook: Notebook) -> None:
    """Put halves of surrogate pairs, which UTF-8 can't hold, wherever there is text."""
    for cell in notebook["cells"]:
        cell["metadata"]["note"] = "\ud800"
    notebook["cells"].append(_markdown("\udfff") | {"id": "\udcff", "cell_type": "mark\ud800down"})


def _markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": "note", "metadata": {}, "source": source}


def _odd_cells(notebook: Notebook) -> None:
    """Put other things than cells among the cells."""
    notebook["cells"][:0] = [
        None, 3, "cell", [], {}, {"cell_type": None}, {"source": {"a": 1}}, {"metadata": []},
        {"cell_type": "code", "metadata": {"nbgrader": 7}, "source": [1, None]},
    ]  # fmt: skip


def _nested_metadata(notebook: Notebook) -> None:
    deep: dict[str, Any] = {}
    for _ in range(500):
        deep = {"deep": deep}
    notebook["metadata"]["nbgrader"] = deep


def _fifo(folder: Path, path: Path, text: str) -> None:
    folder.mkdir()
    os.mkfifo(path)


def _directory(folder: Path, path: Path, text: str) -> None:
    path.mkdir(parents=True)
    (path / path.name).write_text(text)


def _symlink(folder: Path, path: Path, text: str) -> None:
    """Link to what `ada`, who has everything right, hands in."""
    folder.mkdir()
    path.symlink_to(folder.parents[1] / "ada" / folder.name / path.name)


def _symlinked_folder(folder: Path, path: Path, text: str) -> None:
    folder.symlink_to(folder.parents[1] / "ada" / folder.name)


def _loop(folder: Path, path: Path, text: str) -> None:
    folder.mkdir()
    path.symlink_to(path.name)


def _device(folder: Path, path: Path, text: str) -> None:
    """Name a device like the notebook; where devices can't be made, link to one."""
    folder.mkdir()
    try:
        os.mknod(path, 0o20666, os.makedev(1, 5))
    except PermissionError:
        path.symlink_to("/dev/zero")


def _a_file_for_a_folder(folder: Path, path: Path, text: str) -> None:
    folder.write_text(text)


def _unreadable(folder: Path, path: Path, text: str) -> None:
    folder.mkdir()
    path.write_text(text)
    path.chmod(0)


def _crowd(folder: Path, path: Path, text: str) -> None:
    """Hand in the notebook among links, pipes and other notebooks with odd names."""
    folder.mkdir()
    path.write_text(text)
    os.mkfifo(folder / "pipe.ipynb")
    (folder / "up").symlink_to("..")
    (folder / "<b>other\n.ipynb").write_text("{}")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.ipynb")).write_text("{}")


ATTACKS = [
    _new("cut-off", "A file of which half is missing.", right=_TWO,
         text=lambda text: text[: len(text) // 2]),
    _new("empty-file", "A file without a byte.", text=lambda text: ""),
    _new("no-cells", "A notebook without cells.", text=lambda text: '{"nbformat": 4}'),
    _new("null-file", "JSON, but not a notebook.", text=lambda text: "null"),
    _new("a-list", "JSON, but a list.", text=lambda text: f"[{text}]"),
    _new("bytes", "Not even text.", text=lambda text: bytes(range(256)) * 40),
    _new("utf-16", "Written in UTF-16, by another program.", right=_TWO,
         text=lambda text: text.encode("utf-16")),
    _new("bom", "Written with a byte order mark.", right=_TWO, least=8,
         text=lambda text: text.encode("utf-8-sig")),
    _new("surrogates", "Text that JSON can hold and UTF-8 can't.", right=_TWO, least=8,
         change=_surrogates),
    _new("old-format", "Format 3, of 2013.", right=_TWO, change=_old_format),
    _new("schema-one", "nbgrader's metadata of 2015, and cells without ids.", right=_TWO, least=8,
         change=_schema_one),
    _new("future-format", "A format that does not exist yet.", right=_TWO, least=8,
         change=_of_the_future),
    _new("lines", "Sources as lists of lines.", right=_TWO, least=8, change=_lines),
    _new("odd-cells", "Other things than cells among the cells.", right=_TWO,
         change=_odd_cells),
    _new("nested-metadata", "Metadata nested 500 deep.", right=_TWO, least=8,
         change=_nested_metadata),
    _new("deep-json", "JSON nested deeper than any parser's stack.",
         text=lambda text: "[" * _DEEP + "]" * _DEEP),
    _new("huge-number", "A number of a million digits where the format's version stands.",
         text=lambda text: text.replace('"nbformat": 4', f'"nbformat": {"4" * 10**6}')),
    _new("not-a-number", "NaN and infinity, which are no JSON, as versions.", right=_TWO,
         text=lambda text: text.replace('"nbformat": 4', '"nbformat": NaN')),
    _new("huge-file", "A file of 30 MB.", right=_TWO, text=lambda text: text + " " * 30_000_000),
    _new("huge-output", "Outputs of 15 MB that were never computed.", right=_TWO, least=8,
         change=lambda notebook: notebook["cells"][0].update(
             outputs=[{"output_type": "stream", "name": "stdout", "text": "x" * 15_000_000}])),
    _new("renamed", "The right notebook under a wrong name.", right=_TWO, least=8,
         file="Untitled (3).ipynb"),
    _new("wrong-suffix", "The right notebook under a name that is no notebook's.", right=_TWO,
         file="03_linear_classifiers.ipynb.txt"),
    _new("html-name", "A script for a file name.", right=_TWO,
         file="<script>attacked()<|script>.ipynb"),
    _new("nothing", "An empty folder.", write=lambda folder, path, text: folder.mkdir()),
    _new("two-others", "Two notebooks, neither of the right name.", right=_TWO,
         write=lambda folder, path, text: (
             folder.mkdir(), (folder / "a.ipynb").write_text(text),
             (folder / "b.ipynb").write_text(text))),
    _new("fifo", "A pipe that nobody writes to.", write=_fifo),
    _new("directory", "A directory named like the notebook.", right=_TWO,
         write=_directory),
    _new("symlink", "A link to somebody else's notebook.", write=_symlink),
    _new("symlinked-folder", "A folder that is a link to somebody else's.",
         write=_symlinked_folder),
    _new("symlink-loop", "A link to itself.", write=_loop),
    _new("device", "A device that never ends.", write=_device, safe=False),
    _new("file-for-folder", "A file in place of the folder.", right=_TWO,
         write=_a_file_for_a_folder),
    _new("unreadable", "A file that nobody may read.", right=_TWO, write=_unreadable),
    _new("crowd", "The notebook among pipes, links and names that are no text.", right=_TWO,
         least=8, write=_crowd),
]  # fmt: skip
