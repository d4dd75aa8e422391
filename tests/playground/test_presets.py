"""The presets: each loads, trains, and shows what its question is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tfcourse_utils.playground import presets
from tfcourse_utils.playground.frames import Camera
from tfcourse_utils.playground.links import from_link, to_link
from tfcourse_utils.playground.state import State
from tfcourse_utils.playground.trainer import Trainer


def right(state: State, epochs: int) -> float:
    """Return the share of points to train on that are right in the end."""
    trainer = Trainer(state)
    trainer.train(epochs)
    counts = Camera(trainer, size=2).frame().train
    return float(counts.trace() / counts.sum())


@pytest.mark.parametrize("name", presets.names())
def test_each_preset_loads_and_asks(name: str) -> None:
    title, prompt, state = presets.load(name)
    assert (title and "?" in title + prompt) or "Decide" in prompt
    assert from_link(to_link(state)) == state


def test_a_preset_that_is_not_there_is_said() -> None:
    with pytest.raises(ValueError, match=r"one of how_many.* but is '../secret'"):
        presets.load("../secret")


def test_a_line_parts_clouds_but_no_chessboard_unless_it_sees_the_product() -> None:
    assert right(presets.load("line_for_two_clouds").state, 20) > 0.9
    xor = presets.load("line_for_xor").state
    assert right(xor, 20) < 0.75
    assert right(replace(xor, network=replace(xor.network, features=("xy",))), 20) > 0.9


def test_two_neurons_close_no_ring_and_four_do() -> None:
    few = presets.load("how_many_neurons_for_rings").state
    many = replace(few, network=replace(few.network, hidden=(4,)))
    assert right(few, 100) < 0.95 < right(many, 100)


def test_steps_too_long_explode_and_shorter_ones_do_not() -> None:
    state = presets.load("steps_too_long").state
    trainer = Trainer(state)
    trainer.train(30)
    assert trainer.reason is not None
    trainer.adjust(replace(state, training=replace(state.training, learning_rate=0.03)))
    trainer.reset()
    trainer.train(30)
    assert trainer.reason is None and trainer.losses.train < trainer.history[0].losses.train


def test_much_network_for_few_points_fits_them_too_well() -> None:
    trainer = Trainer(presets.load("too_few_points").state)
    trainer.train(150)
    assert trainer.losses.test is not None and trainer.losses.test > 2 * trainer.losses.train
