"""A learner's own schedule: a function of the epoch, or a schedule object of Keras."""

from __future__ import annotations

import inspect
import time
import warnings
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from tfcourse_utils.checking.plain import printable

from ..calling import own_name, said, where
from ..unusable import UnusableError
from .named import Curve, Floats, Schedule, Settings

__all__ = ["own_schedule"]

PATIENCE = 1.5  # seconds for the calls of one curve
POINTS = 161  # of a schedule that changes with every batch
MOST_KNOWN = 64  # curves that are kept
HUGE = 1e30  # what is larger counts as not finite, and what is smaller than 1 / HUGE as 0

#: Parameters that a function may have beside the epoch, and the settings that they are given.
SETTINGS = {"peak": "peak", "total": "epochs", "epochs": "epochs", "warmup": "warmup"}


def own_schedule(given: Any, taken: set[str]) -> Schedule:
    """Return the schedule of the learner's function or object, by a name that is not taken."""
    if isinstance(given, keras.callbacks.LearningRateScheduler):
        given = given.schedule
    name = own_name(given, taken, "your schedule")
    per_batch = isinstance(given, keras.optimizers.schedules.LearningRateSchedule)
    known: dict[Settings, Curve | UnusableError] = {}

    def look(settings: Settings) -> Curve:
        if settings not in known:
            if len(known) >= MOST_KNOWN:
                known.clear()
            known[settings] = _tried(name, given, settings, _by_batch if per_batch else _by_epoch)
        found = known[settings]
        if isinstance(found, UnusableError):
            raise found
        return found

    return Schedule(
        name,
        look,
        _batch_formula if per_batch else lambda _: _formula(given),
        ("batches",) if per_batch else _needs(given),
        per_batch,
    )


def _tried(
    name: str, given: Any, settings: Settings, way: Callable[[Any, Settings], Curve]
) -> Curve | UnusableError:
    """Return the curve, or why there is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return way(given, settings)
    except UnusableError as error:
        return UnusableError(f"{name} {error}")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # `exit()` in a function too
        return UnusableError(f"{name} raised {type(error).__name__}{where(error)}: {said(error)}")


def _by_epoch(given: Any, settings: Settings) -> Curve:
    """Call it for every epoch, as Keras's `LearningRateScheduler` does."""
    if isinstance(given, type):
        raise UnusableError(f"is a class: make an object of it first, {given.__name__}(…).")
    if not callable(given):
        raise UnusableError(
            "should be a function of the epoch or a LearningRateSchedule, and this one is of "
            f"type {printable(type(given).__name__)}."
        )
    names, rate, rates = _parameters(given), settings.peak, []
    told = {name: getattr(settings, SETTINGS[name]) for name in names[1:] if name in SETTINGS}
    end = time.monotonic() + PATIENCE
    for epoch in range(settings.epochs):
        if time.monotonic() > end:
            raise UnusableError("takes too long: it is called for each epoch.")
        if told:
            found = given(epoch, **told)
        else:
            found = given(epoch, rate) if len(names) > 1 else given(epoch)
        rate = _float(found, epoch)
        rates.append(rate)
    return Curve(np.arange(float(settings.epochs)), _finite(rates))


def _by_batch(given: Any, settings: Settings) -> Curve:
    """Call it for batches all along the training, with a step as optimizers give it."""
    starts = settings.batches * np.arange(settings.epochs)
    between = np.linspace(0, starts[-1] + settings.batches - 1, POINTS).round()
    steps = np.union1d(starts, between.astype(int))
    step, rates = keras.Variable(0, dtype="int", trainable=False), []
    end = time.monotonic() + PATIENCE
    for now in steps.tolist():
        if time.monotonic() > end:
            raise UnusableError("takes too long: it is called for each point of the picture.")
        step.assign(now)
        rates.append(_scalar(given(step)))
    return Curve(steps / settings.batches, _finite(rates))


def _parameters(given: Any) -> list[str]:
    """Return the names of the parameters that can be given by position."""
    try:
        found = inspect.signature(given).parameters.values()
    except (TypeError, ValueError):  # functions in C may not say
        return ["epoch"]
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [one.name for one in found if one.kind in (*kinds, inspect.Parameter.VAR_POSITIONAL)]


def _float(found: Any, epoch: int) -> float:
    """Return a rate that `LearningRateScheduler` would take.

    Raises:
        UnusableError: it is no float.
    """
    if not isinstance(found, (float, np.float32, np.float64)):
        kind = printable(type(found).__name__)
        raise UnusableError(
            "should return a float, the only kind that Keras’s LearningRateScheduler takes; for "
            f"epoch {epoch} it returned {kind}."
        )
    return float(found)


def _scalar(found: Any) -> float:
    values = np.asarray(keras.ops.convert_to_numpy(found), np.float64)
    if values.shape:
        raise UnusableError(
            f"should give one number for a step, but gave the shape {values.shape}."
        )
    return float(values)


def _finite(rates: list[float]) -> Floats:
    found = np.array(rates)
    found = np.where(np.abs(found) < 1 / HUGE, 0.0, found)
    return np.where(np.abs(found) < HUGE, found, np.nan)


def _needs(given: Any) -> tuple[str, ...]:
    return ("warmup",) if callable(given) and "warmup" in _parameters(given)[1:] else ()


def _formula(given: Any) -> str:
    others = _parameters(given)[1:] if callable(given) else []
    told = [name for name in others if name in SETTINGS]
    if told:
        return f"called with the epoch and {', '.join(told)}"
    return f"called with the epoch{' and the rate before it' if others else ''}"


def _batch_formula(settings: Settings) -> str:
    return f"called with the step, {settings.batches} for each epoch"
