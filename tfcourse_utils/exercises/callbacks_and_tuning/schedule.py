"""`warmup_cosine`: a learning rate that climbs, then glides down."""

from __future__ import annotations

import keras
import numpy as np

from tfcourse_utils.checking import exercise

from ..callbacks import driven, rates_noted, small_classifier

__all__ = ["warmup_cosine"]

warmup_cosine = exercise(
    "callbacks_and_tuning.warmup_cosine",
    kind="transfer",
    section="A learning rate that changes",
)


def _plan(rng: np.random.Generator) -> tuple[int, int, float]:
    """Draw a length of the climb, one of all, and a peak."""
    warmup = int(rng.integers(3, 7))
    return warmup, warmup + int(rng.integers(5, 10)), float(rng.uniform(0.1, 0.9))


@warmup_cosine.probe("the climb")
def _(answer, rng):
    warmup, total, peak = _plan(rng)
    return [answer(epoch, warmup, total, peak) for epoch in range(warmup + 1)]


@warmup_cosine.probe("the way down")
def _(answer, rng):
    warmup, total, peak = _plan(rng)
    return [answer(epoch, warmup, total, peak) for epoch in range(warmup, total + 1)]


@warmup_cosine.probe("without a climb")
def _(answer, rng):
    _, total, peak = _plan(rng)
    return [answer(epoch, 0, total, peak) for epoch in range(total + 1)]


@warmup_cosine.probe("Keras takes it as a schedule")
def _(answer, rng):
    warmup, total, _ = _plan(rng)
    model = small_classifier()
    noting, rates = rates_noted(model)

    def schedule(epoch, rate):
        return answer(epoch, warmup, total, 1.0)

    scheduler = keras.callbacks.LearningRateScheduler(schedule)
    driven(keras.callbacks.CallbackList([scheduler, noting]), [{}] * total, model=model)
    return rates


warmup_cosine.hint(
    "There are two ways to go, up and down. Which epoch parts them, and on which of the two does "
    "that epoch itself lie if there is no climb at all?",
    "On the way down, how far has it come, as a number that is 0 at `warmup` and 1 at `total`? A "
    "cosine of that number times π falls from 1 to -1, and should fall from `peak` to 0.",
    "Up: `peak * epoch / warmup`. Down: the cosine plus 1, halved, times `peak`. Let it be a plain "
    "float at the end: `math.cos` gives one, `tf.cos` a tensor.",
)
