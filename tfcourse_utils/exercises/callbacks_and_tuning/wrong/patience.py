"""How `PatientStopping` goes wrong."""

from __future__ import annotations

import keras

from ..patience import PatientStopping


class _Right(keras.callbacks.Callback):
    """A right answer: each wrong one differs from it in one way."""

    def __init__(self, patience, restore_best_weights):
        super().__init__()
        self.patience = patience
        self.restores = restore_best_weights

    def on_train_begin(self, logs=None):
        self.best, self.waited = None, 0

    def on_epoch_end(self, epoch, logs=None):
        loss = self.read(logs)
        if self.is_better(loss):
            self.note(loss)
        else:
            self.wait()

    def read(self, logs):
        return logs.get("val_loss", logs["loss"])

    def is_better(self, loss):
        return self.best is None or loss < self.best

    def note(self, loss):
        self.best, self.waited, self.weights = loss, 0, self.copied()

    def copied(self):
        return self.model.get_weights()

    def wait(self):
        self.waited += 1
        if self.waited >= self.patience:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        if self.restores:
            self.model.set_weights(self.weights)


@PatientStopping.wrong(
    "does nothing",
    says="It never stops, and no weights come back: is there a hook that `fit` calls after each "
    "epoch, and one for the end of the training?",
)
class Nothing(keras.callbacks.Callback):
    def __init__(self, patience, restore_best_weights):
        super().__init__()


@PatientStopping.wrong(
    "as good is better",
    says="A loss that equals the best one is taken for a better one, and the waiting begins anew. "
    "Only a lower loss is better.",
)
class AsGood(_Right):
    def is_better(self, loss):
        return self.best is None or loss <= self.best


@PatientStopping.wrong(
    "one epoch too late",
    says="It stops one epoch too late. With a patience of 2, the second epoch in a row that brings "
    "nothing better is the last.",
)
class TooLate(_Right):
    def wait(self):
        self.waited += 1
        if self.waited > self.patience:
            self.model.stop_training = True


@PatientStopping.wrong(
    "one epoch too early",
    says="It stops one epoch too early. With a patience of 2, two epochs in a row have to bring "
    "nothing better.",
)
class TooEarly(_Right):
    def wait(self):
        self.waited += 1
        if self.waited >= self.patience - 1:
            self.model.stop_training = True


@PatientStopping.wrong(
    "counts all epochs",
    says="All epochs that were no better count, however far apart. After a better one the waiting "
    "begins anew.",
)
class CountsAll(_Right):
    def note(self, loss):
        self.best, self.weights = loss, self.copied()


@PatientStopping.wrong(
    "than the last epoch",
    says="Each loss is compared with that of the epoch before. A loss can fall for many epochs and "
    "still be above the best one: compare with that.",
)
class ThanTheLast(_Right):
    def on_epoch_end(self, epoch, logs=None):
        super().on_epoch_end(epoch, logs)
        self.best = self.read(logs)


@PatientStopping.wrong(
    "greatest is best",
    says="It waits for a loss that rises. Of losses, the least is the best.",
)
class Greatest(_Right):
    def is_better(self, loss):
        return self.best is None or loss > self.best


@PatientStopping.wrong(
    "no patience with the first",
    says="With a patience of 0 it stops after the first epoch, which was better than anything "
    "before. Only an epoch that brings nothing better can be the last.",
)
class NoPatienceWithTheFirst(_Right):
    def on_epoch_end(self, epoch, logs=None):
        super().on_epoch_end(epoch, logs)
        if self.waited >= self.patience:
            self.model.stop_training = True


@PatientStopping.wrong(
    "the training loss",
    says="It goes by the training loss where there is a validation loss. The training loss falls "
    "on while a model learns its samples by heart.",
)
class TrainingLoss(_Right):
    def read(self, logs):
        return logs["loss"]


@PatientStopping.wrong(
    "no validation loss",
    says='It fails where the logs hold no "val_loss", as in a `fit` without validation data. '
    "There it should go by the loss.",
)
class NoValidationLoss(_Right):
    def read(self, logs):
        return logs["val_loss"]


@PatientStopping.wrong(
    "goes on without validation",
    says='Where the logs hold no "val_loss" it never stops. There it should go by the loss.',
)
class GoesOnWithout(_Right):
    def on_epoch_end(self, epoch, logs=None):
        if "val_loss" in logs:
            super().on_epoch_end(epoch, logs)


@PatientStopping.wrong(
    "never restores",
    says="The best weights were asked for, and those of the last epoch are there. Were they put "
    "aside in the best epoch, as copies, and put back at the end?",
)
class NeverRestores(_Right):
    def on_train_end(self, logs=None):
        pass


@PatientStopping.wrong(
    "always restores",
    says="The best weights come back although nobody asked for them: `restore_best_weights` is not "
    "looked at.",
)
class AlwaysRestores(_Right):
    def on_train_end(self, logs=None):
        self.model.set_weights(self.weights)


@PatientStopping.wrong(
    "restores only where it stopped",
    says="Where the epochs run out before the patience does, the best weights don't come back. "
    "Which hook is called however a training ends?",
)
class OnlyWhereItStopped(_Right):
    def on_train_end(self, logs=None):
        if self.model.stop_training:
            super().on_train_end(logs)


@PatientStopping.wrong(
    "some weights only",
    says="Only the trainable weights come back. Frozen layers, and the statistics of a "
    "normalisation, are weights of the model too.",
)
class SomeWeights(_Right):
    def copied(self):
        return [weight.numpy() for weight in self.model.trainable_weights]

    def on_train_end(self, logs=None):
        if self.restores:
            for weight, value in zip(self.model.trainable_weights, self.weights):
                weight.assign(value)


@PatientStopping.wrong(
    "remembers the last training",
    says="A second `fit` with the same callback begins with what was best in the first. Which hook "
    "is called when a training begins?",
)
class Remembers(_Right):
    def __init__(self, patience, restore_best_weights):
        super().__init__(patience, restore_best_weights)
        super().on_train_begin()

    def on_train_begin(self, logs=None):
        pass


@PatientStopping.wrong(
    "stops itself",
    says="`stop_training` is set on the callback, where nobody looks. `fit` looks at the model.",
)
class StopsItself(_Right):
    def wait(self):
        self.waited += 1
        if self.waited >= self.patience:
            self.stop_training = True
