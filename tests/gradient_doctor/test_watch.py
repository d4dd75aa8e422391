"""The doctor on functions that use a tape: each fault by its name and on its line."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from tfcourse_utils.checking import ask, exercise, observe
from tfcourse_utils.gradient_doctor import Cause, diagnosed, watch


def _load(name: str) -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)


faults = SimpleNamespace(**(_load("faults") | _load("numbers")))

X = tf.constant([1.0, 2.0, 3.0])


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Don't show what TensorFlow says of integers that are watched."""
    logger = tf.get_logger()
    level = logger.level
    logger.setLevel(logging.ERROR)
    yield
    logger.setLevel(level)


@pytest.mark.parametrize(
    ("name", "cause", "line"),
    [
        ("unwatched", Cause.UNWATCHED, ""),
        ("untrainable", Cause.UNWATCHED, ""),
        ("jacobian", Cause.UNWATCHED, ""),
        ("compiled", Cause.UNWATCHED, ""),
        ("times_none", Cause.UNWATCHED, ""),
        ("decides", Cause.UNWATCHED, ""),
        ("second_unwatched", Cause.UNWATCHED, ""),
        ("rebound", Cause.REBOUND, "w = w * 1.0"),
        ("rebound_in_a_loop", Cause.REBOUND, "w = w - 0.1 * gradient"),
        ("loss_outside", Cause.OUTSIDE, "loss = tf.reduce_sum(y)"),
        ("start_outside", Cause.OUTSIDE, "y = v**3"),
        ("second_outside", Cause.OUTSIDE, "slope = inner.gradient(y, x)"),
        ("stopped_recording", Cause.OUTSIDE, "y = x**3"),
        ("late", Cause.LATE, "y = x**3"),
        ("asked_twice", Cause.USED_UP, "tape.gradient(z, x)"),
        ("jacobian_after_gradient", Cause.USED_UP, "tape.jacobian(y, x)"),
        ("whole_numbers", Cause.INTEGER, "x = tf.constant([1, 2, 3])"),
        ("cast_and_back", Cause.INTEGER, "whole = tf.cast(x, tf.int32)"),
        ("whole_result", Cause.INTEGER, "y = tf.argmax(x)"),
        ("takes_numpy", Cause.LEFT, "n = x.numpy()"),
        ("numpy_result", Cause.LEFT, "tape.gradient(y, x)"),
        ("numpy_function", Cause.LEFT, "cubes = np.power(x, 3)"),
        ("float_result", Cause.LEFT, "tape.gradient(y, x)"),
        ("float_between", Cause.LEFT, "number = float(tf.reduce_sum(x))"),
        ("wrapped_numpy", Cause.LEFT, "cubes = tf.numpy_function"),
        ("position", Cause.NO_SLOPE, "i = tf.argmax(x)"),
        ("comparison", Cause.NO_SLOPE, "right = x > 1.5"),
        ("rounding", Cause.NO_SLOPE, "whole = tf.round(x)"),
        ("kerass_variable", Cause.NO_SLOPE, "whole = tf.round(KERAS)"),
        ("stopped", Cause.STOPPED, "y = tf.stop_gradient(x**2)"),
        ("unrelated", Cause.UNRELATED, "y = v * v"),
        ("apart", Cause.UNRELATED, "x = tf.identity(x)"),
        ("second_of_a_line", Cause.UNRELATED, "slope = inner.gradient(y, x)"),
        ("through_a_variable", Cause.STATE, "v.assign(x * 2)"),
        ("made_variable", Cause.STATE, "w = tf.Variable(x)"),
        ("dead", Cause.FLAT, "hidden = tf.nn.relu(-x)"),
        ("saturated", Cause.FLAT, "p = tf.sigmoid(500 * x)"),
        ("signs", Cause.FLAT, "s = tf.sign(x)"),
        ("by_nothing", Cause.FLAT, "y = x * 0.0"),
        ("clipped", Cause.FLAT, "y = tf.minimum(x, 0.5)"),
        ("dead_layer", Cause.FLAT, "y = layer(x[None])"),
        ("log_of_0", Cause.NOT_FINITE, "y = tf.math.log(x - 1.0)"),
        ("root_of_0", Cause.NOT_FINITE, "y = tf.sqrt(x - 1.0)"),
        ("norm_of_0", Cause.NOT_FINITE, "y = tf.norm(x - x)"),
        ("by_0", Cause.NOT_FINITE, "y = 1 / (x - 1)"),
        ("overflow", Cause.NOT_FINITE, "e = tf.exp(x * 100)"),
        ("not_taken", Cause.NOT_FINITE, "logs = tf.math.log(x - 1.0)"),
        ("exploding_steps", Cause.NOT_FINITE, "e = tf.exp(w * 40.0)"),
        ("not_a_number_given", Cause.NOT_FINITE, "y = tf.reduce_sum(v * v)"),
        ("several_numbers", Cause.NOT_SCALAR, "tape.gradient(y, x)"),
    ],
)  # fmt: skip
def test_each_fault_is_named_on_its_line(name: str, cause: Cause, line: str) -> None:
    finding = watch(getattr(faults, name), X).findings[0]
    found = "" if finding.line is None else finding.line.text
    assert (finding.cause, line in found and bool(line) == bool(found)) == (cause, True), finding
    assert "\n" not in str(finding) and len(str(finding)) < 500


