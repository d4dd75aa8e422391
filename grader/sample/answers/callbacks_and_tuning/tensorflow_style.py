import keras
import keras_tuner
import numpy as np
import tensorflow as tf


def split_train_validation(x, y, fraction, seed):
    n = len(x)
    order = tf.random.experimental.stateless_shuffle(tf.range(n), seed=[seed, 7])
    validation, train = tf.split(order, [round(fraction * n), n - round(fraction * n)])
    return (tf.gather(x, train), tf.gather(y, train)), (
        tf.gather(x, validation),
        tf.gather(y, validation),
    )


def prepare(x, y, seed):
    """With what another library brings."""
    from sklearn.model_selection import train_test_split
    from sklearn.preprocessing import StandardScaler

    x_rest, x_test, y_rest, y_test = train_test_split(x, y, test_size=0.2, random_state=seed)
    x_train, x_validation, y_train, y_validation = train_test_split(
        x_rest, y_rest, test_size=0.25, random_state=seed
    )
    scaler = StandardScaler().fit(x_train)
    return (
        (scaler.transform(x_train), y_train),
        (scaler.transform(x_validation), y_validation),
        (tf.constant(scaler.transform(x_test)), tf.constant(y_test)),
    )


class LossHistory(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_batch_end(self, batch, logs=None):
        if batch == 0:
            self.losses.append([])
        self.losses[-1] += [tf.constant(logs["loss"], tf.float64)]

    def figure(self, epoch):
        from matplotlib.figure import Figure

        figure = Figure()
        axes = figure.subplots()
        axes.plot(tf.stack(self.losses[epoch]).numpy())
        figure.supxlabel("batch")
        figure.supylabel("loss")
        return figure


class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        accuracy = (logs or {}).get("accuracy", -1.0)
        reached = tf.constant(accuracy, tf.float64) >= tf.constant(self.target, tf.float64)
        self.model.stop_training = self.model.stop_training or bool(reached)


class PatientStopping(keras.callbacks.Callback):
    def __init__(self, patience, restore_best_weights):
        super().__init__()
        self.patience = patience
        self.restore_best_weights = restore_best_weights

    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 0:
            self.best, self.best_epoch = tf.constant(float("inf"), tf.float64), 0

    def on_epoch_end(self, epoch, logs=None):
        loss = tf.constant(logs.get("val_loss", logs["loss"]), tf.float64)
        if tf.less(loss, self.best):
            self.best, self.best_epoch = loss, epoch
            self.best_values = [tf.identity(weight.value) for weight in self.model.weights]
        elif epoch - self.best_epoch >= self.patience:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        if self.restore_best_weights:
            tf.nest.map_structure(
                lambda weight, value: weight.assign(value), self.model.weights, self.best_values
            )


class KeepBest(keras.callbacks.Callback):
    def __init__(self, monitor, mode):
        super().__init__()
        self.monitor, self.mode = monitor, mode
        self.best_weights, self.best = None, float("nan")

    def on_epoch_end(self, epoch, logs=None):
        value = float((logs or {}).get(self.monitor, float("nan")))
        if tf.math.is_nan(value):
            return
        first = bool(tf.math.is_nan(self.best))
        if first or (self.mode == "min" and value < self.best):
            better = True
        else:
            better = self.mode == "max" and value > self.best
        if better:
            self.best = value
            self.best_weights = [weight.numpy().copy() for weight in self.model.weights]


training_quiz = {
    "updates": tf.constant(12),
    "share_of_ones": tf.constant(1.0),
    "unwatched": 10,
    "epochs": 4,
    "loss_afterwards": tf.constant(0.7),
    "rate": 0.025,
    "reported": tf.constant(0.82),
}


def warmup_cosine(epoch, warmup, total, peak):
    if epoch < warmup:
        return float(tf.cast(peak, tf.float32) * epoch / warmup)
    part = (epoch - warmup) / (total - warmup)
    half = tf.constant(np.pi / 2)
    return peak * float(tf.square(tf.cos(half * part)))


def training_callbacks(directory):
    tf.io.gfile.makedirs(str(directory))
    callbacks = []
    callbacks.append(
        keras.callbacks.EarlyStopping(
            monitor="val_loss", patience=10, restore_best_weights=True, verbose=1
        )
    )
    callbacks.append(keras.callbacks.ReduceLROnPlateau(monitor="val_loss", patience=5, verbose=1))
    callbacks.append(
        keras.callbacks.ModelCheckpoint(
            tf.io.gfile.join(str(directory), "model.keras"), save_best_only=True, verbose=1
        )
    )
    log = tf.io.gfile.join(str(directory), "history.csv")
    callbacks.append(keras.callbacks.CSVLogger(log, separator="\t"))
    callbacks.append(keras.callbacks.TensorBoard(str(directory), update_freq="batch"))
    return callbacks


def plot_learning_curves(history):
    """The loss to the left and all else to the right, on axes laid over one another."""
    import matplotlib.pyplot as plt

    curves = dict(getattr(history, "history", history))
    figure, left = plt.subplots()
    right = left.twinx()
    colours = iter(plt.colormaps["tab10"].colors)
    for name, values in curves.items():
        axes = left if name.endswith("loss") else right
        axes.plot(range(1, 1 + len(values)), values, color=next(colours), label=name)
    left.set(xlabel="epoch", ylabel="loss")
    right.set_ylabel("others")
    figure.legend(loc="outside upper center")
    return figure


def save_everything(model, directory):
    join = tf.io.gfile.join
    directory = str(directory)
    tf.io.gfile.makedirs(directory)
    model.save(join(directory, "model.keras"), overwrite=True)
    model.save_weights(join(directory, "model.weights.h5"), overwrite=True)
    with tf.io.gfile.GFile(join(directory, "model.json"), "w") as file:
        file.write(model.to_json())
    tf.saved_model.save(model, join(directory, "export"))


def fit_loop(model, loss, optimizer, dataset, epochs):
    """Variables for the sums."""
    history = []
    for _ in range(epochs):
        total, count = tf.Variable(0.0), tf.Variable(0.0)
        for x, y in dataset:
            with tf.GradientTape() as tape:
                outputs = model(x, training=True)
                value = tf.math.reduce_mean(loss(y, outputs))
                if model.losses:
                    value += tf.math.add_n(model.losses)
            variables = model.trainable_variables
            optimizer.apply_gradients(zip(tape.gradient(value, variables), variables))
            samples = tf.cast(tf.shape(x)[0], tf.float32)
            total.assign_add(value * samples)
            count.assign_add(samples)
        history.append(total / count)
    return {"loss": history}


def build_model(hp):
    """Widths and rates in conditional scopes, a rate for each layer."""
    model = keras.Sequential([keras.Input(shape=(64,))])
    layers = hp.Int("num_layers", 1, 3, default=2)
    for i in range(3):
        with hp.conditional_scope("num_layers", list(range(i + 1, 4))):
            if layers > i:
                units = hp.Int(f"units_{i}", 16, 256, sampling="log", default=32)
                rate = hp.Float(f"dropout_{i}", 0.0, 0.6, default=0.2)
                model.add(keras.layers.Dense(units, activation=tf.nn.relu))
                model.add(keras.layers.Dropout(rate))
    model.add(keras.layers.Dense(10, activation=tf.nn.softmax))
    learning_rate = hp.Float("lr", 1e-5, 1e-1, sampling="log", default=1e-3)
    model.compile(
        optimizer=keras.optimizers.AdamW(learning_rate=learning_rate),
        loss=tf.keras.losses.sparse_categorical_crossentropy,
        metrics=["accuracy"],
    )
    return model


def tune(x, y, max_trials, seed, directory):
    """Data sets, and Hyperband cut off at the budget."""
    keras.utils.set_random_seed(seed)
    pairs = tf.data.Dataset.from_tensor_slices((x, y))
    mixed = pairs.shuffle(len(x), seed=seed, reshuffle_each_iteration=False)
    kept_back = len(x) // 5

    def build(hp):
        model = keras.Sequential([keras.Input((64,))])
        model.add(keras.layers.Dense(hp.Choice("units", [16, 32, 48, 64]), activation="relu"))
        model.add(keras.layers.Dense(10, activation="softmax"))
        optimizer = keras.optimizers.Adam(hp.Float("lr", 1e-4, 1e-2, sampling="log"))
        model.compile(optimizer, loss="sparse_categorical_crossentropy")
        return model

    tuner = keras_tuner.Hyperband(
        build, objective="val_loss", max_epochs=2, seed=seed, directory=directory
    )
    tuner.oracle.max_trials = max_trials
    tuner.search(
        mixed.skip(kept_back).batch(16),
        validation_data=mixed.take(kept_back).batch(16),
        shuffle=False,
        verbose=0,
    )
    best = tuner.get_best_hyperparameters()[0]
    model = build(best)
    model.fit(pairs.shuffle(len(x), seed=seed).batch(16), epochs=2, shuffle=False, verbose=0)
    return best.values, model
