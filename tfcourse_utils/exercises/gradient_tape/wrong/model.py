"""How `LinearModel` goes wrong."""

from __future__ import annotations

import tensorflow as tf

from ..model import LinearModel


class _Line:
    def __init__(self):
        self.w, self.b = tf.Variable(1.0), tf.Variable(0.0)

    def __call__(self, x):
        return self.w * x + self.b


@LinearModel.wrong(
    "plain numbers",
    says="`w` or `b` is a plain number. A training step needs something that it can change in "
    "place: a tf.Variable.",
)
class PlainNumbers(_Line):
    def __init__(self):
        self.w, self.b = 1.0, 0.0


@LinearModel.wrong(
    "constants",
    says="`w` or `b` is a constant tensor, and those can't be changed. Make variables of them.",
)
class Constants(_Line):
    def __init__(self):
        self.w, self.b = tf.constant(1.0), tf.constant(0.0)


@LinearModel.wrong(
    "whole numbers",
    says="The variables hold whole numbers: `tf.Variable(1)` is an int32. With a point in the "
    "number it is a float32.",
)
class WholeNumbers(_Line):
    def __init__(self):
        self.w, self.b = tf.Variable(1), tf.Variable(0)


@LinearModel.wrong(
    "shape (1,)",
    says="`w` and `b` have shape (1,). A scalar variable is made of a number, not of a list of "
    "one.",
)
class OneElement(_Line):
    def __init__(self):
        self.w, self.b = tf.Variable([1.0]), tf.Variable([0.0])


@LinearModel.wrong(
    "shared by all models",
    says="Both models have the same numbers: the variables belong to the class. Make them in "
    "`__init__`, so that each model has its own.",
)
class SharedByAll(_Line):
    w, b = tf.Variable(1.0), tf.Variable(0.0)

    def __init__(self):
        pass


@LinearModel.wrong("b forgotten", says="`b` is not added: where x is 0 the output should be b.")
class WithoutB(_Line):
    def __call__(self, x):
        return self.w * x


@LinearModel.wrong("b subtracted", says="`b` is taken away. The line is w · x + b.")
class MinusB(_Line):
    def __call__(self, x):
        return self.w * x - self.b


@LinearModel.wrong("w and b exchanged", says="x is multiplied by `b`, and `w` is added.")
class Exchanged(_Line):
    def __call__(self, x):
        return self.b * x + self.w


@LinearModel.wrong(
    "bracket",
    says="`b` is added to x before `w` multiplies. First w · x, then b.",
)
class Bracket(_Line):
    def __call__(self, x):
        return self.w * (x + self.b)


@LinearModel.wrong(
    "numbers taken out",
    says="The outputs are right, but the tape finds no way back to the variables. Compute with the "
    "variables themselves, not with numbers taken out of them.",
)
class NumbersTakenOut(_Line):
    def __call__(self, x):
        return self.w.numpy() * x + self.b.numpy()


@LinearModel.wrong(
    "column",
    says="The output is a column also for x of shape (n,). It should have the shape of x.",
)
class Column(_Line):
    def __call__(self, x):
        return tf.reshape(self.w * x + self.b, (-1, 1))


@LinearModel.wrong(
    "summed",
    says="One number came back for all of x. Each element has an output of its own.",
)
class Summed(_Line):
    def __call__(self, x):
        return tf.reduce_sum(self.w * x) + self.b
