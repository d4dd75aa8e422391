"""Observing: whatever an answer does, there is an observation, and it is about the answer."""

from __future__ import annotations

import inspect
import logging
import os
import sys
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.checking import (
    MISSING,
    NOT_ATTEMPTED,
    Exercise,
    Observation,
    Opaque,
    Outcome,
    ask,
    decode_observations,
    encode_observations,
    exercise,
    expectation,
    find_exercise,
    observe,
    reference,
    topic_exercises,
)

DENSE = find_exercise("linear_classifiers.dense")
CHEAP = [
    e for e in topic_exercises("linear_classifiers").values()
    if not any(probe.data for probe in e.probes.values())
]  # fmt: skip


def _see(answer: Any, answer_kind: Any = "function") -> Observation:
    """Return what one probe sees, that calls the answer with a number."""
    one = exercise("a_topic.answer", kind="rebuild", section="", answer_kind=answer_kind)
    one.probe("calls it")(eval("lambda answer, rng: answer(2.0)"))  # from no file
    return observe(one, answer, ask(one, 0))["calls it"]


def _raising(error: Any) -> Callable[[float], None]:
    def answer(x: float) -> None:
        raise error

    return answer


class _CustomExit(BaseException):
    pass


class _SpeechlessError(Exception):
    def __str__(self) -> str:
        raise SystemExit


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("no"), "ValueError: no"),
        (AssertionError(), "AssertionError"),
        (SystemExit(0), "SystemExit: 0"),
        (_CustomExit("own"), "_CustomExit: own"),
        (GeneratorExit(), "GeneratorExit"),
        (_SpeechlessError(), "_SpeechlessError: (its message can't be shown)"),
        (ValueError("\ud800"), "ValueError: ?"),
        (NotImplementedError("later"), "NotImplementedError: later"),
        (type("Sub", (NotImplementedError,), {})(NOT_ATTEMPTED), f"Sub: {NOT_ATTEMPTED}"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_raised_is_observed(error: BaseException, said: str) -> None:
    seen = _see(_raising(error))
    assert (seen.outcome, seen.error) == (Outcome.RAISED, said)


def test_a_stub_is_not_attempted() -> None:
    seen = _see(_raising(NotImplementedError(NOT_ATTEMPTED)))
    assert (seen.outcome, seen.lines) == (Outcome.NOT_ATTEMPTED, ())


def test_a_compiled_stub_is_not_attempted() -> None:
    seen = _see(tf.function(_raising(NotImplementedError(NOT_ATTEMPTED))))
    assert (seen.outcome, seen.lines) == (Outcome.NOT_ATTEMPTED, ())


class _Layer(keras.layers.Layer):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def call(self, x: Any) -> Any:
        raise self._error


def _in_layers(error: Exception) -> Callable[..., Any]:
    return lambda x: keras.Sequential([_Layer(error)])(tf.ones((1, 2)))


def test_a_stub_inside_a_layer_is_not_attempted() -> None:
    assert _see(_in_layers(NotImplementedError(NOT_ATTEMPTED))).outcome is Outcome.NOT_ATTEMPTED


def test_an_error_inside_layers_is_told_as_it_was_raised() -> None:
    assert _see(_in_layers(ValueError("no"))).error == "ValueError: no"
    assert _see(_in_layers(KeyError("text"))).error == "KeyError: 'text'"


def test_an_error_inside_from_config_is_told_as_it_was_raised() -> None:
    seen = _see(lambda x: _Layer.from_config({"width": 3}))
    assert seen.error.startswith("TypeError: _Layer.__init__() got an unexpected keyword")


def test_tensorflow_does_not_complain_of_the_probes() -> None:
    told: list[logging.LogRecord] = []
    logger, handler = tf.get_logger(), logging.Handler()
    handler.emit = told.append  # type: ignore[method-assign]
    logger.addHandler(handler)
    try:
        _see(lambda x: logger.warning("5 out of the last 9 calls triggered retracing"))
        assert told == []
        logger.warning("of the learner's own")
        assert len(told) == 1
    finally:
        logger.removeHandler(handler)


def test_a_probe_may_look_at_the_code() -> None:
    def answer(x: float) -> float:
        return x

    one = exercise("a_topic.answer", kind="rebuild", section="")
    one.probe("looks at it")(lambda answer, rng: inspect.unwrap(answer).__code__.co_name)
    assert observe(one, answer, ask(one, 0))["looks at it"].value == "answer"


def test_a_keyboard_interrupt_passes() -> None:
    with pytest.raises(KeyboardInterrupt):
        _see(_raising(KeyboardInterrupt()))


def test_endless_recursion_is_told_in_few_lines() -> None:
    def answer(x: float) -> float:
        return answer(x) + 1

    seen = _see(answer)
    assert seen.error.startswith("RecursionError")
    assert len(seen.lines) < 12
    assert any("more lines" in line for line in seen.lines)


def test_texts_are_kept_short_enough_to_be_sent() -> None:
    def answer(x: float) -> None:
        print("y" * 100_000)
        raise ValueError("z" * 100_000)

    seen = {"p": _see(answer)}
    assert len(seen["p"].error) <= 400
    assert decode_observations(encode_observations(seen)) == seen


@pytest.mark.parametrize(
    ("answer", "answer_kind", "said"),
    [
        (None, "function", "should be a function; it is None"),
        ("text", "function", "should be a function; it is of type str"),
        (dict, "function", "should be a function; it is a class"),
        (len, "class", "should be a class; it is of type builtin_function_or_method"),
        ([], "dictionary", "should be a dictionary; it is of type list"),
        (dict, "dictionary", "should be a dictionary; it is a class"),
    ],
)
def test_the_wrong_kind_of_answer_is_named(answer: Any, answer_kind: str, said: str) -> None:
    seen = _see(answer, answer_kind)
    assert (seen.outcome, seen.error) == (Outcome.RAISED, f"`answer` {said}")


@pytest.mark.parametrize("answer_kind", ["function", "class", "dictionary"])
def test_an_answer_that_hides_its_class_is_of_the_wrong_kind(answer_kind: str) -> None:
    class Hidden:
        @property
        def __class__(self) -> Any:
            raise ValueError

    seen = _see(Hidden(), answer_kind)
    assert seen.error == f"`answer` should be a {answer_kind}; it is of type Hidden"


def test_a_missing_answer_is_not_attempted_and_says_what_to_do() -> None:
    seen = _see(MISSING)
    assert seen.outcome is Outcome.NOT_ATTEMPTED
    assert seen.error == "there is no `answer` yet: run the cell that defines it"


def test_callable_objects_are_functions_too() -> None:
    assert _see(tf.keras.layers.Rescaling(3.0)).value == 6
    assert _see(tf.function(lambda x: x + 1)).value == 3


def test_what_is_printed_is_kept_bounded_and_not_shown(capfd: pytest.CaptureFixture[str]) -> None:
    def answer(x: float) -> None:
        print("out")
        print("err", file=sys.stderr)
        for _ in range(1_000):
            print("flood" * 1_000)

    printed = _see(answer).printed
    assert printed.startswith("out\nerr\n")
    assert len(printed) == 2_000
    assert capfd.readouterr() == ("", "")


def test_what_was_printed_before_an_error_is_kept() -> None:
    def answer(x: float) -> None:
        print("so far")
        sys.exit()

    assert _see(answer).printed == "so far\n"


def test_an_answer_may_misuse_the_output() -> None:
    def answer(x: float) -> None:
        sys.stdout.write("here \ud800")
        sys.stdout.close()
        sys.stderr = sys.stdout = None  # type: ignore[assignment]

    seen = _see(answer)
    assert (seen.outcome, seen.printed) == (Outcome.RETURNED, "here ?")
    assert None not in (sys.stdout, sys.stderr)


def test_only_the_answers_own_lines_are_told() -> None:
    def helper(x: float) -> Any:
        return tf.matmul(x, x)

    def answer(x: float) -> Any:
        return helper(x)

    assert [line.partition(", line")[0] for line in _see(answer).lines] == ["answer", "helper"]
    assert _see(answer).lines[1].endswith(": return tf.matmul(x, x)")


def test_a_class_tells_its_lines_too() -> None:
    class Answer:
        def __init__(self, x: float) -> None:
            self.y = x + "1"  # type: ignore[operator]

    [line] = _see(Answer, "class").lines
    assert line.endswith('self.y = x + "1"  # type: ignore[operator]')


@pytest.mark.parametrize("answer", [tf.matmul, np.linalg.inv, os.path.join])
def test_a_library_has_no_lines_of_its_own(answer: Any) -> None:
    seen = _see(answer)
    assert (seen.outcome, seen.lines) == (Outcome.RAISED, ())


def test_errors_of_tensorflow_do_not_begin_with_devices() -> None:
    seen = _see(lambda x: tf.ones((2, 3)) @ tf.ones((2, 3)))
    assert seen.error.startswith("InvalidArgumentError: Matrix size-incompatible")


def test_calls_are_told_in_words_and_a_line_each() -> None:
    several = exercise("a_topic.answer", kind="rebuild", section="")

    @several.probe("calls it twice")
    def _(answer: Any, rng: Any) -> Any:
        answer("two\nlines")
        return answer(tf.constant([[1.5, 2]]), "x", np.zeros((100, 2)), how=tf.tanh, more=None)

    seen = observe(several, lambda *args, **kwargs: 0, ask(several, 0))["calls it twice"]
    first, last = seen.called.split("\n")
    assert first == r"answer('two\nlines')"
    assert last == (
        "answer([[1.5, 2]], 'x', float64 array of shape (100, 2): 0, 0, 0, …, how=tanh, more=None)"
    )


def test_many_long_calls_can_still_be_sent() -> None:
    many = exercise("a_topic.answer", kind="rebuild", section="")
    many.probe("p")(lambda answer, rng: [answer(*["x" * 80] * 50) for _ in range(50)])
    seen = observe(many, lambda *args: 0, ask(many, 0))
    assert decode_observations(encode_observations(seen)) == seen


def test_the_call_is_told_as_it_was_made() -> None:
    def answer(x: np.ndarray) -> None:
        x[:] = 0

    one = exercise("a_topic.answer", kind="rebuild", section="")
    one.probe("p")(lambda answer, rng: answer(np.ones(2)))
    assert observe(one, answer, ask(one, 0))["p"].called == "answer([1, 1])"


def test_hostile_values_are_observed_as_opaque() -> None:
    class Odd:
        def numpy(self) -> None:
            raise SystemExit

    assert _see(lambda x: [x, Odd()]).value == [2.0, Opaque("Odd")]


def _drawing() -> Exercise:
    two = exercise("a_topic.answer", kind="rebuild", section="")
    for name in ("first", "second"):
        two.probe(name)(lambda answer, rng: answer(rng.normal(size=3)))
    return two


@given(st.integers(0, 2**40))
def test_the_seed_decides_and_each_probe_draws_for_itself(seed: int) -> None:
    both, again, other = (
        observe(one, lambda x: x, ask(one, s))
        for one, s in ((_drawing(), seed), (_drawing(), seed), (_drawing(), seed + 1))
    )
    assert both["first"].value.tolist() == again["first"].value.tolist()
    assert both["first"].value.tolist() != other["first"].value.tolist()
    assert both["first"].value.tolist() != both["second"].value.tolist()


def test_what_an_answer_does_to_its_arguments_is_not_seen_by_other_probes() -> None:
    def spoil(x: np.ndarray) -> float:
        first = float(x[0])
        x[:] = np.nan
        return first

    one = _drawing()
    spoiled = observe(one, spoil, ask(one, 5))
    unspoiled = observe(one, lambda x: float(x[0]), ask(one, 5))
    assert spoiled["second"].value == unspoiled["second"].value


@pytest.mark.parametrize("one", CHEAP, ids=lambda one: one.name)
def test_observations_of_the_course_can_be_sent_and_repeated(one: Exercise) -> None:
    first, second = (
        encode_observations(observe(one, reference(one), ask(one, 7))) for _ in range(2)
    )
    assert first == second
    assert list(decode_observations(first)) == list(one.probes)


def _shown_and_kept(rng: np.random.Generator) -> tuple[Any, Any]:
    number = int(rng.integers(10**9))
    return number, -number


def test_open_probes_of_one_look_and_one_data_share_a_run() -> None:
    one, calls = exercise("a_topic.answer", kind="transfer", section=""), []

    @one.probe("first", data=_shown_and_kept)
    @one.probe("second", data=_shown_and_kept)
    def look(answer: Any, shown: Any) -> Any:
        calls.append(shown)
        return answer(shown)

    one.probe("on other data", data=lambda rng: _shown_and_kept(rng))(look)
    questions = ask(one, 3)
    seen = {name: found.value for name, found in observe(one, abs, questions).items()}
    assert seen == questions.shown
    assert len(calls) == 2
    assert seen["first"] == seen["second"] != seen["on other data"]
    kept = {name: expectation(one, 3).right(probe) for name, probe in one.probes.items()}
    assert kept == {name: -value for name, value in seen.items()}