@pytest.mark.parametrize("name", ["cubes", "two_tapes", "persistent", "inside", "steps", "model"])
def test_nothing_is_said_of_what_is_right(name: str) -> None:
    watched = watch(getattr(faults, name), X)
    assert (watched.findings, watched.error) == ((), None)
    tf.nest.map_structure(np.testing.assert_allclose, watched.result, getattr(faults, name)(X))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("dead", "All that comes to `tf.nn.relu` in line"),
        ("saturated", "its inputs, numbers from 500 to 1500,"),
        ("not_taken", "The result leaves it out, but its gradient is 0 times infinity: NaN."),
        ("log_of_0", "The first infinite number is made by `tf.math.log` in line"),
        ("by_0", "which divides by 0"),
        ("root_of_0", "its slope at 0 is infinite"),
        ("several_numbers", "the shape (3,)"),
    ],
)
def test_the_words_say_more(name: str, says: str) -> None:
    assert says in str(watch(getattr(faults, name), X).findings[0])


def test_each_source_has_its_finding_and_a_name() -> None:
    def two(a: Any, b: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(a)
            y = tf.reduce_sum(tf.round(a) + b)
        return tape.gradient(y, [a, b])

    first, second = watch(two, X, X + 1).findings
    assert (first.cause, second.cause) == (Cause.NO_SLOPE, Cause.UNWATCHED)
    assert "`a`" in str(first) and "`b`" in str(second)


def test_a_source_without_a_name_is_called_as_it_is_written() -> None:
    class Model:
        w, b = 1.0, 2.0

    def step(model: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = tf.square(model.w + model.b)
        return tape.gradient(loss, [model.w, model.b])

    def one(model: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = tf.square(model.w)
        return tape.gradient(
            loss, model.w
        )  # fmt: skip

    model = Model()
    model.w, model.b = tf.constant(1.0), tf.constant(2.0)  # type: ignore[assignment]
    first, second = map(str, watch(step, model).findings)
    assert "`model.w`" in first and "`model.b`" in second
    assert "the source" in str(watch(one, model).findings[0])


@pytest.mark.parametrize("name", ["number_as_source", "number_to_watch"])
def test_a_tape_follows_no_plain_numbers(name: str) -> None:
    [finding] = watch(getattr(faults, name), X).findings
    assert finding.cause is Cause.LEFT and "the type float" in str(finding)


def test_a_long_training_is_watched_without_keeping_all_of_it() -> None:
    def train(x: Any) -> None:
        v = tf.Variable(1.0)
        for _ in range(300):
            with tf.GradientTape() as tape:
                loss = v * v
            v.assign_sub(0.01 * tape.gradient(loss, v))

    assert watch(train, X).findings == ()


def test_an_error_stays_an_error_and_brings_the_reason() -> None:
    with pytest.raises(TypeError) as caught:
        diagnosed(faults.times_none, X)
    [note] = caught.value.__notes__
    assert note.startswith("The gradient with respect to `x` is None.")


def test_a_probe_can_note_what_was_found() -> None:
    one = exercise("a_topic.answer", kind="rebuild", section="")
    one.probe("p")(lambda answer, rng: diagnosed(answer, X))
    seen = observe(one, faults.rounding, ask(one, 0))["p"]
    assert seen.value is None and "tf.round" in seen.note
    assert "after" not in seen.called and "Symbolic" not in seen.called


def test_a_stub_gets_no_note() -> None:
    def stub(x: Any) -> None:
        raise NotImplementedError("not attempted yet")

    with pytest.raises(NotImplementedError) as caught:
        diagnosed(stub, X)
    assert not hasattr(caught.value, "__notes__")


def test_variables_hold_afterwards_what_the_call_left_in_them() -> None:
    v = tf.Variable([1.0, 2.0])

    def step(v: tf.Variable) -> None:
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(v * v)
        v.assign_sub(0.1 * tape.gradient(loss, v))
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.round(v))
        tape.gradient(loss, v)

    [finding] = watch(step, v).findings
    assert finding.cause is Cause.NO_SLOPE
    np.testing.assert_allclose(v, [0.8, 1.6])


def test_a_variable_that_is_given_back_is_left_alone() -> None:
    watched = watch(faults.exploding_steps, tf.constant([0.1, 0.2, 3.0]))
    assert watched.findings
    assert not np.isfinite(watched.result).all()


def test_the_tape_is_tensorflows_again_whatever_happened() -> None:
    before = tf.GradientTape

    def broken(x: Any) -> None:
        raise SystemExit

    assert isinstance(watch(broken, X).error, SystemExit)
    assert tf.GradientTape is before


def test_a_keyboard_interrupt_passes() -> None:
    def interrupted(x: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch(interrupted, X)


def test_what_is_printed_is_printed_once(capsys: pytest.CaptureFixture[str]) -> None:
    def printing(x: Any) -> Any:
        print("once")
        return faults.rounding(x)

    assert watch(printing, X).findings
    assert capsys.readouterr().out == "once\n"


def _odd(kind: str) -> Callable[[Any], Any]:
    def odd(x: Any) -> Any:
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = {"none": None, "text": "y", "list": [x, x * 2], "empty": [], "nan": np.nan}[kind]
        return tape.gradient(y, {"a": x, "b": [x]})

    return odd


@pytest.mark.parametrize("kind", ["none", "text", "list", "empty", "nan"])
def test_odd_questions_are_survived(kind: str) -> None:
    watch(_odd(kind), X)


def test_a_long_run_is_not_repeated() -> None:
    calls = []

    def long(x: Any) -> None:
        calls.append(x)
        v = tf.Variable(1.0)
        for i in range(100):
            with tf.GradientTape() as tape:
                loss = v * v if i < 99 else tf.round(v)
            tape.gradient(loss, v)

    [finding] = watch(long, X).findings
    assert (finding.cause, len(calls)) == (Cause.UNKNOWN, 1)
