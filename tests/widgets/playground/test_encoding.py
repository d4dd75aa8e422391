"""What the browser is sent: that its bytes say what the session shows."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace

import numpy as np
import pytest

from tfcourse_utils.playground import (
    Camera,
    DataState,
    Losses,
    NetworkState,
    Row,
    Shown,
    State,
    Trainer,
)
from tfcourse_utils.widgets.playground.encoding import (
    curves,
    encode,
    kernels,
    point_rows,
    sees_test_points,
)
from tfcourse_utils.widgets.playground.palette import indices_of_outputs, palettes, table
from tfcourse_utils.widgets.playground.session import Seen

STATE = State(DataState("rings", samples=40), NetworkState(hidden=(3,)))


def seen_of(state: State) -> Seen:
    trainer = Trainer(state)
    camera = Camera(trainer)
    return Seen(
        state,
        trainer.split,
        camera.frame(),
        camera.neurons(),
        trainer.weights,
        trainer.history,
        trainer.notes,
        False,
        None,
    )


def test_kernels_curves_and_pictures_follow_each_other() -> None:
    seen = seen_of(STATE)
    content, data = encode(7, seen)
    assert json.loads(json.dumps(content))["number"] == 7
    raw = zlib.decompress(data)
    floats = np.frombuffer(raw[: 4 * (6 + 3 + 3)], "<f4")
    np.testing.assert_array_equal(floats[:6].reshape(2, 3), seen.weights[0].values)
    assert floats[9] == 0 and floats[10] == pytest.approx(seen.frame.losses.train)
    grid = np.frombuffer(raw[48:10_048], np.uint8).reshape(100, 100)
    expected = (255 * seen.frame.outputs[..., 0]).round()
    np.testing.assert_array_equal(grid[::-1], expected)
    assert len(raw) == 10_048 + 3 * 30 * 30


def test_without_points_to_train_on_the_words_are_valid_json() -> None:
    own = DataState("own classes")
    content, _ = encode(1, seen_of(replace(STATE, data=own)))
    assert "loss –" in json.loads(json.dumps(content, allow_nan=False))["progress"]


def test_hidden_weights_are_not_sent() -> None:
    content, _ = encode(1, seen_of(replace(STATE, shown=Shown(weights=False))))
    assert content["kernels"] == []


def test_layers_that_are_no_chain_have_no_picture() -> None:
    weights = seen_of(STATE).weights
    assert [kernel.shape for kernel in kernels(weights)] == [(2, 3), (3, 1)]
    assert kernels(weights[::-1]) == []


def test_a_long_history_is_thinned_to_its_ends() -> None:
    rows = [Row(epoch, Losses(1.0, None)) for epoch in range(1000)]
    found = curves(rows)
    assert found.shape == (3, 200)
    assert (found[0, 0], found[0, -1]) == (0, 999) and np.isnan(found[2]).all()


@pytest.mark.parametrize("kind", ["rings", "own classes", "own values"])
def test_points_of_ones_own_are_always_seen(kind: str) -> None:
    state = replace(STATE, data=DataState(kind))
    assert sees_test_points(state) == kind.startswith("own")
    assert sees_test_points(replace(state, shown=Shown(test_points=True)))


def test_points_are_for_training_then_for_testing() -> None:
    seen = seen_of(STATE)
    rows = point_rows(seen.state, seen.split)
    assert rows.shape == (40, 5) and rows[:, 3].sum() == 20
    assert set(rows[:, 2]) == {0, 255}


@pytest.mark.parametrize("kind", ["rings", "three clouds", "plane"])
def test_each_class_has_its_end_of_the_table(kind: str) -> None:
    state = replace(STATE, data=DataState(kind), shown=Shown(discretized=True))
    outputs = np.eye(3)[None] if kind == "three clouds" else np.array([[[-1.0], [0.4], [1.0]]])
    found = indices_of_outputs(state, outputs)[0].tolist()
    assert found == {
        "rings": [0, 0, 255], "three clouds": [31, 63, 95], "plane": [0, 255, 255]
    }[kind]  # fmt: skip
    assert len(palettes(state.data.task)) == 6 * 256 * 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_middle_of_a_table_is_paper(theme: str) -> None:
    colours = table("two classes", theme, 1.0).astype(int)
    assert np.ptp(colours[127]) <= 2
    assert np.abs(colours[0] - colours[255]).sum() > 200
