"""From the source of a right answer to what stands in the solution cell, and to its stub."""

from __future__ import annotations

import ast
import re
import textwrap

from .cells import SourceError

__all__ = ["BEGIN", "END", "blanks", "broken_original", "definition", "docstring", "marked"]

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"

_Function = (ast.FunctionDef, ast.AsyncFunctionDef)


def definition(module: str, name: str) -> str:
    """Return the source of the function, class or variable `name` of a module's text.

    Raises:
        LookupError: the module defines no such name at its top level.
    """
    lines = module.splitlines()
    for node in ast.parse(module).body:
        if name in _names(node):
            decorators = getattr(node, "decorator_list", [])
            first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
            return "\n".join(lines[first - 1 : node.end_lineno])
    raise LookupError(f"there is no {name!r}")


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, (*_Function, ast.ClassDef)):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def marked(source: str) -> str:
    """Return the source with nbgrader's solution markers round what a learner has to write.

    That is the body of a function, or of each method of a class, after its docstring; of a
    dictionary, all of it.
    """
    lines = source.splitlines()
    [node] = ast.parse(source).body
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        return "\n".join([BEGIN, *lines, END])
    functions = [node] if isinstance(node, _Function) else _methods(node)
    for function in reversed(functions):
        _mark(lines, function)
    return "\n".join(lines)


def _methods(node: ast.stmt) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the methods of a class, whose other statements would reach learners.

    Raises:
        SourceError: it has other statements than methods and a docstring.
    """
    methods: list[ast.FunctionDef | ast.AsyncFunctionDef] = []
    others: list[ast.stmt] = []
    for item in getattr(node, "body", []):
        (methods if isinstance(item, _Function) else others).append(item)
    if any(not isinstance(item, ast.Expr) for item in others):
        name = getattr(node, "name", "")
        raise SourceError(f"`{name}`: only methods can be stubbed; set attributes in one.")
    return methods


def _mark(lines: list[str], function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    first, last = function.body[0], function.body[-1]
    if first.lineno == function.lineno:
        raise SourceError(f"`{function.name}`: give the body of the function lines of its own.")
    has_docstring = ast.get_docstring(function) is not None
    # Comments before the first statement belong to the answer too.
    start = first.end_lineno if has_docstring else first.lineno - 1
    indent = " " * first.col_offset
    lines.insert(last.end_lineno or len(lines), indent + END)
    lines.insert(start or 0, indent + BEGIN)


def docstring(source: str) -> str | None:
    """Return the docstring of the function or class in `source`, with its quotes and indent."""
    [node] = ast.parse(source).body
    if not isinstance(node, (*_Function, ast.ClassDef)) or ast.get_docstring(node) is None:
        return None
    first = node.body[0]
    return "\n".join(source.splitlines()[first.lineno - 1 : first.end_lineno])


def blanks(source: str) -> str:
    """Return the source of a dictionary with `...` for each of its values."""
    [node] = ast.parse(source).body
    form = getattr(node, "value", None)
    if not isinstance(form, ast.Dict):
        raise SourceError("Only a dictionary can be turned into a form.")
    lines = [line.encode() for line in source.splitlines()]
    for value in reversed(form.values):
        first, last = value.lineno - 1, (value.end_lineno or value.lineno) - 1
        rest = lines[last][value.end_col_offset :]
        lines[first : last + 1] = [lines[first][: value.col_offset] + b"..." + rest]
    return b"\n".join(lines).decode()


def broken_original(found: str, right: str, name: str) -> str:
    """Return what a learner gets to mend: the code as it was found, with the contract's docstring.

    Args:
        found: its source in the exercise's module, decorated and of any name.
        right: the source of the right answer, from which the docstring is taken.
        name: the answer's name.
    """
    source = textwrap.dedent(found)
    [node] = ast.parse(source).body
    lines = source.splitlines()[node.lineno - 1 : node.end_lineno]
    lines[0] = re.sub(r"\b(def|class) \w+", rf"\1 {name}", lines[0], count=1)
    body_start = node.body[0].lineno - node.lineno  # type: ignore[attr-defined]
    if (text := docstring(right)) is not None:
        lines.insert(body_start, text)
    return "\n".join(lines)
