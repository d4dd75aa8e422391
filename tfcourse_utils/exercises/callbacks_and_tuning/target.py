"""`StopAtAccuracy`: a training ends when it is good enough."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcourse_utils.checking import exercise

from ..callbacks import driven, fitted, small_classifier
from ..weights import known_seed

__all__ = ["StopAtAccuracy"]

StopAtAccuracy = exercise(
    "callbacks_and_tuning.StopAtAccuracy",
    kind="rebuild",
    section="A callback of your own",
    answer_kind="class",
)


def _target(rng: np.random.Generator) -> float:
    return float(rng.uniform(0.6, 0.95))


def _trained(model: Any, callback: Any, epochs: Any, batches: Any = ()) -> dict[str, Any]:
    """Return how many of the epochs were trained, and whether the callback ended it."""
    trained = driven(callback, epochs, batches, model)
    return {"epochs trained": trained, "stopped": bool(model.stop_training)}


def _with(*accuracies: float) -> list[dict[str, float]]:
    """Return the logs of epochs with these accuracies; those on validation are higher."""
    return [{"loss": 0.1, "accuracy": one, "val_accuracy": 0.99} for one in accuracies]


@StopAtAccuracy.probe("at the target, above it, just under it")
def _(answer, rng):
    target = _target(rng)
    under, model = target - 1e-4, small_classifier()
    return {
        "at the target": _trained(model, answer(target), _with(0.3, under, target, 0.4, 0.5)),
        "above it": _trained(model, answer(target), _with(target + 0.01, under, 0.3, 0.5)),
        "just under it": _trained(model, answer(target), _with(under, 0.3, under)),
    }


@StopAtAccuracy.probe("no accuracy in the logs, none that is a number, no logs")
def _(answer, rng):
    target, model = _target(rng), small_classifier()
    epochs = {
        "logs without accuracy": [{"loss": 2.0, "val_accuracy": 0.99}, {}],
        "accuracy is not a number": _with(np.nan),
        "logs are None": [None],
    }
    return {
        name: _trained(model, answer(target), [*logs, *_with(target), {}])
        for name, logs in epochs.items()
    }


@StopAtAccuracy.probe("batches don't count; what others decided stays")
def _(answer, rng):
    target, model = _target(rng), small_classifier()
    callback = answer(target)
    lucky = [_with(1.0, target)] * 4
    seen = _trained(model, callback, _with(0.4, 0.5, target + 0.01, 0.4), lucky)
    model.stop_training = True  # as another callback may have set it
    callback.on_epoch_end(4, *_with(0.4))
    return seen | {"stopped by another, and still": bool(model.stop_training)}


@StopAtAccuracy.probe("in `fit`")
def _(answer, rng):
    seed = known_seed(rng)
    reached = fitted([answer(target=0.001)], seed, epochs=2)
    return {
        "epochs of two": len(reached.epoch),
        "logged": sorted(reached.history),
        "never at the target": _trained(small_classifier(), answer(target=0.9), _with(0.3, 0.4)),
    }


StopAtAccuracy.hint(
    "Whom has `fit` to hear it from that it should stop? It looks at the model after every epoch.",
    "`fit` ends once `self.model.stop_training` is True. `on_epoch_end(self, epoch, logs=None)` is "
    'called with a dictionary, in which "accuracy" may be missing.',
    '`(logs or {}).get("accuracy")` is None where there is nothing to compare. Set `stop_training` '
    "only where the target is reached; it may be another who had set it.",
)
