"""`KeepBest`: the weights of the best epoch, put aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tfcourse_utils.checking import exercise

from ..callbacks import driven, fitted, small_classifier
from ..weights import known_seed

__all__ = ["KeepBest"]

KeepBest = exercise(
    "callbacks_and_tuning.KeepBest",
    kind="transfer",
    section="A callback of your own",
    answer_kind="class",
)


def _frozen_below() -> Any:
    """Return a model with weights that don't train: they are weights too."""
    model = small_classifier()
    model.layers[0].trainable = False
    return model


def _kept(model: Any, callback: Any, logs: Sequence[Any]) -> dict[str, Any]:
    """Return what was kept and how the training went: weights after epoch 3, from 0, are all 3."""
    trained = driven(callback, logs, model=model)
    return {
        "best_weights": callback.best_weights,
        "the model's weights": model.get_weights(),
        "epochs trained": trained,
    }


def _logs(name: str, values: Sequence[float]) -> list[dict[str, float]]:
    """Return logs with these values under a name; what else is logged gets better and better."""
    others = ("loss", "val_loss", "accuracy")
    return [
        {other: -epoch if "loss" in other else epoch for other in others} | {name: value}
        for epoch, value in enumerate(values)
    ]


def _values(rng: np.random.Generator) -> list[float]:
    """Draw five values; neither the first nor the last is the least or the greatest."""
    least, *middle, greatest = np.sort(rng.uniform(-3, 3, 5)).tolist()
    first, inner, last = rng.permutation(middle).tolist()
    return [first, *rng.permutation([least, greatest, inner]).tolist(), last]


@KeepBest.probe("least and greatest")
def _(answer, rng):
    model, by_name = _frozen_below(), answer(monitor="recall", mode="max")
    above, below = (np.add(_values(rng), shift).tolist() for shift in (4, -4))
    return {  # so that none of the values beats 0
        'mode "min"': _kept(model, answer("val_loss", "min"), _logs("val_loss", above)),
        'mode "max"': _kept(model, by_name, _logs("recall", below)),
    }


@KeepBest.probe("of equally good epochs the first")
def _(answer, rng):
    best, model = float(rng.uniform(1, 2)), _frozen_below()
    return {
        mode: _kept(model, answer("val_mae", mode), _logs("val_mae", [other, best, best, other]))
        for mode, other in [("min", best + 1), ("max", best - 1)]
    }


@KeepBest.probe("epochs without a value")
def _(answer, rng):
    nothing = [{"val_auc": np.nan}, {}, None, {"loss": 0.1}]
    order = [nothing[i] for i in rng.permutation(4)]
    there, model = _logs("val_auc", _values(rng)), _frozen_below()
    logs = [*order, *there[:2], *order, *there[2:], order[0]]
    seen = {mode: _kept(model, answer("val_auc", mode), logs) for mode in ("min", "max")}
    return seen | {"none at all": _kept(model, answer("val_auc", "max"), nothing)}


@KeepBest.probe("in `fit`")
def _(answer, rng):
    callback = answer("val_loss", "max")
    history = fitted([callback], known_seed(rng))
    return {"best_weights": callback.best_weights, "model": history.model.get_weights()}


KeepBest.hint(
    "When is an epoch the best so far? What has to be remembered of the epochs before, to tell?",
    "`self.model.get_weights()` gives copies. `self.model.weights` gives the variables themselves, "
    "which go on changing while the training goes on.",
    "Begin with the worst value there can be: `math.inf` where small is good, `-math.inf` where "
    "large is. Nothing is less or greater than `math.nan`, so `<` and `>` pass it over.",
    "`(logs or {}).get(self.monitor)` is None where the value is missing. Otherwise compare it "
    "with the best one, and put away both the value and the weights if it is better.",
)
