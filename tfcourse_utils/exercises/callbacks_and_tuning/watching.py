"""`training_callbacks`: what watches over a training, judged by what it does to one."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..callbacks import as_callback, driven, rates_noted
from ..folders import in_empty_folder

__all__ = ["training_callbacks"]

training_callbacks = exercise(
    "callbacks_and_tuning.training_callbacks",
    kind="rebuild",
    section="Callbacks that Keras brings",
)

_PATIENCE = range(2, 21)
_STEADY = 12  # epochs that become better and better
_AFTER = 24  # epochs that do not become better: more than the longest patience
_DIRECTORY = "run"
_NESTED = "runs/first"  # in a directory that has to be made too


def _listed(result: Any) -> list[Any]:
    """Return the callbacks that the answer gave back.

    Raises:
        TypeError: it gave back something else; the message is for the learner.
    """
    if not isinstance(result, list):
        raise TypeError(f"the answer should give back a list; it gave back {type(result).__name__}")
    return [as_callback(callback) for callback in result]


def _model() -> Any:
    """Return a compiled model of one weight, which each training step moves by 0.1.

    With the mean absolute error, the slope has the same size wherever the target is.
    """
    one_weight = keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")
    model = keras.Sequential([keras.Input((1,)), one_weight])
    model.compile(keras.optimizers.SGD(0.1), "mean_absolute_error", run_eagerly=True)
    return model


def _one_batch(target: float) -> tf.data.Dataset:
    """Return a dataset of one batch, which begins anew much sooner than arrays do."""
    return tf.data.Dataset.from_tensors((tf.ones((2, 1)), tf.fill((2, 1), target)))


def _weight(model: Any) -> float:
    return float(model.get_weights()[0].item())


def _logs(val_losses: Sequence[float]) -> list[dict[str, float]]:
    """Return logs in which all becomes better from epoch to epoch, but for the validation loss."""
    better = np.linspace(0.9, 0.1, len(val_losses)).tolist()
    return [
        {"loss": low, "accuracy": 1 - low, "val_loss": val_loss, "val_accuracy": 1 - low}
        for low, val_loss in zip(better, val_losses)
    ]


def _falling(rng: np.random.Generator, epochs: int) -> list[float]:
    """Draw validation losses that fall, each by 0.3 at least."""
    return (9 - np.cumsum(rng.uniform(0.3, 0.6, epochs))).tolist()


def _drive(callbacks: list[Any], logs: Sequence[Any], model: Any) -> None:
    """Drive the callbacks through a training; what takes longest looks at another one."""
    quick = [each for each in callbacks if not isinstance(each, keras.callbacks.TensorBoard)]
    driven(keras.callbacks.CallbackList(quick), logs, model=model)


@training_callbacks.probe("a list, and a directory that is made or was there")
def _(answer, rng):
    with in_empty_folder():
        for directory in (_NESTED, Path(_NESTED), Path("runs/second")):
            _listed(answer(directory))
        return [Path(name).is_dir() for name in (_NESTED, "runs/second")]


def _what_was_left(seen: dict[str, Any]) -> dict[str, Any]:
    """Say when training ended, and which weights it left."""
    patience = seen["epochs trained"] - seen["better epochs"]
    at_best = 0.1 * seen["better epochs"]
    return {
        "training ends before the last epoch": patience < _AFTER,
        "after 2 to 20 epochs without a better one": patience in _PATIENCE,
        "the weights are those of the best epoch": bool(abs(seen["weight"] - at_best) < 0.01),
    }


@training_callbacks.probe("a real training that overfits", read=_what_was_left)
def _(answer, rng):
    model, better = _model(), int(rng.integers(2, 5))
    steady = keras.callbacks.LearningRateScheduler(lambda epoch: 0.1)  # also where it is lowered
    with in_empty_folder():
        history = model.fit(
            _one_batch(100.0),
            epochs=better + _AFTER,
            validation_data=_one_batch(0.1 * better + 0.02),
            callbacks=[steady, *_listed(answer(_DIRECTORY))],
            shuffle=False,
            verbose=0,
        )
    return {
        "better epochs": better,
        "epochs trained": len(history.epoch),
        "weight": _weight(model),
    }


def _what_became_of_the_rate(seen: dict[str, Any]) -> dict[str, bool]:
    """Say whether the learning rate went down, and when; also if training was over too soon."""
    best, rates = seen["best epoch"], np.asarray(seen["rates"], float)
    steady = np.asarray(seen["rates while all becomes better"], float)
    return {
        "one bad epoch does not end training": len(rates) > best + 1,
        "nor lower the rate": bool(np.all(rates[: best + 1] == rates[0])),
        "later the rate is lowered": bool(rates[-1] < rates[0]),
        "and some epochs are trained with that": bool(rates[-2] < rates[0]),
        "it stays above 0": bool(rates[-1] > 0),
        "it stays as it is while each epoch is better": bool(np.all(steady == steady[0])),
    }


@training_callbacks.probe("one bad epoch, and a plateau", read=_what_became_of_the_rate)
def _(answer, rng):
    *falls, best = _falling(rng, int(rng.integers(3, 6)))
    val_losses = [*falls, falls[-1] + 0.5, best, *[best] * _AFTER]
    return {
        "best epoch": len(falls) + 1,
        "rates": _rates(answer, val_losses),
        "rates while all becomes better": _rates(answer, _falling(rng, _STEADY)),
    }


def _rates(answer: Any, val_losses: Sequence[float]) -> list[float]:
    """Return the learning rate after each epoch of a training with these validation losses."""
    model = _model()
    noting, rates = rates_noted(model)
    with in_empty_folder():
        _drive([*_listed(answer(_DIRECTORY)), noting], _logs(val_losses), model)
    return rates


def _what_was_kept(seen: dict[str, Any]) -> dict[str, Any]:
    """Say which epochs' models are in files; a file for each better one is right too."""
    epochs = [round(weight) for weight in seen["weights in .keras files"]]
    return {
        "the best model is in a .keras file": seen["best epoch"] in epochs,
        "the latest is so many epochs after the best": (
            max(epochs) - seen["best epoch"] if epochs else _instead(seen)
        ),
    }


