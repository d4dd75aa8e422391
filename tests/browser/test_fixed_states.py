"""The picture of fixed states, beside pictures that somebody has looked at and found right.

They are compared small, so that fonts and the last digits of a training make no difference. After
a change of the look, look at what TFCOURSE_REFERENCES=1 writes in place of the old ones.
"""

from __future__ import annotations

import io
import itertools
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from bench.pictures import open_bare, seen_of
from tfcourse_utils.playground import (
    Camera,
    DataState,
    NetworkState,
    Shown,
    State,
    Trainer,
    TrainingState,
)

HERE = Path(__file__).parent / "pictures"
SIZE = (64, 48)  # of the pictures that are compared
TOLERANCE, WORST = 4.0, 48.0  # of 255: on average, and of a place
ADAM = TrainingState("Adam")

STATES = {
    "rings": (State(DataState(noise=0.3), training=ADAM), 60, "light"),
    "rings_dark": (State(DataState(noise=0.3), training=ADAM), 60, "dark"),
    "three_clouds": (
        State(DataState("three clouds"), NetworkState(hidden=(6,)), ADAM, Shown(test_points=True)),
        20,
        "light",
    ),
    "hills": (State(DataState("hills"), NetworkState(hidden=(8, 8)), ADAM), 60, "light"),
    "line": (
        State(DataState("xor"), NetworkState(hidden=()), ADAM, Shown(discretized=True)),
        20,
        "light",
    ),
}


def picture_of(page: Page, name: str) -> Image.Image:
    """Return what a browser shows of a state, small."""
    state, epochs, theme = STATES[name]
    trainer = Trainer(state)
    trainer.train(epochs)
    open_bare(page, seen_of(trainer, Camera(trainer)), theme)
    shot = page.locator(".playground-pictures").screenshot()
    whole = Image.open(io.BytesIO(shot)).convert("RGB")
    if folder := os.environ.get("TFCOURSE_PICTURES"):
        whole.save(Path(folder, f"playground_{name}.png"))
    return whole.resize(SIZE, Image.Resampling.BOX)


def differences(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """Return how far two pictures are apart on average, and in the worst place."""
    apart = np.abs(np.asarray(one, float) - np.asarray(other, float)).mean(axis=2)
    return float(apart.mean()), float(apart.max())


@pytest.mark.parametrize("name", STATES)
def test_a_state_looks_as_it_should(name: str, page: Page) -> None:
    found, path = picture_of(page, name), HERE / f"{name}.png"
    if os.environ.get("TFCOURSE_REFERENCES"):
        HERE.mkdir(exist_ok=True)
        found.save(path, optimize=True)
    average, worst = differences(found, Image.open(path).convert("RGB"))
    assert average < TOLERANCE and worst < WORST, (average, worst)


def test_the_tolerance_tells_the_states_apart() -> None:
    for one, other in itertools.combinations(STATES, 2):
        pair = (Image.open(HERE / f"{each}.png").convert("RGB") for each in (one, other))
        average, worst = differences(*pair)
        assert average > TOLERANCE or worst > WORST, (one, other, average, worst)
