"""A learner whose answers are of the wrong kind, leave the program, or talk on stderr."""

import keras
import numpy as np
import tensorflow as tf

huber = "half the square, then straight on"

pinball = None


def HuberLoss(threshold=1.0):
    return keras.losses.Huber(threshold)


class create_huber:
    def __init__(self, threshold=1.0):
        self.threshold = threshold


def confusion_matrix(y_true, y_pred, num_classes):
    import sys

    print("warning: this is only noise", file=sys.stderr)
    table = np.zeros((num_classes, num_classes), "int64")
    np.add.at(table, (np.asarray(y_true), np.asarray(y_pred)), 1)
    return table


def compile_ticket_model(model):
    import sys

    tf.print("compiling", model.name)
    sys.exit("too many losses")
