import keras
import keras_tuner
import numpy as np
import tensorflow as tf


def split_train_validation(x, y, fraction, seed):
    """Row by row, with lists."""
    rows = list(range(len(x)))
    np.random.default_rng(seed).shuffle(rows)
    count = int(np.ceil(fraction * len(x)))
    train = [rows[i] for i in range(count, len(x))]
    validation = [rows[i] for i in range(count)]
    return [
        (np.array([x[i] for i in part]), np.array([y[i] for i in part]))
        for part in (train, validation)
    ]


def prepare(x, y, seed):
    """Column by column."""
    n = len(x)
    rng = np.random.RandomState(seed)
    rows = rng.choice(n, n, replace=False)
    a, b = int(0.6 * n), int(0.8 * n)
    scaled = np.array(x, dtype="float64")
    for column in range(x.shape[1]):
        known = [x[row, column] for row in rows[:a]]
        scaled[:, column] = (scaled[:, column] - np.mean(known)) / np.std(known, ddof=1)
    return [(scaled[part], y[part]) for part in (rows[:a], rows[a:b], rows[b:])]


class LossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.losses = []
        self.running = []

    def on_epoch_begin(self, epoch, logs=None):
        self.running = []

    def on_train_batch_end(self, batch, logs=None):
        self.running.append(np.float64(logs["loss"]))

    def on_epoch_end(self, epoch, logs=None):
        self.losses.append(np.array(self.running))

    def figure(self, epoch):
        import matplotlib.pyplot as plt

        plt.figure(figsize=(4, 3))
        losses = self.losses[epoch]
        plt.plot(np.arange(1, len(losses) + 1), losses, "o-")
        plt.xlabel("batch")
        plt.ylabel("loss")
        return plt.gcf()


class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = np.float64(target)

    def on_epoch_end(self, epoch, logs=None):
        try:
            reached = np.greater_equal(logs["accuracy"], self.target)
        except (KeyError, TypeError):
            return
        if reached:
            self.model.stop_training = True


class PatientStopping(keras.callbacks.Callback):
    """Keeps every loss and every epoch's weights, and looks back."""

    def __init__(self, patience, restore_best_weights):
        super().__init__()
        self.patience = max(patience, 1)
        self.restore = restore_best_weights

    def on_train_begin(self, logs=None):
        self.seen, self.weights = [], []

    def on_epoch_end(self, epoch, logs=None):
        self.seen.append(logs.get("val_loss", logs.get("loss")))
        self.weights.append(self.model.get_weights())
        since = len(self.seen) - 1 - int(np.argmin(self.seen))
        if since >= self.patience:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        if self.restore:
            self.model.set_weights(self.weights[int(np.argmin(self.seen))])


class KeepBest(keras.callbacks.Callback):
    def __init__(self, monitor, mode):
        super().__init__()
        self.monitor, self.mode = monitor, mode
        self.values, self.best_weights = [], None

    def on_epoch_end(self, epoch, logs=None):
        value = logs.get(self.monitor) if logs else None
        if value is None or np.isnan(value):
            return
        best = np.min if self.mode == "min" else np.max
        if value not in self.values and best([*self.values, value]) == value:
            self.best_weights = [np.copy(weight) for weight in self.model.get_weights()]
        self.values.append(value)


training_quiz = {
    "updates": 3 * int(np.ceil(100 / 32)),
    "share_of_ones": 1,
    "unwatched": 10.0,
    "epochs": 4,
    "loss_afterwards": 7 / 10,
    "rate": 0.1 * 0.5**2,
    "reported": np.float32(0.82),
}


def warmup_cosine(epoch, warmup, total, peak):
    up = np.linspace(0, peak, warmup + 1)
    down = peak * (1 + np.cos(np.linspace(0, np.pi, total - warmup + 1))) / 2
    return np.concatenate([up[:-1], down])[epoch]


