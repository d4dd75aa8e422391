"""What errors say, in a line."""

from __future__ import annotations

from typing import Any

import keras
import pytest
import tensorflow as tf

from tfcourse_utils.widgets.calling import as_tensor, said, where
from tfcourse_utils.widgets.unusable import UnusableError

from .learners_layers import Does


def _raises(error: BaseException) -> Any:
    def raising(inputs: Any) -> Any:
        raise error

    return raising


def _error(layer: Any, inputs: Any) -> BaseException:
    with pytest.raises(Exception) as caught:
        layer(inputs)
    return caught.value


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError("first\nsecond \x1b line"), "first second line"),
        (KeyError("b"), "b"),
        (
            AttributeError("'int' object has no attribute 'shape'"),
            "'int' object has no attribute 'shape'",
        ),
        (RuntimeError(), ""),
    ],
)
@pytest.mark.parametrize("inputs", [tf.ones((2, 3)), keras.KerasTensor((2, 3))])
def test_the_frames_of_layers_are_taken_off(error: Any, message: str, inputs: Any) -> None:
    deep = keras.Sequential([keras.Sequential([Does(_raises(error))])])
    for layer in (Does(_raises(error)), deep):
        assert said(_error(layer, inputs)).strip("'") == message.strip("'")
    assert said(error) == message


def test_a_long_message_is_cut() -> None:
    assert said(ValueError(161 * "x")) == 159 * "x" + "…"


def test_the_node_of_a_graph_is_left_out() -> None:
    error = _error(Does(lambda x: x @ tf.ones((5, 2))), keras.KerasTensor((2, 3)))
    assert said(error) == "Dimensions must be equal, but are 3 and 5"
    assert where(error).startswith(" in line ") and where(ValueError()) == ""


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (1.0, "but gave float."),
        (keras.KerasTensor((2,)), "but gave KerasTensor."),
        (tf.sparse.eye(2), "but gave SparseTensor."),
        (tf.Variable([1]), "should give floating numbers, but gave int32."),
    ],
)
def test_what_is_no_tensor_of_floating_numbers_is_refused(value: Any, problem: str) -> None:
    with pytest.raises(UnusableError, match=problem):
        as_tensor(value)


def test_a_variable_is_read() -> None:
    assert isinstance(as_tensor(tf.Variable([1.0])), tf.Tensor)
