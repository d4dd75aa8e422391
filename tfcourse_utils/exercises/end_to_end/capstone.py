"""`capstone`: points of several kinds in a plane, and parts that others have made."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcourse_utils.checking import exercise

from ..project_rules import usable
from ..projects import NAMES, parted, three_runs
from .kinds import commonest, look_at_kinds
from .plugged import METRIC, fresh, what_was_used

__all__ = ["ACCURACY", "RULES", "SIZES", "capstone", "curve"]

ACCURACY = 0.75  # straight lines have 0.6, a sensible network 0.9
SIZES = (40, 60, 80, 100)  # of the kinds, each with a fifth that is a whole number

capstone = exercise("end_to_end.capstone", kind="transfer", section="A project of your own")

RULES = commonest(len(SIZES))


def _arms(rng: np.random.Generator) -> tuple[Any, Any]:
    """Draw arms of a spiral, of unlike number, in columns of unlike scale, far from 0."""
    labels = rng.permutation(np.repeat(rng.permutation(len(SIZES)), SIZES))
    every = np.concatenate([labels, rng.integers(len(SIZES), size=300)])
    along = np.sqrt(rng.uniform(0.04, 1, len(every)))
    turn = rng.uniform() + every / len(SIZES) + rng.choice([-0.7, 0.7]) * along
    arms = along * np.stack([np.cos(2 * np.pi * turn), np.sin(2 * np.pi * turn)])
    drawn = arms.T + rng.normal(0, 0.08, (len(every), 2))
    points = rng.permutation([0.05, 40.0]) * (drawn + rng.uniform(5, 10, 2))
    shown, kept = parted(rng, points.astype("float32"), every, samples=len(labels))
    marks = {"marks": [float(rng.uniform(6, 9)), float(rng.uniform(20, 30))]}
    return shown | marks, kept | marks


def _look(answer, shown):
    def call(points, seed):
        parts = fresh(shown["seed"], shown["marks"])
        given = parts.layer, parts.loss, parts.metric, parts.callback
        labels = shown["y"].copy()
        result = answer(points, labels, *given, seed)
        if not isinstance(result, dict) or not {"model", "history"} <= result.keys():
            return result
        history = getattr(result["history"], "history", result["history"])
        used = what_was_used(parts, result["model"], shown["unseen"][:2])
        return result | {"history": history, "used": used, "targets": labels}

    return three_runs(call, shown, names=(*NAMES, "history", "used", "targets"))


def _layer_learns(seen: Any, kept: Any) -> str | None:
    if reason := usable(seen, kept, RULES):
        return reason
    used = seen["first"]["used"]
    has = used["weights of the layer"]
    if not (has and all(has)):
        return "the weights of the layer that was given are not among those of the model"
    if not used["calls"]:
        return "the model predicts without a call of the layer that was given"
    if not used["moved"] > 1e-6:
        return "the weights of the layer are the same before the training and after it"
    return None


def curve(history: Any, name: str) -> Any:
    """Return the values of a history under a name; None if there are none."""
    values = history.get(name) if isinstance(history, dict) else None
    values = np.asarray([] if values is None else values)
    return values if values.ndim == 1 and values.size and values.dtype.kind in "iuf" else None


def _parts_were_compiled(seen: Any, kept: Any) -> str | None:
    history = seen["first"]["history"]
    if not isinstance(history, dict):
        kind = getattr(history, "type_name", type(history).__name__)
        return f"`history` is {kind}; what `fit` gives back is a History"
    loss, metric = curve(history, "loss"), curve(history, METRIC)
    if loss is None:
        return "`history` has no values under `loss`"
    if metric is None:
        return f"`history` has no values under `{METRIC}`, the name of the metric that was given"
    of_loss, of_metric = kept["marks"]
    if not np.all(loss > of_loss / 2):  # rows may have been given weights
        return f"the loss given is never below {of_loss:.1f}; `history` says {loss[-1]:.3g}"
    if not np.all(metric > of_metric - 0.01):
        return f"the metric given is never below {of_metric:.1f}; `history` says {metric[-1]:.3g}"
    return None


def _callback_was_told(seen: Any, kept: Any) -> str | None:
    used, history = seen["first"]["used"], seen["first"]["history"]
    if not used["epochs"]:
        return "the callback that was given heard of no epoch"
    watched = used.get("weights of the callback's model")
    if not (watched and all(watched)):
        return "the model that the callback watched is not the one in `model`"
    for name in ("loss", METRIC):
        told = np.array([epoch.get(name, np.nan) for epoch in used["epochs"]])
        values = curve(history, name)
        if values is None or not np.array_equal(values, told[-len(values) :]):
            return f"`history` and the callback don't hold the same values of `{name}`"
    return None


look_at_kinds(
    capstone,
    _arms,
    RULES,
    "better than always saying the commonest",
    least=ACCURACY,
    look=_look,
)
for _name, _compare in (
    ("the layer learns in the model", _layer_learns),
    ("loss and metric are in the history", _parts_were_compiled),
    ("the callback hears of every epoch", _callback_was_told),
):
    capstone.probe(_name, points=1, compare=_compare, data=_arms)(_look)


capstone.hint(
    "Four objects are given, and each has its one place: which of them does the model take, which "
    "`compile`, which `fit`?",
    "The given layer stands like any other between the scaling and the last layer: "
    "`keras.Sequential([keras.Input((2,)), scale, …, layer, …])`. How many units has the last one?",
    "`model.compile(optimizer, loss, metrics=[metric])`, and "
    "`history = model.fit(…, callbacks=[callback])`. `compile` takes objects as well as names.",
    "A hidden layer of 32 units before the given one helps with curved borders. 40 epochs with "
    "Adam and a learning rate of 0.02 are enough; 8 over `np.tile(points[train], (5, 1))`, and "
    "the same of the labels, are quicker.",
)
