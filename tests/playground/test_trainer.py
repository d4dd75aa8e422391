"""The training: that it is Keras's own, repeatable, adjustable, and stops where it goes wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.playground import trainer as module
from tfcourse_utils.playground.features import features_of
from tfcourse_utils.playground.frames import Camera
from tfcourse_utils.playground.network import build
from tfcourse_utils.playground.own import Own
from tfcourse_utils.playground.points import draw, own_data
from tfcourse_utils.playground.state import (
    LARGEST_SEED,
    DataState,
    NetworkState,
    State,
    TrainingState,
)
from tfcourse_utils.playground.trainer import Snapshot, Trainer, order_of_epoch

FEW = DataState("xor", samples=60, seed=3)
STATE = State(FEW, NetworkState(hidden=(3,)), TrainingState(batch_size=8, learning_rate=0.1))


def with_training(state: State, **changes: Any) -> State:
    return replace(state, training=replace(state.training, **changes))


def assert_same(one: Snapshot, other: Snapshot) -> None:
    assert one[:3] == other[:3]
    for first, second in zip(one.trainable + one.others, other.trainable + other.others):
        np.testing.assert_array_equal(first, second)


@given(st.integers(0, 2**32 - 1), st.integers(0, 99), st.integers(0, 60), st.integers(1, 99))
def test_an_epoch_takes_every_row_once_but_an_incomplete_batch(
    seed: int, epoch: int, count: int, size: int
) -> None:
    order = order_of_epoch(seed, epoch, count, size)
    rows = order.ravel().tolist()
    assert len(set(rows)) == len(rows) and set(rows) <= set(range(count))
    assert count - len(rows) < max(min(size, count), 1)
    np.testing.assert_array_equal(order, order_of_epoch(seed, epoch, count, size))


def fitted(state: State, epochs: int, regularizer: Any = None) -> Sequence[np.ndarray]:
    """Train with `fit`, on the same batches."""
    model, training = build(state), state.training
    for layer in model.layers:
        layer.kernel.regularizer = regularizer
    optimizer = {"SGD": keras.optimizers.SGD, "Adam": keras.optimizers.Adam}[training.optimizer]
    several = state.data.task == "several classes"
    loss = "sparse_categorical_crossentropy" if several else "binary_crossentropy"
    model.compile(optimizer(training.learning_rate), loss)
    train = draw(state.data).train
    rows = np.concatenate(
        [
            order_of_epoch(training.seed, epoch, len(train.inputs), training.batch_size).ravel()
            for epoch in range(epochs)
        ]
    )
    features = features_of(train.inputs, state.network.features)[rows]
    size = min(training.batch_size, len(train.inputs))
    model.fit(features, train.targets[rows], batch_size=size, shuffle=False, verbose=0)
    return model.get_weights()


@pytest.mark.parametrize(
    ("state", "regularizer"),
    [
        (STATE, None),
        (with_training(STATE, optimizer="Adam", regularization="L2", rate=0.02), "L2"),
        (with_training(STATE, regularization="L1", batch_size=1000, rate=0.05), "L1"),
        (replace(STATE, data=replace(FEW, kind="three clouds")), None),
    ],
)
def test_training_is_that_of_fit(state: State, regularizer: str | None) -> None:
    trainer = Trainer(state)
    trainer.train(4)
    penalty = getattr(keras.regularizers, regularizer)(state.training.rate) if regularizer else None
    for ours, theirs in zip(trainer.weights, fitted(state, 4, penalty), strict=True):
        np.testing.assert_allclose(ours.values, theirs, rtol=1e-4, atol=1e-5)


def test_the_state_alone_decides_whatever_the_global_seed() -> None:
    keras.utils.set_random_seed(1)
    one = Trainer(STATE)
    one.train(3)
    expected = np.random.random()
    keras.utils.set_random_seed(1)
    other = Trainer(STATE)
    other.train(2)
    for _ in range(3):  # 30 points in batches of 8
        other.step()
    assert_same(one.snapshot(), other.snapshot())
    assert np.random.random() == expected
    assert (
        [row.epoch for row in one.history] == [row.epoch for row in other.history] == [0, 1, 2, 3]
    )


@pytest.mark.parametrize("changed", ["network", "training"])
def test_each_seed_matters(changed: str) -> None:
    one, state = Trainer(STATE), STATE
    part = replace(getattr(STATE, changed), seed=9)
    other = Trainer(replace(state, **{changed: part}))
    for trainer in (one, other):
        trainer.train()
    assert not np.array_equal(one.weights[0].values, other.weights[0].values)


def test_losses_are_those_of_the_present_weights() -> None:
    trainer = Trainer(STATE)
    trainer.train(2)
    for points, loss in zip(trainer.split, trainer.losses):
        chances = trainer.model(points.inputs)
        expected = keras.losses.binary_crossentropy(points.targets, chances)
        assert loss == pytest.approx(float(tf.reduce_mean(expected)), rel=1e-5)
    assert trainer.history[-1] == (2, trainer.losses)


def test_no_points_to_test_on_is_no_loss() -> None:
    trainer = Trainer(replace(STATE, data=replace(FEW, train_share=1)))
    trainer.train()
    assert trainer.losses.test is None and trainer.losses.train > 0


def test_no_points_at_all_is_said_and_nothing_happens() -> None:
    trainer = Trainer(replace(STATE, data=DataState("own classes")))
    before = trainer.snapshot()
    trainer.train(3)
    trainer.step()
    np.testing.assert_array_equal(before.trainable[0], trainer.snapshot().trainable[0])
    assert trainer.epoch == 0 and "no points to train on" in str(trainer.reason)


def test_one_class_trains_and_is_noted() -> None:
    data = own_data([[0, 0], [1, 1], [2, 2]], [1, 1, 1], train_share=1)
    trainer = Trainer(replace(STATE, data=data))
    before = trainer.losses.train
    trainer.train(3)
    assert trainer.losses.train < before and trainer.reason is None
    assert any("one class" in note for note in trainer.notes)


@pytest.mark.parametrize("rate", [100.0, 3.0])
def test_an_exploding_loss_stops_and_keeps_what_was_before(rate: float) -> None:
    state = State(
        replace(FEW, kind="plane"),
        NetworkState(features=("x²", "y²"), hidden=(4,), activation="relu"),
        TrainingState(learning_rate=rate),
    )
    trainer = Trainer(with_training(state, learning_rate=1e-3))
    trainer.train(2)
    good = trainer.snapshot()
    assert trainer.adjust(state)
    trainer.train(50)
    assert trainer.reason is not None and "lower learning rate" in trainer.reason
    assert all(np.isfinite(weight.values).all() for weight in trainer.weights)
    assert trainer.history[:3][-1].losses == good.losses
    stopped = trainer.snapshot()
    trainer.train()
    assert_same(stopped, trainer.snapshot())
    trainer.reset()
    assert trainer.reason is None and len(trainer.history) == 1


@pytest.mark.parametrize(
    "data",
    [
        replace(FEW, seed=4, noise=1.0),
        DataState("moons", samples=90, train_share=0.7),
        own_data([[1, 1], [1, 1], [-2, 3]], [0, 1, 1]),
        replace(FEW, train_share=1.0),
    ],
    ids=["sample", "moons", "own", "no test"],
)
def test_on_other_points_it_begins_as_another_trainer_does(data: DataState) -> None:
    trainer, state = Trainer(STATE), replace(STATE, data=data, hidden=("data.kind",))
    camera = Camera(trainer)
    trainer.train(3)
    model = trainer.model
    assert trainer.begin_on(state) and trainer.model is model
    another = Trainer(state)
    for each in (trainer, another):
        each.train(2)
    assert_same(trainer.snapshot(), another.snapshot())
    assert (trainer.state, trainer.notes) == (another.state, another.notes)
    assert trainer.history == another.history and len(trainer.snapshots) == 3
    seen, expected = camera.frame(), Camera(another).frame()
    for one, other in zip(seen, expected):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    "state",
    [
        replace(STATE, data=DataState("plane", samples=60)),
        replace(STATE, data=DataState("three clouds", samples=60)),
        replace(STATE, data=DataState("moons"), network=NetworkState(hidden=(2,))),
        with_training(replace(STATE, data=DataState("moons")), batch_size=9),
    ],
    ids=["task", "classes", "network", "training"],
)
def test_it_does_not_begin_on_points_that_want_another_network(state: State) -> None:
    trainer = Trainer(STATE)
    trainer.train()
    before = trainer.snapshot()
    assert not trainer.begin_on(state)
    assert trainer.state == STATE
    assert_same(before, trainer.snapshot())


def test_a_learners_part_is_tried_on_other_points_before_it_begins() -> None:
    trainer = Trainer(STATE, Own(optimizer=keras.optimizers.SGD(0.1)))
    assert not trainer.begin_on(replace(STATE, data=replace(FEW, seed=4)))


def test_a_learners_part_that_breaks_while_training_stops_it() -> None:
    def only_many(y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
        tf.debugging.assert_greater(tf.shape(y_true)[0], 8, "too few points")
        return tf.reduce_mean((y_true - y_pred) ** 2, axis=-1)

    trainer = Trainer(STATE, Own(loss=only_many))
    trainer.train()
    assert trainer.reason is not None and "too few points" in trainer.reason
    assert trainer.epoch == 0 and "\n" not in trainer.reason


def test_the_largest_seeds_are_seeds() -> None:
    state = State(
        replace(FEW, seed=LARGEST_SEED),
        NetworkState(seed=LARGEST_SEED),
        TrainingState(seed=LARGEST_SEED),
    )
    trainer = Trainer(state)
    trainer.train()
    assert trainer.epoch == 1


def test_reset_begins_again_even_for_adam() -> None:
    trainer = Trainer(with_training(STATE, optimizer="Adam"))
    first = trainer.snapshot()
    trainer.train(2)
    once = trainer.snapshot()
    trainer.step()
    trainer.reset()
    assert_same(first, trainer.snapshot())
    trainer.train(2)
    assert_same(once, trainer.snapshot())
    assert not trainer.edited


def test_adjusting_is_what_a_new_trainer_would_do() -> None:
    changed = with_training(STATE, learning_rate=0.5, batch_size=5, regularization="L2", rate=0.1)
    adjusted, new = Trainer(STATE), Trainer(changed)
    assert adjusted.adjust(changed) and not adjusted.edited
    for trainer in (adjusted, new):
        trainer.train(2)
    assert_same(adjusted.snapshot(), new.snapshot())
    assert adjusted.adjust(with_training(changed, rate=0.2)) and adjusted.edited


def test_a_batch_size_changes_with_the_next_epoch() -> None:
    trainer = Trainer(STATE)
    trainer.step()
    assert len(trainer.next_batch) == 8
    trainer.adjust(with_training(STATE, batch_size=30))
    assert len(trainer.next_batch) == 8
    trainer.train()
    assert (trainer.epoch, trainer.batch, len(trainer.next_batch)) == (1, 0, 30)


@pytest.mark.parametrize(
    "state",
    [
        replace(STATE, data=replace(FEW, seed=4)),
        replace(STATE, network=NetworkState(hidden=(4,))),
        with_training(STATE, optimizer="Adam"),
        with_training(STATE, loss="squared error"),
        with_training(STATE, seed=1),
    ],
)
def test_other_changes_need_another_trainer(state: State) -> None:
    trainer = Trainer(STATE)
    assert not trainer.adjust(state) and trainer.state == STATE


def test_a_trial_leaves_nothing_behind() -> None:
    trainer, other = Trainer(with_training(STATE, optimizer="Adam")), None
    trainer.train()
    trainer.step()
    before, history = trainer.snapshot(), trainer.history
    with trainer.trying():
        trainer.train(2)
        assert trainer.epoch == 3
    assert_same(before, trainer.snapshot())
    assert trainer.history == history and trainer.reason is None
    trainer.train(2)
    other = Trainer(trainer.state)
    other.train(3)
    assert_same(other.snapshot(), trainer.snapshot())


def test_a_weight_set_by_hand_counts_at_once() -> None:
    trainer = Trainer(STATE)
    assert [w.name for w in trainer.weights[:2]] == ["hidden_1/kernel", "hidden_1/bias"]
    before = trainer.losses
    trainer.set_weight(0, (1, 2), -2.5)
    assert trainer.weights[0].values[1, 2] == -2.5
    assert trainer.losses != before and trainer.edited


@pytest.mark.parametrize(
    ("number", "index", "value", "says"),
    [
        (9, (0, 0), 1.0, "numbered 0 to 3, but not 9"),
        (-1, (0, 0), 1.0, "numbered"),
        (0, (0, 3), 1.0, r"hidden_1/kernel has the shape \(2, 3\), so no number at \(0, 3\)"),
        (1, (0, 0), 1.0, "no number at"),
        (0, (0, 0), float("nan"), "finite"),
        (0, (0, 0), 1e300, "up to 1e.06, but is 1e.300"),
    ],
)
def test_a_weight_that_is_not_there_is_refused(
    number: int, index: tuple[int, ...], value: float, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        Trainer(STATE).set_weight(number, index, value)


def test_a_long_run_keeps_a_short_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 6)
    monkeypatch.setattr(module, "MOST_SNAPSHOTS", 3)
    trainer = Trainer(STATE)
    trainer.train(40)
    assert len(trainer.history) <= 13 and len(trainer.snapshots) <= 7
    for record in (trainer.history, trainer.snapshots):
        assert record[0].epoch == 0 and record[-1].epoch == 40


@pytest.mark.parametrize("optimizer", ["SGD", "Adam"])
def test_going_back_forgets_what_came_after(optimizer: str) -> None:
    trainer = Trainer(with_training(STATE, optimizer=optimizer))
    trainer.train(2)
    second = trainer.snapshot()
    trainer.train(2)
    fourth = trainer.snapshot()
    trainer.step()
    trainer.go_back(trainer.snapshots[2])
    assert_same(second, trainer.snapshot())
    assert (
        [row.epoch for row in trainer.history]
        == [0, 1, 2]
        == [then.epoch for then in trainer.snapshots]
    )
    trainer.train(2)
    is_same = all(map(np.array_equal, trainer.snapshot().trainable, fourth.trainable))
    assert is_same == (optimizer == "SGD")  # Adam has forgotten how it came there
    assert trainer.edited and len(trainer.history) == 5


def test_going_back_begins_again_where_training_had_stopped() -> None:
    plane = State(DataState("plane"), NetworkState(hidden=(8,), activation="relu"))
    trainer = Trainer(with_training(plane, learning_rate=100.0))
    trainer.train(9)
    assert trainer.reason
    trainer.adjust(with_training(plane, learning_rate=0.001))
    trainer.go_back(trainer.snapshots[0])
    trainer.train()
    assert trainer.epoch == 1 and trainer.reason is None


def test_an_own_optimizer_with_a_schedule_trains_and_keeps_it() -> None:
    schedule = keras.optimizers.schedules.CosineDecay(0.1, 20)
    trainer = Trainer(STATE, Own(optimizer=keras.optimizers.SGD(schedule)))
    trainer.train(2)
    assert trainer.learning_rate < 0.1
    with pytest.raises(ValueError, match="follows a schedule"):
        trainer.adjust(with_training(STATE, learning_rate=0.2))
    trainer.reset()
    assert trainer.learning_rate == pytest.approx(0.1)


def test_an_own_model_with_more_than_weights_is_trained_itself_and_reset() -> None:
    layers = [keras.layers.BatchNormalization(), keras.layers.Dropout(0.2, seed=1)]
    end = keras.layers.Dense(1, "sigmoid", kernel_regularizer="l2")
    model = keras.Sequential([keras.Input((2,)), *layers, end])
    trainer = Trainer(STATE, Own(model=model, loss=partial(keras.losses.binary_focal_crossentropy)))
    first = trainer.snapshot()
    trainer.train(3)
    once = trainer.snapshot()
    assert trainer.model is model and any(np.any(a != b) for a, b in zip(first.others, once.others))
    trainer.reset()
    trainer.train(3)
    assert_same(once, trainer.snapshot())
