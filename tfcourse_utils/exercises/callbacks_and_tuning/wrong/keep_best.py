"""How `KeepBest` goes wrong."""

from __future__ import annotations

import math

import keras

from ..keep_best import KeepBest


class _Right(keras.callbacks.Callback):
    """A right answer: each wrong one differs from it in one way."""

    def __init__(self, monitor, mode):
        super().__init__()
        self.monitor, self.mode = monitor, mode
        self.best, self.best_weights = None, None

    def on_epoch_end(self, epoch, logs=None):
        value = self.read(logs)
        if value is not None and not math.isnan(value) and self.is_better(value):
            self.best, self.best_weights = value, self.kept()

    def read(self, logs):
        return (logs or {}).get(self.monitor)

    def is_better(self, value):
        if self.best is None:
            return True
        return value < self.best if self.mode == "min" else value > self.best

    def kept(self):
        return self.model.get_weights()


@KeepBest.wrong(
    "mode ignored",
    says="The least value is the best, whatever `mode` says. Of accuracies that is the worst.",
)
class ModeIgnored(_Right):
    def is_better(self, value):
        return self.best is None or value < self.best


@KeepBest.wrong(
    "the wrong way round",
    says='With "min" it keeps the greatest value, and with "max" the least.',
)
class WrongWay(_Right):
    def is_better(self, value):
        return self.best is None or (value < self.best) == (self.mode == "max")


@KeepBest.wrong(
    "begins at zero",
    says="The best value begins at 0. A loss never falls below that, and a value may well be "
    "negative: begin with one that anything beats.",
)
class BeginsAtZero(_Right):
    def __init__(self, monitor, mode):
        super().__init__(monitor, mode)
        self.best = 0.0


@KeepBest.wrong(
    "the greatest begins at zero",
    says='With "max" the best value begins at 0, and all values may be negative: begin with one '
    "that anything beats.",
)
class GreatestBeginsAtZero(_Right):
    def __init__(self, monitor, mode):
        super().__init__(monitor, mode)
        self.best = math.inf if mode == "min" else 0.0


@KeepBest.wrong(
    "the last epoch",
    says="These are the weights of the last epoch. Compare each with the best one before.",
)
class TheLast(_Right):
    def is_better(self, value):
        return True


@KeepBest.wrong(
    "than the epoch before",
    says="Each value is compared with that of the epoch before. A value can get better for many "
    "epochs and still be worse than the best: compare with that.",
)
class ThanBefore(_Right):
    def on_epoch_end(self, epoch, logs=None):
        super().on_epoch_end(epoch, logs)
        self.best = self.read(logs) or self.best


@KeepBest.wrong(
    "keeps the variables",
    says="What was kept are the variables themselves, which went on changing: they hold the "
    "weights of the last epoch. Keep copies of their values.",
)
class KeepsVariables(_Right):
    def kept(self):
        return self.model.weights


@KeepBest.wrong(
    "some weights only",
    says="Only the trainable weights are kept. Frozen layers, and the statistics of a "
    "normalisation, are weights of the model too.",
)
class SomeWeights(_Right):
    def kept(self):
        return [weight.numpy() for weight in self.model.trainable_weights]


@KeepBest.wrong(
    "puts them back",
    says="The model is changed: at the end it has the best weights again. Here they should only be "
    "kept; what becomes of the model is for somebody else to decide.",
)
class PutsBack(_Right):
    def on_train_end(self, logs=None):
        if self.best_weights is not None:
            self.model.set_weights(self.best_weights)


@KeepBest.wrong(
    "ends the training",
    says="It ends the training where an epoch is no better. It should only watch.",
)
class Ends(_Right):
    def on_epoch_end(self, epoch, logs=None):
        before = self.best
        super().on_epoch_end(epoch, logs)
        if before is not None and before == self.best:
            self.model.stop_training = True


@KeepBest.wrong(
    "monitor ignored",
    says='It goes by "val_loss", whatever `monitor` says.',
)
class MonitorIgnored(_Right):
    def read(self, logs):
        return (logs or {}).get("val_loss")


@KeepBest.wrong(
    "a missing value",
    says="An error is raised where the logs do not hold the value. Pass such an epoch over.",
)
class MissingValue(_Right):
    def read(self, logs):
        return logs[self.monitor]


@KeepBest.wrong(
    "no logs",
    says="`logs` may be None, as its default says, and None has no `get`.",
)
class NoLogs(_Right):
    def read(self, logs):
        return logs.get(self.monitor)


@KeepBest.wrong(
    "missing is zero",
    says="A missing value counts as 0, and 0 may look better than all that were there. An epoch "
    "without a value is no epoch to keep.",
)
class MissingIsZero(_Right):
    def read(self, logs):
        return (logs or {}).get(self.monitor, 0.0)


@KeepBest.wrong(
    "not a number",
    says="A value that is not a number became the best one, and nothing is ever less or greater "
    "than that. Pass such an epoch over.",
)
class NotANumber(_Right):
    def on_epoch_end(self, epoch, logs=None):
        value = self.read(logs)
        if value is not None and self.is_better(value):
            self.best, self.best_weights = value, self.kept()


@KeepBest.wrong(
    "the last of equals",
    says="Of equally good epochs the last was kept. The first should be.",
)
class LastOfEquals(_Right):
    def is_better(self, value):
        return super().is_better(value) or value == self.best
