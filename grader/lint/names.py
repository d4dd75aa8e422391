"""Names that can't be thought up: which an answer needs, and which a text tells.

`tf.where`, a path into a library; `.assign`, of an object; `keepdims=`, of a call. Python's own are
no such names, and neither is text in quotes: most of it is for whoever writes it to choose.
"""

from __future__ import annotations

import ast
import builtins
import re
import sys
import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

__all__ = ["is_told", "needed", "told", "told_in_prose"]

#: What the course calls the libraries that it teaches.
_LIBRARIES = {
    "tf": "tensorflow",
    "keras": "keras",
    "np": "numpy",
    "plt": "matplotlib.pyplot",
    "keras_tuner": "keras_tuner",
}
_PATH = re.compile(rf"(?<![\w.])(?:{'|'.join(_LIBRARIES)})(?:\.[^\W\d]\w*)+")
_ATTRIBUTE = re.compile(r"\.[^\W\d]\w*")
_KEYWORD = re.compile(r"\b[^\W\d]\w*=(?![=\s])")  # with blanks round it, it is an assignment
_IMPORTED = re.compile(r"^from [\w.]+ import (\([^)]*\)|.+)$", re.MULTILINE)
_BACKTICKS = re.compile(r"```.*?```|`[^`]+`", re.DOTALL)
_ALONE = re.compile(r"`\.?([^\W\d]\w*)(?:\([^`]*\))?`")

_TYPES = (str, list, dict, set, tuple, int, float, BaseException, Path)
_PYTHONS_OWN = {f".{name}" for kind in _TYPES for name in dir(kind)} | set(dir(builtins))


def needed(answer: str, module: str) -> set[str]:
    """Return the names that an answer uses and has not made itself.

    Args:
        answer: the source of its definition.
        module: the source of the module it stands in, which imports for it.
    """
    imports = [node for node in ast.parse(module).body if isinstance(node, ast.Import)]
    uses = _Uses(_imported(module), {alias.name for node in imports for alias in node.names})
    uses.visit(ast.parse(answer))
    return uses.names - uses.made - _PYTHONS_OWN


class _Uses(ast.NodeVisitor):
    def __init__(self, imported: set[str], modules: set[str]) -> None:
        self.imported = imported
        self.pythons_own = modules & sys.stdlib_module_names
        self.names: set[str] = set()
        self.made: set[str] = set()

    def visit_Attribute(self, node: ast.Attribute) -> None:
        chain = ast.unparse(node)
        if _PATH.fullmatch(chain):
            self.names.add(chain)
        elif chain.partition(".")[0] not in self.pythons_own:
            made = isinstance(node.ctx, ast.Store)
            (self.made if made else self.names).add(f".{node.attr}")
            self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        if not self._is_pythons_own(ast.unparse(node.func)):
            self.names |= {f"{keyword.arg}=" for keyword in node.keywords if keyword.arg}
        self.generic_visit(node)

    def _is_pythons_own(self, function: str) -> bool:
        of_module = function.partition(".")[0] in self.pythons_own
        name = "".join(function.rpartition(".")[1:])  # `.strip`, or all of `sorted`
        return of_module or (name in _PYTHONS_OWN and not _PATH.fullmatch(function))

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in self.imported:
            self.names.add(node.id)


def _imported(module: str) -> set[str]:
    """Return what a module takes out of libraries other than Python's own."""
    return {
        alias.asname or alias.name
        for node in ast.parse(module).body
        if isinstance(node, ast.ImportFrom) and node.module
        if node.module.partition(".")[0] not in sys.stdlib_module_names
        for alias in node.names
    }


def told(code: str) -> set[str]:
    """Return the names that stand in code, which may be a part of a line, or in its comments."""
    paths = [path.split(".") for path in _PATH.findall(code)]
    names = {".".join(path[:end]) for path in paths for end in range(2, len(path) + 1)}
    imported = re.findall(r"\w+", " ".join(_IMPORTED.findall(code)))
    attributes = _ATTRIBUTE.findall(_PATH.sub("", code))
    return names.union(attributes, _KEYWORD.findall(code), imported)


def told_in_prose(text: str) -> set[str]:
    """Return the names in backticks. A word that stands there alone is the end of any path."""
    return told("\n".join(_BACKTICKS.findall(text))).union(_ALONE.findall(text))


def is_told(name: str, names: set[str]) -> bool:
    """Whether `names` hold this one, its last part alone, or another path to the same thing."""
    last = name.strip(".=").rpartition(".")[2]
    if name in names or last in names:
        return True
    paths = [other for other in names if other.endswith(f".{last}") and _PATH.fullmatch(other)]
    thing = _thing(name) if _PATH.fullmatch(name) else None
    return thing is not None and any(_thing(path) is thing for path in paths)


def _thing(path: str) -> Any:
    """Return what stands at a path, or None: some in the lessons lead nowhere, on purpose."""
    library, *names = path.split(".")
    thing: Any = import_module(_LIBRARIES[library])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some are old
        for name in names:
            thing = getattr(thing, name, None)
    return thing
