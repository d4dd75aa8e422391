"""Looking at a search for hyperparameters: its trials, and the rows that each model was given."""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import inspect
import itertools
import json
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np

__all__ = ["Fit", "Given", "fits_recorded", "rows_in", "trials_under"]

Given = tuple[np.ndarray, np.ndarray]  # inputs and targets, row by row

_MOST_BATCHES = 500  # of a data set that may go on for ever


class Fit:
    """One call of `fit`: what the model was given, and how it was before and after each epoch.

    Attributes:
        trained: the rows trained on.
        validated: the rows validated on, in `fit` or with a later `evaluate` of the model.
        rate: the learning rate at the start.
        began: a text that stands for the model's weights at the start.
        epochs: such a text for the end of every epoch.
    """

    def __init__(self, model: Any, trained: Given, validated: Given | None) -> None:
        self.model, self.trained, self.validated = model, trained, validated
        self.rate = float(model.optimizer.learning_rate) if model.optimizer else math.nan
        self.began = _fingerprint(model)
        self.epochs: list[str] = []


@contextlib.contextmanager
def fits_recorded() -> Iterator[list[Fit]]:
    """Record what every Keras model is given to train on, and let it train eagerly meanwhile.

    Tiny models spend most of `fit` on making graphs.
    """
    fits: list[Fit] = []
    inside: list[Any] = []  # the models that are just being trained: `fit` calls `evaluate` too
    fit, evaluate = keras.Model.fit, keras.Model.evaluate

    @functools.wraps(fit)
    def recording_fit(model: Any, *args: Any, **kwargs: Any) -> Any:
        given = inspect.signature(fit).bind(model, *args, **kwargs).arguments
        call = Fit(model, *_trained_and_validated(given))
        fits.append(call)
        given["callbacks"] = _with_one_more(given.get("callbacks"), call)
        model.run_eagerly = True
        inside.append(model)
        try:
            return fit(**_as_keywords(given))
        finally:
            inside.remove(model)

    @functools.wraps(evaluate)
    def recording_evaluate(model: Any, *args: Any, **kwargs: Any) -> Any:
        if model not in inside:
            given = inspect.signature(evaluate).bind(model, *args, **kwargs).arguments
            for call in fits:
                if call.model is model and call.validated is None:
                    call.validated = _rows(given.get("x"), given.get("y"), given.get("steps"))
        return evaluate(model, *args, **kwargs)

    with _in_place_of(keras.Model, fit=recording_fit, evaluate=recording_evaluate):
        gc.freeze()  # a tuner collects garbage before every model: let it have less to look through
        try:
            yield fits
        finally:
            gc.unfreeze()


@contextlib.contextmanager
def _in_place_of(owner: Any, **functions: Any) -> Iterator[None]:
    """Put functions in the place of methods, of the class itself or inherited, for a while."""
    own = {name: vars(owner).get(name) for name in functions}
    for name, function in functions.items():
        setattr(owner, name, function)
    try:
        yield
    finally:
        for name, was in own.items():
            delattr(owner, name) if was is None else setattr(owner, name, was)


def _as_keywords(given: dict[str, Any]) -> dict[str, Any]:
    return {**{k: v for k, v in given.items() if k != "kwargs"}, **given.get("kwargs", {})}


def _with_one_more(callbacks: Any, call: Fit) -> Any:
    class Note(keras.callbacks.Callback):
        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            call.epochs.append(_fingerprint(call.model))

    if isinstance(callbacks, keras.callbacks.CallbackList):
        callbacks.append(Note())
        return callbacks
    several = list(callbacks) if isinstance(callbacks, (list, tuple)) else [callbacks]
    return [*(callback for callback in several if callback is not None), Note()]


def _fingerprint(model: Any) -> str:
    """Return a text that is the same for the same weights; "" where there are none yet."""
    if not model.trainable_weights:
        return ""
    digest = hashlib.sha256()
    for weight in model.trainable_weights:
        digest.update(np.asarray(weight).tobytes())
    return digest.hexdigest()[:16]


def _trained_and_validated(given: dict[str, Any]) -> tuple[Given, Given | None]:
    """Return what `fit` trains and validates on, the last part of the rows split off as it does."""
    x, y = _rows(given.get("x"), given.get("y"), given.get("steps_per_epoch"))
    validation = given.get("validation_data")
    if isinstance(validation, (tuple, list)):
        return (x, y), _rows(validation[0], validation[1], None)
    if validation is not None:
        return (x, y), _rows(validation, None, given.get("validation_steps"))
    if share := given.get("validation_split"):
        place = math.floor(len(x) * (1 - share))
        return (x[:place], y[:place]), (x[place:], y[place:])
    return (x, y), None


def _rows(x: Any, y: Any, steps: int | None) -> Given:
    """Return the rows of arrays, or of a data set that yields batches or single pairs."""
    if y is not None:
        return np.asarray(x), _as_labels(y)
    batches = list(itertools.islice(iter(x), steps or _MOST_BATCHES))
    inputs, targets = ([np.asarray(batch[part]) for batch in batches] for part in (0, 1))
    join = np.concatenate if inputs[0].ndim > 1 else np.stack
    return join(inputs), _as_labels(join(targets))


def _as_labels(y: Any) -> np.ndarray:
    """Return whole-number labels, also of one-hot rows."""
    y = np.asarray(y)
    return np.argmax(y, axis=-1) if y.ndim == 2 and y.shape[1] > 1 else y.reshape(len(y))


def rows_in(given: Given | None, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return which rows of `x` and `y` were given; -1 for one that is none, or has another label.

    Args:
        given: inputs and labels, or None for no rows.
        x: inputs (n, d), no two rows alike.
        y: whole-number labels, (n,).
    """
    if given is None:
        return np.zeros(0, int)
    places = {_key(*pair): place for place, pair in enumerate(zip(x, y))}
    return np.array([places.get(_key(*pair), -1) for pair in zip(*given)], int)


def _key(row: np.ndarray, label: Any) -> bytes:
    return np.append(np.ravel(row), label).astype("float32").tobytes()


def trials_under(directory: str | os.PathLike[str]) -> list[dict[str, Any]]:
    """Return the trials that tuners wrote under a directory, in their order, as plain data.

    Each has its hyperparameters ("values"), "status", "score", and what follows from the metrics:
    "direction" says whether a low or a high score is best, "objective" what the score is of.
    """
    files = sorted(Path(directory).rglob("trial.json"))
    return [_trial(json.loads(file.read_text(encoding="utf-8"))) for file in files]


def _trial(written: dict[str, Any]) -> dict[str, Any]:
    score, metrics = written["score"], written["metrics"]["metrics"]
    # The score on the training rows may happen to be that on the others too.
    names = sorted(metrics, key=lambda name: not name.startswith("val_"))
    objective = next((name for name in names if _is_of(metrics[name], score)), "")
    return {
        "values": _plain(written["hyperparameters"]["values"]),
        "status": written["status"],
        "score": math.nan if score is None else float(score),
        "objective": objective,
        "direction": metrics[objective]["direction"] if objective else "min",
        "metrics": sorted(metrics),
    }


def _is_of(metric: dict[str, Any], score: float | None) -> bool:
    values = [np.mean(observed["value"]) for observed in metric["observations"]]
    return score is not None and any(np.isclose(value, score, rtol=1e-9) for value in values)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: float(v) if isinstance(v, float) else v for name, v in values.items()}
