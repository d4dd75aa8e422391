"""`plot_learning_curves`: a figure, judged by what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from tfcourse_utils.checking import exercise

from ..figures import drawn, drawn_lines, line_through

__all__ = ["plot_learning_curves"]

plot_learning_curves = exercise(
    "callbacks_and_tuning.plot_learning_curves", kind="transfer", section="Reading a history"
)

Curves = dict[str, list[float]]


def _curves(rng: np.random.Generator, *metrics: str) -> Curves:
    """Draw curves on training and on validation data, of 5 to 9 epochs, no two alike."""
    epochs = int(rng.integers(5, 10))
    names = [prefix + metric for metric in metrics for prefix in ("", "val_")]
    return {name: rng.uniform(0.1, 0.9, epochs).tolist() for name in names}


def _history(curves: Curves) -> Any:
    """Return curves as `fit` gives them back."""
    history = keras.callbacks.History()
    history.set_model(keras.Sequential())
    history.on_train_begin()
    for epoch, values in enumerate(zip(*curves.values())):
        history.on_epoch_end(epoch, dict(zip(curves, values)))
    return history


def _seen(answer: Callable[[Any], Any], given: Any, curves: Curves) -> dict[str, Any]:
    """Return of each curve the line that shows it, or None."""
    lines = drawn_lines(drawn(lambda: answer(given)))
    return {name: line_through(lines, values) for name, values in curves.items()}


def _drawn(seen: dict[str, Any]) -> dict[str, Any]:
    """Say of each curve whether it is drawn over the epochs, and beside what else."""
    return {
        name: "not drawn" if line is None else _steps(line["x"]) for name, line in seen.items()
    } | {f"{name} and val_{name}": _together(seen, name) for name in _with_validation(seen)}


def _steps(x: Any) -> str:
    """Say how a line goes along: epochs may be counted from 0, from 1, or set off by a half."""
    return "over the epochs" if np.allclose(np.diff(x), 1) else "not over the epochs"


def _with_validation(seen: dict[str, Any]) -> list[str]:
    return [name for name in seen if f"val_{name}" in seen]


def _together(seen: dict[str, Any], name: str) -> str:
    lines = seen[name], seen[f"val_{name}"]
    if None in lines:
        return "not both drawn"
    return "in one panel" if lines[0]["panel"] == lines[1]["panel"] else "in two panels"


@plot_learning_curves.probe("the curves of every metric", read=_drawn)
def _(answer, rng):
    curves = _curves(rng, "loss", "accuracy")
    return _seen(answer, _history(curves), curves)


def _several_drawn(seen: dict[str, Any]) -> dict[str, Any]:
    return {kind: _drawn(lines) for kind, lines in seen.items()}


@plot_learning_curves.probe("dictionaries, with and without validation", read=_several_drawn)
def _(answer, rng):
    validated = _curves(rng, "loss", "mae", "interval_score")
    alone = {
        name: values for name, values in _curves(rng, "loss", "accuracy").items() if "_" not in name
    }
    return {
        "with validation": _seen(answer, validated, validated),
        "without validation": _seen(answer, alone, alone),
    }


def _labelled(seen: dict[str, Any]) -> dict[str, Any]:
    """Say of each curve whether both axes that it is drawn on have a label."""
    return {
        f"{name}, {label}": "not drawn" if line is None else bool(line[label].strip())
        for name, line in seen.items()
        for label in ("x label", "y label")
    }


@plot_learning_curves.probe("both axes are labelled", read=_labelled)
def _(answer, rng):
    curves = _curves(rng, "loss", "accuracy")
    return _seen(answer, _history(curves), curves)


def _told_apart(seen: dict[str, Any]) -> dict[str, str]:
    """Say what each curve is by the legend of its panel."""
    places = [(line["panel"], line["names"]) for line in seen.values() if line is not None]
    return {name: _kind(line, places) for name, line in seen.items()}


def _kind(line: Any, places: list[Any]) -> str:
    if line is None:
        return "not drawn"
    if not line["names"]:
        return "not in the legend"
    if len(line["names"]) > 1 or places.count((line["panel"], line["names"])) > 1:
        return "like another one in the legend"
    return "validation" if "val" in line["names"][0].lower() else "training"


@plot_learning_curves.probe("the legend tells the curves apart", read=_told_apart)
def _(answer, rng):
    curves = _curves(rng, "loss", "accuracy")
    return _seen(answer, _history(curves), curves)


plot_learning_curves.hint(
    "Which keys does the dictionary of a history have, and which of them belong together? Begin "
    "with a list of those that do not start with `val_`.",
    "A `History` has its dictionary in the attribute `history`; a dictionary has no such "
    'attribute. `getattr(history, "history", history)` gives the dictionary in both cases.',
    "For each metric: a panel, `axes.plot(curves[metric], label=...)`, the same for "
    '`f"val_{metric}"` if it is there, then `axes.set(xlabel=..., ylabel=...)` and '
    "`axes.legend()`. At the end, return the figure.",
)
