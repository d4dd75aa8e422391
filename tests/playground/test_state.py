"""The state: what it may be, and what it says when it is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tfcourse_utils.playground.state import (
    CONTROLS,
    DataState,
    NetworkState,
    Shown,
    State,
    TrainingState,
    without_hidden_layers,
)

WRONG: list[tuple[type, dict[str, Any], str]] = [
    (DataState, {"kind": "ring"}, r"data.kind should be one of 'clouds', .* but is 'ring'"),
    (DataState, {"kind": ["rings"]}, "data.kind"),
    (DataState, {"samples": 9}, "data.samples should be a whole number from 10 to 5000, but is 9"),
    (DataState, {"samples": True}, "data.samples"),
    (DataState, {"noise": float("nan")}, "data.noise should be a number from 0 to 3, but is nan"),
    (DataState, {"train_share": 0}, "data.train_share"),
    (DataState, {"seed": -1}, "data.seed"),
    (DataState, {"points": 3}, "data.points"),
    (DataState, {"points": ((0.0, 1.0),)}, r"each of data.points should be \(x, y, target\)"),
    (DataState, {"points": ((0.0, 7.0, 1.0),)}, "x and y of data.points .* but is 7.0"),
    (DataState, {"kind": "own classes", "points": ((0, 0, 0.5),)}, "target .* whole .* 0.5"),
    (DataState, {"kind": "own values", "points": ((0, 0, 2),)}, "target .* -1 to 1, but is 2"),
    (DataState, {"points": ((0, 0, 0),) * 5001}, "up to 5000 rows, but are 5001"),
    (NetworkState, {"features": ()}, "one feature or more"),
    (NetworkState, {"features": "x"}, "network.features"),
    (NetworkState, {"features": ("x", "x")}, "'x' comes twice"),
    (NetworkState, {"hidden": (8,) * 9}, "up to 8 numbers, but has 9"),
    (NetworkState, {"hidden": (17,)}, "network.hidden should be a whole number from 1 to 16"),
    (NetworkState, {"hidden": 4}, "network.hidden"),
    (NetworkState, {"activation": "tan"}, "network.activation"),
    (TrainingState, {"optimizer": "Adm"}, "training.optimizer .* but is 'Adm'"),
    (TrainingState, {"learning_rate": 0}, "training.learning_rate"),
    (TrainingState, {"learning_rate": float("inf")}, "training.learning_rate"),
    (TrainingState, {"batch_size": 1.5}, "training.batch_size"),
    (TrainingState, {"loss": "mse"}, "training.loss"),
    (TrainingState, {"regularization": "L3"}, "training.regularization"),
    (Shown, {"curves": 1}, "shown.curves should be True or False, but is 1"),
    (State, {"hidden": ("data.colour",)}, "each of hidden"),
    (State, {"version": 2}, "version"),
    (State, {"data": {}}, "data should be a DataState, but is dict"),
]


@pytest.mark.parametrize(("part", "given", "says"), WRONG)
def test_a_wrong_field_is_named_with_what_is_allowed(
    part: type, given: dict[str, Any], says: str
) -> None:
    with pytest.raises(ValueError, match=says) as caught:
        part(**given)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 300


def test_a_loss_has_to_fit_the_task() -> None:
    with pytest.raises(ValueError, match=r"for regression .* but is 'cross-entropy'"):
        State(data=DataState("plane"), training=TrainingState(loss="cross-entropy"))
    State(data=DataState("plane"), training=TrainingState(loss="huber"))


@pytest.mark.parametrize(
    ("data", "task", "outputs"),
    [
        (DataState("xor"), "two classes", 1),
        (DataState("three clouds"), "several classes", 3),
        (DataState("hills"), "regression", 1),
        (DataState("own classes"), "two classes", 1),
        (DataState("own classes", points=((0, 0, 3), (1, 1, 0))), "several classes", 4),
        (DataState("own values", points=((0, 0, 1),)), "regression", 1),
    ],
)
def test_the_data_say_what_the_network_has_to_do(data: DataState, task: str, outputs: int) -> None:
    assert (data.task, data.outputs) == (task, outputs)


def test_numbers_of_numpy_and_lists_are_taken_for_what_they_are() -> None:
    given: Any = {"noise": np.float32(0.5), "points": [[np.float64(1), 2, 0]]}
    data = DataState(samples=np.int64(20), **given)  # type: ignore[arg-type]
    assert data == DataState(samples=20, noise=0.5, points=((1.0, 2.0, 0.0),))
    assert type(data.samples) is int and type(data.noise) is float
    hash(State(data, NetworkState(hidden=[3, 2])))  # type: ignore[arg-type]


def test_controls_are_the_fields_and_what_one_can_do() -> None:
    assert {"data.noise", "training.learning_rate", "shown.neurons", "play"} <= set(CONTROLS)
    assert State(hidden=("data.noise", "step")).hidden == ("data.noise", "step")


def test_the_linear_model_beside_the_network_differs_in_nothing_else() -> None:
    state = State(network=NetworkState(hidden=(8, 8), seed=4))
    linear = without_hidden_layers(state)
    assert linear.network.hidden == ()
    assert replace(linear, network=state.network) == state
