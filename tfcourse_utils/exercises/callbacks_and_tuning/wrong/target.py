"""How `StopAtAccuracy` goes wrong."""

from __future__ import annotations

import keras

from ..target import StopAtAccuracy


class _Right(keras.callbacks.Callback):
    """A right answer: each wrong one differs from it in one way."""

    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        accuracy = self.read(logs)
        if accuracy is not None and self.is_enough(accuracy):
            self.stop()

    def read(self, logs):
        return (logs or {}).get("accuracy")

    def is_enough(self, accuracy):
        return accuracy >= self.target

    def stop(self):
        self.model.stop_training = True


@StopAtAccuracy.wrong(
    "only above the target",
    says="It goes on where the accuracy is just the target. To reach it is enough.",
)
class OnlyAbove(_Right):
    def is_enough(self, accuracy):
        return accuracy > self.target


@StopAtAccuracy.wrong(
    "below the target",
    says="It stops while the accuracy is still below the target: the comparison points the other "
    "way.",
)
class Below(_Right):
    def is_enough(self, accuracy):
        return accuracy <= self.target


@StopAtAccuracy.wrong(
    "always stops",
    says="It stops after the first epoch, whatever the accuracy is. Is that compared with the "
    "target?",
)
class Always(_Right):
    def on_epoch_end(self, epoch, logs=None):
        self.stop()


@StopAtAccuracy.wrong(
    "nearly",
    says="It stops a little below the target: something is rounded, or a tolerance is allowed.",
)
class Nearly(_Right):
    def is_enough(self, accuracy):
        return accuracy >= self.target - 1e-3


@StopAtAccuracy.wrong(
    "the validation accuracy",
    says='It goes by "val_accuracy". What counts here is "accuracy", that of the training.',
)
class Validation(_Right):
    def read(self, logs):
        return (logs or {}).get("val_accuracy")


@StopAtAccuracy.wrong(
    "a missing accuracy",
    says='An error is raised where the logs hold no "accuracy", or there are no logs, as with a '
    "model that was compiled without this metric. Go on then.",
)
class MissingAccuracy(_Right):
    def read(self, logs):
        return logs["accuracy"]


@StopAtAccuracy.wrong(
    "compared with None",
    says="A missing accuracy is None, and None can't be compared with a number.",
)
class ComparedWithNone(_Right):
    def on_epoch_end(self, epoch, logs=None):
        if self.is_enough((logs or {}).get("accuracy")):
            self.stop()


@StopAtAccuracy.wrong(
    "no logs",
    says="`logs` may be None, as its default says, and None has no `get`.",
)
class NoLogs(_Right):
    def read(self, logs):
        return logs.get("accuracy")


@StopAtAccuracy.wrong(
    "not a number",
    says="It stops where the accuracy is not a number. NaN is neither less nor greater than "
    "anything: ask whether the target is reached, not whether it is missed.",
)
class NotANumber(_Right):
    def is_enough(self, accuracy):
        return not accuracy < self.target


@StopAtAccuracy.wrong(
    "after a batch",
    says="It stops in the middle of an epoch, after a batch or two that went well. Wait for the "
    "end of the epoch.",
)
class AfterBatch(_Right):
    def on_train_batch_end(self, batch, logs=None):
        self.on_epoch_end(batch, logs)


@StopAtAccuracy.wrong(
    "takes back what others decided",
    says="Below the target it sets `stop_training` to False, even where another callback had set "
    "it to True. Leave it alone there.",
)
class TakesBack(_Right):
    def on_epoch_end(self, epoch, logs=None):
        accuracy = self.read(logs)
        self.model.stop_training = accuracy is not None and self.is_enough(accuracy)


@StopAtAccuracy.wrong(
    "never stops",
    says="It does not stop at the end of an epoch that reaches the target. `fit` looks at the "
    "`stop_training` of the model: not at that of the callback, nor at what a hook gives back. And "
    "look at the names of the hook and in the logs: do they match?",
)
class StopsItself(_Right):
    def stop(self):
        self.stop_training = True
