"""The words: that they say what a frame holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tfcourse_utils.playground.frames import Frame
from tfcourse_utils.playground.trainer import Losses, Row
from tfcourse_utils.playground.words import describe, describe_boundary

NONE = np.zeros((0, 0), np.int64)
LEFT = np.repeat(np.where(np.arange(9) < 3, 0.9, 0.1)[None, :, None], 9, axis=0)
COUNTS, TESTED = np.array([[20, 5], [1, 24]]), np.array([[10, 0], [0, 9]])


def frame(outputs: np.ndarray = LEFT, train: np.ndarray = COUNTS, **changes: object) -> Frame:
    losses = Losses(0.25, 0.5)
    made = Frame(3, 0, outputs.astype(np.float32), losses, train, TESTED, None)
    return made._replace(**changes)  # type: ignore[arg-type]


def test_a_frame_is_said_in_a_few_sentences() -> None:
    assert describe(frame(), [Row(0, Losses(0.7, 0.8))]) == (
        "After 3 epochs: loss 0.250 on the points to train on, 0.500 on those to test on. "
        "It began with 0.700. "
        "Class 0 holds 67% of the square, most of the top, top right, middle, right, bottom and "
        "bottom right. Class 1 holds 33% of the square, most of the top left, left and bottom "
        "left. "
        "44 of 50 points to train on are right; 5 of class 0 are taken for class 1; 1 of class 1 "
        "is taken for class 0. 19 of 19 points to test on are right."
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"epoch": 0}, "Before training: loss 0.250"),
        ({"epoch": 1, "batch": 1}, "After 1 epoch and 1 batch: "),
        ({"epoch": 0, "batch": 2}, "After 0 epochs and 2 batches: "),
        ({"losses": Losses(2.5e7, None)}, "loss 2.5e+07 on the points to train on."),
        ({"losses": Losses(float("nan"), None)}, "there are no points to train on."),
        ({"reason": "It exploded."}, "It exploded."),
        ({"outputs": np.zeros((9, 9, 1))}, "all of the square. Class 1 holds nothing of"),
        ({"outputs": 0 * LEFT - 1, "train": NONE}, "go from −1.000 at x −6, y −6 to −1.000"),
        ({"outputs": LEFT, "train": NONE}, "from 0.100 at x −1.5, y −6 to 0.900 at x −6, y −6"),
        ({"outputs": np.dstack([LEFT, 1 - LEFT, 0 * LEFT]), "train": np.eye(3, dtype=int)},
         "Class 0 holds 33% of the square, most of the top left, left and bottom left. Class 1"),
    ],
)  # fmt: skip
def test_words_follow_the_frame(changes: dict[str, object], says: str) -> None:
    assert says in describe(frame(**changes))  # type: ignore[arg-type]


@given(
    arrays.arrays(
        np.float32, st.tuples(*[st.integers(1, 12)] * 2), elements=st.floats(0, 1, width=32)
    )
)
def test_shares_are_never_rounded_to_all_or_nothing(outputs: np.ndarray) -> None:
    said = describe_boundary(frame(outputs[:, :, None]))
    whole = len(np.unique(outputs > 0.5)) == 1
    assert ("holds all" in said) == ("holds nothing" in said) == whole
    assert " 0%" not in said and "100%" not in said
