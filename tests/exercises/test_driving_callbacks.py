"""The vocabulary for callbacks: driven by hand, they meet what they would meet in `fit`."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from tfcourse_utils.exercises.callbacks import (
    as_callback,
    driven,
    fitted,
    rates_noted,
    small_classifier,
)


class Diary(keras.callbacks.Callback):
    """Writes down the hooks that are called, and stops where it is told to."""

    def __init__(self, last_epoch: int | None = None, last_step: int | None = None) -> None:
        super().__init__()
        self.last_epoch, self.last_step = last_epoch, last_step
        self.pages: list[Any] = []

    def on_train_begin(self, logs):
        self.pages.append("begin")

    def on_epoch_begin(self, epoch, logs):
        self.pages.append(("epoch", epoch))

    def on_train_batch_begin(self, batch, logs):
        self.pages.append(("batch", batch))

    def on_train_batch_end(self, batch, logs):
        self.pages.append(("end of batch", batch, set(logs)))
        if batch == self.last_step:
            self.model.stop_training = True

    def on_epoch_end(self, epoch, logs):
        self.pages.append(("end of epoch", epoch, set(logs)))
        if epoch == self.last_epoch:
            self.model.stop_training = True

    def on_train_end(self, logs):
        self.pages.append("end")


AFTER_BATCH = {"loss": 0.5, "accuracy": 0.5}
AFTER_EPOCH = {**AFTER_BATCH, "val_loss": 0.5, "val_accuracy": 0.5}


@pytest.mark.parametrize(("last_epoch", "last_step"), [(None, None), (0, None), (None, 0)])
def test_the_hooks_are_those_of_a_fit(last_epoch: int | None, last_step: int | None) -> None:
    by_hand, by_fit = (Diary(last_epoch, last_step) for _ in range(2))
    driven(by_hand, [AFTER_EPOCH] * 2, [[AFTER_BATCH] * 2] * 2)
    fitted([by_fit], seed=1)
    assert by_hand.pages == by_fit.pages


def test_training_goes_on_until_it_is_stopped() -> None:
    assert driven(Diary(), [{}] * 4) == 4
    assert driven(Diary(last_epoch=1), [{}] * 4) == 2


def test_the_weights_tell_the_epoch() -> None:
    model = small_classifier()
    seen = []
    note = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: seen.append(float(model.weights[0][0, 0])),
        on_epoch_end=lambda epoch, logs: seen.append(float(model.weights[-1][0])),
    )
    driven(note, [{}, None, {}], model=model)
    assert seen == [-1, 0, 0, 1, 1, 2]


def test_logs_reach_the_callback_as_they_are() -> None:
    seen = []
    note = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: seen.append(logs))
    driven(note, [{"loss": np.nan}, {}, None])
    assert seen == [{"loss": pytest.approx(np.nan, nan_ok=True)}, {}, None]


def test_learning_rates_are_those_at_the_end_of_an_epoch() -> None:
    model = small_classifier()
    halved = keras.callbacks.LearningRateScheduler(lambda epoch: 0.5**epoch)
    noting, rates = rates_noted(model)
    driven(keras.callbacks.CallbackList([halved, noting]), [{}] * 3, model=model)
    assert rates == [1.0, 0.5, 0.25]


def test_what_is_no_callback_is_refused() -> None:
    with pytest.raises(TypeError, match=r"should be a keras.callbacks.Callback; it is a list"):
        as_callback([])


def test_a_seed_gives_one_training() -> None:
    first, again, other = (fitted([], seed).history["loss"] for seed in (1, 1, 2))
    assert first == again != other
    assert len(first) == 2


def test_validation_can_be_left_out() -> None:
    history = fitted([], seed=1, epochs=1, validation=False)
    assert set(history.history) == {"loss", "accuracy"}
