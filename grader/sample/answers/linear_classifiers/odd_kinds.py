"""A learner whose answers are of the wrong kind, leave the program, or talk on stderr."""

import tensorflow as tf

square_loss = "the mean of the squared differences"

training_step = None


class dense:
    def __init__(self, inputs, W, b, activation=None):
        self.outputs = inputs @ W + b


def boundary_line(W, b, threshold=0.5):
    import sys

    print("warning: this is only noise", file=sys.stderr)
    if float(W[1, 0]) == 0:
        raise ValueError("vertical")
    return -W[0, 0] / W[1, 0], (threshold - b[0]) / W[1, 0]


def binary_cross_entropy(targets, logits):
    import sys

    tf.print("logits are", logits)
    sys.exit("the logits look wrong")
