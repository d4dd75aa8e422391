"""What came back is read by the judge; what can't be read is no right answer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.checking import ask, expectation, find_exercise, judge, observe
from tfcourse_utils.checking.expected import reference
from tfcourse_utils.checking.observation import Observation, Outcome
from tfcourse_utils.checking.verdict import Status

CLOUDS = find_exercise("linear_classifiers.make_clouds")
READ = ("where the clouds lie", "the seed decides, and nothing else")


def statuses(**changed: object) -> Iterator[Status]:
    seen = observe(CLOUDS, reference(CLOUDS), ask(CLOUDS, 3))
    seen |= {name: Observation(Outcome.RETURNED, value) for name, value in changed.items()}
    verdict = judge(CLOUDS, seen, expectation(CLOUDS, 3))
    return (probe.status for probe in verdict.probes if probe.probe in READ)


def test_the_right_answer_is_read_as_right() -> None:
    assert list(statuses()) == [Status.RIGHT, Status.RIGHT]


@pytest.mark.parametrize("name", READ)
def test_a_conclusion_that_is_handed_in_is_not_believed(name: str) -> None:
    conclusions = {
        "mean of the negatives": np.array([0.0, 3.0]),
        "mean of the positives": np.array([3.0, 0.0]),
        "drawn apart": True,
        "same seed, same points": True,
        "other seed, other points": True,
    }
    assert Status.BROKE in set(statuses(**{name: conclusions}))


@given(st.none() | st.text() | st.lists(st.floats()) | st.dictionaries(st.text(), st.booleans()))
def test_whatever_comes_back_is_read_or_refused(value: object) -> None:
    assert Status.RIGHT not in set(statuses(**dict.fromkeys(READ, value)))
