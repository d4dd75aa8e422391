"""Judging is total: whatever is handed in gets a verdict, and only what is right gets points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tfcourse_utils.checking import (
    NOT_ATTEMPTED,
    Exercise,
    Observation,
    Observations,
    Opaque,
    Outcome,
    Status,
    Verdict,
    ask,
    check_answer,
    difference,
    exercise,
    expectation,
    find_exercise,
    judge,
    observe,
    reference,
    to_plain,
    topic_exercises,
    wrong_answers,
)
from tfcourse_utils.checking.describe import describe
from tfcourse_utils.checking.exercise import Probe
from tfcourse_utils.checking.expected import Expectation
from tfcourse_utils.checking.html import verdict_html
from tfcourse_utils.checking.text import verdict_text

SEED = 11
EXERCISES = list(topic_exercises("linear_classifiers").values())
CLOSED = [e for e in EXERCISES if not any(probe.data for probe in e.probes.values())]
OPEN = [e for e in EXERCISES if e not in CLOSED]
every_exercise = pytest.mark.parametrize("one", EXERCISES, ids=lambda one: one.name)
every_closed = pytest.mark.parametrize("one", CLOSED, ids=lambda one: one.name)


def _judge(one: Exercise, seen: Any) -> Verdict:
    verdict = judge(one, seen, expectation(one, SEED))
    assert [probe.probe for probe in verdict.probes] == list(one.probes)
    assert verdict.possible == one.points
    verdict_text(one, verdict).encode("utf-8")
    verdict_html(one, verdict).encode("utf-8")
    return verdict


def _right(one: Exercise) -> Observations:
    """Return observations of a right answer; those of open tasks are made from what is kept."""
    if one in CLOSED:
        return observe(one, reference(one), ask(one, SEED))
    values = {name: expectation(one, SEED).right(probe) for name, probe in one.probes.items()}
    make = _classifier if one.name == "train_softmax" else _model
    return {name: Observation(Outcome.RETURNED, make(kept)) for name, kept in values.items()}


def _model(kept: Any) -> dict[str, Any]:
    predictions = kept["y"] if isinstance(kept, dict) else kept
    made = {"returned": "a Keras model", "predictions": predictions}
    return {**made, "parameters": 65, "seconds": 1.0}


def _classifier(kept: Any) -> dict[str, Any]:
    """Return weights that choose the nearest mean."""
    W, b = np.zeros((2, kept["num_classes"])), np.full(kept["num_classes"], -1e6)
    for label in np.unique(kept["y"]):
        mean = kept["x"][kept["y"] == label].mean(axis=0)
        W[:, label], b[label] = 2 * mean, -mean @ mean
    return {"W": W, "b": b, "seconds": 1.0}


class Equal:
    """Equal to everything, as a forger would like to be."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = object.__hash__


class EqualText(Equal, str): ...


class EqualNumber(Equal, float): ...


class EqualList(Equal, list): ...


class EqualDict(Equal, dict):
    def __missing__(self, key: str) -> Equal:
        return Equal()


class EqualArray(np.ndarray):
    def __eq__(self, other: object) -> Any:
        return True

    def __array_function__(self, *_: Any, **__: Any) -> Any:
        return True

    def __array_ufunc__(self, *_: Any, **__: Any) -> Any:
        return True


class Raises:
    """Ends the process that looks at it."""

    def __getattr__(self, name: str) -> Any:
        raise AttributeError if name.startswith("_") else SystemExit(name)


class HidesItsClass:
    @property
    def __class__(self) -> Any:
        raise SystemExit


class Subclass(Observation):
    @property
    def error(self) -> Any:  # type: ignore[override]
        raise RuntimeError


forged: list[Any] = [
    Equal(), EqualText("x"), EqualNumber(0), EqualList(), EqualDict(), Raises(),
    np.zeros(2).view(EqualArray), np.array([Equal(), Equal()], object), np.array(Equal(), object),
    Opaque("ndarray"), b"bytes", object, float("nan"), float("inf"), 1e308, 2**100, True, [],
]  # fmt: skip
leaves = st.one_of(
    st.sampled_from(forged), st.none(), st.booleans(), st.integers(), st.floats(), st.text(),
    hnp.arrays(hnp.scalar_dtypes(), hnp.array_shapes(min_dims=0)),
)  # fmt: skip
values = st.recursive(leaves, lambda v: st.lists(v) | st.dictionaries(st.text(), v), max_leaves=5)
outcomes = st.sampled_from(Outcome) | st.just("returned") | st.just(Equal()) | leaves


@st.composite
def handed_in(draw: st.DrawFn, one: Exercise) -> Any:
    """Draw what may be handed to the judge in place of observations."""
    texts = st.text() | leaves
    lines = st.lists(texts) | leaves
    kinds = st.sampled_from([Observation, Observation, Subclass])
    observation = st.builds(
        lambda kind, *parts: _forge(kind, *parts), kinds, outcomes, values, texts, texts, lines,
        texts, texts,
    )  # fmt: skip
    names = st.sampled_from(list(one.probes)) | st.text()
    return draw(st.dictionaries(names, observation | values) | values)


