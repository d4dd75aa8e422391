"""How `running_maximum` goes wrong."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from ..running import running_maximum


def _running(x, first=None, function=np.maximum):
    numbers = x.numpy()
    if first is not None:
        numbers = function(numbers, numbers.dtype.type(first))
    return function.accumulate(numbers)


@running_maximum.wrong(
    "starts at 0",
    says="Where all numbers are negative, 0 comes out, as if the search began with 0. Begin with a "
    "number of x.",
)
def _(x):
    return _running(x, first=0)


@running_maximum.wrong(
    "writes are lost",
    says="Every place holds 0, as if nothing had been written. `write` gives back the array to go "
    "on with: is that kept?",
)
def _(x):
    return tf.zeros_like(x)


@running_maximum.wrong(
    "a list in a graph's loop",
    says="A loop of the graph is traced once: a list of Python gets one tensor then, which nothing "
    "outside the loop can use. A `TensorArray` has a place for each step.",
)
@tf.function
def _(x):
    largest, maxima = x[0], []
    for number in x:
        largest = tf.maximum(largest, number)
        maxima.append(largest)
    return tf.stack(maxima)


@running_maximum.wrong(
    "one dtype for every array",
    says="The `TensorArray` is made for one dtype, whatever x is. x comes in several.",
)
def _(x):
    return tf.TensorArray(tf.int16, size=1).write(0, x[0]).stack()


@running_maximum.wrong(
    "the largest of all",
    says="Every place has the largest of all numbers. Place i may know only those up to i.",
)
def _(x):
    return tf.fill(tf.shape(x), tf.reduce_max(x))


@running_maximum.wrong(
    "only the last",
    says="One number comes back, the largest of all. Keep the largest so far at every step.",
)
def _(x):
    return tf.reduce_max(x)


@running_maximum.wrong("minimum", says="That is the smallest so far. The largest is asked for.")
def _(x):
    return _running(x, function=np.minimum)


@running_maximum.wrong("sum", says="That is the running sum. Keep the larger of two, don't add.")
def _(x):
    return tf.cumsum(x)


@running_maximum.wrong(
    "from the end",
    says="It goes through x from its end: place i has the largest of what comes after it.",
)
def _(x):
    return np.maximum.accumulate(x.numpy()[::-1])[::-1]


@running_maximum.wrong(
    "without its own place",
    says="Place i has the largest of the numbers before it. x[i] itself belongs to them.",
)
def _(x):
    running = _running(x)
    return np.concatenate([x.numpy()[:1], running[:-1]])


@running_maximum.wrong(
    "the last left out",
    says="The result is one shorter than x. `range(n - 1)` ends before the last place.",
)
def _(x):
    return _running(x)[:-1]


@running_maximum.wrong(
    "the first left out",
    says="The result is one shorter than x. The first number is the largest so far, too.",
)
def _(x):
    return _running(x)[1:]


@running_maximum.wrong(
    "neighbours only",
    says="Each number is compared with the one before it only. What was larger further back is "
    "forgotten.",
)
def _(x):
    return np.maximum(x.numpy(), np.concatenate([x.numpy()[:1], x.numpy()[:-1]]))


@running_maximum.wrong(
    "always float32",
    says="The result is float32, whatever x is. A `TensorArray` takes the dtype of x as well.",
)
def _(x):
    return _running(tf.cast(x, tf.float32))


@running_maximum.wrong("x itself", says="That is x itself: nothing larger was ever kept.")
def _(x):
    return tf.identity(x)
