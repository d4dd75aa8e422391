"""A learner whose answers are of the wrong kind, leave the program, or talk on stderr."""

import tensorflow as tf

mean_squared_error = "the mean of the squared differences"

gradient_descent = None


class numeric_gradient:
    def __init__(self, f, x, step=1e-3):
        self.slopes = (f(x + step) - f(x - step)) / (2 * step)


def LinearModel():
    return tf.Variable(1.0), tf.Variable(0.0)


def watched_gradient(x):
    import sys

    print("warning: this is only noise", file=sys.stderr)
    with tf.GradientTape() as tape:
        tape.watch(x)
        total = tf.reduce_sum(x**3)
    return tape.gradient(total, x)


def gradient(f, x):
    import sys

    tf.print("x is", x)
    sys.exit("the slope looks wrong")
