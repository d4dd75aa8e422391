"""What a run depends on, as short texts that change when it does."""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Iterator
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
    files: set[Path] = set()
    for look in looks:
        files |= _with_siblings(Path(look.__code__.co_filename))
    return _digest(cell.source, sorted(map(_content, files)))


@lru_cache(maxsize=256)
def _with_siblings(path: Path) -> frozenset[Path]:
    """Return a module's file and those of its own package that it imports from, near or far."""
    found, new = set[Path](), {path}
    while new:
        found |= new
        new = {sibling for one in new for sibling in _siblings(one)} - found
    return frozenset(found)


def _siblings(path: Path) -> Iterator[Path]:
    """Yield the files that "from .name import" names in a module."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module:
            yield path.with_name(f"{node.module}.py")


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
