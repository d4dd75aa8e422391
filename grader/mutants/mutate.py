"""A right answer → the same with one small fault, for each fault that there could be."""

from __future__ import annotations

import ast
import copy
import linecache
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .operators import OPERATORS

__all__ = ["Mutant", "compiled", "mutants"]


@dataclass(frozen=True)
class Mutant:
    """A right answer with one fault.

    Attributes:
        operator: the kind of fault.
        line: the line of the right answer in which it is, without indent.
        change: the part that was changed, and what into.
        source: of the whole answer.
    """

    operator: str
    line: str
    change: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield all different mutants of the definition of a function, a class or a dictionary."""
    tree, lines = ast.parse(source), source.splitlines()
    seen = {ast.unparse(tree)}
    left_out = {id(part) for node in ast.walk(tree) for part in _free(node)}
    left_out |= {
        id(node) for node in tree.body if isinstance(node, ast.Assign)
    }  # the answer itself
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in left_out:
            continue
        for operator, changes in OPERATORS.items():
            for new in changes(node):
                text = ast.unparse(_replaced(tree, place, new))
                if text not in seen:
                    seen.add(text)
                    line = lines[getattr(node, "lineno", 1) - 1].strip()
                    yield Mutant(operator, line, _change(node, new), text)


def _free(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what no check should look at: the words of a message, and what is shown meanwhile."""
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.keyword) and node.arg == "verbose"):
        yield from ast.walk(node)


def _replaced(tree: ast.Module, place: int, new: ast.AST) -> ast.Module:
    """Return the tree with another node in a place, which counts in the order of `ast.walk`."""
    made = copy.deepcopy(tree)
    old = list(ast.walk(made))[place]

    class _Replace(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            made = new if node is old else self.generic_visit(node)
            does_nothing = isinstance(made, ast.Expr) and isinstance(made.value, ast.Name)
            return ast.Pass() if does_nothing else made  # so that none is there twice

    return ast.fix_missing_locations(_Replace().visit(made))


def _change(old: ast.AST, new: ast.AST) -> str:
    if isinstance(old, ast.FunctionDef):  # only its beginning is new
        return f"{old.name} begins with {_first_new(old, new)}"
    if isinstance(old, ast.If):
        return f"if {ast.unparse(old.test)} → if {ast.unparse(new.test)}"  # type: ignore[attr-defined]
    return f"{ast.unparse(old)} → {ast.unparse(new)}"


def _first_new(old: ast.FunctionDef, new: ast.AST) -> str:
    kept = {ast.dump(statement) for statement in old.body}
    return next(ast.unparse(s) for s in getattr(new, "body", ()) if ast.dump(s) not in kept)


def compiled(mutant: Mutant, name: str, scope: dict[str, Any]) -> Any:
    """Return a mutant as the object that it defines, with a source that AutoGraph can read.

    Args:
        name: of the answer.
        scope: what it finds round it, as in the module of the right answers.
    """
    file = f"<mutant of {name}: {mutant.change}>"
    linecache.cache[file] = (len(mutant.source), None, mutant.source.splitlines(True), file)
    scope = {known: value for known, value in scope.items() if known != name}
    exec(compile(mutant.source, file, "exec"), scope)
    return scope[name]
