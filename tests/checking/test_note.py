"""Notes: they reach the learner where a probe is not right, and are never judged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from grader.grade.findings import findings_section
from grader.grade.gradebook import CellScore
from tfcourse_utils.checking import (
    Exercise,
    Outcome,
    Status,
    add_note,
    ask,
    decode_observations,
    encode_observations,
    exercise,
    expectation,
    find_exercise,
    judge,
    noted,
    notes_are_read,
    observe,
    reference,
)
from tfcourse_utils.checking.expected import Expectation
from tfcourse_utils.checking.html import verdict_html
from tfcourse_utils.checking.text import verdict_text

DENSE = find_exercise("linear_classifiers.dense")
NOTE = "The tape saw <nothing>.\nLook at line 3."


def _noting(note: str) -> Exercise:
    one = exercise("a_topic.answer", kind="rebuild", section="")
    one.probe("calls it")(lambda answer, rng: noted(answer(2.0), note))
    return one


def _see(one: Exercise, answer: Any) -> Any:
    return observe(one, answer, ask(one, 0))["calls it"]


def test_a_note_stands_beside_the_value() -> None:
    seen = _see(_noting(NOTE), lambda x: (x, x))
    assert (seen.outcome, seen.value, seen.note) == (Outcome.RETURNED, [2.0, 2.0], NOTE)
    assert decode_observations(encode_observations({"p": seen})) == {"p": seen}


def test_a_note_is_bounded_and_can_be_sent() -> None:
    seen = {"p": _see(_noting("\ud800" + "x" * 10_000), lambda x: x)}
    assert len(seen["p"].note) == 1_000
    assert decode_observations(encode_observations(seen)) == seen


def test_an_error_brings_its_notes_along() -> None:
    def answer(x: float) -> None:
        error = ValueError("no")
        add_note(error, "first")
        add_note(error, "second")
        raise error

    assert _see(_noting("unused"), answer).note == "first\nsecond"


class _OddError(Exception):
    @property
    def __notes__(self) -> Any:
        raise SystemExit


@pytest.mark.parametrize("notes", [3, [None, 3], "", None])
def test_an_errors_notes_may_be_anything(notes: Any) -> None:
    def answer(x: float) -> None:
        error = ValueError("no")
        error.__notes__ = notes  # type: ignore[attr-defined]
        raise error

    def odd(x: float) -> None:
        raise _OddError

    assert (_see(_noting(""), answer).note, _see(_noting(""), odd).note) == ("", "")


def _verdict(answer: Any, note: str = NOTE) -> Any:
    seen = observe(DENSE, answer, ask(DENSE, 5))
    with_notes = {name: replace(one, note=note) for name, one in seen.items()}
    return judge(DENSE, with_notes, expectation(DENSE, 5))


def no_bias(inputs: Any, W: Any, b: Any, activation: Any = None) -> Any:
    return inputs @ W if activation is None else activation(inputs @ W)


def test_a_note_is_shown_escaped_where_a_probe_is_not_right() -> None:
    verdict = _verdict(no_bias)
    html, text = verdict_html(DENSE, verdict), verdict_text(DENSE, verdict)
    assert "The tape saw &lt;nothing&gt;.\nLook at line 3." in html
    assert "note         The tape saw <nothing>.\n" in text and "Look at line 3." in text


def test_a_note_is_on_the_feedback_page() -> None:
    verdict = _verdict(no_bias)
    section = findings_section("dense", verdict, CellScore(verdict.points, verdict.possible))
    assert all(("note", NOTE) in finding.facts for finding in section.findings)


def test_a_shared_error_does_not_hide_a_note() -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise ValueError

    seen = {
        name: replace(one, called="", lines=(), note=NOTE)
        for name, one in observe(DENSE, broken, ask(DENSE, 5)).items()
    }
    assert "Look at line 3." in verdict_text(DENSE, judge(DENSE, seen, expectation(DENSE, 5)))


def test_nobody_reads_the_notes_on_the_judges_own_answers() -> None:
    one = exercise("linear_classifiers.dense", kind="rebuild", section="")
    read = []

    @one.probe("calls it")
    def _(answer: Any, rng: Any) -> int:
        read.append(notes_are_read())
        return 1

    verdict = judge(one, observe(one, no_bias, ask(one, 0)), Expectation(one, 0))
    assert verdict.status is Status.RIGHT and read == [True, False]
    assert notes_are_read()


@pytest.mark.parametrize("answer", [reference(DENSE), no_bias])
def test_a_note_changes_nothing_but_the_note(answer: Any) -> None:
    with_note, without = _verdict(answer), _verdict(answer, "")
    assert replace(with_note, probes=()) == replace(without, probes=())
    for one, other in zip(with_note.probes, without.probes):
        assert replace(one, note="") == other


def test_a_right_answer_is_not_shown_its_note() -> None:
    verdict = _verdict(reference(DENSE))
    assert verdict.status is Status.RIGHT
    assert "tape" not in verdict_text(DENSE, verdict) + verdict_html(DENSE, verdict)
