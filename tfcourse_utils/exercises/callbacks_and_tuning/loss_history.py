"""`LossHistory`: the loss after every batch, kept and drawn."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcourse_utils.checking import exercise

from ..callbacks import driven, fitted
from ..figures import drawn, drawn_lines, line_through
from ..weights import known_seed

__all__ = ["LossHistory"]

LossHistory = exercise(
    "callbacks_and_tuning.LossHistory",
    kind="rebuild",
    section="A callback of your own",
    answer_kind="class",
)


def _batches(rng: np.random.Generator) -> list[list[dict[str, float]]]:
    """Draw the logs after the batches of three epochs, of unlike number."""
    return [
        [{"accuracy": rng.uniform(), "loss": rng.uniform(1, 2)} for _ in range(count)]
        for count in rng.permutation([3, 4, 6])
    ]


def _driven(callback: Any, batches: Any) -> Any:
    """Return the callback after a training with these batches."""
    driven(callback, [{"accuracy": 0.5, "loss": 0.1, "val_loss": 0.2}] * len(batches), batches)
    return callback


def _losses(callback: Any) -> list[Any]:
    """Return the losses; those of an epoch may be a list of anything that is a number."""
    return [np.asarray(epoch) for epoch in callback.losses]


@LossHistory.probe("a list for each epoch")
def _(answer, rng):
    first, second = answer(), answer()
    return {
        "losses": _losses(_driven(first, _batches(rng))),
        "losses of another one": _losses(_driven(second, _batches(rng))),
    }


@LossHistory.probe("in `fit`, with validation data")
def _(answer, rng):
    callback = answer()
    fitted([callback], known_seed(rng), epochs=2)
    return _losses(callback)


def _has_curve(seen: Any, expected: Any) -> str | None:
    """Compare figures: one of the curves must be the one expected, on axes with labels."""
    for epoch, [right] in expected.items():
        curve = line_through(seen[epoch], right["y"])
        if curve is None:
            return f"{epoch}: none of the curves has its {len(right['y'])} losses"
        if _is_labelled(curve) != _is_labelled(right):
            return f"{epoch}: an axis has no label"
    return None


def _is_labelled(line: Any) -> bool:
    return bool(line["x label"] and line["y label"])


@LossHistory.probe("a figure of each epoch", compare=_has_curve)
def _(answer, rng):
    callback = _driven(answer(), _batches(rng))
    return {
        f"figure({epoch})": drawn_lines(drawn(lambda epoch=epoch: callback.figure(epoch)))
        for epoch in (1, 0, 2)
    }


LossHistory.hint(
    "Which two things happen again and again while `fit` runs? For which of them does `losses` get "
    "a new list, and for which a number?",
    "Keras calls `on_epoch_begin` before an epoch and `on_train_batch_end` after each batch, the "
    'latter with `logs`, a dictionary with "loss" in it.',
    "`__init__` makes an empty list, after `super().__init__()`. Once each epoch has put a list of "
    "its own there, `self.losses[-1]` is that of the epoch that is running.",
    "`figure, axes = plt.subplots()` makes both; `axes.plot(...)` draws, "
    "`axes.set(xlabel=..., ylabel=...)` labels, and `figure` is returned.",
)
