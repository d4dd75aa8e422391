"""`PatientStopping`: a training ends when nothing gets better any more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tfcourse_utils.checking import exercise

from ..callbacks import driven, fitted, small_classifier
from ..weights import known_seed

__all__ = ["PatientStopping"]

PatientStopping = exercise(
    "callbacks_and_tuning.PatientStopping",
    kind="transfer",
    section="A callback of your own",
    answer_kind="class",
)

#: Losses with a tie, with falls between, and with a slow way down that never gets there.
_TIE = (5, 4, 6, 4, 7, 8, 9, 3)
_FALLS = (5, 6, 4, 6, 3, 6, 2, 6, 6, 1)
_SLOWLY = (5, 9, 8, 7, 6, 4)
_WALKS = [(0, _TIE), (1, _TIE), (2, _TIE), (3, _TIE), (2, _FALLS), (2, _SLOWLY), (9, _FALLS)]


def _validated(losses: Sequence[float]) -> list[dict[str, float]]:
    """Return logs with these validation losses; the training loss falls throughout."""
    return [{"loss": 1 / (1 + epoch), "val_loss": loss} for epoch, loss in enumerate(losses)]


def _epochs(answer: Any, walks: Any, logs_of: Any) -> dict[str, int]:
    """Return how many epochs each of some trainings took, one model for all of them."""
    model = small_classifier()
    return {
        f"epochs, patience {patience}, losses {' '.join(f'{loss:g}' for loss in losses)}": driven(
            answer(patience, False), logs_of(losses), model=model
        )
        for patience, losses in walks
    }


@PatientStopping.probe("when it stops, by the validation loss")
def _(answer, rng):
    drawn = tuple(rng.integers(1, 9, 25) / 4)
    return _epochs(answer, [*_WALKS, (4, drawn)], _validated)


@PatientStopping.probe("when it stops, by the loss where it is all there is")
def _(answer, rng):
    drawn = tuple(rng.integers(1, 6, 25) / 4)
    walks = [(2, _TIE), (2, _FALLS), (3, drawn)]
    return _epochs(answer, walks, lambda losses: [{"loss": loss} for loss in losses])


@PatientStopping.probe("the weights afterwards")
def _(answer, rng):
    lowest = int(rng.integers(1, 4))
    losses = [0.5 if epoch == lowest else 1.0 for epoch in range(lowest + 4)]
    return {
        "restored": _weights(answer(2, True), losses),
        "restored, though it went on to the end": _weights(answer(20, True), losses),
        "not restored": _weights(answer(2, False), losses),
    }


def _weights(callback: Any, losses: Sequence[float]) -> list[np.ndarray]:
    """Return the weights after a training: those of epoch 3, counted from 0, are all 3."""
    model = small_classifier()
    model.layers[0].trainable = False  # these are weights too
    driven(callback, _validated(losses), model=model)
    return model.get_weights()


@PatientStopping.probe("a second training, and a real one")
def _(answer, rng):
    callback = answer(patience=1, restore_best_weights=True)
    first, second = (0.2, 0.1, 0.3), (0.9, 0.8, 0.7, 0.75)
    seen = {
        "epochs of the first": driven(callback, _validated(first)),
        "epochs of the second": driven(callback, _validated(second)),
        "its weights": _weights(callback, second),
    }
    history = fitted([callback], known_seed(rng))
    return seen | {"epochs in `fit`": len(history.epoch), "in `fit`": history.model.get_weights()}


PatientStopping.hint(
    "Losses of 5, 4, 6, 4 with a patience of 2. After which epoch is it over? Is the second 4 "
    "better than the first?",
    "Two numbers go along: the best loss so far, and how many epochs have passed since. Where must "
    "they be set, so that a second `fit` with the same callback begins anew?",
    "In `on_epoch_end` a loss below the best one becomes the best, and the count goes back to 0. "
    "Otherwise it grows, and `self.model.stop_training = True` once it has reached the patience.",
    "`self.model.get_weights()` copies the weights in a better epoch. `on_train_end` is called "
    "however the training ended, and `self.model.set_weights(...)` puts them back there.",
)
