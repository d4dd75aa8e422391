"""A learner whose answers are of the wrong kind, leave the program, or talk on stderr."""

import keras

l1_penalty = 0.01

non_negative = None


def SimpleDense(units, activation=None):
    return keras.layers.Dense(units, activation)


class parameter_count:
    def __init__(self, widths):
        self.count = sum(a * b + b for a, b in zip(widths, widths[1:]))


def round_trip(model, path):
    import sys

    print("warning: this is only noise", file=sys.stderr)
    model.save(path)
    return keras.models.load_model(path)


def add_difficulty_head(model, levels=3):
    import sys

    model.summary()
    sys.exit("no such layer")
