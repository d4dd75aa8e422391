"""`round_trip`: to a file and back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np

from tfcourse_utils.checking import exercise

from ..tools import normal
from ..weights import known_seed, set_all, set_known

__all__ = ["round_trip"]

round_trip = exercise("layers_and_models.round_trip", kind="transfer", section="Saving and loading")


@keras.saving.register_keras_serializable(package="tickets")
class Tilted(keras.layers.Layer):
    """Moves its inputs by a weight and makes what lies below 0 less steep."""

    def __init__(self, slope: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.slope = slope

    def build(self, input_shape: Any) -> None:
        self.move = self.add_weight(shape=(input_shape[-1],), initializer="zeros", name="move")

    def call(self, x: Any) -> Any:
        return keras.ops.leaky_relu(x + self.move, self.slope)

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"slope": self.slope}


def _with_statistics(x: Any, seed: int) -> keras.Model:
    """Return a model whose normalisation has seen some data: not all that counts is trained."""
    first = keras.layers.Dense(4, activation="relu", kernel_initializer="ones")
    second = keras.layers.BatchNormalization(momentum=0.5)
    model = keras.Sequential([keras.Input((3,)), first, second])
    set_known(first, seed)
    model(x, training=True)
    return model


def _with_custom_layer(x: Any, seed: int) -> keras.Model:
    place = keras.Input((3,))
    hidden = Tilted(0.25)(keras.layers.Dense(4, kernel_initializer="ones")(place))
    model = keras.Model(place, [Tilted(-0.5)(hidden), hidden])
    set_known(model, seed)
    return model


def _see(answer: Any, rng: np.random.Generator, make: Any, as_path: Callable[[Path], Any]) -> Any:
    """Return what the restored model gives, also after the weights of the old one are all 0."""
    x, new = normal(rng, (5, 3)), normal(rng, (5, 3))
    model = make(x, known_seed(rng))
    with tempfile.TemporaryDirectory() as folder:
        restored = answer(model, as_path(Path(folder) / "model.keras"))
    seen = {"output of the restored model": restored(new), "output of the old model": model(new)}
    set_all(model, 0.0)
    return seen | {"output of the restored model, when the old one is all 0": restored(new)}


@round_trip.probe("the restored model gives equal outputs")
def _(answer, rng):
    return _see(answer, rng, _with_statistics, str)


@round_trip.probe("a model with custom layers, and a pathlib path")
def _(answer, rng):
    return _see(answer, rng, _with_custom_layer, Path)


@round_trip.probe("the file is where it should be")
def _(answer, rng):
    x = normal(rng, (5, 3))
    model = _with_custom_layer(x, known_seed(rng))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tickets.keras"
        answer(model, str(path))
        if not path.is_file():
            beside = ", but another one beside it" if any(path.parent.iterdir()) else ""
            raise FileNotFoundError(f"there is no file at the path that was given{beside}")
        return {"output of the model in the file": keras.saving.load_model(path)(x)}


round_trip.hint(
    "A round trip has two halves. Which method of a model writes a file, and is there one that "
    "reads it, before there is a model?",
    "Reading is a function of `keras.saving`. Keras finds registered classes by itself, and both "
    "halves take text and pathlib paths alike.",
    "`model.save(path)` first; then return what `keras.saving.load_model` makes of the same path.",
)
