"""Frames: outputs on the grid, confusion, neurons, the next step, and the landscape."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfcourse_utils.playground.features import features_of
from tfcourse_utils.playground.frames import Camera, Frame, grid
from tfcourse_utils.playground.landscape import LandscapeView
from tfcourse_utils.playground.own import Own
from tfcourse_utils.playground.points import own_data
from tfcourse_utils.playground.state import DataState, NetworkState, State, TrainingState
from tfcourse_utils.playground.trainer import Trainer

DATA = DataState("xor", samples=60)
STATE = State(DATA, NetworkState(("x", "sin y"), (3, 2)), TrainingState(learning_rate=0.1))
SEVERAL = replace(STATE, data=replace(DATA, kind="three clouds"))


class Product(keras.Model):
    """A model that Keras can't take apart."""

    def __init__(self) -> None:
        super().__init__()
        self.dense = keras.layers.Dense(1, "sigmoid")

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        return self.dense(inputs[:, :1] * inputs[:, 1:])


def assert_same(one: Frame, other: Frame) -> None:
    assert (one.epoch, one.batch, one.losses) == (other.epoch, other.batch, other.losses)
    for first, second in zip(one[2:3] + one[4:6], other[2:3] + other[4:6]):
        np.testing.assert_array_equal(first, second)


def test_a_grid_goes_along_x_from_below() -> None:
    np.testing.assert_array_equal(grid(3)[:4], [[-6, -6], [0, -6], [6, -6], [-6, 0]])


@pytest.mark.parametrize(("state", "outputs"), [(STATE, 1), (SEVERAL, 3)])
def test_outputs_are_those_of_the_model(state: State, outputs: int) -> None:
    trainer = Trainer(state)
    trainer.train()
    frame = Camera(trainer, size=7).frame()
    expected = trainer.model(features_of(grid(7), state.network.features))
    assert frame.outputs.shape == (7, 7, outputs)
    np.testing.assert_allclose(frame.outputs.reshape(49, -1), expected, rtol=1e-5, atol=1e-6)
    assert (frame.epoch, frame.batch, frame.losses) == (1, 0, trainer.losses)


@pytest.mark.parametrize("state", [STATE, SEVERAL])
def test_confusion_counts_every_point_once(state: State) -> None:
    trainer = Trainer(state)
    frame = Camera(trainer, size=2).frame()
    classes = max(state.data.outputs, 2)
    for counts, points in zip((frame.train, frame.test), trainer.split):
        expected = np.zeros((classes, classes), int)
        outputs = trainer.model(features_of(points.inputs, state.network.features)).numpy()
        for target, output in zip(points.targets.ravel(), outputs):
            given = output.argmax() if len(output) > 1 else int(output[0] > 0.5)
            expected[int(target), given] += 1
        np.testing.assert_array_equal(counts, expected)


def test_regression_has_no_confusion_and_no_points_are_none() -> None:
    regression = Camera(Trainer(replace(STATE, data=DataState("hills"))), size=2).frame()
    assert regression.train.shape == regression.test.shape == (0, 0)
    empty = Trainer(replace(STATE, data=DataState("own classes")))
    nothing = Camera(empty, size=2).frame()
    assert nothing.train.tolist() == [[0, 0], [0, 0]] and np.isfinite(nothing.outputs).all()
    assert np.isnan(LandscapeView(empty, size=3).look().losses).all()


def test_same_state_same_frames_and_the_past_can_be_seen_again() -> None:
    frames, cameras = [], []
    for _ in range(2):
        trainer = Trainer(STATE)
        cameras.append(Camera(trainer, size=9))
        frames.append([])
        for _ in range(3):
            frames[-1].append(cameras[-1].frame())
            trainer.train()
    for one, other, then in zip(*frames, trainer.snapshots):
        assert_same(one, other)
        assert_same(one, cameras[1].frame(then))
    assert trainer.epoch == 3


def test_neurons_are_the_outputs_of_their_layers() -> None:
    trainer = Trainer(STATE)
    first, second = Camera(trainer, neurons_size=5).neurons()
    assert first.shape == (3, 5, 5) and second.shape == (2, 5, 5)
    layer = trainer.model.get_layer("hidden_1")
    expected = layer(features_of(grid(5), STATE.network.features)).numpy()
    np.testing.assert_allclose(first.reshape(3, 25).T, expected, rtol=1e-5, atol=1e-6)


def test_there_may_be_one_hidden_layer() -> None:
    camera = Camera(Trainer(replace(STATE, network=NetworkState(hidden=(3,)))), neurons_size=4)
    assert [layer.shape for layer in camera.neurons()] == [(3, 4, 4)]


