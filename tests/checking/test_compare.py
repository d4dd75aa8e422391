"""Comparisons: what agrees, what does not, and the reason in words."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tfcourse_utils.checking import Opaque, close, difference

F = np.float32
arrays = hnp.arrays(
    st.sampled_from(["float32", "float64", "int32", "bool", "complex64", "<U3"]),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3),
)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats() | st.text() | arrays,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(plain)
def test_everything_agrees_with_itself(value: Any) -> None:
    assert difference(value, value) is None


@given(plain, plain)
def test_agreement_is_symmetric_where_nothing_is_near(left: Any, right: Any) -> None:
    exact = close(rtol=0, atol=0)
    assert (exact(left, right) is None) == (exact(right, left) is None)


@given(plain, plain)
def test_a_reason_is_one_short_line(seen: Any, expected: Any) -> None:
    reason = difference(seen, expected)
    assert reason is None or (reason and "np." not in reason)


@pytest.mark.parametrize(
    ("seen", "expected", "reason"),
    [
        (np.ones((3, 1), F), np.ones(3, F), "got shape (3, 1), expected (3,)"),
        (np.array([1, 2]), F([1, 2]), "got int64 values, expected floating ones"),
        (F([1, 0]), np.array([True, False]), "got float32 values, expected boolean ones"),
        (F([1, 2.5, 3]), F([1, 2, 3]), "at [1] got 2.5, expected 2"),
        (np.array(2.5, F), np.array(1.5, F), "got 2.5, expected 1.5"),
        (F([1.2345]), F([1.2349]), "at [0] got 1.2345, expected 1.2349"),
        (F([np.nan]), F([1]), "at [0] got nan, expected 1"),
        (F([-np.inf]), F([np.inf]), "at [0] got -inf, expected inf"),
        (None, F([1, 2]), "got None, expected an array of shape (2,)"),
        ([1.0, 2.0], F([1, 2]), "got a list of 2, expected an array of shape (2,)"),
        (Opaque("Model"), 0.5, "got <Model>, expected 0.5"),
        ("rings", "clouds", "got 'rings', expected 'clouds'"),
        (True, 1, "got True, expected 1"),
        (1, True, "got 1, expected True"),
        ("1", 1, "got '1', expected 1"),
        ([1], [1, 2], "got 1 values, expected 2"),
        ([1, [2]], [1, [3]], "value 2: value 1: got 2, expected 3"),
        (F([1]), [1], "got an array of shape (1,), expected 1 values"),
        ({"W": 1}, {"W": 2}, "W: got 1, expected 2"),
        ({"w": 1}, {"W": 1}, "got the keys ('w',), expected ('W',)"),
        ([1], {"W": 1}, "got a list of 1, expected a dictionary"),
    ],
)
def test_a_difference_says_where_and_what(seen: Any, expected: Any, reason: str) -> None:
    assert difference(seen, expected) == reason


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (F([1.00005]), F([1])),
        (F([5e-4, 100]), F([0, 100])),  # what is small beside the largest
        (np.array([1.0]), F([1])),
        (np.array([1], "uint8"), np.array([1])),
        (3, np.array(3.0, F)),
        (np.array(3.0, F), 3),
        (np.array(True), True),
        (True, np.array(True)),
        (np.array("a"), "a"),
        (math.nan, F(math.nan)),
        (math.inf, math.inf),
        (np.zeros((0, 2), F), np.zeros((0, 2))),
    ],
)
def test_these_agree(seen: Any, expected: Any) -> None:
    assert difference(seen, expected) is None


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (F([1.0002]), F([1])),
        (F([3e-5]), F([0])),
        (np.array([5, 10**6]), np.array([1, 10**6])),  # integers are not rounded
        (100_001, 100_000),
        (math.nan, 1.0),
        (1.0, math.nan),
        (math.inf, 1e300),
        (1e300, math.inf),
        (1, np.array(True)),
        (np.zeros((0, 3), F), np.zeros((0, 2), F)),
        ("", None),
        (False, None),
        (0, False),
        ([], {}),
        ([], None),
        (Opaque("int"), 3),
    ],
)
def test_these_do_not(seen: Any, expected: Any) -> None:
    assert difference(seen, expected)


def test_tolerances_are_of_the_expected_value() -> None:
    assert close(rtol=0, atol=0.1)(F([1.09]), F([1])) is None
    assert close(rtol=0, atol=0.1)(F([1.2]), F([1]))
