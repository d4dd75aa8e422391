"""Right answers of chapter 6: sets, callbacks, a loop, and a search for hyperparameters."""

import math
from pathlib import Path

import keras
import keras_tuner
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from matplotlib.figure import Figure


def split_train_validation(x, y, fraction, seed):
    """Split samples at random into a training and a validation set.

    Args:
        x: inputs, shape (n, ...).
        y: targets, shape (n,).
        fraction: the share of the rows for validation, between 0 and 1.
        seed: fixes the draw.

    Returns:
        (x_train, y_train), (x_validation, y_validation): every row once, x with its own y.
    """
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(x))
    count = round(fraction * len(x))
    validation, train = order[:count], order[count:]
    return (x[train], y[train]), (x[validation], y[validation])


def prepare(x, y, seed):
    """Split samples at random 60 / 20 / 20, and scale them by what the training rows are like.

    Args:
        x: inputs, shape (n, d); no column is constant.
        y: targets, shape (n,).
        seed: fixes the draw.

    Returns:
        (x_train, y_train), (x_validation, y_validation), (x_test, y_test): every row once. The
        columns of x_train have mean 0 and standard deviation 1; the others are scaled alike.
    """
    rows = np.arange(len(x))
    np.random.default_rng(seed).shuffle(rows)
    train, validation, test = np.split(rows, [3 * len(x) // 5, 4 * len(x) // 5])
    mean, deviation = x[train].mean(axis=0), x[train].std(axis=0)
    scaled = (x - mean) / deviation
    return (scaled[train], y[train]), (scaled[validation], y[validation]), (scaled[test], y[test])


class LossHistory(keras.callbacks.Callback):
    """Keeps the loss after every batch: `losses` holds a list for each epoch."""

    def __init__(self):
        """Begin with no epoch."""
        super().__init__()
        self.losses = []

    def on_epoch_begin(self, epoch, logs=None):
        """Begin a list for the epoch."""
        self.losses.append([])

    def on_train_batch_end(self, batch, logs=None):
        """Add the loss that `fit` reports after this batch."""
        self.losses[-1].append(logs["loss"])

    def figure(self, epoch):
        """Return a Matplotlib Figure, its axes labelled, with the losses of an epoch (from 0)."""
        figure, axes = plt.subplots()
        axes.plot(self.losses[epoch])
        axes.set(xlabel="batch", ylabel="loss")
        return figure


class StopAtAccuracy(keras.callbacks.Callback):
    """Stops the training at the end of the first epoch whose accuracy reaches a target."""

    def __init__(self, target):
        """Keep the target, a share between 0 and 1."""
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        """Stop if the logs hold "accuracy", and it is no less than the target."""
        accuracy = (logs or {}).get("accuracy", math.nan)
        if accuracy >= self.target:
            self.model.stop_training = True


class PatientStopping(keras.callbacks.Callback):
    """Stops the training once the loss has not fallen below its best for some epochs.

    It looks at "val_loss" where that is logged, else at "loss", and decides as
    `keras.callbacks.EarlyStopping` does.
    """

    def __init__(self, patience, restore_best_weights):
        """Keep how many epochs to wait, and whether the best epoch's weights come back."""
        super().__init__()
        self.patience = patience
        self.restore_best_weights = restore_best_weights

    def on_train_begin(self, logs=None):
        """Forget earlier trainings."""
        self.best = None
        self.waited = 0

    def on_epoch_end(self, epoch, logs=None):
        """Note a better epoch; after too many others, stop."""
        loss = logs["val_loss"] if "val_loss" in logs else logs["loss"]
        self.waited += 1
        if self.best is None or loss < self.best:
            self.best, self.waited = loss, 0
            self.best_weights = self.model.get_weights()
        elif self.waited >= self.patience:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        """Give the model back its best weights, if they are asked for."""
        if self.restore_best_weights:
            self.model.set_weights(self.best_weights)


class KeepBest(keras.callbacks.Callback):
    """Keeps the weights of the best epoch in `best_weights`, and changes nothing."""

    def __init__(self, monitor, mode):
        """Keep what decides: a name in the logs, and whether "min" or "max" of it is best."""
        super().__init__()
        self.monitor = monitor
        self.sign = {"min": -1, "max": 1}[mode]
        self.best, self.best_weights = -math.inf, None

    def on_epoch_end(self, epoch, logs=None):
        """Keep the weights if this epoch is the best so far; one without a value is none."""
        value = self.sign * (logs or {}).get(self.monitor, math.nan)
        if value > self.best:
            self.best, self.best_weights = value, self.model.get_weights()


training_quiz = {
    # 1. model.fit(x, y, batch_size=32, epochs=3), with 100 rows in x. How often are the weights
    #    changed, in all?
    "updates": 12,
    # 2. x has 80 rows, first all 60 of class 0, then all 20 of class 1. Of the rows that
    #    model.fit(x, y, validation_split=0.25) keeps for validation, the share of class 1:
    "share_of_ones": 1.0,
    # 3. model.fit(x, y, epochs=10, callbacks=[keras.callbacks.EarlyStopping(monitor="val_loss")]):
    #    no validation data, and patience is 0. How many epochs are trained?
    "unwatched": 10,
    # 4. With validation data, `val_loss` reads 0.9, 0.6, 0.8, 0.7, 0.5, 0.4, and it would go on
    #    falling. With EarlyStopping(monitor="val_loss", patience=2) and epochs=10, how many
    #    numbers are there in history.history["val_loss"]?
    "epochs": 4,
    # 5. The model as it is after that, evaluated on the validation data. Its loss:
    "loss_afterwards": 0.7,
    # 6. `val_loss` reads 0.8, 0.7, 0.7, 0.7, 0.7, 0.7, and the learning rate is 0.1 at first. What
    #    has ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=2) made of it after that?
    "rate": 0.025,
    # 7. A search tried three models. Their accuracies on the validation set are 0.81, 0.86 and
    #    0.84; on the test set, in the same order, 0.85, 0.82 and 0.83. The one to report:
    "reported": 0.82,
}


def warmup_cosine(epoch, warmup, total, peak):
    """Return the learning rate of an epoch: up in a straight line, down half a cosine.

    From epoch 0 it climbs from 0 to `peak`, which it reaches at epoch `warmup`. From there to
    `total` it is peak · (1 + cos(π · p)) / 2, where p is the part of that way that is behind it.

    Args:
        epoch: a whole number from 0 to `total`.
        warmup: how many epochs it climbs, from 0 (it starts at the peak) to less than `total`.
        total: the epoch at which it is 0 again.
        peak: the highest learning rate.

    Returns:
        A float, as `keras.callbacks.LearningRateScheduler` asks for.
    """
    if epoch < warmup:
        return peak * epoch / warmup
    progress = (epoch - warmup) / (total - warmup)
    return peak * (1 + math.cos(math.pi * progress)) / 2


def training_callbacks(directory):
    """Return what watches over a training that is validated, and keeps everything in one place.

    All that decide look at the validation loss. Training ends after 2 to 20 epochs in a row
    without a better one, and the model then has the weights of its best epoch. Some epochs
    before it comes to that, the learning rate is lowered. One bad epoch alone changes nothing.

    Args:
        directory: where the files go, text or a `pathlib.Path`. It is made if it is not there.

    Returns:
        A list of callbacks: early stopping, a lower rate on a plateau, the best model in a
        `.keras` file, a log as CSV, and the logs for TensorBoard.
    """
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.EarlyStopping("val_loss", patience=6, restore_best_weights=True),
        keras.callbacks.ReduceLROnPlateau("val_loss", factor=0.5, patience=3),
        keras.callbacks.ModelCheckpoint(
            directory / "best.keras", monitor="val_loss", save_best_only=True
        ),
        keras.callbacks.CSVLogger(directory / "log.csv"),
        keras.callbacks.TensorBoard(directory / "tensorboard"),
    ]


def plot_learning_curves(history):
    """Return a figure of how training went: a panel for each metric, over the epochs.

    Each panel has the curve on the training data and, where there is one, that on the validation
    data, a label on both axes, and a legend that tells the two curves apart.

    Args:
        history: what `fit` returns, a `keras.callbacks.History`, or its dictionary `history`:
            for each metric a list with a number for each epoch, under its name, and those on
            validation data under the same name after `val_`.

    Returns:
        A Matplotlib `Figure`.
    """
    curves = getattr(history, "history", history)
    metrics = [name for name in curves if not name.startswith("val_")]
    figure = Figure(layout="constrained")
    for place, metric in enumerate(metrics, start=1):
        axes = figure.add_subplot(len(metrics), 1, place)
        for name, label in [(metric, "training"), (f"val_{metric}", "validation")]:
            if name in curves:
                epochs = range(1, len(curves[name]) + 1)
                axes.plot(epochs, curves[name], label=label)
        axes.set(xlabel="epoch", ylabel=metric)
        axes.legend()
    return figure


def save_everything(model, directory):
    """Keep a model in four ways, each for another purpose.

    - `model.keras`: all of it, for Keras to load and to train further;
    - `model.weights.h5`: the weights, for a model of the same architecture;
    - `model.json`: the architecture, as text that `keras.models.model_from_json` takes;
    - `export`: the computation, for programs that know TensorFlow but not Keras.

    Args:
        model: a built Keras model.
        directory: where the four go, text or a `pathlib.Path`; it is there.
    """
    directory = Path(directory)
    model.save(directory / "model.keras")
    model.save_weights(directory / "model.weights.h5")
    (directory / "model.json").write_text(model.to_json())
    model.export(directory / "export", verbose=False)


def build_model(hp):
    """Return a compiled classifier of digits, built as `hp` says.

    Read from `hp`: the number of hidden layers, a width for each, the dropout rate behind them and
    the learning rate, on a log scale.

    Args:
        hp: a `keras_tuner.HyperParameters`.

    Returns:
        A model from inputs (n, 64) to the probabilities of 10 classes, compiled for labels (n,) of
        whole numbers.
    """
    dropout = hp.Float("dropout", 0.0, 0.5)
    learning_rate = hp.Float("learning_rate", 1e-4, 1e-2, sampling="log")

    model = keras.Sequential([keras.Input((64,))])
    for number in range(hp.Int("hidden_layers", 1, 3)):
        width = hp.Int(f"width_{number}", 16, 128)
        model.add(keras.layers.Dense(width, activation="relu"))
        model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))

    optimizer = keras.optimizers.Adam(learning_rate)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def tune(x, y, max_trials, seed, directory):
    """Search for good hyperparameters, and train a model with the best on all of the data.

    Args:
        x: inputs, an array of shape (n, 64).
        y: labels from 0 to 9, an array of shape (n,).
        max_trials: how many trials the search may make.
        seed: what the split, the trials and the weights follow from.
        directory: where the tuner writes.

    Returns:
        The best hyperparameters, and a model trained with them on all of x and y.
    """
    keras.utils.set_random_seed(seed)
    order = np.random.default_rng(seed).permutation(len(x))
    validation, training = np.split(order, [len(x) // 5])

    def build(hp):
        model = keras.Sequential([keras.Input((64,))])
        model.add(keras.layers.Dense(hp.Int("width", 16, 64), activation="relu"))
        model.add(keras.layers.Dense(10, activation="softmax"))
        optimizer = keras.optimizers.Adam(hp.Float("learning_rate", 1e-4, 1e-2, sampling="log"))
        model.compile(optimizer, "sparse_categorical_crossentropy")
        return model

    tuner = keras_tuner.RandomSearch(
        build, objective="val_loss", max_trials=max_trials, seed=seed, directory=directory
    )
    kept_back = x[validation], y[validation]
    tuner.search(x[training], y[training], validation_data=kept_back, epochs=2, verbose=0)

    best = tuner.get_best_hyperparameters()[0]
    model = build(best)
    model.fit(x, y, epochs=2, verbose=0)
    return best, model


def fit_loop(model, loss, optimizer, dataset, epochs):
    """Train a model, step by step, as `fit` does.

    Args:
        model: a Keras model; it need not be compiled.
        loss: a loss object or a function of targets and predictions.
        optimizer: a Keras optimizer.
        dataset: batches (x, y), the same in every epoch: a list or a `tf.data.Dataset`.
        epochs: how often to go through them.

    Returns:
        {"loss": one number for each epoch}: the mean over the epoch's samples of what was trained
        on, before each step, the model's own penalties included.
    """
    history = []
    for _ in range(epochs):
        mean = keras.metrics.Mean()
        for x, y in dataset:
            with tf.GradientTape() as tape:
                predictions = model(x, training=True)
                value = tf.reduce_mean(loss(y, predictions)) + sum(model.losses)
            gradients = tape.gradient(value, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            mean.update_state(value, sample_weight=len(x))
        history.append(float(mean.result()))
    return {"loss": history}
