"""Verdicts in HTML and in plain text: the same facts, and nothing of a learner's that runs."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.checking import (
    MISSING,
    NOT_ATTEMPTED,
    Observation,
    Outcome,
    Status,
    Verdict,
    check_answer,
    expectation,
    find_exercise,
    judge,
    reference,
    wrong_answers,
)
from tfcourse_utils.checking.html import verdict_html
from tfcourse_utils.checking.text import verdict_text

DENSE = find_exercise("linear_classifiers.dense")
MEND = find_exercise("linear_classifiers.mend_boundary_line")


class _Page(HTMLParser):
    """The elements of a piece of HTML; fails where they are not balanced."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(source)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data + " "


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _raise(error: BaseException) -> Any:
    raise error


def no_bias(inputs: Any, W: Any, b: Any, activation: Any = None) -> Any:
    print("a look at", W.shape)
    return inputs @ W if activation is None else activation(inputs @ W)


def half_broken(inputs: Any, W: Any, b: Any, activation: Any = None) -> Any:
    if activation is not None:
        raise TypeError("what is <activation>?")
    return inputs @ W + b


VERDICTS = {
    "right": (DENSE, reference(DENSE)),
    "wrong": (DENSE, no_bias),
    "broke": (DENSE, half_broken),
    "stub": (DENSE, lambda *_, **__: _raise(NotImplementedError(NOT_ATTEMPTED))),
    "missing": (DENSE, MISSING),
    "unusable": (DENSE, None),
    "unchanged": (MEND, wrong_answers(MEND)["as found"].answer),
    "half mended": (MEND, wrong_answers(MEND)["vertical line forgotten"].answer),
}
every_verdict = pytest.mark.parametrize(("one", "answer"), VERDICTS.values(), ids=VERDICTS)


@every_verdict
def test_the_text_twin_holds_the_facts_of_the_html(one: Any, answer: Any) -> None:
    verdict = check_answer(one, answer)
    page, twin = _Page(verdict_html(one, verdict)), verdict_text(one, verdict)
    shown = [_squeezed(page.text), _squeezed(twin)]
    points = f"{verdict.points:g} of {verdict.possible:g} points"
    facts = ["the same as before" if verdict.unchanged else points]
    for probe in verdict.probes:
        if probe.status in (Status.WRONG, Status.BROKE):
            facts += [probe.diagnosis, probe.called, probe.got, probe.expected, *probe.lines]
        facts += [probe.reason if probe.status is Status.BROKE else "", probe.printed]
    facts += [one.section] if verdict.status is not Status.RIGHT else []
    for text in shown:
        assert not [fact for fact in facts if _squeezed(fact) not in text]


@every_verdict
def test_no_traceback_and_no_file_is_shown(one: Any, answer: Any) -> None:
    verdict = check_answer(one, answer)
    for shown in (verdict_html(one, verdict), verdict_text(one, verdict)):
        assert "Traceback" not in shown
        assert ".py" not in shown


def test_each_status_is_said_in_words_and_by_a_mark() -> None:
    heads = {name: verdict_text(*_pair(name)).splitlines()[0] for name in VERDICTS}
    assert heads["right"] == "✓ dense: all right, 3 of 3 points"
    assert heads["wrong"] == "✗ dense: not right yet, 0 of 3 points"
    assert heads["broke"] == "! dense: could not be run, 2 of 3 points"
    assert heads["stub"] == "○ dense: not attempted yet, 0 of 3 points"
    assert heads["unchanged"].startswith("○ mend_boundary_line: not mended yet")


def _pair(name: str) -> tuple[Any, Verdict]:
    one, answer = VERDICTS[name]
    return one, check_answer(one, answer)


def test_a_wrong_answer_is_told_call_result_expectation_and_reason() -> None:
    text = verdict_text(*_pair("wrong"))
    labels = {line.split()[0] for line in text.splitlines() if line.startswith("      ")}
    assert {"called", "got", "expected", "differs", "look", "printed"} <= labels


def test_an_error_is_told_with_the_learners_line() -> None:
    text = verdict_text(*_pair("broke"))
    assert "raised       TypeError: what is <activation>?" in text
    assert 'raise TypeError("what is <activation>?")' in text


def test_what_all_probes_share_is_said_once() -> None:
    for shown in (verdict_text(*_pair("unusable")), verdict_html(*_pair("unusable"))):
        assert shown.count("should be a function") == 1


def test_a_diagnosis_is_said_once_with_the_cases_it_explains() -> None:
    one, verdict = _pair("unchanged")
    [says] = verdict.misconceptions.values()
    _, *others = [probe.probe for probe in verdict.probes if probe.diagnosis]
    for shown in (_Page(verdict_html(one, verdict)).text, verdict_text(one, verdict)):
        assert shown.count(says) == 1
        assert f"(This explains also: {'; '.join(others)}.)" in shown


def test_a_shared_error_does_not_hide_where_it_was() -> None:
    line = "make, line 3: raise ValueError"
    seen = Observation(Outcome.RAISED, error="ValueError: no", lines=(line,))
    verdict = judge(DENSE, dict.fromkeys(DENSE.probes, seen), expectation(DENSE, 0))
    assert line in verdict_text(DENSE, verdict)
    assert line in verdict_html(DENSE, verdict)


def test_hints_are_a_ladder_each_inside_the_one_before() -> None:
    source = verdict_html(*_pair("wrong"))
    words = _squeezed(_Page(source).text)
    rungs = [words.index(_squeezed(hint).replace("`", "")) for hint in DENSE.hints]
    assert rungs == sorted(rungs)
    assert source.count("<summary>A hint</summary>") == 1
    assert "</details>" * len(DENSE.hints) in source
    assert f'hint("{DENSE.id}")' in verdict_text(*_pair("wrong"))


def test_code_in_a_hint_is_set_as_code() -> None:
    assert any("`" in hint for hint in DENSE.hints)
    source = verdict_html(*_pair("wrong"))
    assert "`" not in source.partition("<summary>A hint")[2]


def test_right_answers_get_no_hints() -> None:
    assert "hint" not in verdict_text(*_pair("right"))
    assert "hint" not in _Page(verdict_html(*_pair("right"))).text


TAGS = {"style", "div", "strong", "b", "ul", "li", "small", "dl", "dt", "dd", "details"}
TAGS |= {"summary", "pre", "p", "i", "code"}
nasty = st.sampled_from(
    ["<script>alert(1)</script>", "</dd></li></div>", "<img src=x onerror=alert(1)>", "<!--",
     '" onmouseover="x', "]]>", "&lt;", "</style>", "\n\n", "\0", "\x1b[31m", "\ud800", "\u2028"]
)  # fmt: skip
text = st.lists(nasty | st.text()).map("".join)


@given(outcome=st.sampled_from(Outcome), value=text, words=st.tuples(*[text] * 5))
def test_what_a_learner_says_is_never_html(outcome: Outcome, value: str, words: Any) -> None:
    called, error, line, printed, note = words
    seen = Observation(outcome, [value, {value: 1}], called, error, (line,), printed, note)
    verdict = judge(DENSE, dict.fromkeys(DENSE.probes, seen), expectation(DENSE, 0))
    page = _Page(verdict_html(DENSE, verdict))
    assert page.tags <= TAGS
    assert page.attributes <= {"class", "role", "aria-hidden"}
    verdict_text(DENSE, verdict)
