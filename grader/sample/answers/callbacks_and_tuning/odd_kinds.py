"""A learner whose answers are of the wrong kind, leave the program, or talk on stderr."""

import keras
import numpy as np

split_train_validation = None


class warmup_cosine:
    def __init__(self, epoch, warmup, total, peak):
        self.rate = peak


def StopAtAccuracy(target):
    return keras.callbacks.EarlyStopping("accuracy", baseline=target)


KeepBest = "the best epoch"


def prepare(x, y, seed):
    import sys

    print("warning: this is only noise", file=sys.stderr)
    rows = np.random.default_rng(seed).permutation(len(x))
    train, validation, test = np.split(rows, [3 * len(x) // 5, 4 * len(x) // 5])
    scaled = (x - x[train].mean(axis=0)) / x[train].std(axis=0)
    return (scaled[train], y[train]), (scaled[validation], y[validation]), (scaled[test], y[test])


def tune(x, y, max_trials, seed, directory):
    import sys

    sys.exit("out of budget")
