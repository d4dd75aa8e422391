"""Mutants: which there are, and what the checks make of them."""

from __future__ import annotations

import ast
import io
import threading
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console

from grader.mutants import Mutant, mutants, run
from grader.mutants.mutate import compiled
from grader.mutants.operators import OPERATORS
from grader.mutants.run import Outcome, _mutants, run_mutants, stale_reasons
from grader.mutants.table import matrix
from tfcourse_utils.checking import find_exercise, topic_exercises, topics

DENSE = find_exercise("linear_classifiers.dense")


def made(source: str, operator: str) -> list[str]:
    """Return what a kind of fault makes of a function with this body."""
    source = f"def f(x, k=None):\n    {source}\n"
    return [m.source.split("\n    ", 1)[1] for m in mutants(source) if m.operator == operator]


@pytest.mark.parametrize(
    ("operator", "source", "expected"),
    [
        ("axis", "return g(x, axis=0)", ["return g(x)", "return g(x, axis=1)"]),
        ("axis", "return g(x, axis=-1)", ["return g(x)", "return g(x, axis=0)"]),
        ("axis", "return g(x, keepdims=True)", ["return g(x)"]),
        ("reduction", "return tf.reduce_mean(x)", ["return tf.reduce_sum(x)"]),
        ("comparison", "return x < 1", ["return x <= 1"]),
        ("comparison", "return x is None", ["return x is not None"]),
        ("sign", "return x - y", ["return x + y"]),
        ("sign", "return -x", ["return x"]),
        ("sign", "x += y", ["x -= y"]),
        ("constant", "return x[0, 1, 2, 7]", [
            "return x[1, 1, 2, 7]", "return x[0, 0, 2, 7]", "return x[0, 1, 3, 7]",
            "return x[0, 1, 2, 0]",
        ]),
        ("constant", "return g(True, 0.5)", ["return g(False, 0.5)", "return g(True, 0.0)"]),
        ("dropped", "g(x)\n    return x", ["pass\n    return x"]),
        ("dropped", "x = y\n    return x", ["pass\n    return x"]),
        ("dropped", "raise ValueError", ["pass"]),
        ("swapped", "return x - y", ["return y - x"]),
        ("swapped", "return g(x, y, 1)", ["return g(y, x, 1)"]),
        ("swapped", "return tf.maximum(x, y)", []),
        ("swapped", "return x, y", ["return (y, x)"]),
        ("update", "v.assign_sub(x)", ["v.assign_add(x)", "v = v - x"]),
        ("update", "self.v.assign(x)", ["self.v = x"]),
        ("dtype", "return tf.cast(x, tf.float32)", ["return tf.cast(x, tf.float64)"]),
        ("dtype", "return g(x, 'int32')", ["return g(x, 'int64')"]),
        ("off by one", "return range(1, x)", ["return range(1, x + 1)", "return range(1, x - 1)"]),
        ("off by one", "return x[1:]", ["return x[:]"]),
        ("branch", "return 1 if x else 2", ["return 1 if True else 2", "return 1 if False else 2"]),
        ("parameter", "return x", ["x = 1\n    return x", "k = None\n    return x"]),
        ("nothing", "return x", ["return"]),
    ],
)  # fmt: skip
def test_each_kind_of_fault(operator: str, source: str, expected: list[str]) -> None:
    assert made(source, operator) == expected


def test_every_kind_has_an_example() -> None:
    examples = test_each_kind_of_fault.pytestmark[0].args[1]
    assert {kind for kind, _, _ in examples} == set(OPERATORS)


def test_what_no_check_looks_at_stays() -> None:
    source = 'def f(x):\n    """Twice 2."""\n    print(f"{x - 1}")\n    g(verbose=1)\n'
    changes = [mutant.change for mutant in mutants(source)]
    assert {change.rpartition(" → ")[2] for change in changes} == {
        "pass",
        "f'{x - 1}'",
        "f begins with x = 1",
    }


def test_mutants_differ_from_the_answer_and_from_each_other() -> None:
    source = "def f(x):\n    return tf.reduce_sum(x - x, axis=0) < 1\n"
    found = [mutant.source for mutant in mutants(source)]
    assert len(set(found)) == len(found) > 5
    assert ast.unparse(ast.parse(source)) not in found


def test_a_mutant_can_be_read_by_autograph() -> None:
    import tensorflow as tf

    source = "def f(x):\n    while x < 7:\n        x += 2\n    return x\n"
    mutant = next(m for m in mutants(source) if m.change == "x += 2 → x -= 2")
    changed = Mutant("", "", "", mutant.source.replace("x -= 2", "x += 3"))
    assert int(tf.function(compiled(changed, "f", {}))(tf.constant(0))) == 9


def test_the_checks_of_a_right_answer_catch_what_is_wrong() -> None:
    outcomes = list(run_mutants([DENSE]))
    assert len(outcomes) > 5 and all(outcome.killed for outcome in outcomes)
    assert [outcome.finding for outcome in outcomes] == [""] * len(outcomes)


def _spin() -> None:
    while True:
        pass


@pytest.mark.parametrize("endless", [_spin, threading.Event().wait])
def test_what_never_ends_is_interrupted(
    endless: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "_SECONDS", {"ITIMER_PROF": 0.2, "ITIMER_REAL": 1})
    with pytest.raises(KeyboardInterrupt), run._in_time():
        endless()


def outcome(*, killed: bool, reason: str = "") -> Outcome:
    return Outcome(DENSE.id, Mutant("sign", "return x - y", "x - y → x + y", ""), killed, reason)


def test_what_is_found() -> None:
    assert not outcome(killed=True).finding and not outcome(killed=False, reason="even").finding
    assert outcome(killed=False).finding == (
        "linear_classifiers.dense, 'return x - y': x - y → x + y gets full marks"
    )
    assert outcome(killed=True, reason="even").finding.endswith("is caught, and yet listed")


def test_a_reason_for_a_mutant_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    listed: dict[str, Any] = {"dense": [{"line": "return 1", "change": "1 → 0", "reason": "…"}]}
    monkeypatch.setattr("grader.mutants.run._listed", lambda topic: listed)
    assert list(stale_reasons([DENSE])) == [
        "linear_classifiers.dense: there is no mutant '1 → 0' of 'return 1'"
    ]


def test_the_matrix_tells_all_from_some() -> None:
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(matrix([DENSE], [outcome(killed=True), outcome(killed=False)]))
    [row] = [line.split() for line in console.export_text().splitlines() if "dense" in line]
    assert row[0] == "dense" and row.count("1/2") == 2 and row[-1] == str(8)


@pytest.mark.parametrize("exercise_id", [e for topic in topics() for e in topic_exercises(topic)])
def test_every_answer_of_the_course_has_mutants(exercise_id: str) -> None:
    assert len(_mutants(find_exercise(exercise_id))) >= 2
