"""What the picture takes from the browser and hands on, and what it tells the browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.playground import DataState, NetworkState, State, draw
from tfcourse_utils.playground.features import FEATURES
from tfcourse_utils.widgets.playground.encoding import input_pictures, point_rows
from tfcourse_utils.widgets.playground.view import Canvas

from .test_encoding import seen_of

STATE = State(DataState("rings", samples=40), NetworkState(hidden=(3,)))


@pytest.fixture(scope="module")
def heard() -> list[dict[str, Any]]:
    return []


@pytest.fixture(scope="module")
def canvas(heard: list[dict[str, Any]]) -> Iterator[Canvas]:
    made = Canvas(heard.append, seen_of(STATE))
    yield made
    made.close()


@pytest.mark.parametrize(
    "message",
    [
        {"weight": [0, 1, 2], "value": 0.5},
        {"weight": [0, 1, 2], "value": -3},
        {"points": []},
        {"points": [[0.5, -6, 1], [1, 2, 0]]},
    ],
)
def test_what_is_done_is_handed_on(
    canvas: Canvas, heard: list[dict[str, Any]], message: dict[str, Any]
) -> None:
    canvas._hear(canvas, message, [])
    assert heard.pop() == message and not heard


@pytest.mark.parametrize(
    "message",
    [
        {"weight": [0, 1], "value": 0.5},
        {"weight": [0, 1, "2"], "value": 0.5},
        {"weight": [0, 1, 2], "value": None},
        {"points": [[1, 2]]},
        {"points": [[1, 2, "0"]]},
        {"points": "1,2,0"},
        {"points": [[1, 2, None]]},
        "drawn",
    ],
)
def test_what_is_of_no_kind_is_not(
    canvas: Canvas, heard: list[dict[str, Any]], message: object
) -> None:
    canvas._hear(canvas, message, [])
    assert not heard


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.sampled_from(["weight", "points", "drawn", "value"]), JSON)
def test_no_message_raises(
    canvas: Canvas, heard: list[dict[str, Any]], name: str, value: object
) -> None:
    canvas._hear(canvas, {name: value}, [])
    canvas._hear(canvas, {name: value, "value": 1.0}, [])
    for message in heard:
        rows = message.get("points", [message.get("weight")])
        assert all(len(row) == 3 for row in rows)
    heard.clear()


@pytest.mark.parametrize(
    ("hidden", "can_draw", "can_weigh"),
    [
        ((), True, True),
        (("data.points",), False, True),
        (("draw points",), False, True),
        (("edit weights",), True, False),
    ],
)
def test_what_is_hidden_cannot_be_done(
    hidden: tuple[str, ...], can_draw: bool, can_weigh: bool
) -> None:
    canvas = Canvas(lambda _: None, seen_of(replace(STATE, hidden=hidden)))
    assert (canvas.scene["can_draw"], canvas.scene["can_weigh"]) == (can_draw, can_weigh)
    canvas.close()


def test_every_part_of_the_script_is_there_once() -> None:
    script = Canvas._esm
    assert str(script).count("export default { render };") == 1
    functions = [line for line in str(script).splitlines() if line.startswith("function ")]
    names = [line.split("(")[0] for line in functions]
    assert len(names) == len(set(names)) > 40


def test_inputs_are_seen_as_neurons_are() -> None:
    found = np.frombuffer(input_pictures(list(FEATURES)), np.uint8).reshape(-1, 30, 30)
    x, y, x_squared = found[:3].astype(int)
    assert x[0, 0] == 0 and x[0, -1] == 255 and np.ptp(x, axis=0).max() == 0
    assert y[0, 0] == 255 and y[-1, 0] == 0
    assert x_squared.min() >= 127 and len(found) == len(FEATURES)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("kind", ["rings", "three clouds", "hills"])
def test_points_drawn_further_stay_on_their_sides(kind: str, share: float) -> None:
    state = State(DataState(kind, samples=300, train_share=share))
    rows = point_rows(state, draw(state.data))
    own = "own values" if kind == "hills" else "own classes"
    points = tuple((float(x), float(y), float(target)) for x, y, _, _, target in rows)
    after = draw(replace(state.data, kind=own, points=points))
    before = {tuple(row[:2].tolist()) for row in rows[rows[:, 3] == 0]}
    stayed = sum(tuple(place.tolist()) in before for place in after.train.inputs)
    assert stayed > 0.8 * max(len(before), len(after.train.inputs))


def test_own_points_keep_their_order() -> None:
    points = tuple((x / 10, -x / 10, float(x % 3)) for x in range(50))
    state = State(DataState("own classes", points=points))
    found = point_rows(state, draw(state.data))[:, [0, 1, 4]]
    np.testing.assert_allclose(found, points, atol=1e-6)