def _instead(seen: dict[str, Any]) -> str:
    return "no model, only weights" if seen["a .weights.h5 file"] else "no model"


@training_callbacks.probe("the best model is in a file", read=_what_was_kept)
def _(answer, rng):
    falls = _falling(rng, int(rng.integers(2, 5)))
    logs = _logs([*falls, falls[-1] + 0.2, falls[-1] + 0.1])  # the greatest is the first
    logs[-1]["loss"] = 0.5  # so the least loss on the training data is in the middle of three
    with in_empty_folder():
        _drive(_listed(answer(_DIRECTORY)), logs, _model())
        files = sorted(Path(_DIRECTORY).rglob("*.keras"))
        weights = [_weight(keras.saving.load_model(file)) for file in files]
        alone = any(Path(_DIRECTORY).rglob("*.weights.h5"))
    return {
        "best epoch": len(falls) - 1,
        "weights in .keras files": weights,
        "a .weights.h5 file": alone,
    }


def _what_was_written(seen: dict[str, Any]) -> dict[str, Any]:
    """Say which records there are of a training, and what lies outside the directory."""
    files = seen["files"]
    logged = [epochs for text in files.values() if (epochs := _epochs_in(text))]
    return {
        "files outside the directory": [
            name for name in files if not name.startswith(f"{_DIRECTORY}/")
        ],
        "files are in the directory": any(name.startswith(f"{_DIRECTORY}/") for name in files),
        "TensorBoard has its logs": any("tfevents" in name for name in files),
        "epochs in the CSV file": logged,
    }


def _epochs_in(text: str) -> list[int]:
    """Return the epochs that a log has rows for; none where the text is no such log."""
    header = text.partition("\n")[0]
    delimiter = next((mark for mark in ";\t" if mark in header), ",")
    rows = list(csv.DictReader(text.splitlines(), delimiter=delimiter))
    if not rows or not {"epoch", "loss", "val_loss"} <= rows[0].keys():
        return []
    return [int(row["epoch"]) for row in rows]


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@training_callbacks.probe("what is written, and where", read=_what_was_written)
def _(answer, rng):
    epochs = int(rng.integers(2, 4))
    with in_empty_folder():
        callbacks = keras.callbacks.CallbackList(_listed(answer(Path(_DIRECTORY))))
        driven(callbacks, _logs(_falling(rng, epochs)), model=_model())
        files = [file for file in sorted(Path().rglob("*")) if file.is_file()]
        return {"files": {_name(file): _text(file) for file in files}}


def _name(file: Path) -> str:
    """Return the path of a file; those for TensorBoard have the time in their names."""
    return "/".join("tfevents" if "tfevents" in part else part for part in file.parts)


training_callbacks.hint(
    "Five things are asked for: to stop, to slow down, to keep the best, and two kinds of records. "
    "Which class of `keras.callbacks` does each? And which number do the first three look at?",
    "Two of them compare patience with patience: the one that lowers the rate has to lose it "
    "sooner than the one that ends training. Two have to be told that only the best counts.",
    '`EarlyStopping(monitor="val_loss", patience=..., restore_best_weights=True)` is the first; '
    '`ModelCheckpoint(directory / "best.keras", ...)` wants `save_best_only=True`. Begin with '
    "`directory = Path(directory)` and its `mkdir`.",
)
