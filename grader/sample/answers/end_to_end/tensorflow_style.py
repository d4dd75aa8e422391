import keras
import numpy as np
import tensorflow as tf


def mend_project(x, y, seed):
    """Each model remembers its best epoch by itself, in a loop over epochs."""
    order = tf.random.experimental.stateless_shuffle(tf.range(len(x)), [seed, 0]).numpy()
    test, validation, train = np.split(order, [len(x) // 5, len(x) // 5 + len(x) // 4])
    found = []
    for start in (1, 2):
        keras.utils.set_random_seed(seed + start)
        scale = keras.layers.Normalization()
        scale.adapt(tf.constant(x[train]))
        model = keras.Sequential([keras.Input(x.shape[1:]), scale])
        model.add(keras.layers.Dense(32, tf.nn.relu))
        model.add(keras.layers.Dense(1))
        model.compile(keras.optimizers.Adam(0.03), "mse", metrics=["mae"], jit_compile=False)
        rows = tf.data.Dataset.from_tensor_slices((x[train], y[train]))
        best = np.inf, None
        for epoch in range(3):
            many = rows.repeat(15).shuffle(2000, seed=seed + epoch).batch(64)
            model.fit(many, shuffle=False, verbose=0)
            error = float(tf.reduce_mean(tf.abs(y[validation] - model(x[validation]))))
            if error < best[0]:
                best = error, model.get_weights()
        model.set_weights(best[1])
        found.append((best[0], start, model))
    model = min(found)[2]
    rest = tf.gather(y, tf.concat([validation, train], axis=0))
    return {
        "model": model,
        "test_rows": tf.constant(test),
        "baseline": tf.reduce_mean(tf.abs(y[test] - tf.reduce_mean(rest))),
        "score": model.evaluate(x[test], y[test], verbose=0, return_dict=True)["mae"],
    }


def regression_project(x, y, seed):
    """A model by subclassing, and data in a dataset."""
    order = tf.random.experimental.stateless_shuffle(tf.range(len(x)), [seed, 1]).numpy()
    test, train = order[: len(x) // 5], order[len(x) // 5 :]
    keras.utils.set_random_seed(seed)

    class Scaled(keras.Model):
        def __init__(self):
            super().__init__()
            self.scale = keras.layers.Normalization()
            self.scale.adapt(x[train])
            self.hidden = keras.layers.Dense(32, tf.nn.relu)
            self.last = keras.layers.Dense(1)

        def call(self, inputs):
            return self.last(self.hidden(self.scale(inputs)))

    model = Scaled()
    model.compile(keras.optimizers.Adam(0.03), "mse", jit_compile=False)
    rows = tf.data.Dataset.from_tensor_slices((x[train], y[train]))
    model.fit(rows.repeat(40).shuffle(10_000, seed=seed).batch(64), shuffle=False, verbose=0)
    known = tf.reduce_mean(tf.gather(y, train))
    return {
        "model": model,
        "test_rows": tf.constant(test),
        "baseline": tf.reduce_mean(tf.abs(tf.gather(y, test) - known)),
        "score": tf.reduce_mean(tf.abs(tf.gather(y, test) - model(tf.gather(x, test)))),
    }


def species_project(x, y, seed):
    """A loop of its own, over all rows at once."""
    order = tf.random.experimental.stateless_shuffle(tf.range(len(x)), [seed, 2]).numpy()
    place = {int(kind): np.cumsum(y[order] == kind) for kind in set(y)}
    is_test = np.array([place[int(y[row])][i] % 5 == 0 for i, row in enumerate(order)])
    test, train = order[is_test], order[~is_test]
    keras.utils.set_random_seed(seed)
    scale = keras.layers.Normalization()
    scale.adapt(x[train])
    model = keras.Sequential(
        [
            keras.Input(x.shape[1:]),
            scale,
            keras.layers.Dense(32, tf.nn.relu),
            keras.layers.Dense(len(place), tf.nn.softmax),
        ]
    )
    optimizer = keras.optimizers.Adam(0.05)
    inputs, labels = tf.constant(x[train]), tf.constant(y[train])

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            losses = keras.losses.sparse_categorical_crossentropy(labels, model(inputs))
            loss = tf.reduce_mean(losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))

    for _ in range(120):
        step()
    commonest = tf.argmax(tf.math.bincount(tf.cast(labels, tf.int32)))
    is_right = tf.equal(tf.argmax(model(x[test]), axis=1), y[test])
    return {
        "model": model,
        "test_rows": test,
        "baseline": tf.reduce_mean(tf.cast(tf.equal(commonest, y[test]), tf.float32)),
        "score": tf.reduce_mean(tf.cast(is_right, tf.float32)),
    }


def image_project(images, labels, seed):
    """A model by subclassing, a dataset, and distances from a product of matrices."""
    order = tf.random.experimental.stateless_shuffle(tf.range(len(labels)), [seed, 3]).numpy()
    kinds = len(set(labels.tolist()))
    place = np.zeros(len(labels), int)
    for kind in range(kinds):
        rows = order[labels[order] == kind]
        place[rows] = np.arange(len(rows))
    test, train = order[place[order] % 5 == 0], order[place[order] % 5 > 0]
    keras.utils.set_random_seed(seed)
    known = tf.cast(tf.gather(images, train), tf.float32)
    mean, variance = tf.nn.moments(known, axes=[0, 1, 2])

    class Reader(keras.Model):
        def __init__(self):
            super().__init__()
            self.hidden = keras.layers.Dense(64, tf.nn.elu)
            self.last = keras.layers.Dense(kinds, tf.nn.softmax)

        def call(self, pictures):
            scaled = (tf.cast(pictures, tf.float32) - mean) / tf.sqrt(variance)
            flat = tf.reshape(scaled, (-1, scaled.shape[1] * scaled.shape[2]))
            return self.last(self.hidden(flat))

    model = Reader()
    loss = "sparse_categorical_crossentropy"
    model.compile(keras.optimizers.Adam(0.005), loss, metrics=["accuracy"], jit_compile=False)
    rows = tf.data.Dataset.from_tensor_slices((images[train], labels[train]))
    model.fit(rows.shuffle(1000, seed=seed).repeat().batch(64).take(250), shuffle=False, verbose=0)
    means = tf.math.unsorted_segment_mean(known, labels[train], kinds)
    means = tf.reshape(means, (kinds, -1))
    pixels = tf.cast(tf.reshape(images[test], (len(test), -1)), tf.float32)
    # |p - m|² is |p|² - 2 p·m + |m|², and the first is the same for all means.
    apart = tf.reduce_sum(means**2, axis=1) - 2 * pixels @ tf.transpose(means)
    is_nearest = tf.equal(tf.argmin(apart, axis=1), labels[test])
    return {
        "model": model,
        "test_rows": tf.constant(test),
        "baseline": tf.reduce_mean(tf.cast(is_nearest, tf.float32)),
        "score": model.evaluate(images[test], labels[test], verbose=0, return_dict=True)[
            "accuracy"
        ],
    }


def ticket_project(tickets, seed):
    """A model by subclassing, a dataset of pairs of dictionaries, and `evaluate` for the score."""
    count = tickets["title"].shape[0]
    order = tf.random.experimental.stateless_shuffle(tf.range(count), [seed, 3]).numpy()
    test, train = order[: count // 5], order[count // 5 :]
    keras.utils.set_random_seed(seed)
    names = ["title", "text_body", "tags"]

    class Reader(keras.Model):
        def __init__(self, departments):
            super().__init__()
            self.hidden = keras.layers.Dense(32, tf.nn.relu)
            self.priority = keras.layers.Dense(1, tf.sigmoid)
            self.department = keras.layers.Dense(departments, tf.nn.softmax)

        def call(self, inputs):
            hidden = self.hidden(tf.concat([inputs[name] for name in names], axis=1))
            return {"priority": self.priority(hidden), "department": self.department(hidden)}

    model = Reader(tickets["department"].shape[1])
    model.compile(
        keras.optimizers.Adam(0.01),
        {"priority": "binary_crossentropy", "department": "categorical_crossentropy"},
        metrics={"priority": ["accuracy"], "department": ["accuracy"]},
        jit_compile=False,
    )
    inputs = {name: tickets[name] for name in names}
    targets = {name: tickets[name] for name in tickets.keys() - inputs.keys()}

    def of(rows):
        return tf.nest.map_structure(lambda array: array[rows], (inputs, targets))

    known = tf.data.Dataset.from_tensor_slices(of(train))
    model.fit(known.repeat(10).shuffle(4000, seed=seed).batch(64), shuffle=False, verbose=0)
    found = model.evaluate(*of(test), verbose=0, return_dict=True)
    labels = tf.argmax(tickets["department"], axis=1, output_type=tf.int32)
    commonest = tf.argmax(tf.math.bincount(tf.gather(labels, train)), output_type=tf.int32)
    urgent = tf.reduce_mean(tickets["priority"][train])
    is_commonest = tf.equal(tf.gather(labels, test), commonest)
    return {
        "model": model,
        "test_rows": tf.constant(test),
        "baseline": {
            "priority": tf.reduce_mean(
                tf.cast(tickets["priority"][test] == tf.round(urgent), tf.float32)
            ),
            "department": tf.reduce_mean(tf.cast(is_commonest, tf.float32)),
        },
        "score": {name: found[f"{name}_accuracy"] for name in targets},
    }


projects_quiz = {
    "kinds_in_the_last_fifth": tf.constant(1),
    "baseline_of_the_mean": 10,
    "baseline_of_the_commonest": 1 / 4,
    "scaled_by": "train",
    "stopped_by": "validation",
    "chosen_by": "validation",
    "best_of_ten": "Too good",
    "error_in_the_unit": 2500.0,
    "none_is_urgent": 1 - 4 / 200,
    "urgent_ones_found": 0,
}


def capstone(points, labels, layer, loss, metric, callback, seed):
    """A model by subclassing, a dataset, and some rows to validate with."""
    order = tf.random.experimental.stateless_shuffle(tf.range(len(labels)), [seed, 3]).numpy()
    by_kind = tf.gather(order, tf.argsort(labels[order], stable=True)).numpy()
    test, validation = by_kind[2::5], by_kind[4::5]
    train = np.array([row for row in order if row not in test and row not in validation])
    keras.utils.set_random_seed(seed)

    class Classifier(keras.Model):
        def __init__(self):
            super().__init__()
            self.scale = keras.layers.Normalization()
            self.scale.adapt(points[train])
            self.wide = keras.layers.Dense(40, tf.nn.relu)
            self.given = layer
            self.last = keras.layers.Dense(int(max(labels)) + 1, tf.nn.softmax)

        def call(self, inputs):
            return self.last(self.given(self.wide(self.scale(inputs))))

    model = Classifier()
    model.compile(keras.optimizers.Adam(0.03), loss, metrics=[metric], jit_compile=False)
    rows = tf.data.Dataset.from_tensor_slices((points[train], labels[train]))
    history = model.fit(
        rows.repeat(10).shuffle(2000, seed=seed).batch(64),
        shuffle=False,
        validation_data=(points[validation], labels[validation]),
        epochs=5,
        callbacks=callback,
        verbose=0,
    )
    others = tf.gather(labels, tf.concat([train, validation], axis=0))
    commonest = tf.argmax(tf.math.bincount(tf.cast(others, tf.int32)))
    is_right = tf.equal(tf.argmax(model(points[test]), axis=1), labels[test])
    return {
        "model": model,
        "test_rows": tf.constant(test),
        "baseline": tf.reduce_mean(tf.cast(labels[test] == commonest.numpy(), tf.float32)),
        "score": tf.reduce_mean(tf.cast(is_right, tf.float32)),
        "history": history,
    }