def training_callbacks(directory):
    """All names are text; a file for each better epoch."""
    import pathlib

    from keras import callbacks

    pathlib.Path(directory).mkdir(parents=True, exist_ok=True)
    better = str(directory) + "/epoch-{epoch:02d}.keras"
    stop = callbacks.EarlyStopping(
        monitor="val_loss", mode="min", patience=20, restore_best_weights=True, min_delta=0.001
    )
    slow = callbacks.ReduceLROnPlateau(patience=4, factor=0.1, min_lr=1e-5, cooldown=1)
    return [
        callbacks.TensorBoard(log_dir=f"{directory}/logs", write_graph=False),
        callbacks.CSVLogger(f"{directory}/training.txt", separator=";"),
        callbacks.ModelCheckpoint(filepath=better, monitor="val_loss", save_best_only=True),
        slow,
        stop,
    ]


def plot_learning_curves(history):
    """All curves in one panel, under their own names."""
    import matplotlib.pyplot as plt

    values = history if isinstance(history, dict) else history.history
    plt.figure()
    for name in values:
        plt.plot(np.arange(len(values[name])), np.array(values[name]), label=name)
    plt.xlabel("epoch")
    plt.ylabel("value")
    plt.legend()
    return plt.gcf()


def save_everything(model, directory):
    from pathlib import Path

    for name, save in {
        "model.keras": model.save,
        "model.weights.h5": model.save_weights,
        "export": model.export,
    }.items():
        save(str(Path(directory) / name))
    Path(directory, "model.json").write_bytes(model.to_json(indent=2).encode())


def fit_loop(model, loss, optimizer, dataset, epochs):
    """Sums in NumPy; the loss of every batch is written down, and weighed at the end."""
    history = {"loss": []}
    for _ in range(epochs):
        losses, sizes = [], []
        for x, y in dataset:
            with tf.GradientTape() as tape:
                parts = [tf.reduce_mean(loss(y, model(x, training=True))), *model.losses]
                value = tf.add_n(parts)
            weights = model.trainable_weights
            optimizer.apply(tape.gradient(value, weights), weights)
            losses.append(value.numpy())
            sizes.append(np.shape(x)[0])
        history["loss"].append(np.average(losses, weights=sizes))
    return history


def build_model(hp):
    """Choices; a learning rate by its exponent; logits."""
    inputs = keras.Input((64,))
    outputs = inputs
    for i in range(hp.Choice("depth", [3, 1, 2])):
        outputs = keras.layers.Dense(hp.Choice(f"units {i}", [32, 64, 96]))(outputs)
        outputs = keras.layers.BatchNormalization()(outputs)
        outputs = keras.layers.ReLU()(outputs)
    if hp.Boolean("drop some"):
        outputs = keras.layers.Dropout(0.25)(outputs)
    outputs = keras.layers.Dense(10)(outputs)
    model = keras.Model(inputs, outputs)
    exponent = hp.Float("minus log10 of the learning rate", 2, 4)
    model.compile(
        optimizer=keras.optimizers.SGD(10**-exponent, momentum=0.9),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    return model


def tune(x, y, max_trials, seed, directory):
    """Indices by NumPy, and Bayesian search for the best accuracy."""
    keras.utils.set_random_seed(seed)
    rows = np.random.default_rng(seed).permutation(len(x))
    train, validate = rows[: int(0.75 * len(x))], rows[int(0.75 * len(x)) :]

    def build(hp):
        model = keras.Sequential()
        model.add(keras.layers.Dense(hp.Int("units", 8, 64, step=8), activation="relu"))
        model.add(keras.layers.Dense(10, activation="softmax"))
        model.compile(
            optimizer=hp.Choice("optimizer", ["adam", "sgd", "rmsprop"]),
            loss="sparse_categorical_crossentropy",
            metrics=["accuracy"],
        )
        return model

    tuner = keras_tuner.BayesianOptimization(
        hypermodel=build,
        objective=keras_tuner.Objective("val_accuracy", direction="max"),
        max_trials=max_trials,
        num_initial_points=1,
        seed=seed,
        directory=directory,
        project_name="digits",
        overwrite=True,
    )
    tuner.search(x[train], y[train], validation_data=(x[validate], y[validate]), verbose=0)
    best = tuner.get_best_hyperparameters(1)[0]
    model = tuner.hypermodel.build(best)
    model.fit(x, y, epochs=2, verbose=0)
    return best, model
