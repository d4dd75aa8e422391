"""How `glorot_normal` goes wrong."""

from __future__ import annotations

import keras
import tensorflow as tf

from ..glorot import glorot_normal


def _normal(shape, deviation, dtype=None):
    return tf.random.normal(shape, stddev=deviation, dtype=dtype or "float32")


@glorot_normal.wrong(
    "variance as deviation",
    says="2 / (inputs + units) is used as standard deviation. It is the variance: what is the "
    "standard deviation of a distribution with that variance?",
)
def _(shape, dtype=None):
    return _normal(shape, 2 / sum(shape), dtype)


@glorot_normal.wrong(
    "1 in place of 2",
    says="The numbers are too close to 0 by a factor of √2. Is the 2 in the formula lost?",
)
def _(shape, dtype=None):
    return _normal(shape, (1 / sum(shape)) ** 0.5, dtype)


@glorot_normal.wrong(
    "inputs alone",
    says="Only the inputs are counted. Glorot's formula has inputs and units.",
)
def _(shape, dtype=None):
    return _normal(shape, (2 / shape[0]) ** 0.5, dtype)


@glorot_normal.wrong(
    "units alone",
    says="Only the units are counted. Glorot's formula has inputs and units.",
)
def _(shape, dtype=None):
    return _normal(shape, (2 / shape[1]) ** 0.5, dtype)


@glorot_normal.wrong(
    "number of weights",
    says="The inputs are multiplied by the units. Glorot's formula has their sum.",
)
def _(shape, dtype=None):
    return _normal(shape, (2 / (shape[0] * shape[1])) ** 0.5, dtype)


@glorot_normal.wrong(
    "standard normal",
    says="The standard deviation is 1, whatever the shape. It should depend on both widths.",
)
def _(shape, dtype=None):
    return _normal(shape, 1.0, dtype)


@glorot_normal.wrong(
    "uniform",
    says="The numbers are spread evenly, and none is far from 0: that is the uniform one of "
    "Glorot's two initializers. Draw from a normal distribution.",
)
def _(shape, dtype=None):
    limit = (6 / sum(shape)) ** 0.5
    return tf.random.uniform(shape, -limit, limit, dtype=dtype or "float32")


@glorot_normal.wrong(
    "mean 1", says="The numbers lie around 1. They should lie around 0, on both sides."
)
def _(shape, dtype=None):
    return 1 + _normal(shape, (2 / sum(shape)) ** 0.5, dtype)


@glorot_normal.wrong(
    "only positive", says="No number is negative. The weights should lie on both sides of 0."
)
def _(shape, dtype=None):
    return abs(_normal(shape, (2 / sum(shape)) ** 0.5, dtype))


_ONE = keras.initializers.GlorotNormal()


@glorot_normal.wrong(
    "the same each time",
    says="Two calls gave the same numbers, so two layers would begin alike. A fixed seed does "
    "that, and so does one Keras initializer that is made once and used again.",
)
def _(shape, dtype=None):
    return _ONE(shape, dtype=dtype)


@glorot_normal.wrong(
    "dtype ignored",
    says="The numbers are float32, whatever `dtype` asks for.",
)
def _(shape, dtype=None):
    return _normal(shape, (2 / sum(shape)) ** 0.5)


@glorot_normal.wrong(
    "dtype None handed on",
    says="`tf.random.normal` can't do with `dtype=None`, which is what comes where none is asked "
    "for. Put float32 in its place.",
)
def _(shape, dtype=None):
    return tf.random.normal(shape, stddev=(2 / sum(shape)) ** 0.5, dtype=dtype)


@glorot_normal.wrong(
    "shape turned round", says="The shape is (units, inputs). It should be the one that came in."
)
def _(shape, dtype=None):
    return tf.transpose(_normal(shape, (2 / sum(shape)) ** 0.5, dtype))


@glorot_normal.wrong("nothing returned", says="Nothing came back: the `return` is missing.")
def _(shape, dtype=None):
    return None


@glorot_normal.wrong(
    "an initializer",
    says="What came back is an object that draws numbers when it is called. `glorot_normal` is "
    "itself what Keras calls: it returns the numbers.",
)
def _(shape, dtype=None):
    return keras.initializers.GlorotNormal()