def test_tensorflow_does_not_warn_of_many_trainers(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(8):
        trainer = Trainer(STATE)
        trainer.train()
        Camera(trainer, size=3).neurons()
    assert caplog.records == []


def test_neurons_of_the_past_and_of_a_learners_layers() -> None:
    dense, half = keras.layers.Dense(4, "relu"), keras.layers.Dropout(0.5, seed=0)
    end = keras.layers.Dense(1, "sigmoid")
    model = keras.Sequential(
        [keras.Input((2,)), dense, keras.layers.BatchNormalization(), half, end]
    )
    trainer = Trainer(STATE, Own(model=model))
    camera = Camera(trainer, size=3, neurons_size=4)
    before = camera.neurons()
    trainer.train()
    assert [layer.shape for layer in before] == [(4, 4, 4)] * 3
    for one, other in zip(before, camera.neurons(trainer.snapshots[0])):
        np.testing.assert_array_equal(one, other)
    assert not np.array_equal(before[0], camera.neurons()[0])


@pytest.mark.parametrize("state", [replace(STATE, network=NetworkState(hidden=())), STATE])
def test_where_there_are_no_neurons_to_show_there_are_none(state: State) -> None:
    own = Own() if state.network.hidden == () else Own(model=Product())
    camera = Camera(Trainer(state, own), size=3)
    assert camera.neurons() == [] and camera.frame().outputs.shape == (3, 3, 1)


def test_the_next_step_is_shown_and_not_done() -> None:
    trainer, other = Trainer(STATE), Trainer(STATE)
    camera = Camera(trainer, size=5)
    trainer.train()
    effect = camera.next_step()
    assert_same(effect.before, camera.frame())
    trainer.step()
    assert_same(effect.after, camera.frame())
    assert len(effect.rows) == 10
    other.train()
    for weight, change, before in zip(trainer.weights, effect.changes, other.weights, strict=True):
        np.testing.assert_allclose(weight.values, before.values + change, atol=1e-6)


def test_a_next_step_into_nothing_is_said() -> None:
    trainer = Trainer(replace(STATE, data=DataState("own classes")))
    effect = Camera(trainer, size=2).next_step()
    assert effect.after.reason is not None and trainer.reason is None and len(effect.rows) == 0


@pytest.mark.parametrize("state", [STATE, SEVERAL])
def test_in_the_middle_of_the_landscape_is_the_present_loss(state: State) -> None:
    trainer = Trainer(state)
    trainer.train()
    view = LandscapeView(trainer, size=5, span=2.0)
    before = trainer.snapshot()
    found = view.look()
    assert found.steps.tolist() == [-2, -1, 0, 1, 2] and found.losses.shape == (5, 5)
    assert found.losses[2, 2] == pytest.approx(trainer.losses.train, rel=1e-5)
    np.testing.assert_array_equal(before.trainable[0], trainer.snapshot().trainable[0])
    np.testing.assert_array_equal(view.look(seed=0).losses, found.losses)
    assert not np.array_equal(view.look(seed=1).losses, found.losses)
    trainer.train()
    np.testing.assert_array_equal(view.look(then=before).losses, found.losses)


def test_a_step_in_the_landscape_is_as_long_as_the_weights_of_each_neuron() -> None:
    square = own_data([[1, 0], [0, 1]], [0.0, 0.0], regression=True, train_share=1)
    state = replace(STATE, data=square, network=NetworkState(hidden=()))
    trainer = Trainer(state)
    trainer.set_weight(0, (0, 0), 3.0)
    trainer.set_weight(0, (1, 0), 4.0)
    # The loss is half the squared length of the weights here, 5 long before a step of 5.
    losses = LandscapeView(trainer, size=3).look().losses
    assert losses[1, 1] == pytest.approx(12.5)
    along = (losses[1, 0] + losses[1, 2]) / 2
    assert along == pytest.approx((25 + 25) / 2, rel=1e-5)


@pytest.mark.parametrize("size", [1, 4])
def test_a_landscape_has_a_middle(size: int) -> None:
    with pytest.raises(ValueError, match="odd"):
        LandscapeView(Trainer(STATE), size=size)


def test_a_landscape_can_be_laid_through_the_path_of_training() -> None:
    trainer = Trainer(STATE)
    trainer.train(3)
    first, second, *_, now = trainer.snapshots
    view = LandscapeView(trainer, size=5)
    found = view.look(path=[first])
    np.testing.assert_allclose(found.path, [[-1, 0]], atol=1e-6)
    assert found.losses[2, 0] == pytest.approx(first.losses.train, rel=1e-4)
    assert found.losses[2, 2] == pytest.approx(now.losses.train, rel=1e-4)
    both = view.look(path=[first, second, now])
    assert both.path.shape == (3, 2)
    assert np.linalg.norm(both.path, axis=1).max() == pytest.approx(1, rel=1e-4)
    np.testing.assert_allclose(both.path[2], [0, 0], atol=1e-6)
    assert view.look(path=[now]).path.shape == (0, 2)
