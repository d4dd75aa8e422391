import keras
import keras_tuner
import numpy as np
import tensorflow as tf


def split_train_validation(x, y, fraction, seed):
    generator = keras.random.SeedGenerator(seed)
    order = keras.random.shuffle(keras.ops.arange(len(x)), seed=generator)
    count = int(fraction * len(x))
    train, validation = order[count:], order[:count]
    return (
        (keras.ops.take(x, train, axis=0), keras.ops.take(y, train, axis=0)),
        (keras.ops.take(x, validation, axis=0), keras.ops.take(y, validation, axis=0)),
    )


def prepare(x, y, seed):
    """Scaled by a layer that was shown the training rows alone."""
    rows = np.random.default_rng(seed).permutation(len(x))
    fifth = len(x) // 5
    test, validation, train = rows[:fifth], rows[fifth : 2 * fifth], rows[2 * fifth :]
    layer = keras.layers.Normalization()
    layer.adapt(x[train])
    return tuple((layer(x[part]), y[part]) for part in (train, validation, test))


class LossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.by_epoch = {}

    @property
    def losses(self):
        return list(self.by_epoch.values())

    def on_train_batch_end(self, batch, logs=None):
        self.by_epoch[self.epoch].append(logs.get("loss"))

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch
        self.by_epoch[epoch] = []

    def figure(self, epoch):
        import matplotlib.pyplot as plt

        figure = plt.figure()
        axes = figure.add_subplot()
        axes.plot(self.losses[epoch], color="#0072B2", label=f"epoch {epoch + 1}")
        axes.legend()
        axes.set_xlabel("batch of the epoch")
        axes.set_ylabel("loss, mean so far")
        return figure


class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target, **kwargs):
        super().__init__(**kwargs)
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        if "accuracy" in logs and keras.ops.greater_equal(logs["accuracy"], self.target):
            self.model.stop_training = True


class PatientStopping(keras.callbacks.Callback):
    def __init__(self, patience=0, restore_best_weights=False):
        super().__init__()
        self.patience, self.restore_best_weights = patience, restore_best_weights

    def on_train_begin(self, logs=None):
        self.best = self.best_weights = None
        self.patience_left = self.patience

    def on_epoch_end(self, epoch, logs=None):
        loss = logs["val_loss" if "val_loss" in logs else "loss"]
        if self.best is None or loss < self.best:
            self.best = loss
            self.best_weights = [keras.ops.copy(weight) for weight in self.model.weights]
            self.patience_left = self.patience
            return
        self.patience_left -= 1
        if self.patience_left <= 0:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        if self.restore_best_weights and self.best_weights is not None:
            for weight, best in zip(self.model.weights, self.best_weights):
                weight.assign(best)


class KeepBest(keras.callbacks.Callback):
    best_weights = None

    def __init__(self, monitor="val_loss", mode="min"):
        super().__init__()
        self.monitor = monitor
        self.best = float("inf") if mode == "min" else float("-inf")
        self.is_better = keras.ops.less if mode == "min" else keras.ops.greater

    def on_epoch_end(self, epoch, logs=None):
        value = (logs or {}).get(self.monitor)
        if value is not None and bool(self.is_better(value, self.best)):
            self.best = value
            self.best_weights = [keras.ops.convert_to_numpy(w) for w in self.model.weights]


training_quiz = {
    "updates": keras.ops.convert_to_numpy(keras.ops.ceil(100 / 32) * 3),
    "share_of_ones": 20 / 20,
    "unwatched": 10,
    "epochs": np.int64(4),
    "loss_afterwards": 0.7,
    "rate": 0.1 / 4,
    "reported": 0.82,
}


def warmup_cosine(epoch, warmup, total, peak):
    """The way down is Keras's own schedule."""
    if epoch < warmup:
        return float(peak) * epoch / warmup
    down = keras.optimizers.schedules.CosineDecay(float(peak), total - warmup)
    return float(down(epoch - warmup))


