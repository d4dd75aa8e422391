"""`HuberLoss`: the Huber loss as an object with a config."""

from __future__ import annotations

from tfcourse_utils.checking import exercise, noted

from ..copies import copied, drawn_name, forgotten_by_config, names_read
from ..errors import explained
from ..losses import as_object, echo, evaluated_loss, per_sample, sample_weights
from .around import around, threshold_above_1

__all__ = ["HuberLoss"]

HuberLoss = exercise(
    "losses_and_metrics.HuberLoss",
    kind="rebuild",
    section="Losses as objects",
    answer_kind="class",
)


@HuberLoss.probe("`call` gives one loss for each sample")
@explained
def _(answer, rng):
    threshold = threshold_above_1(rng)
    return per_sample(answer(threshold).call, *around(rng, threshold, (6, 1)))


@HuberLoss.probe("no threshold given, no second axis")
@explained
def _(answer, rng):
    return per_sample(answer().call, *around(rng, 1.0, (7,)))


@HuberLoss.probe("a copy made from the config", read=names_read)
@explained
def _(answer, rng):
    threshold, name = threshold_above_1(rng), drawn_name(rng)
    loss = answer(threshold=threshold, name=name, reduction="sum")
    copy = copied(loss)
    data = around(rng, threshold, (6, 1))
    seen = {
        "names": [name, loss.name, copy.name],
        "sum by the loss": loss(*data),
        "sum by its copy": copy(*data),
    }
    return noted(seen, forgotten_by_config(loss))


@HuberLoss.probe("sample weights, by itself and in `evaluate`")
@explained
def _(answer, rng):
    threshold = threshold_above_1(rng)
    y_true, y_pred = around(rng, threshold, (8, 1))
    loss, weights = answer(threshold=threshold), sample_weights(rng, 8)
    seen = as_object(loss, y_true, y_pred, weights)
    return seen | {"in evaluate": evaluated_loss(echo(), loss, y_pred, y_true, weights)}


HuberLoss.hint(
    "Which of the three methods knows the threshold, which needs it, and which tells it to a copy?",
    "`super().__init__(**kwargs)` hands `name` and `reduction` to Keras. What does "
    "`super().get_config()` give back?",
    "`call` gives one loss for each sample, as in the exercises before. Mean and sample weights "
    "are what `keras.losses.Loss` does with them.",
    "A config is a dictionary: `{**super().get_config(), ...}` with one more entry, under the name "
    "that the argument has.",
)
