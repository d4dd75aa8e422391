"""The script: run by itself, it ends with the boundary of the playground."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tfcourse_utils.playground.features import FEATURES, features_of
from tfcourse_utils.playground.frames import grid
from tfcourse_utils.playground.points import own_data
from tfcourse_utils.playground.script import script
from tfcourse_utils.playground.state import DataState, NetworkState, State, TrainingState
from tfcourse_utils.playground.trainer import Trainer

POINTS = np.random.default_rng(0).uniform(-5, 5, (23, 2))
EVERY = NetworkState(tuple(FEATURES), (3,), "relu", seed=5)

STATES = {
    "usual": (State(), 5),
    "linear": (State(DataState("clouds"), NetworkState(hidden=())), 1),
    "untrained": (State(DataState("hills"), EVERY), 0),
    "momentum and L1": (
        State(
            DataState("moons", samples=100, noise=0.2, train_share=0.7, seed=4),
            replace(EVERY, activation="tanh"),
            TrainingState("SGD with momentum", 0.01, 7, "squared error", "L1", 0.01, seed=2),
        ),
        6,
    ),
    "three classes, Adam and L2": (
        State(
            DataState("three clouds", samples=60),
            NetworkState(activation="gelu"),
            TrainingState("Adam", regularization="L2", batch_size=1000),
        ),
        8,
    ),
    "own points": (
        State(own_data(POINTS, POINTS[:, 0] > POINTS[:, 1]), training=TrainingState("RMSprop")),
        4,
    ),
    "own values": (
        State(
            own_data(POINTS, POINTS[:, 0] / 5, regression=True),
            training=TrainingState("Adagrad", loss="huber"),
        ),
        4,
    ),
}

RUN = """
import runpy, sys
import numpy as np
for path in sys.argv[1:]:
    found = runpy.run_path(path)
    outputs = found["model"].predict_on_batch(found["features"](np.load("grid.npy")))
    np.save(path + ".npy", outputs)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every script, run in a process of its own, and what it gave."""
    folder = tmp_path_factory.mktemp("scripts")
    np.save(folder / "grid.npy", grid(20))
    names = [f"{place}.py" for place in range(len(STATES))]
    for name, (state, epochs) in zip(names, STATES.values()):
        (folder / name).write_text(script(state, epochs), encoding="utf-8")
    subprocess.run([sys.executable, "-c", RUN, *names], cwd=folder, check=True)
    return folder


@pytest.mark.parametrize("name", STATES)
def test_the_script_gives_the_same_boundary(folder: Path, name: str) -> None:
    state, epochs = STATES[name]
    trainer = Trainer(state)
    trainer.train(epochs)
    expected = trainer.model(features_of(grid(20), state.network.features))
    found = np.load(folder / f"{list(STATES).index(name)}.py.npy")
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_a_script_is_short_and_names_only_what_is_unusual() -> None:
    text = script(State(), 12)
    assert 'draw(DataState(kind="rings"))' in text
    assert "trained for 12 epochs" in text and "regularizer" not in text
    assert len(text.splitlines()) < 75
    for state, epochs in STATES.values():
        assert max(map(len, script(state, epochs).splitlines())) <= 100


def test_where_there_is_nothing_to_train_on_there_is_no_script() -> None:
    with pytest.raises(ValueError, match="no points to train on"):
        script(State(DataState("own classes")), 3)
    with pytest.raises(ValueError, match="epochs should be 0 or more, but is -1"):
        script(State(), -1)
