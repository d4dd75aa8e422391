"""How `LossHistory` goes wrong."""

from __future__ import annotations

import keras
import matplotlib.pyplot as plt

from ..loss_history import LossHistory


class _Right(keras.callbacks.Callback):
    """A right answer: each wrong one differs from it in one way."""

    def __init__(self):
        super().__init__()
        self.losses = []

    def on_epoch_begin(self, epoch, logs=None):
        self.losses.append([])

    def on_train_batch_end(self, batch, logs=None):
        self.losses[-1].append(logs["loss"])

    def figure(self, epoch):
        figure, axes = plt.subplots()
        axes.plot(self.drawn(epoch))
        axes.set(xlabel="batch", ylabel="loss")
        return figure

    def drawn(self, epoch):
        return self.losses[epoch]


@LossHistory.wrong(
    "one list for all epochs",
    says="All losses are in one list. Each epoch should have a list of its own: begin one when an "
    "epoch begins.",
)
class OneList(_Right):
    def on_epoch_begin(self, epoch, logs=None):
        pass

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(logs["loss"])


@LossHistory.wrong(
    "last epoch only",
    says="At the beginning of an epoch the list is replaced, and what the epochs before it had is "
    "gone. Add a new list to `losses`.",
)
class LastEpoch(_Right):
    def on_epoch_begin(self, epoch, logs=None):
        self.losses = [[]]


@LossHistory.wrong(
    "the same list again and again",
    says="Every epoch has the same list: it was cleared and put in once more. Lists that were "
    "added before are that very list, and change with it. Make a new one for each epoch.",
)
class SameList(_Right):
    def __init__(self):
        super().__init__()
        self.running = []

    def on_epoch_begin(self, epoch, logs=None):
        self.running.clear()
        self.losses.append(self.running)


@LossHistory.wrong(
    "shared by all callbacks",
    says="Two callbacks have one list between them: `losses` is made in the class, once for all. "
    "Make it in `__init__`.",
    when=lambda seen, _: len(seen["losses of another one"]) == len(seen["losses"]) + 3,
)
class Shared(_Right):
    losses: list = []  # noqa: RUF012

    def __init__(self):
        keras.callbacks.Callback.__init__(self)


@LossHistory.wrong(
    "one loss for each epoch",
    says="There is one loss for each epoch: that of its end. `fit` reports one after every batch "
    "too, to another hook.",
)
class OnePerEpoch(_Right):
    def on_train_batch_end(self, batch, logs=None):
        pass

    def on_epoch_end(self, epoch, logs=None):
        self.losses[-1].append(logs["loss"])


@LossHistory.wrong(
    "evaluation too",
    says="In `fit` with validation data there are too many losses: those of the validation's "
    "batches are among them. Which hook belongs to training alone?",
)
class EvaluationToo(_Right):
    def on_test_batch_end(self, batch, logs=None):
        self.losses[-1].append(logs["loss"])


@LossHistory.wrong(
    "all logs",
    says="Whole dictionaries of logs are kept. `losses` should hold the numbers that stand under "
    '"loss".',
)
class AllLogs(_Right):
    def on_train_batch_end(self, batch, logs=None):
        self.losses[-1].append(logs)


@LossHistory.wrong(
    "before the batch",
    says='Before a batch there is no loss yet, and so no "loss" in the logs. Look after it.',
)
class BeforeBatch(_Right):
    def on_train_batch_end(self, batch, logs=None):
        pass

    def on_train_batch_begin(self, batch, logs=None):
        self.losses[-1].append(logs["loss"])


@LossHistory.wrong(
    "accuracies",
    says="The numbers are not the losses but something else in the logs: `logs` is a dictionary, "
    "and has no first item to count on.",
)
class Accuracies(_Right):
    def on_train_batch_end(self, batch, logs=None):
        self.losses[-1].append(next(iter(logs.values())))


@LossHistory.wrong(
    "no figure",
    says="`figure` gives back nothing. Drawing alone does not do: return the figure.",
)
class NoFigure(_Right):
    def figure(self, epoch):
        super().figure(epoch)


@LossHistory.wrong(
    "axes",
    says="`figure` gives back the axes, which are a part of a figure. `plt.subplots()` makes both.",
)
class Axes(_Right):
    def figure(self, epoch):
        return super().figure(epoch).axes[0]


@LossHistory.wrong(
    "all epochs in a row",
    says="The figure shows the losses of all epochs in a row. It is asked for one.",
)
class AllEpochs(_Right):
    def drawn(self, epoch):
        return [loss for losses in self.losses for loss in losses]


@LossHistory.wrong(
    "always the last epoch",
    says="Whichever epoch is asked for, the figure shows the last one.",
)
class AlwaysLast(_Right):
    def drawn(self, epoch):
        return self.losses[-1]


@LossHistory.wrong(
    "epochs from 1",
    says="The figure shows the epoch before the one that was asked for. Keras counts epochs from "
    "0, and so should `figure`.",
)
class EpochsFromOne(_Right):
    def drawn(self, epoch):
        return self.losses[epoch - 1]


@LossHistory.wrong(
    "no labels",
    says="The curve is right, and nothing says what it is: label both axes.",
)
class NoLabels(_Right):
    def figure(self, epoch):
        figure, axes = plt.subplots()
        axes.plot(self.losses[epoch])
        return figure
