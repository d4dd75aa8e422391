"""Looking at losses: one number for each sample, as functions and as Keras objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from tfcourse_utils.checking import noted

from .tools import normal

__all__ = ["as_object", "echo", "evaluated_loss", "pair", "per_sample", "sample_weights"]


def pair(rng: np.random.Generator, samples: int = 6, column: bool = True) -> tuple[Any, Any]:
    """Draw targets and predictions of shape (samples, 1), or (samples,) without `column`.

    They lie up to a few units apart, on both sides of one another.
    """
    shape = (samples, 1) if column else (samples,)
    return normal(rng, shape), 2.0 * normal(rng, shape)


def per_sample(loss: Callable[[Any, Any], Any], y_true: Any, y_pred: Any) -> Any:
    """Return the loss of each sample, (n,), noting what else came back if something did.

    A result of shape (n, 1) is as good.
    """
    result, samples = loss(y_true, y_pred), len(y_true)
    shape = np.shape(result)
    if shape == (samples, 1):
        return np.reshape(result, (samples,))
    return noted(result, _misshapen(shape, samples))


def _misshapen(shape: tuple[int, ...], samples: int) -> str:
    if shape == ():
        return (
            f"One number came back for {samples} samples: the loss is averaged or summed already, "
            "and sample weights would come too late."
        )
    if shape == (samples, samples):
        return (
            f"A table of {samples} by {samples} came back: somewhere ({samples},) met "
            f"({samples}, 1), and every sample was compared with every other."
        )
    return ""


def sample_weights(rng: np.random.Generator, samples: int) -> Any:
    """Draw weights for samples, one of them 0."""
    weights = rng.uniform(0.5, 2.0, samples).astype("float32")
    weights[rng.integers(samples)] = 0.0
    return weights


def as_object(loss: Any, y_true: Any, y_pred: Any, weights: Any) -> dict[str, Any]:
    """Return what Keras makes of a loss object when it is called, with and without weights."""
    return {
        "mean over the samples": loss(y_true, y_pred),
        "with sample weights": loss(y_true, y_pred, sample_weight=weights),
    }


def echo(shape: tuple[int, ...] = (1,)) -> Any:
    """Return a model that predicts its inputs, each of this shape."""
    return keras.Sequential([keras.Input(shape), keras.layers.Identity()])


def evaluated_loss(model: Any, loss: Any, x: Any, y: Any, weights: Any = None) -> float:
    """Return the loss of a model as `evaluate` reports it after `compile(loss=loss)`."""
    model.compile(loss=loss, jit_compile=False)
    result = model.evaluate(x, y, batch_size=4, sample_weight=weights, verbose=0, return_dict=True)
    return float(result["loss"])
