"""The predictions of chapter 2, each worked out for real from the question as it is printed."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from typing import Any

import pytest
import tensorflow as tf

from tfcourse_utils.reference import gradient_tape as reference

QUESTION = re.compile(r"    # (\d+)\. (.*?)\n    \"(\w+)\": ", re.DOTALL)


def _questions() -> dict[str, str]:
    """Return the program of each question by its key."""
    source = inspect.getsource(reference).partition("tape_quiz = {")[2]
    programs = {}
    for number, program, key in QUESTION.findall(source):
        lines = re.sub(r"\n    # ?", "\n", program).splitlines()
        indent = len(f"{number}. ")
        programs[key] = "\n".join([lines[0], *(line[indent:] for line in lines[1:])])
    return programs


def _answer(program: str) -> Any:
    """Run a program, and return what its last line gives, as a learner would write it."""
    names = {"tf": tf, "v": tf.Variable(3.0), "c": tf.constant(3.0)}
    *lines, last = ast.parse(textwrap.dedent(program)).body
    exec(compile(ast.Module(lines, []), "<question>", "exec"), names)
    assert isinstance(last, ast.Expr)
    try:
        result = eval(compile(ast.Expression(last.value), "<question>", "eval"), names)
    except RuntimeError:
        return "error"
    return "None" if result is None else result.numpy().tolist()


def test_every_question_has_a_program() -> None:
    assert list(_questions()) == list(reference.tape_quiz)


@pytest.mark.parametrize("key", reference.tape_quiz)
def test_the_predictions_come_true(key: str) -> None:
    assert _answer(_questions()[key]) == reference.tape_quiz[key]
