"""A learner whose losses are nearly right: not halved, upside down, the wrong way round."""

import numpy as np
import tensorflow as tf


def huber(y_true, y_pred):
    error = np.abs(np.asarray(y_true) - np.asarray(y_pred))
    return np.where(error <= 1, error**2, error - 0.5)


def pinball(quantile):
    def loss(y_true, y_pred):
        error = np.asarray(y_pred) - np.asarray(y_true)
        return np.maximum(quantile * error, (quantile - 1) * error)

    return loss


def confusion_matrix(y_true, y_pred, num_classes):
    table = np.zeros((num_classes, num_classes), int)
    for truth, guess in zip(np.asarray(y_true), np.asarray(y_pred)):
        table[guess, truth] += 1
    return table
