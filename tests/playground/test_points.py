"""The points of a state: inside the square, from the seed alone, split as asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.playground.features import FEATURES, features_of
from tfcourse_utils.playground.kinds import KINDS
from tfcourse_utils.playground.points import draw, notes, own_data
from tfcourse_utils.playground.state import DataState

DRAWN = [name for name, kind in KINDS.items() if kind.draw]
CORNERS = np.array([[1, 1], [-1, -1], [1, -1], [-1, 1]])


@given(
    kind=st.sampled_from(DRAWN),
    samples=st.integers(10, 300),
    noise=st.floats(0, 3),
    share=st.floats(0.1, 1),
    seed=st.integers(0, 2**32 - 1),
)
def test_points_lie_in_the_square_and_are_split_by_the_share(
    kind: str, samples: int, noise: float, share: float, seed: int
) -> None:
    data = DataState(kind, samples, noise, share, seed)
    train, test = draw(data)
    total = len(train.inputs) + len(test.inputs)
    assert samples - 3 < total <= samples
    assert len(train.inputs) == max(1, round(share * total))
    for points in (train, test):
        assert points.inputs.shape == (len(points.inputs), 2)
        assert points.inputs.dtype == np.float32 and np.abs(points.inputs).max(initial=0) <= 6
        assert np.abs(points.targets).max(initial=0) <= (2 if kind == "three clouds" else 1)
        width = () if kind == "three clouds" else (1,)
        assert points.targets.shape == (len(points.inputs), *width)


@pytest.mark.parametrize("kind", DRAWN)
def test_the_seed_alone_decides(kind: str) -> None:
    np.random.seed(1)
    first = draw(DataState(kind))
    np.random.seed(2)
    second, other = draw(DataState(kind)), draw(DataState(kind, seed=1))
    np.testing.assert_array_equal(first.train.inputs, second.train.inputs)
    assert not np.array_equal(first.train.inputs, other.train.inputs)


@pytest.mark.parametrize("kind", [name for name in DRAWN if not KINDS[name].is_regression])
def test_classes_are_equally_many_and_both_in_training(kind: str) -> None:
    train, test = draw(DataState(kind, samples=300))
    counts = np.unique(np.concatenate([train.targets, test.targets]), return_counts=True)[1]
    assert counts.tolist() == [300 // KINDS[kind].classes] * KINDS[kind].classes
    assert len(np.unique(train.targets)) == KINDS[kind].classes


def test_without_noise_the_planes_are_what_they_are_called() -> None:
    plane = draw(DataState("plane", noise=0)).train
    np.testing.assert_allclose(plane.targets[:, 0], plane.inputs.sum(axis=1) / 12, atol=1e-6)
    hills = draw(DataState("hills", samples=5000, noise=0)).train
    near = np.hypot(*(hills.inputs - [4, 2.5]).T) < 0.2
    assert near.any() and (hills.targets[near] > 0.9).all()


def test_an_own_point_stays_on_its_side_when_others_come() -> None:
    rows = [(float(x), 0.0, 0.0) for x in np.linspace(-6, 6, 40)]
    few, many = (DataState("own classes", points=tuple(rows[:n])) for n in (13, 40))
    sides = [{float(x) for x in draw(data).train.inputs[:, 0]} for data in (few, many)]
    assert sides[0] == {x for x in sides[1] if x in {float(np.float32(r[0])) for r in rows[:13]}}
    assert len(draw(replace(few, points=few.points[:1])).train.inputs) == 1


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], ["no points to train on yet"]),
        ([(1, 1, 0)], ["one class", "no points to test on"]),
        ([(1, 1, 0), (1, 1, 0), (2, 1, 1)], ["1 of the 3", "no points to test"]),
        ([(1, 1, 0), (1, 1, 1), (2, 1, 1)], ["1 of the 3", "different targets", "no points to"]),
        ([(1, 1, 0), (2, 1, 1)], ["no points to test"]),
    ],
)
def test_strange_points_are_said(rows: list[Any], says: list[str]) -> None:
    found = notes(DataState("own classes", train_share=1, points=tuple(rows)))
    assert len(found) == len(says)
    assert all(part in note for part, note in zip(says, found))


def test_usual_points_are_nothing_to_speak_of() -> None:
    assert all(notes(DataState(kind)) == () for kind in DRAWN)


def test_own_arrays_become_points_of_the_state() -> None:
    data = own_data(CORNERS, [[0], [0], [1], [1]], train_share=1)
    assert data.kind == "own classes" and data.points[2] == (1.0, -1.0, 1.0)
    np.testing.assert_array_equal(draw(data).train.inputs, CORNERS)
    assert own_data(CORNERS / 3, [0.1, 0.2, 0.3, -1], regression=True).task == "regression"


@pytest.mark.parametrize(
    ("x", "y", "says"),
    [
        (CORNERS, [0, 1], r"y should have the shape \(4,\) .* \(4, 2\), but has \(2,\)"),
        (CORNERS.T, [0, 1], r"x should have the shape \(n, 2\), but has \(2, 4\)"),
        (100 * CORNERS, [0] * 4, "between -6 and 6, but goes to 100"),
        ("points", [0], "x should be an array of numbers, but is str"),
        (CORNERS, [0, 1, 0, np.nan], "y should be finite"),
        (CORNERS, [0, 1, 0, 0.5], "target"),
        (CORNERS, [0, 1, 0, 8], "target"),
    ],
)
def test_own_arrays_that_do_not_fit_are_refused(x: Any, y: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        own_data(x, y)


@given(st.lists(st.tuples(st.floats(-6, 6, width=32), st.floats(-6, 6, width=32)), max_size=9))
def test_features_are_what_they_are_called(rows: list[tuple[float, float]]) -> None:
    points = np.array(rows, dtype=np.float32).reshape(-1, 2)
    found = features_of(points, tuple(FEATURES))
    assert found.shape == (len(rows), 7) and found.dtype == np.float32
    x, y = points.astype(np.float64).T
    expected = np.stack([x, y, x**2, y**2, x * y, np.sin(x), np.sin(y)], axis=1)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)
