"""The predictions of chapter 4, each worked out for real from the question as it is printed."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from typing import Any

import keras
import pytest
import tensorflow as tf

from tfcourse_utils.reference import layers_and_models as reference

QUESTION = re.compile(r"    # (\d+)\. (.*?)\n    \"(\w+)\": ", re.DOTALL)


def _questions() -> dict[str, str]:
    """Return the program of each question by its key."""
    source = inspect.getsource(reference).partition("layers_quiz = {")[2]
    programs = {}
    for number, program, key in QUESTION.findall(source):
        lines = re.sub(r"\n    # ?", "\n", program).splitlines()
        indent = len(f"{number}. ")
        programs[key] = "\n".join([lines[0], *(line[indent:] for line in lines[1:])])
    return programs


def _answer(program: str) -> Any:
    """Run a program, and return what its last line gives, as a learner would write it."""
    names = {"tf": tf, "keras": keras, "x": tf.ones((8, 3))}
    *lines, last = ast.parse(textwrap.dedent(program)).body
    exec(compile(ast.Module(lines, []), "<question>", "exec"), names)
    assert isinstance(last, ast.Expr)
    try:
        result = eval(compile(ast.Expression(last.value), "<question>", "eval"), names)
    except ValueError:
        return "error"
    return tuple(result) if isinstance(result, tf.TensorShape) else result


def test_every_question_has_a_program() -> None:
    assert list(_questions()) == list(reference.layers_quiz)


@pytest.mark.parametrize("key", reference.layers_quiz)
def test_the_predictions_come_true(key: str) -> None:
    assert _answer(_questions()[key]) == reference.layers_quiz[key]
