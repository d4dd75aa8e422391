"""Looking at layers and models by what they do: alone, in models, copied, saved, trained."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from .copies import copied
from .weights import at_known_weights, reached, shapes

__all__ = [
    "OneMoreInTraining",
    "built",
    "called",
    "forwards_training",
    "gradient_reaches",
    "in_functional",
    "in_sequential",
    "output_names",
    "outputs",
    "outputs_of_copies",
    "saved_and_loaded",
    "weights_by_build",
]

Make = Callable[[], Any]  # makes the layer that is looked at


def called(layer: Any, *inputs: Any, **options: Any) -> Any:
    """Return what a layer or model makes of its inputs.

    Raises:
        TypeError: it is None; the message is for the learner.
    """
    output = layer(*inputs, **options)
    if output is None:
        raise TypeError("`call` gave back None: is there a `return`?")
    return output


def built(layer: Any, *inputs: Any) -> Any:
    """Return a layer with its weights made, as its first call does."""
    called(layer, *inputs)
    return layer


def weights_by_build(make: Make, width: int) -> dict[str, Any]:
    """Return the shapes of a layer's trainable weights before and after `build`."""
    layer = make()
    before = shapes(layer.trainable_weights)
    layer.build((None, width))
    after = shapes(layer.trainable_weights)
    return {"trainable weights before build": before, "trainable weights after build": after}


def outputs(layer: Any, x: Any, seed: int) -> list[Any]:
    """Return what a layer makes of `x` when its weights are known; see `at_known_weights`."""
    return at_known_weights(built(layer, x), lambda: layer(x), seed)


def in_sequential(layer: Any, x: Any, seed: int) -> list[Any]:
    """Return what a Sequential model of this one layer makes of `x`."""
    return outputs(keras.Sequential([keras.Input(x.shape[1:]), layer]), x, seed)


def in_functional(layer: Any, x: Any, seed: int) -> list[Any]:
    """Return what a functional model of this one layer makes of `x`."""
    place = keras.Input(x.shape[1:])
    return outputs(keras.Model(place, called(layer, place)), x, seed)


def output_names(model: Any) -> list[str]:
    """Return the names of a functional model's outputs.

    Raises:
        TypeError: it is none; the message is for the learner.
    """
    if not hasattr(model, "output_names"):
        raise TypeError("the answer should be a functional model, keras.Model(inputs, outputs)")
    return list(model.output_names)


def gradient_reaches(layer: Any, x: Any) -> list[list[int]]:
    """Return the shapes of the weights that the gradient of a layer's squared output reaches."""
    built(layer, x)
    return reached(layer, lambda: tf.reduce_sum(tf.square(layer(x))))


def outputs_of_copies(layer: Any, x: Any, seed: int) -> dict[str, Any]:
    """Return the outputs of a layer and of its copy by config, both with the same weights."""
    copy = built(copied(layer), x)
    return {
        "output of the layer": outputs(layer, x, seed),
        "output of its copy": outputs(copy, x, seed),
    }


def forwards_training(make: Callable[[list[Any]], Any], x: Any) -> dict[str, Any]:
    """Return what a model of layers makes of `x` when it trains and when it does not.

    Args:
        make: makes the model from a list of layers. One of these adds 1 in training alone.
    """
    model = make([OneMoreInTraining()])
    return {
        f"output with training={training}": called(model, x, training=training)
        for training in (True, False)
    }


class OneMoreInTraining(keras.layers.Layer):
    """Adds 1 while a model trains, and nothing else: dropout without its chance."""

    def call(self, x: Any, training: bool = False) -> Any:
        return x + 1.0 if training else x

    def compute_output_shape(self, shape: Any) -> Any:
        return shape


def saved_and_loaded(model: Any, custom_objects: dict[str, Any] | None = None) -> Any:
    """Return a model as it comes back from a `.keras` file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        return keras.saving.load_model(path, custom_objects=custom_objects)
