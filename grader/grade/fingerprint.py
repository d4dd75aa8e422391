"""What a run depends on, as short texts that change when it does."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

import tfcourse_utils

from .judge import exercise_of

__all__ = ["code_fingerprint", "look_fingerprint"]

_PACKAGES = ("tensorflow", "keras", "numpy")
_UTILS = Path(tfcourse_utils.__file__).parent
# All that observes, and what probes share. Judging and showing are not a run's business.
_OBSERVING = (
    "describe",
    "exercise",
    "notebook",
    "observation",
    "observe",
    "plain",
    "questions",
    "wire",
)


def code_fingerprint(notebook: NotebookNode, seed: int, isolated: bool) -> str:
    """Return what the outputs of all cells of a transplanted notebook depend on, within limits."""
    code = [
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "code" and exercise_of(cell) is None
    ]
    return _digest(code, seed, isolated, _environment())


def look_fingerprint(cell: NotebookNode) -> str:
    """Return what the outputs of one of our checks depend on besides the code before it."""
    exercise = exercise_of(cell)
    if exercise is None:
        return _digest(cell.source)
    looks = (look for one in exercise.probes.values() for look in (one.look, one.data) if look)
    files = {Path(look.__code__.co_filename) for look in looks}
    return _digest(cell.source, sorted(_content(path) for path in files))


@lru_cache(maxsize=1)
def _environment() -> str:
    versions = [importlib.metadata.version(package) for package in _PACKAGES]
    observing = [_content(_UTILS / "checking" / f"{name}.py") for name in _OBSERVING]
    shared = [_content(path) for path in sorted((_UTILS / "exercises").glob("*.py"))]
    return _digest(platform.python_version(), platform.machine(), versions, observing, shared)


@lru_cache(maxsize=256)
def _content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
