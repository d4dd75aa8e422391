"""Small faults, one function each: what a node of a right answer might have been instead.

They are made for this material: the slips that people make with axes, reductions, variables and
tapes, besides those of any program.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from typing import TypeVar

__all__ = ["OPERATORS", "Operator"]

Operator = Callable[[ast.AST], Iterator[ast.AST]]

_Node = TypeVar("_Node", bound=ast.AST)

_REDUCTIONS = {
    "reduce_mean": "reduce_sum",
    "reduce_sum": "reduce_mean",
    "reduce_max": "reduce_min",
    "reduce_min": "reduce_max",
    "reduce_any": "reduce_all",
    "reduce_all": "reduce_any",
    "maximum": "minimum",
    "minimum": "maximum",
    "mean": "sum",
    "sum": "mean",
    "max": "min",
    "min": "max",
    "argmax": "argmin",
}
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_SIGNS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.MatMult: ast.Mult,
}
_COMMUTATIVE = {"maximum", "minimum", "add", "multiply", "union", "intersection", "allclose"}
_DTYPES = {
    "float32": "float64",
    "float64": "float32",
    "int32": "int64",
    "int64": "int32",
    "bool": "int32",
}
_OTHER_NUMBER: dict[float, int] = {0: 1, 1: 0, 2: 3}
_UPDATES = {"assign_sub": "assign_add", "assign_add": "assign_sub"}
_REBOUND = {"assign_sub": ast.Sub(), "assign_add": ast.Add()}


def _with(node: _Node, **fields: object) -> _Node:
    """Return a copy of a node with other fields."""
    new = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def axis(node: ast.AST) -> Iterator[ast.AST]:
    """Another axis, or none; an axis that is not kept."""
    if not isinstance(node, ast.Call):
        return
    for keyword in node.keywords:
        others = [other for other in node.keywords if other is not keyword]
        if keyword.arg in ("axis", "keepdims"):
            yield _with(node, keywords=others)
        if keyword.arg == "axis" and isinstance(keyword.value, (ast.Constant, ast.UnaryOp)):
            zero = ast.unparse(keyword.value) == "0"
            other = ast.keyword("axis", ast.Constant(1 if zero else 0))
            yield _with(node, keywords=[*others, other])


def reduction(node: ast.AST) -> Iterator[ast.AST]:
    """The mean for the sum, the least for the greatest."""
    if isinstance(node, ast.Attribute) and node.attr in _REDUCTIONS:
        yield _with(node, attr=_REDUCTIONS[node.attr])


def comparison(node: ast.AST) -> Iterator[ast.AST]:
    """A boundary that belongs to the other side; the opposite."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            if new := _COMPARISONS.get(type(operator)):
                yield _with(node, ops=[*node.ops[:place], new(), *node.ops[place + 1 :]])


def sign(node: ast.AST) -> Iterator[ast.AST]:
    """Plus for minus, times for divided by; a minus forgotten."""
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and (new := _SIGNS.get(type(node.op))):
        yield _with(node, op=new())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not, ast.Invert)):
        yield copy.deepcopy(node.operand)


def constant(node: ast.AST) -> Iterator[ast.AST]:
    """The other of 0 and 1 or of true and false; 3 for 2; else nothing at all."""
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, (int, float)):
        yield ast.Constant(type(value)(_OTHER_NUMBER.get(value, 0)))


def dropped(node: ast.AST) -> Iterator[ast.AST]:
    """A statement that is not there; a call that hands on what it is given."""
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Raise)):
        yield ast.Pass()
    if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
        yield ast.Pass()
    if isinstance(node, ast.Call) and node.args and not isinstance(node.args[0], ast.Starred):
        yield copy.deepcopy(node.args[0])


def _is_commutative(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and function.attr in _COMMUTATIVE


def swapped(node: ast.AST) -> Iterator[ast.AST]:
    """Two arguments, operands or results in the wrong order."""
    if isinstance(node, ast.Call) and len(node.args) > 1 and not _is_commutative(node.func):
        yield _with(node, args=[node.args[1], node.args[0], *node.args[2:]])
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Sub, ast.Div, ast.MatMult)):
        yield _with(node, left=node.right, right=node.left)
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
        yield ast.Return(_with(node.value, elts=node.value.elts[::-1]))


def update(node: ast.AST) -> Iterator[ast.AST]:
    """A new value under an old name, where a variable should change; the other direction."""
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return
    called = node.value.func
    if not isinstance(called, ast.Attribute) or not node.value.args:
        return
    if called.attr in _UPDATES:
        other = _with(called, attr=_UPDATES[called.attr])
        yield ast.Expr(_with(node.value, func=other))
    if called.attr in (*_REBOUND, "assign"):
        name, change = called.value, node.value.args[0]
        target = _with(name, ctx=ast.Store())
        operator = _REBOUND.get(called.attr)
        yield ast.Assign([target], ast.BinOp(name, operator, change) if operator else change)


def dtype(node: ast.AST) -> Iterator[ast.AST]:
    """Another type of numbers."""
    if isinstance(node, ast.Attribute) and node.attr in _DTYPES:
        yield _with(node, attr=_DTYPES[node.attr])
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in _DTYPES:
        yield ast.Constant(_DTYPES[node.value])


def off_by_one(node: ast.AST) -> Iterator[ast.AST]:
    """One too few or too many; a slice without its start or its end."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range":
        for operator in (ast.Add(), ast.Sub()):
            last = ast.BinOp(node.args[-1], operator, ast.Constant(1))
            yield _with(node, args=[*node.args[:-1], last])
    if isinstance(node, ast.Slice):
        yield from (
            _with(node, **{part: None}) for part in ("lower", "upper") if getattr(node, part)
        )


def branch(node: ast.AST) -> Iterator[ast.AST]:
    """A case that is always or never taken."""
    if isinstance(node, (ast.If, ast.IfExp)):
        yield from (_with(node, test=ast.Constant(value)) for value in (True, False))


def parameter(node: ast.AST) -> Iterator[ast.AST]:
    """A parameter that is not looked at: its default counts, or else 1, whatever is given."""
    if not isinstance(node, ast.FunctionDef):
        return
    named, start = node.args.args, 1 if ast.get_docstring(node) else 0
    ones: list[ast.expr] = [ast.Constant(1)] * (len(named) - len(node.args.defaults))
    for argument, value in zip(named, [*ones, *node.args.defaults]):
        if argument.arg != "self":
            ignored = ast.Assign([ast.Name(argument.arg, ast.Store())], value)
            yield _with(node, body=[*node.body[:start], ignored, *node.body[start:]])


def nothing(node: ast.AST) -> Iterator[ast.AST]:
    """A result that is not returned."""
    if isinstance(node, ast.Return) and node.value is not None:
        yield ast.Return(None)


OPERATORS: dict[str, Operator] = {
    operator.__name__.replace("_", " "): operator
    for operator in (
        axis,
        reduction,
        comparison,
        sign,
        constant,
        dropped,
        swapped,
        update,
        dtype,
        off_by_one,
        branch,
        parameter,
        nothing,
    )
}
