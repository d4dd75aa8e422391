"""The predictions of chapter 6, each worked out by running what the question is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import keras
import numpy as np
import pytest

from tfcourse_utils.exercises.callbacks import driven
from tfcourse_utils.reference.callbacks_and_tuning import training_quiz


def _model() -> Any:
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.1), "mean_absolute_error", run_eagerly=True)
    return model


def _updates() -> int:
    model, x = _model(), np.zeros((100, 1))
    model.fit(x, x, batch_size=32, epochs=3, verbose=0)
    return int(model.optimizer.iterations)


def _share_of_ones() -> float:
    """Let the model learn nothing and give 0: its loss is then the share of the targets 1."""
    model = _model()
    model.optimizer.learning_rate = 0.0
    x, y = np.zeros((80, 1)), np.repeat([0.0, 1.0], [60, 20])[:, None]
    return float(model.fit(x, y, validation_split=0.25, verbose=0).history["val_loss"][0])


def _unwatched() -> int:
    x, stop = np.ones((2, 1)), keras.callbacks.EarlyStopping(monitor="val_loss")
    with pytest.warns(UserWarning, match="val_loss"):
        history = _model().fit(x, x, epochs=10, callbacks=[stop], verbose=0)
    return len(history.epoch)


def _driven(callback: Any, val_losses: Sequence[float]) -> tuple[int, Any]:
    """Return how many epochs there were, and the model afterwards."""
    model = _model()
    epochs = driven(callback, [{"val_loss": value} for value in val_losses], model=model)
    return epochs, model


VAL_LOSSES = [0.9, 0.6, 0.8, 0.7, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05]


def _stopped() -> tuple[int, Any]:
    return _driven(keras.callbacks.EarlyStopping(monitor="val_loss", patience=2), VAL_LOSSES)


def _loss_afterwards() -> float:
    """Read off the weights which epoch they are of."""
    _, model = _stopped()
    return VAL_LOSSES[int(model.get_weights()[1][0])]


def _rate() -> float:
    slow = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=2)
    _, model = _driven(slow, [0.8, 0.7, 0.7, 0.7, 0.7, 0.7])
    return float(model.optimizer.learning_rate)


def _reported() -> float:
    validation, test = [0.81, 0.86, 0.84], [0.85, 0.82, 0.83]
    return test[validation.index(max(validation))]


WORKED_OUT: dict[str, Callable[[], Any]] = {
    "updates": _updates,
    "share_of_ones": _share_of_ones,
    "unwatched": _unwatched,
    "epochs": lambda: _stopped()[0],
    "loss_afterwards": _loss_afterwards,
    "rate": _rate,
    "reported": _reported,
}


@pytest.mark.parametrize("key", training_quiz)
def test_the_predictions_come_true(key: str) -> None:
    assert WORKED_OUT[key]() == pytest.approx(training_quiz[key])