def training_callbacks(directory):
    """A plateau of one's own, as a subclass; weights are brought back by hand."""
    import pathlib

    class Patient(keras.callbacks.EarlyStopping):
        def __init__(self):
            super().__init__(patience=3, restore_best_weights=True)

    class Slower(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            self.best, self.bad = float("inf"), 0

        def on_epoch_end(self, epoch, logs=None):
            self.bad = 0 if logs["val_loss"] < self.best else self.bad + 1
            self.best = min(self.best, logs["val_loss"])
            if self.bad == 2:
                optimizer = self.model.optimizer
                optimizer.learning_rate = 0.2 * float(optimizer.learning_rate)

    place = pathlib.Path(directory)
    if not place.exists():
        place.mkdir(parents=True)
    best = keras.callbacks.ModelCheckpoint(
        f"{directory}/models/best.keras", monitor="val_loss", mode="min", save_best_only=True
    )
    (place / "models").mkdir(exist_ok=True)
    log = keras.callbacks.CSVLogger(str(place / "log.csv"), append=True)
    board = keras.callbacks.TensorBoard(str(place), histogram_freq=1)
    return [Patient(), Slower(), best, log, board, keras.callbacks.TerminateOnNaN()]


def plot_learning_curves(history):
    """Panels in a row; one legend for all of them."""
    import matplotlib.pyplot as plt

    if isinstance(history, keras.callbacks.History):
        history = history.history
    metrics = [name for name in history if name[:4] != "val_"]
    figure, panels = plt.subplots(ncols=len(metrics), squeeze=False)
    for axes, name in zip(panels.flat, metrics):
        lines = axes.plot(history[name], color="black")
        if "val_" + name in history:
            lines += axes.plot(history["val_" + name], "--", color="black")
        axes.set_xlabel("epochs")
        axes.set_ylabel(name)
    figure.legend(lines, ["train", "val"][: len(lines)])
    return figure


def save_everything(model, directory):
    from pathlib import Path

    keras.saving.save_model(model, f"{directory}/model.keras")
    keras.saving.save_weights(model, f"{directory}/model.weights.h5")
    path = f"{directory}/model.json"
    with Path(path).open("w", encoding="utf-8") as file:
        print(model.to_json(), file=file)
    model.export(f"{directory}/export", format="tf_saved_model", verbose=False)
    return model


def fit_loop(model, loss, optimizer, dataset, epochs):
    """Keras's own words for all but the tape."""
    epoch_losses = []
    for _ in range(epochs):
        total, samples = 0.0, 0
        for inputs, targets in dataset:
            with tf.GradientTape() as tape:
                outputs = model(inputs, training=True)
                batch_loss = keras.ops.mean(loss(targets, outputs))
                for penalty in model.losses:
                    batch_loss = batch_loss + penalty
            gradients = tape.gradient(batch_loss, model.trainable_weights)
            optimizer.apply(gradients, model.trainable_weights)
            size = keras.ops.shape(inputs)[0]
            total += float(batch_loss) * int(size)
            samples += int(size)
        epoch_losses.append(total / samples)
    return {"loss": epoch_losses}


def build_model(hp):
    """A subclassed model, which has no weights until it is called; scopes for the names."""

    class Digits(keras.Model):
        def __init__(self, widths, rate):
            super().__init__()
            self.hidden = [keras.layers.Dense(width, "relu") for width in widths]
            self.dropout = keras.layers.AlphaDropout(rate)
            self.last = keras.layers.Dense(10, "softmax")

        def call(self, x, training=False):
            for layer in self.hidden:
                x = self.dropout(layer(x), training=training)
            return self.last(x)

    widths = []
    for i in range(hp.Int("layers", min_value=1, max_value=2)):
        with hp.name_scope(f"layer_{i}"):
            widths.append(hp.Int("units", min_value=32, max_value=64, step=32))
    model = Digits(widths, hp.Float("rate", 0.1, 0.5, step=0.1))
    model.compile(
        keras.optimizers.RMSprop(hp.Choice("learning_rate", [1e-2, 1e-3, 1e-4])),
        keras.losses.SparseCategoricalCrossentropy(),
    )
    return model


def tune(x, y, max_trials, seed, directory):
    """A HyperModel, the split that `fit` makes, and early stopping."""

    class Space(keras_tuner.HyperModel):
        def build(self, hp):
            model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(10, "softmax")])
            rate = hp.Float("rate", 1e-3, 1e-1, sampling="log")
            optimizer = keras.optimizers.SGD(rate)
            model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
            return model

        def fit(self, hp, model, *args, **kwargs):
            return model.fit(*args, batch_size=hp.Choice("batch_size", [8, 16]), **kwargs)

    keras.utils.set_random_seed(seed)
    space = Space()
    tuner = keras_tuner.RandomSearch(
        space,
        objective="val_accuracy",
        max_trials=max_trials,
        seed=seed,
        directory=directory,
        project_name="search",
    )
    stopping = keras.callbacks.EarlyStopping(monitor="val_loss", patience=1)
    tuner.search(x, y, validation_split=0.25, epochs=2, callbacks=[stopping], verbose=0)
    (best,) = tuner.get_best_hyperparameters()
    model = space.build(best)
    space.fit(best, model, x, y, epochs=2, verbose=0)
    return best, model
