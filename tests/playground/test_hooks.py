"""The learner's metric and callback: asked and told as by `fit`, and no harm where they fail."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfcourse_utils.playground import (
    Camera,
    DataState,
    NetworkState,
    Own,
    State,
    Trainer,
    TrainingState,
    describe,
)

STATE = State(
    DataState("xor", samples=60, seed=3),
    NetworkState(hidden=(3,)),
    TrainingState(batch_size=8, learning_rate=0.1),
)


class Told(keras.callbacks.Callback):
    """Notes what it is told, and does something at the end of an epoch."""

    def __init__(self, at_end: Any = lambda self, epoch: None) -> None:
        super().__init__()
        self.told: list[tuple[str, Any]] = []
        self.logs: list[dict[str, float]] = []
        self._at_end = at_end

    def on_train_begin(self, logs: Any = None) -> None:
        self.told.append(("train", None))

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.told.append(("begin", epoch))

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.told.append(("end", epoch))
        self.logs.append(logs)
        self._at_end(self, epoch)

    def on_train_end(self, logs: Any = None) -> None:
        self.told.append(("over", None))


def stop(callback: Told, epoch: int) -> None:
    callback.model.stop_training = epoch >= 1


def test_a_metric_is_of_all_points_after_every_epoch() -> None:
    trainer = Trainer(STATE, Own(metric=keras.metrics.BinaryAccuracy(name="right")))
    trainer.train(5)
    counts = Camera(trainer).frame()
    train, test = (np.trace(each) / each.sum() for each in (counts.train, counts.test))
    assert trainer.measured is not None and trainer.measured.name == "right"
    assert trainer.measured[1:] == pytest.approx((train, test))
    assert "The metric right is" in describe(counts)


def test_a_metric_stays_that_of_the_last_epoch_and_goes_back_with_it() -> None:
    trainer = Trainer(STATE, Own(metric="accuracy"))
    first = trainer.measured
    trainer.train(3)
    third = trainer.measured
    assert third != first
    trainer.step()
    assert trainer.measured == third
    assert Camera(trainer).frame(trainer.snapshots[0]).measured == first
    trainer.reset()
    assert trainer.measured == first


@pytest.mark.parametrize("kind", ["three clouds", "plane"])
def test_accuracy_is_that_of_the_task(kind: str) -> None:
    state = replace(STATE, data=DataState(kind, samples=60, train_share=1.0))
    trainer = Trainer(state, Own(metric="accuracy"))
    trainer.train(3)
    assert trainer.measured is not None and trainer.measured.test is None
    assert (trainer.measured.train > 0.5) == (kind == "three clouds")


def test_a_callback_is_told_of_epochs_as_by_fit() -> None:
    callback = Told()
    trainer = Trainer(STATE, Own(metric="accuracy", callback=callback))
    trainer.advance(0)
    assert callback.told == []
    trainer.train(2)
    trainer.step()
    assert callback.told == [
        ("train", None), ("begin", 0), ("end", 0), ("begin", 1), ("end", 1), ("begin", 2)
    ]  # fmt: skip
    names = {"loss", "val_loss", "binary_accuracy", "val_binary_accuracy"}
    assert callback.logs[1].keys() == names
    last = trainer.history[-1].losses
    assert (callback.logs[1]["loss"], callback.logs[1]["val_loss"]) == last
    with trainer.trying():
        trainer.train(2)
    assert len(callback.told) == 6


def test_stopping_is_honoured_and_a_reset_begins_again() -> None:
    callback = Told(stop)
    trainer = Trainer(STATE, Own(callback=callback))
    trainer.train(9)
    assert trainer.epoch == 2 and callback.told[-1] == ("over", None)
    assert (
        trainer.reason is not None and "callback stopped training after epoch 2" in trainer.reason
    )
    trainer.reset()
    trainer.train()
    assert trainer.epoch == 1 and callback.told[-3:] == [("train", None), ("begin", 0), ("end", 0)]


def test_early_stopping_brings_back_the_best_weights() -> None:
    early = keras.callbacks.EarlyStopping("val_loss", patience=2, restore_best_weights=True)
    wild = replace(STATE, training=replace(STATE.training, learning_rate=3.0))
    trainer = Trainer(wild, Own(callback=early))
    trainer.train(200)
    assert trainer.epoch < 200 and trainer.losses.test == pytest.approx(early.best)


def test_a_schedule_of_a_callback_sets_the_rate_until_the_reset() -> None:
    lower = keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate / 2)
    trainer = Trainer(STATE, Own(callback=lower))
    trainer.train(3)
    assert trainer.learning_rate == pytest.approx(0.1 / 8)
    trainer.reset()
    assert trainer.learning_rate == pytest.approx(0.1)


def test_a_callback_that_fails_stops_training_with_a_sentence() -> None:
    def fail(_callback: Told, _epoch: int) -> None:
        raise KeyError("val_acc")

    trainer = Trainer(STATE, Own(callback=Told(fail)))
    trainer.train(3)
    assert trainer.reason == "After epoch 1 the callback broke off: val_acc. Training stopped."
    assert trainer.epoch == 1 and len(trainer.history) == 2


def test_a_metric_that_fails_later_stops_training_with_a_sentence() -> None:
    class Few(keras.metrics.Mean):
        def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
            tf.debugging.assert_less(y_pred, 0.999, "too sure")
            super().update_state(y_true)

    trainer = Trainer(STATE, Own(metric=Few()))
    trainer.set_weight(3, (0,), 3.0)
    trainer.adjust(replace(STATE, training=replace(STATE.training, learning_rate=100.0)))
    trainer.train(50)
    assert trainer.reason is not None and "metric broke off: " in trainer.reason
    assert "too sure" in trainer.reason
