"""`huber` and `create_huber`: a loss that forgives outliers, and a function that makes such."""

from __future__ import annotations

from tfcourse_utils.checking import exercise

from ..losses import per_sample
from .around import around, threshold_above_1

__all__ = ["create_huber", "huber"]

huber = exercise("losses_and_metrics.huber", kind="rebuild", section="One loss for each sample")
create_huber = exercise(
    "losses_and_metrics.create_huber", kind="rebuild", section="Losses with a setting"
)


@huber.probe("small errors and large ones")
def _(answer, rng):
    return per_sample(answer, *around(rng, 1.0, (6, 1)))


@huber.probe("samples without a second axis")
def _(answer, rng):
    return per_sample(answer, *around(rng, 1.0, (7,)))


@huber.probe("in float64")
def _(answer, rng):
    return per_sample(answer, *around(rng, 1.0, (6, 1), "float64"))


huber.hint(
    "An error of 0.5 and one of 4: which of them is squared, and what becomes of the other?",
    "Both formulas are quick to write for all samples at once. Which function of TensorFlow takes "
    "from the one or from the other, sample by sample?",
    "`size = tf.abs(y_true - y_pred)`, then `tf.where(size <= 1, ..., ...)`. Leave the mean to "
    "Keras.",
)


@create_huber.probe("a threshold above 1")
def _(answer, rng):
    threshold = threshold_above_1(rng)
    return per_sample(answer(threshold), *around(rng, threshold, (6, 1)))


@create_huber.probe("no threshold given")
def _(answer, rng):
    return per_sample(answer(), *around(rng, 1.0, (6, 1)))


@create_huber.probe("two losses, each with its own threshold")
def _(answer, rng):
    first, second = float(rng.uniform(0.5, 0.9)), float(rng.uniform(2.0, 3.0))
    loss, _ = answer(first), answer(second)
    return per_sample(loss, *around(rng, first, (6, 1)))


@create_huber.probe("without a second axis, in float64")
def _(answer, rng):
    threshold = threshold_above_1(rng)
    return per_sample(answer(threshold=threshold), *around(rng, threshold, (7,), "float64"))


create_huber.hint(
    "`create_huber(2.0)` is called once, what it gives back for every batch. What has to be "
    "returned?",
    "A function defined inside another one sees the arguments of that one, also later.",
    "Beyond the threshold t the loss goes on as a straight line, t · (|e| - t / 2): there it has "
    "the height and the slope that t² / 2 has at t.",
)
