"""How `training_callbacks` goes wrong."""

from __future__ import annotations

from pathlib import Path

from keras.callbacks import (
    CSVLogger,
    EarlyStopping,
    LearningRateScheduler,
    ModelCheckpoint,
    ReduceLROnPlateau,
    TensorBoard,
)

from ..watching import training_callbacks


def _made(directory) -> Path:
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def _all(directory, **others) -> list:
    """Return the right callbacks, but for those that are given; None leaves one out."""
    directory = _made(directory)
    callbacks = {
        "stop": EarlyStopping("val_loss", patience=6, restore_best_weights=True),
        "slow": ReduceLROnPlateau("val_loss", patience=2),
        "keep": ModelCheckpoint(directory / "model.keras", save_best_only=True),
        "log": CSVLogger(directory / "log.csv"),
        "board": TensorBoard(directory),
    }
    return [callback for callback in (callbacks | others).values() if callback is not None]


@training_callbacks.wrong(
    "the last weights stay",
    says="Training stops in time, and the model is left with its last weights, which are worse "
    "than those of some epochs before. Early stopping brings the best ones back only if it is "
    "asked to.",
)
def _(directory):
    return _all(directory, stop=EarlyStopping("val_loss", patience=6))


@training_callbacks.wrong(
    "no patience",
    says="The first epoch that is not better than the best ends training. Losses go up and down a "
    "little: how many epochs in a row are you willing to wait?",
)
def _(directory):
    return _all(directory, stop=EarlyStopping("val_loss", restore_best_weights=True))


@training_callbacks.wrong(
    "best is greatest",
    says="The epoch with the greatest validation loss is taken for the best one. Of a loss, less "
    "is better: which `mode` is that, or can Keras tell by the name?",
)
def _(directory):
    stop = EarlyStopping("val_loss", patience=2, mode="max", restore_best_weights=True)
    return _all(directory, stop=stop)


@training_callbacks.wrong(
    "never stops",
    says="The validation loss has long stopped becoming better, and training goes on. Is there a "
    "callback that ends it, and which loss does it look at? That on the training data falls and "
    "falls when a model overfits.",
)
def _(directory):
    return _all(directory, stop=None)


@training_callbacks.wrong(
    "no lower rate",
    says="The learning rate is never lowered on a plateau of the validation loss. If there is a "
    "callback for that, which loss does it look at, and is it patient for longer than the one "
    "that ends training? `ReduceLROnPlateau` waits 10 epochs if it is told nothing.",
)
def _(directory):
    return _all(directory, slow=None)


@training_callbacks.wrong(
    "a lower rate too late",
    says="The learning rate is lowered in the very epoch in which training ends: no step is made "
    "with it. Which of the two callbacks should be the more patient?",
)
def _(directory):
    return _all(directory, slow=ReduceLROnPlateau("val_loss", patience=6))


@training_callbacks.wrong(
    "slows down at once",
    says="A single epoch that is not better lowers the learning rate already. Give that callback "
    "some patience too.",
)
def _(directory):
    return _all(directory, slow=ReduceLROnPlateau("val_loss", patience=1))


@training_callbacks.wrong(
    "by the clock",
    says="The learning rate is lowered also while each epoch is better than the one before. It "
    "should wait for a plateau of the validation loss, not for a number of epochs.",
    when=lambda seen, _: not seen["it stays as it is while each epoch is better"],
)
def _(directory):
    halved = LearningRateScheduler(lambda epoch, rate: rate if epoch < 7 else rate / 2)
    return _all(directory, slow=halved)


@training_callbacks.wrong(
    "the last model in the file",
    says="The file holds the model of the last epoch: each epoch was written over the one before, "
    "whether it was better or not.",
)
def _(directory):
    return _all(directory, keep=ModelCheckpoint(_made(directory) / "model.keras"))


@training_callbacks.wrong(
    "best by the training loss in the file",
    says="The file holds the model with the least loss on the training data. Which data tell how "
    "good a model is?",
)
def _(directory):
    file = _made(directory) / "model.keras"
    return _all(directory, keep=ModelCheckpoint(file, monitor="loss", save_best_only=True))


@training_callbacks.wrong(
    "the greatest loss in the file",
    says="The file holds the model with the greatest validation loss. Of a loss, less is better: "
    "which `mode` is that, or can Keras tell by the name?",
)
def _(directory):
    file = _made(directory) / "model.keras"
    return _all(directory, keep=ModelCheckpoint(file, mode="max", save_best_only=True))


@training_callbacks.wrong(
    "no model in the directory",
    says="There is no `.keras` file under `directory`. Is there a callback that keeps the best "
    "model, and does its path begin with `directory`?",
)
def _(directory):
    return _all(directory, keep=None)


@training_callbacks.wrong(
    "nothing in the directory",
    says="Nothing was written under `directory`: neither logs for TensorBoard nor a log as CSV. "
    "Are the callbacks in the list, and do their paths begin with `directory`?",
    when=lambda seen, _: not seen["files are in the directory"],
)
def _(directory):
    _made(directory)
    return []


@training_callbacks.wrong(
    "only weights in the file",
    says="There are weights, but no model: a file that ends in `.weights.h5` says nothing of the "
    "layers. Keep all of the model, in a `.keras` file.",
)
def _(directory):
    file = _made(directory) / "best.weights.h5"
    keep = ModelCheckpoint(file, save_best_only=True, save_weights_only=True)
    return _all(directory, keep=keep)


@training_callbacks.wrong(
    "a name without an ending",
    says="`ModelCheckpoint` goes by how the name ends, and refuses one without `.keras`.",
)
def _(directory):
    return _all(directory, keep=ModelCheckpoint(_made(directory) / "best"))


@training_callbacks.wrong(
    "the log elsewhere",
    says="The log is written to where the notebook happens to run. Put the directory before its "
    "name.",
)
def _(directory):
    return _all(directory, log=CSVLogger("log.csv"))


@training_callbacks.wrong(
    "TensorBoard elsewhere",
    says="TensorBoard's logs go to `logs`, beside the notebook, which is where it puts them if it "
    "is told nothing.",
)
def _(directory):
    return _all(directory, board=TensorBoard())


@training_callbacks.wrong("no TensorBoard", says="There are no logs that TensorBoard could show.")
def _(directory):
    return _all(directory, board=None)


@training_callbacks.wrong("no log", says="There is no log as CSV, a row for each epoch.")
def _(directory):
    return _all(directory, log=None)


@training_callbacks.wrong(
    "the directory is not made",
    says="The directory is not there when the function returns. `Path(directory).mkdir` makes it, "
    "and those above it if they are asked for.",
)
def _(directory):
    directory = Path(directory)
    return [
        EarlyStopping("val_loss", patience=6, restore_best_weights=True),
        ReduceLROnPlateau("val_loss", patience=2),
        ModelCheckpoint(directory / "model.keras", save_best_only=True),
        CSVLogger(directory / "log.csv"),
        TensorBoard(directory),
    ]


@training_callbacks.wrong(
    "only the last directory is made",
    says="The directory lies in another that is not there either, and making it raises an error. "
    "`mkdir` makes those above too if it is asked to: see `parents`.",
)
def _(directory):
    Path(directory).mkdir(exist_ok=True)
    return _all(directory)


@training_callbacks.wrong(
    "a directory that is there",
    says="Where the directory is there already, making it raises an error. A second training "
    "should start as well as the first: see `exist_ok`.",
)
def _(directory):
    Path(directory).mkdir(parents=True)
    return _all(directory)


@training_callbacks.wrong("nothing returned", says="The list is made, and not returned.")
def _(directory):
    _all(directory)
