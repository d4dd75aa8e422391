"""How `warmup_cosine` goes wrong."""

from __future__ import annotations

import math

import tensorflow as tf

from ..schedule import warmup_cosine


def _down(part: float, peak: float) -> float:
    return peak * (1 + math.cos(math.pi * part)) / 2


def _up_or(epoch, warmup, peak, down):
    """Climb, then go down in another way."""
    return peak * epoch / warmup if epoch < warmup else down


@warmup_cosine.wrong(
    "starts above 0",
    says="At epoch 0 the rate is already above 0, and it is at the peak one epoch too early. "
    "Epochs are counted from 0.",
)
def _(epoch, warmup, total, peak):
    if epoch < warmup:
        return peak * (epoch + 1) / warmup
    return _down((epoch - warmup) / (total - warmup), peak)


@warmup_cosine.wrong(
    "no climb",
    says="The rate starts at the peak. What should it be while `epoch` is below `warmup`?",
)
def _(epoch, warmup, total, peak):
    return _down(max(epoch - warmup, 0) / (total - warmup), peak)


@warmup_cosine.wrong(
    "the way down starts at epoch 0",
    says="The way down is measured from epoch 0, so the rate jumps where the climb ends. Where "
    "does that way begin, and how long is it?",
)
def _(epoch, warmup, total, peak):
    return _up_or(epoch, warmup, peak, _down(epoch / total, peak))


@warmup_cosine.wrong(
    "too long a way down",
    says="The rate is not yet 0 at `total`. The climb has taken `warmup` epochs of it: how many "
    "are left for the way down?",
)
def _(epoch, warmup, total, peak):
    return _up_or(epoch, warmup, peak, _down((epoch - warmup) / total, peak))


@warmup_cosine.wrong(
    "a whole turn",
    says="The rate goes down and up again: that is a whole turn of the cosine. Half of one ends "
    "at its lowest point.",
)
def _(epoch, warmup, total, peak):
    return _up_or(epoch, warmup, peak, _down(2 * (epoch - warmup) / (total - warmup), peak))


@warmup_cosine.wrong(
    "a quarter",
    says="The rate falls fastest at the end: that is a quarter of the cosine, from 1 to 0. Half of "
    "it goes from 1 to -1, and has to be moved up.",
)
def _(epoch, warmup, total, peak):
    quarter = math.cos(math.pi / 2 * (epoch - warmup) / (total - warmup))
    return _up_or(epoch, warmup, peak, peak * quarter)


@warmup_cosine.wrong(
    "below 0",
    says="The rate becomes negative, and training would go uphill. A cosine lies between -1 and 1: "
    "what moves it to between 0 and 1?",
)
def _(epoch, warmup, total, peak):
    cosine = math.cos(math.pi * (epoch - warmup) / (total - warmup))
    return _up_or(epoch, warmup, peak, peak * cosine)


@warmup_cosine.wrong(
    "twice the peak",
    says="The rate jumps to twice the peak after the climb. One plus a cosine lies between 0 and "
    "2.",
)
def _(epoch, warmup, total, peak):
    return _up_or(epoch, warmup, peak, 2 * _down((epoch - warmup) / (total - warmup), peak))


@warmup_cosine.wrong(
    "a straight way down",
    says="The rate falls in a straight line. Half a cosine falls slowly at first and at the end, "
    "and fastest between.",
)
def _(epoch, warmup, total, peak):
    return _up_or(epoch, warmup, peak, peak * (total - epoch) / (total - warmup))


@warmup_cosine.wrong(
    "in degrees",
    says="The cosine is given degrees: `math.cos` and `tf.cos` count a half turn as π, not as 180.",
)
def _(epoch, warmup, total, peak):
    cosine = math.cos(180 * (epoch - warmup) / (total - warmup))
    return _up_or(epoch, warmup, peak, peak * (1 + cosine) / 2)


@warmup_cosine.wrong(
    "divides by a climb of 0",
    says="With `warmup` 0 there is no climb, and epoch 0 belongs to the way down. What is divided "
    "by `warmup` there?",
)
def _(epoch, warmup, total, peak):
    if epoch <= warmup:
        return peak * epoch / warmup
    return _down((epoch - warmup) / (total - warmup), peak)


@warmup_cosine.wrong(
    "0 without a climb",
    says="With `warmup` 0, epoch 0 is at the peak already. Here it is 0: is epoch 0 always the "
    "foot of the climb?",
)
def _(epoch, warmup, total, peak):
    if epoch == 0:
        return 0.0
    return _up_or(epoch, warmup, peak, _down((epoch - warmup) / (total - warmup), peak))


@warmup_cosine.wrong(
    "a tensor",
    says="What comes back is a tensor, and `LearningRateScheduler` refuses anything but a float: "
    "`float(...)` makes one of it.",
)
def _(epoch, warmup, total, peak):
    part = (epoch - warmup) / (total - warmup)
    down = peak * (1 + tf.cos(math.pi * part)) / 2
    return _up_or(epoch, warmup, peak, down)


@warmup_cosine.wrong(
    "a whole number",
    says="At epoch 0 a whole number comes back, and `LearningRateScheduler` refuses it: 0 is an "
    "integer, 0.0 a float.",
)
def _(epoch, warmup, total, peak):
    if epoch == 0 and warmup > 0:
        return 0
    return _up_or(epoch, warmup, peak, _down((epoch - warmup) / (total - warmup), peak))
