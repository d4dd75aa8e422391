"""The doctor on any function: a finding for each input, whatever the function does."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from tfcourse_utils.gradient_doctor import Cause, examine

X = tf.constant([1.0, 2.0, 3.0])


def causes(f: Any, *inputs: Any) -> list[Cause]:
    return [finding.cause for finding in examine(f, *inputs).findings]


def test_there_is_a_finding_for_each_input_in_order() -> None:
    v = tf.Variable(2.0)
    found = examine(lambda a, n, w: tf.round(a) * w + tf.cast(n, tf.float32), 1.5, 3, v)
    assert [one.cause for one in found.findings] == [Cause.NO_SLOPE, Cause.INTEGER, Cause.NONE]
    assert [f"`{name}`" in str(one) for name, one in zip("anw", found.findings)] == [True] * 3
    assert str(found) == repr(found) == "\n".join(map(str, found.findings))


@pytest.mark.parametrize(
    ("f", "cause"),
    [
        (lambda x: tf.reduce_sum(x**2), Cause.NONE),
        (lambda x: tf.reduce_sum(keras.ops.square(x)), Cause.NONE),
        (lambda x: tf.stop_gradient(tf.reduce_sum(x)), Cause.STOPPED),
        (lambda x: tf.constant(float(tf.reduce_sum(x))), Cause.LEFT),
        (lambda x: float(tf.reduce_sum(x)), Cause.LEFT),
        (lambda x: None, Cause.LEFT),
        (lambda x: tf.constant(2.0), Cause.UNRELATED),
        (lambda x: TWO * 1.0, Cause.UNRELATED),
        (lambda x: tf.argmax(x), Cause.INTEGER),
        (lambda x: tf.reduce_sum(tf.nn.relu(-x)), Cause.FLAT),
        (lambda x: tf.reduce_sum(tf.math.log(x - 1)), Cause.NOT_FINITE),
        (lambda x: tf.reduce_sum(x) * 0.0 if x[0] > 0 else x[0], Cause.UNKNOWN),
        (lambda x: 1 / 0, Cause.RAISED),
        (lambda x: x @ x, Cause.RAISED),
    ],
)
def test_causes_are_told_apart(f: Any, cause: Cause) -> None:
    assert causes(f, X) == [cause]


TWO = tf.Variable(2.0)


def test_a_tf_function_is_looked_into() -> None:
    @tf.function
    def compiled(x: Any) -> Any:
        whole = tf.round(x)
        return tf.reduce_sum(whole)

    @tf.function
    def needs_autograph(x: Any) -> Any:
        total = tf.constant(0.0)
        for i in tf.range(3):
            total += x * tf.cast(i, tf.float32)
        return tf.round(total)

    [finding] = examine(compiled, X).findings
    assert finding.cause is Cause.NO_SLOPE
    assert finding.line is not None and finding.line.text == "whole = tf.round(x)"
    [finding] = examine(needs_autograph, 2.0).findings
    assert finding.cause is Cause.UNKNOWN and "for i in tf.range(3):" in str(finding)


def test_a_custom_gradient_that_gives_none_is_told() -> None:
    @tf.custom_gradient
    def odd(z: Any) -> Any:
        return tf.nn.softplus(z), lambda up: None

    assert "A custom gradient in" in str(examine(lambda z: odd(z), 1.0))


def test_leaving_the_session_is_an_error_like_others() -> None:
    def leaves(x: Any) -> Any:
        raise SystemExit

    assert causes(leaves, 1.0) == [Cause.RAISED]


def test_several_numbers_and_stretched_shapes_are_told() -> None:
    assert causes(lambda x: x * 2, X) == [Cause.NONE, Cause.NOT_SCALAR]
    column = np.ones((3, 1), np.float32)
    found = examine(lambda w, y: tf.reduce_mean((w - y) ** 2), X, column).findings
    assert [one.cause for one in found] == [Cause.NONE, Cause.NONE, Cause.BROADCAST]
    assert "(3,) and (3, 1) and makes (3, 3)" in str(found[-1])
    assert causes(lambda x, b: tf.reduce_sum(x + b), tf.ones((4, 3)), X) == [Cause.NONE] * 2


def test_an_error_is_told_with_its_line() -> None:
    def broken(x: Any) -> Any:
        return x @ x

    [finding] = examine(broken, X).findings
    assert finding.line is not None and finding.line.text == "return x @ x"
    assert "InvalidArgumentError" in finding.says and len(finding.says) <= 400


def test_a_function_without_a_signature_has_nameless_inputs() -> None:
    class Doubler:
        __signature__ = "odd"

        def __call__(self, x: Any) -> Any:
            return 2 * x

    assert "the source" in str(examine(Doubler(), -3.0))


def test_variables_keep_their_values() -> None:
    v = tf.Variable(3.0)

    def counts(x: Any) -> Any:
        v.assign_add(1.0)
        return tf.round(x) * v

    assert causes(counts, 2.0) == [Cause.NO_SLOPE]
    assert v.numpy() == 4.0


_UNARY = [
    tf.round, tf.sign, tf.sqrt, tf.math.log, tf.exp, tf.nn.relu, tf.stop_gradient, tf.tanh,
    tf.reduce_sum, tf.argmax, tf.norm, keras.ops.softmax, tf.unstack, tf.strings.as_string,
    tf.linalg.diag, tf.Variable,
    lambda x: x > 0, lambda x: x.numpy(), lambda x: float(x[0]), lambda x: x[:1],
    lambda x: tf.cast(x, tf.int32), lambda x: tf.cast(x, tf.float32), lambda x: x[:, None] - x,
    lambda x: 1 / x, lambda x: x * 0, lambda x: [x, x], lambda x: {"a": x},
    lambda x: tf.gather(x, [0, 0]), lambda x: x if x[0] > 1 else -x,
    lambda x: tf.map_fn(tf.square, x),
    lambda x: tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * y), [0, x])[1],
]  # fmt: skip


@given(
    functions=st.lists(st.sampled_from(_UNARY), min_size=1, max_size=4),
    numbers=st.lists(st.floats(-100, 100, width=32), min_size=2, max_size=2),
)
@settings(max_examples=60, deadline=None)
def test_whatever_a_function_does_there_is_one_answer(functions: Any, numbers: Any) -> None:
    def chain(x: Any) -> Any:
        for f in functions:
            x = f(x)
        return x

    findings = examine(chain, tf.constant(numbers)).findings
    assert findings and all(one.says for one in findings)
