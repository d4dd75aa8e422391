"""What an attack is, and how it becomes something that a learner hands in."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .chapter import POINTS

__all__ = ["BREACH", "Attack", "Notebook", "family"]

Notebook = dict[str, Any]

#: What an attack prints when it could do what nobody may.
BREACH = "BREACH:"

_CELL = re.compile(r"^# %% (after )?([\w-]+)\n", re.MULTILINE)

_PRELUDE = """from types import SimpleNamespace
here = SimpleNamespace(**{facts!r})
def breach(what): print("BREACH" + ":", what)
"""


@dataclass(frozen=True)
class Attack:
    """One hostile or broken submission.

    Attributes:
        name: also that of the learner who hands it in.
        family: what it is one of.
        what: a sentence on what it tries.
        cells: its cells, each after a line `# %% NAME`, where NAME is an answer whose cell it
            becomes, or `# %% after NAME` for a cell that is added after one. Its code may ask
            `here` for paths and addresses, and calls `breach(…)` if it could do what nobody may.
        right: the answers that are right, in words; those without a cell are filled in.
        partly: points that other answers deserve.
        least: what it must get all the same, if that is not nothing.
        plain: points of the plain check that it wins unfairly: that check runs beside the answers.
        change: done to the notebook.
        text: done to the notebook's text, last of all.
        file: the name of the file, instead of the one that was asked for.
        write: writes the folder's contents instead: it is given the folder, what would be the
            file's path, and its text.
        safe: whether it may run outside a sandbox.
        pending: why the grader does not withstand it yet.
    """

    name: str
    family: str
    what: str
    cells: str = ""
    right: str = ""
    partly: float = 0
    least: float = 0
    plain: float = 0
    change: Callable[[Notebook], None] = lambda notebook: None
    text: Callable[[str], str | bytes] = lambda text: text
    file: str = ""
    write: Callable[[Path, Path, str], None] | None = None
    safe: bool = False
    pending: str = ""

    @property
    def fair(self) -> float:
        """The most points that it may fairly get."""
        return self.partly + sum(POINTS[name] for name in self.right.split())

    def hand_in(
        self, folder: Path, release: Path, answers: Mapping[str, str], facts: Mapping[str, object]
    ) -> None:
        """Write what is handed in into a learner's folder for the chapter.

        Args:
            folder: it need not be there.
            release: the notebook that learners are given.
            answers: the right ones.
            facts: what `here` knows.
        """
        notebook = self._notebook(release, answers, facts)
        text = json.dumps(notebook, indent=1)
        path = folder / (self.file or release.name)
        if self.write:
            folder.parent.mkdir(parents=True)
            self.write(folder, path, text)
            return
        folder.mkdir(parents=True)
        changed = self.text(text)
        path.write_bytes(changed.encode() if isinstance(changed, str) else changed)

    def _notebook(
        self, release: Path, answers: Mapping[str, str], facts: Mapping[str, object]
    ) -> Notebook:
        notebook = json.loads(release.read_text(encoding="utf-8"))
        for name in self.right.split():
            _cell(notebook, name)["source"] = answers[name]
        _, *parts = _CELL.split(self.cells)
        for after, name, source in zip(parts[::3], parts[1::3], parts[2::3]):
            source = _with_prelude(source.rstrip("\n"), facts)
            cell = _cell(notebook, name)
            if after:
                place = _end_of_added(notebook, cell)
                notebook["cells"].insert(place, _added(source, place))
            else:
                cell["source"] = source
        self.change(notebook)
        return notebook


def _cell(notebook: Notebook, name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if cell["id"] == name)


def _end_of_added(notebook: Notebook, cell: dict[str, Any]) -> int:
    place = notebook["cells"].index(cell) + 1
    while place < len(notebook["cells"]) and not notebook["cells"][place]["metadata"]:
        place += 1
    return place


def _added(source: str, number: int) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": f"mine-{number}",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def _with_prelude(source: str, facts: Mapping[str, object]) -> str:
    if not re.search(r"\b(here\.|breach\()", source):
        return source
    return _PRELUDE.format(facts=copy.deepcopy(dict(facts))) + source


def family(name: str, **common: Any) -> Callable[..., Attack]:
    """Return a function that makes attacks of one family: `new(name, what, cells, …)`."""

    def new(attack: str, what: str, cells: str = "", **rest: Any) -> Attack:
        return Attack(attack, name, what, cells, **{**common, **rest})

    return new
