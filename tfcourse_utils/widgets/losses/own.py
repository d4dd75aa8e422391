"""A learner's own loss: its values and gradients come from TensorFlow."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from ..calling import as_tensor, own_name, said
from ..unusable import UnusableError
from .named import Floats, Loss, Settings

__all__ = ["own_loss"]

Known = dict[tuple[float, float], tuple[Floats, Floats]]

PATIENCE = 1.5  # seconds for the calls of one curve
MOST_KNOWN = 20_000


def own_loss(given: Any, taken: set[str]) -> Loss:
    """Return the loss of the learner's function or object, by a name that is not taken."""
    name = own_name(given, taken, "your loss")
    known: Known = {}

    def look(targets: Floats, predictions: Floats, _: Settings) -> tuple[Floats, Floats]:
        try:
            return _look(given, targets, predictions, known)
        except UnusableError as error:
            raise UnusableError(f"{name} {error}") from error

    return Loss(name, look, is_own=True)


def _look(given: Any, targets: Floats, predictions: Floats, known: Known) -> tuple[Floats, Floats]:
    """Call it with all samples at once, and one by one if it returns a single loss for all.

    Args:
        known: what single calls have given so far.
    """
    if isinstance(given, type):
        raise UnusableError(f"is a class: make an object of it first, {given.__name__}().")
    if not callable(given):
        kind = type(given).__name__
        raise UnusableError(
            f"should be a function or a Loss object, and this one is of type {kind}."
        )
    values, gradients = _called(given, targets, predictions)
    if len(values) == len(targets):
        return values, gradients
    pairs = list(zip(targets.tolist(), predictions.tolist()))
    _one_by_one(given, pairs, known)
    values, gradients = (np.concatenate(part) for part in zip(*map(known.__getitem__, pairs)))
    return values, gradients


def _one_by_one(given: Any, pairs: list[tuple[float, float]], known: Known) -> None:
    """Call it for each pair of target and prediction that is not known yet.

    Raises:
        UnusableError: that takes too long.
    """
    if len(known) > MOST_KNOWN:
        known.clear()
    end = time.monotonic() + PATIENCE
    for target, prediction in pairs:
        if time.monotonic() > end:
            raise UnusableError(
                "takes too long: it gives one loss for all samples, so it is called for each "
                "point of the picture."
            )
        if (target, prediction) not in known:
            one = _called(given, np.array([target]), np.array([prediction]))
            known[target, prediction] = one


def _called(given: Any, targets: Floats, predictions: Floats) -> tuple[Floats, Floats]:
    """Return values, (n,) or (1,), and gradients, (n,)."""
    y_true, y_pred = (tf.constant(x.reshape(-1, 1), tf.float32) for x in (targets, predictions))
    with tf.GradientTape() as tape:
        tape.watch(y_pred)
        value = _checked(_result(lambda: given(y_true, y_pred)), len(targets))
    gradient = _result(lambda: tape.gradient(value, y_pred))
    values = np.reshape(value.numpy(), -1).astype(np.float64)
    if gradient is None:
        return values, np.full(len(targets), np.nan)
    slopes = tf.convert_to_tensor(gradient).numpy().reshape(-1).astype(np.float64)
    return values, np.where(np.isnan(slopes), np.inf, slopes)  # NaN says that there is none


def _result(action: Callable[[], Any]) -> Any:
    try:
        with warnings.catch_warnings():  # of targets and predictions that are not the learner's
            warnings.simplefilter("ignore")
            return action()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # `exit()` in a function too
        raise UnusableError(f"raised {type(error).__name__}: {said(error)}") from error


def _checked(given: Any, count: int) -> tf.Tensor:
    """Return what a loss gave, if it is one floating number or one for each sample.

    Raises:
        UnusableError: it is something else.
    """
    values = as_tensor(given)
    if tuple(values.shape) not in [(), (1,), (1, 1), (count,), (count, 1)]:
        raise UnusableError(
            "should give one loss for each sample, (n,) or (n, 1), or their mean; for "
            f"{count} samples it gave the shape {tuple(values.shape)}."
        )
    return values