def _forge(kind: type[Observation], *parts: Any) -> Observation:
    """Make an observation without asking its class."""
    observation = object.__new__(kind)
    names = ("outcome", "value", "called", "error", "lines", "printed", "note")
    observation.__dict__.update(zip(names, parts))
    return observation


def _agrees(one: Exercise, probe: Probe, seen: Any) -> bool:
    return difference(to_plain(seen), expectation(one, SEED).right(probe)) is None


@every_exercise
@given(data=st.data())
def test_anything_gets_a_verdict_and_no_point_by_chance(one: Exercise, data: Any) -> None:
    seen = data.draw(handed_in(one))
    verdict = _judge(one, seen)
    for probe in verdict.probes:
        if probe.status is Status.RIGHT:
            assert seen[probe.probe].outcome is Outcome.RETURNED
            assert _agrees(one, one.probes[probe.probe], seen[probe.probe].value)


@pytest.mark.parametrize("one", OPEN, ids=lambda one: one.name)
@given(data=st.data())
def test_forged_parts_of_an_open_task_get_a_verdict(one: Exercise, data: Any) -> None:
    right = _right(one)
    for name, observation in right.items():
        parts = {key: data.draw(values | st.just(v)) for key, v in observation.value.items()}
        right[name] = replace(observation, value=parts)
    _judge(one, right)


@every_exercise
def test_right_observations_get_full_points(one: Exercise) -> None:
    verdict = _judge(one, _right(one))
    assert (verdict.status, verdict.points) == (Status.RIGHT, one.points)
    assert not verdict.misconceptions


@every_exercise
def test_a_missing_probe_costs_its_points_and_an_extra_one_gives_none(one: Exercise) -> None:
    for name, probe in one.probes.items():
        seen = _right(one)
        seen["another"] = seen.pop(name)
        assert _judge(one, seen).points == one.points - probe.points


@every_exercise
@pytest.mark.parametrize(
    "outcome", [Outcome.RAISED, Outcome.NOT_ATTEMPTED, "returned", None, Equal(), Raises()]
)
def test_right_values_of_another_outcome_get_nothing(one: Exercise, outcome: Any) -> None:
    seen = {name: replace(o, outcome=outcome) for name, o in _right(one).items()}
    assert _judge(one, seen).points == 0


@every_closed
@pytest.mark.parametrize("item", [*forged, None, "x", 0, False], ids=lambda i: type(i).__name__)
def test_forged_values_in_the_right_places_get_nothing(one: Exercise, item: Any) -> None:
    if one.name == "before_you_run" and item is False:
        item = np.nan
    seen = {
        name: replace(o, value=_everywhere(o.value, lambda _: item))
        for name, o in _right(one).items()
    }
    points = _judge(one, seen).points
    said = [v for o in _right(one).values() for v in _leaves(o.value)]
    assert points == 0 or any(leaf is item for leaf in said)  # a right answer holds False


@every_closed
def test_booleans_are_no_numbers_and_numbers_no_booleans(one: Exercise) -> None:
    def exchanged(leaf: Any) -> Any:
        if isinstance(leaf, np.ndarray):
            return leaf.astype(bool)
        return int(leaf) if isinstance(leaf, bool) else bool(leaf)

    seen = {
        name: replace(o, value=_everywhere(o.value, exchanged)) for name, o in _right(one).items()
    }
    assert _judge(one, seen).points == 0


def _everywhere(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, list):
        return [_everywhere(item, change) for item in value]
    if isinstance(value, dict):
        return {key: _everywhere(item, change) for key, item in value.items()}
    return change(value)


def _leaves(value: Any) -> list[Any]:
    found: list[Any] = []
    _everywhere(value, found.append)
    return found


def test_an_imaginary_error_is_not_a_small_one() -> None:
    curve = find_exercise("linear_classifiers.fit_curve")
    seen = _right(curve)
    for name, o in seen.items():
        guess = np.full(o.value["predictions"].shape, 1e3j)  # its square is -1e6
        seen[name] = replace(o, value=o.value | {"predictions": guess})
    assert _judge(curve, seen).points == 0


def test_nothing_is_right_where_the_right_answer_itself_fails() -> None:
    broken = exercise("linear_classifiers.dense", kind="rebuild", section="")

    @broken.probe("fails on the right answer")
    def _(answer: Any, rng: Any) -> Any:
        raise RuntimeError

    seen = {"fails on the right answer": Observation(Outcome.RETURNED, None)}
    assert judge(broken, seen, expectation(broken, SEED)).points == 0


@pytest.mark.parametrize("hostile", [Raises(), Equal(), EqualDict()])
def test_a_hostile_mapping_gets_nothing(hostile: Any) -> None:
    class Hostile(Mapping[str, Any]):
        def __getitem__(self, key: str) -> Any:
            raise SystemExit

        def __iter__(self) -> Any:
            raise SystemExit

        def __len__(self) -> int:
            raise SystemExit

    for one in EXERCISES:
        parts = (hostile, Hostile(), HidesItsClass())
        for seen in (*parts, *(dict.fromkeys(one.probes, part) for part in parts)):
            verdict = _judge(one, seen)
            assert (verdict.points, verdict.status) == (0, Status.BROKE)


