"""Nobody gets more than is fair, nobody less, and nothing outside the scratch is touched."""

from __future__ import annotations

import resource
from collections import Counter

import pytest

from .attack import Attack
from .chapter import MAXIMUM
from .corpus import ATTACKS, EVERYBODY
from .grade import LIMITS, Graded
from .honest import HONEST

# For the kernels that take the place of those that a notebook ended, on a busy machine.
_STARTS = 20
_GIGABYTE = 2**20  # in the unit of ru_maxrss


def _pending(attack: Attack) -> tuple[pytest.MarkDecorator, ...]:
    reason = attack.pending
    return (pytest.mark.xfail(strict=True, reason=reason),) if reason else ()


everybody = pytest.mark.parametrize("attack", EVERYBODY, ids=lambda attack: attack.name)
honest = pytest.mark.parametrize("attack", HONEST, ids=lambda attack: attack.name)


def test_the_corpus_names_everybody_once() -> None:
    assert not [name for name, times in Counter(a.name for a in EVERYBODY).items() if times > 1]
    assert len(ATTACKS) > 96


_with_pending = [
    pytest.param(attack, id=attack.name, marks=_pending(attack)) for attack in EVERYBODY
]


@pytest.mark.parametrize("attack", _with_pending)
def test_nobody_gets_more_than_is_fair(attack: Attack, graded: Graded) -> None:
    result = graded.results[attack.name]
    assert result.maximum == MAXIMUM
    assert 0 <= result.score <= attack.fair + attack.plain, graded.said(attack.name)


@everybody
def test_nobody_gets_less_than_is_right_all_the_same(attack: Attack, graded: Graded) -> None:
    assert graded.results[attack.name].score >= attack.least, graded.said(attack.name)


@everybody
def test_who_does_not_get_everything_is_told_why(attack: Attack, graded: Graded) -> None:
    result = graded.results[attack.name]
    assert result.score == MAXIMUM or graded.said(attack.name)
    assert f"of {MAXIMUM} points" in result.feedback.read_text(encoding="utf-8")


@everybody
def test_nobody_can_do_what_nobody_may(attack: Attack, graded: Graded) -> None:
    assert graded.breaches(attack.name) == []


@honest
def test_the_honest_get_what_is_right(attack: Attack, graded: Graded, peaceful: Graded) -> None:
    result, alone = graded.results[attack.name], peaceful.results[attack.name]
    assert result.score == alone.score == attack.fair
    assert result.checks == alone.checks
    assert result.remarks == alone.remarks == ()


@everybody
def test_the_gradebook_keeps_every_result(attack: Attack, graded: Graded) -> None:
    assert graded.in_gradebook(attack.name) == graded.results[attack.name].score


def test_nothing_outside_the_scratch_is_touched(graded: Graded) -> None:
    assert graded.changed == []


def test_nobody_calls_anybody(graded: Graded) -> None:
    assert graded.called == []


def test_no_process_is_left(graded: Graded) -> None:
    assert graded.left == []


@everybody
def test_every_run_ends_within_its_limits(attack: Attack, graded: Graded) -> None:
    assert graded.seconds[attack.name] < LIMITS.total_seconds + _STARTS


def test_the_grader_itself_stays_small(graded: Graded) -> None:
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 3 * _GIGABYTE
