"""What a run left, kept beside the class's work so that nothing is done twice.

Every file is written whole or not at all: a grader may be killed at any moment.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import nbformat
from filelock import FileLock, Timeout

from grader.errors import UserError
from grader.sandbox import Limits
from grader.whole import write_whole

from .run import STOPPED, Ended

__all__ = ["Record", "Records"]

_LIMITED = (*STOPPED, "MemoryError")


@dataclass(frozen=True)
class Record:
    """One learner's run.

    Attributes:
        code: the fingerprint of what was run, but for the checks.
        looks: the fingerprint of each check, by its cell's id.
        seed: what the checks' data were drawn from.
        notebook: as it ran, as JSON, with observations and without verdicts.
        ended: what ended kernels.
        limits: what it might use.
    """

    code: str
    looks: dict[str, str]
    seed: int
    notebook: str
    ended: tuple[Ended, ...]
    limits: Limits

    def is_due_to_limits(self) -> bool:
        """Whether it might have gone on with other limits."""
        cells = nbformat.reads(self.notebook, as_version=4).cells
        outputs = (output for cell in cells for output in cell.get("outputs", ()))
        return bool(self.ended) or any(output.get("ename") in _LIMITED for output in outputs)


@dataclass(frozen=True)
class _Run:
    """A run of the whole class."""

    seed: int
    force: bool
    finished: bool = False


def _new_seed() -> int:
    return secrets.randbits(128)


class Records:
    """The runs of one chapter and one class, and the seed of the present one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Make sure that nobody else grades this class meanwhile, not another chapter either.

        Raises:
            UserError: somebody does.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        all_chapters = self._folder.parent
        all_chapters.chmod(0o700)  # seeds are secret
        try:
            with FileLock(all_chapters / "lock", timeout=0, is_singleton=True):  # may be nested
                yield
        except Timeout:
            raise UserError(
                f"Another tfgrade is grading in {all_chapters.parent}. Wait until it has "
                f"finished, or stop it."
            ) from None

    def seed(self, given: int | None) -> int:
        """Return the seed given, or that of an unfinished run, or else a new one."""
        last = self._last_run()
        if given is None and last and not last.finished:
            return last.seed
        return _new_seed() if given is None else given

    def begin(self, given: int | None, students: Iterable[str], *, force: bool) -> int:
        """Begin a run of the whole class, or go on with an unfinished one; return its seed.

        Args:
            given: the seed to take, if not that of an unfinished run.
            students: who they are.
            force: forget what there is of them, unless an unfinished run has done so.
        """
        last = self._last_run()
        if last and not last.finished and (last.force or not force) and given in (None, last.seed):
            return last.seed
        if force:
            self.forget(students)
        run = _Run(_new_seed() if given is None else given, force)
        self._note(run)
        return run.seed

    def finish(self, seed: int) -> None:
        """Note that everybody is graded: the next run draws a seed of its own."""
        self._note(_Run(seed, force=False, finished=True))

    def _last_run(self) -> _Run | None:
        data = _read(self._run_file)
        return _Run(int(data["seed"]), data["force"], data["finished"]) if data else None

    def _note(self, run: _Run) -> None:
        _write(self._run_file, asdict(run) | {"seed": str(run.seed)})

    @property
    def _run_file(self) -> Path:
        return self._folder / "run.json"

    def get(self, student: str) -> Record | None:
        """Return what is kept of a learner's run, if it can be read."""
        data = _read(self._path(student))
        if data is None:
            return None
        try:
            ended = tuple(Ended(**one) for one in data["ended"])
            limits = Limits(**data["limits"])
            return Record(**data | {"ended": ended, "limits": limits, "seed": int(data["seed"])})
        except (KeyError, TypeError):  # another version of the course kept it
            return None

    def keep(self, student: str, record: Record) -> None:
        _write(self._path(student), asdict(record) | {"seed": str(record.seed)})

    def forget(self, students: Iterable[str]) -> None:
        for student in students:
            self._path(student).unlink(missing_ok=True)

    def _path(self, student: str) -> Path:
        return self._folder / "runs" / f"{student}.json"


def _write(path: Path, data: dict[str, Any]) -> None:
    text = json.dumps(data)
    write_whole(path, f"{_digest(text)}\n{text}")


def _read(path: Path) -> dict[str, Any] | None:
    """Return what was written; None where nothing was, or the file has been damaged."""
    try:
        digest, _, text = path.read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        return None
    return json.loads(text) if digest == _digest(text) else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