@every_closed
def test_a_stub_is_not_attempted(one: Exercise) -> None:
    def stub(*args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(NOT_ATTEMPTED)

    is_dictionary = one.answer_kind == "dictionary"
    answer = dict.fromkeys(reference(one), ...) if is_dictionary else stub
    verdict = check_answer(one, answer, SEED)
    assert (verdict.status, verdict.points) == (Status.NOT_ATTEMPTED, 0)
    assert not verdict.misconceptions


def test_a_probe_that_is_not_attempted_does_not_hide_the_others() -> None:
    verdict = check_answer(
        find_exercise("linear_classifiers.before_you_run"), {"slope": -0.5, "separable": ...}, SEED
    )
    assert (verdict.status, verdict.points) == (Status.WRONG, 1)


def test_the_misconception_that_explains_most_is_told_everywhere() -> None:
    # Without an activation and a bias, the first probe alone could be several misconceptions.
    verdict = check_answer(
        find_exercise("linear_classifiers.dense"),
        lambda inputs, W, b, activation=None: (activation or (lambda x: x))(inputs @ W),
        SEED,
    )
    assert {probe.misconception for probe in verdict.probes} == {"no bias"}


def test_two_misconceptions_at_once_get_both_sentences() -> None:
    line = find_exercise("linear_classifiers.boundary_line")

    def answer(W: Any, b: Any, threshold: float = 0.5) -> Any:
        return -W[0, 0] / W[1, 0], -b[0] / W[1, 0]

    verdict = check_answer(line, answer, SEED)
    expected = {"threshold forgotten", "vertical line divides by zero"}
    assert set(verdict.misconceptions) == expected
    shown = verdict_text(line, verdict)
    assert all(wrong_answers(line)[name].says in shown for name in expected)


@given(
    st.dictionaries(
        st.sampled_from(["output_shape", "difference_shape", "slope", "parameter_count"]),
        st.integers(1, 9) | st.text("xyz", min_size=1) | st.lists(st.integers(6, 9)),
        min_size=1,
    )
)
def test_a_prediction_is_never_told_the_right_value(answer: dict[str, Any]) -> None:
    predict = find_exercise("linear_classifiers.before_you_run")
    everything = {"sigmoid_of_zero": "half", "separable": "none"} | answer
    verdict = check_answer(predict, everything, SEED)
    assert verdict.points == 0
    right = (describe(to_plain(value)) for value in reference(predict).values())
    shown = verdict_text(predict, verdict) + verdict_html(predict, verdict)
    assert not [value for value in right if value in shown]


def test_an_unchanged_mend_exercise_is_not_attempted_but_shows_what_happens() -> None:
    mend = find_exercise("linear_classifiers.mend_boundary_line")
    verdict = check_answer(mend, wrong_answers(mend)["as found"].answer, SEED)
    assert (verdict.status, verdict.points, verdict.unchanged) == (Status.NOT_ATTEMPTED, 0, True)
    assert any(probe.status is Status.WRONG and probe.got for probe in verdict.probes)


def test_a_half_mended_answer_is_not_unchanged() -> None:
    mend = find_exercise("linear_classifiers.mend_boundary_line")
    half = wrong_answers(mend)["vertical line forgotten"]
    verdict = check_answer(mend, half.answer, SEED)
    assert (verdict.status, verdict.unchanged, verdict.points) == (Status.WRONG, False, 2)


def test_of_a_dictionary_the_entry_that_differs_is_shown() -> None:
    class Flat:
        def __init__(self) -> None:
            self.w, self.b = tf.Variable(1.0), tf.Variable(0.0)

        def __call__(self, x: Any) -> Any:
            return tf.reshape(self.w * x + self.b, (-1,))

    probes = check_answer(find_exercise("gradient_tape.LinearModel"), Flat, SEED).probes
    [wrong] = (probe for probe in probes if probe.reason.startswith("output for shape (3, 1): "))
    assert wrong.got.startswith("{output for shape (3, 1): ")
    assert wrong.expected.startswith("{output for shape (3, 1): ")


def test_wrong_answers_that_explain_nothing_are_not_run_on_what_is_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dense = find_exercise("linear_classifiers.dense")
    run: list[tuple[str, str]] = []
    wrong_of = Expectation.wrong
    monkeypatch.setattr(
        Expectation,
        "wrong",
        lambda self, wrong, probe: (
            run.append((wrong.name, probe.name)) or wrong_of(self, wrong, probe)
        ),
    )

    def answer(inputs: Any, W: Any, b: Any, activation: Any = None) -> Any:
        return inputs @ W + b

    verdict = check_answer(dense, answer, SEED)
    right = {probe.probe for probe in verdict.probes if probe.status is Status.RIGHT}
    assert right
    assert {name for name, probe in run if probe in right} == set(verdict.misconceptions)
