import keras
import numpy as np


def mend_project(x, y, seed):
    """The better of two is kept as weights; functional models."""
    test, known = np.split(np.random.default_rng(seed).permutation(len(x)), [round(len(x) / 5)])
    train, validation = known[len(test) :], known[: len(test)]
    scale = keras.layers.Normalization()
    scale.adapt(x[train])
    best_loss, best_model = np.inf, None
    for number in (1, 2):
        keras.utils.set_random_seed(seed * 2 + number)
        measured = keras.Input(x.shape[1:])
        hidden = keras.layers.Dense(32, "elu")(scale(measured))
        model = keras.Model(measured, keras.layers.Dense(1)(hidden))
        model.compile(keras.optimizers.Nadam(0.03), keras.losses.Huber(), jit_compile=False)
        model.fit(
            keras.ops.tile(x[train], (15, 1)),
            keras.ops.tile(y[train], (15, 1)),
            batch_size=64,
            epochs=4,
            validation_data=(x[validation], y[validation]),
            callbacks=[
                keras.callbacks.EarlyStopping("val_loss", patience=1, restore_best_weights=True)
            ],
            verbose=0,
        )
        loss = keras.ops.mean(keras.ops.abs(y[validation] - model(x[validation])))
        if loss < best_loss:
            best_loss, best_model = loss, model
    return {
        "model": best_model,
        "test_rows": test,
        "baseline": keras.ops.mean(keras.ops.abs(y[test] - keras.ops.mean(y[known]))),
        "score": keras.ops.mean(keras.ops.abs(y[test] - best_model(x[test]))),
    }


def regression_project(x, y, seed):
    """Targets scaled, and scaled back by the last layer, after the training."""
    keras.utils.set_random_seed(seed)
    rows = np.random.default_rng([seed, 7]).permutation(len(x))
    is_test = np.isin(np.arange(len(x)), rows[: len(x) // 5])
    scale = keras.layers.Normalization()
    scale.adapt(x[~is_test])
    middle, spread = np.mean(y[~is_test]), np.std(y[~is_test])
    measured = keras.Input(x.shape[1:])
    hidden = keras.layers.Dense(32, "gelu")(scale(measured))
    scaled = keras.layers.Dense(1)(hidden)
    trained = keras.Model(measured, scaled)
    trained.compile(keras.optimizers.Adam(0.03), "mse", jit_compile=False)
    many_x, many_y = keras.ops.tile(x[~is_test], (40, 1)), keras.ops.tile(y[~is_test], (40, 1))
    trained.fit(many_x, (many_y - middle) / spread, batch_size=64, verbose=0)
    model = keras.Model(measured, keras.layers.Rescaling(spread, middle)(scaled))
    return {
        "model": model,
        "test_rows": keras.ops.convert_to_tensor(np.flatnonzero(is_test)),
        "baseline": keras.ops.mean(keras.ops.abs(y[is_test] - middle)),
        "score": keras.ops.mean(keras.losses.mean_absolute_error(y[is_test], model(x[is_test]))),
    }


def species_project(x, y, seed):
    """One-hot targets, and a normalization that is learnt on the way."""
    keras.utils.set_random_seed(seed)
    kinds = int(y.max()) + 1
    order = np.random.default_rng(seed).permutation(len(y))
    of_kind = [order[y[order] == kind] for kind in range(kinds)]
    test = np.concatenate([rows[: round(len(rows) / 5)] for rows in of_kind])
    train = np.concatenate([rows[round(len(rows) / 5) :] for rows in of_kind])
    scale = keras.layers.Normalization()
    scale.adapt(x[train])
    model = keras.Sequential([keras.Input(x.shape[1:]), scale])
    model.add(keras.layers.Dense(32, "silu"))
    model.add(keras.layers.Dropout(0.1))
    model.add(keras.layers.Dense(kinds, "softmax"))
    model.compile(keras.optimizers.Adam(0.03), "categorical_crossentropy", jit_compile=False)
    targets = keras.ops.one_hot(y[train], kinds)
    model.fit(
        keras.ops.tile(x[train], (20, 1)),
        keras.ops.tile(targets, (20, 1)),
        batch_size=64,
        verbose=0,
    )
    metric = keras.metrics.SparseCategoricalAccuracy()
    metric.update_state(y[test], model(x[test]))
    commonest = keras.ops.argmax(keras.ops.bincount(y[train]))
    return {
        "model": model,
        "test_rows": test,
        "baseline": keras.ops.mean(keras.ops.cast(keras.ops.equal(y[test], commonest), "float32")),
        "score": metric.result(),
    }


def image_project(images, labels, seed):
    """Small windows over the picture, a channel axis inside, one-hot targets."""
    keras.utils.set_random_seed(seed)
    kinds = int(labels.max()) + 1
    order = np.random.default_rng(seed).permutation(len(labels))
    of_kind = [order[labels[order] == kind] for kind in range(kinds)]
    test = np.concatenate([rows[: round(len(rows) / 5)] for rows in of_kind])
    of_kind = [rows[round(len(rows) / 5) :] for rows in of_kind]
    train = np.concatenate(of_kind)
    brightest = float(np.max(images[train]))
    pictures = keras.Input(images.shape[1:])
    grey = keras.layers.Reshape((*images.shape[1:], 1))(pictures / brightest)
    windows = keras.layers.Conv2D(12, 3, activation="relu")(grey)
    pooled = keras.layers.Flatten()(keras.layers.MaxPooling2D()(windows))
    outputs = keras.layers.Dense(kinds, "softmax")(pooled)
    model = keras.Model(pictures, outputs)
    model.compile(keras.optimizers.Nadam(0.01), "categorical_crossentropy", jit_compile=False)
    drawn = np.random.default_rng(seed).choice(train, 12_800)
    model.fit(images[drawn], keras.ops.one_hot(labels[drawn], kinds), batch_size=64, verbose=0)
    floats = keras.ops.cast(images, "float32")
    means = keras.ops.stack(
        [keras.ops.mean(keras.ops.take(floats, rows, axis=0), axis=0) for rows in of_kind]
    )
    apart = keras.ops.take(floats, test, axis=0)[:, None] - means
    nearest = keras.ops.argmin(keras.ops.sum(keras.ops.square(apart), axis=(2, 3)), axis=1)
    metric = keras.metrics.SparseCategoricalAccuracy()
    metric.update_state(labels[test], model(images[test]))
    return {
        "model": model,
        "test_rows": test,
        "baseline": keras.ops.mean(
            keras.ops.cast(keras.ops.equal(nearest, labels[test]), "float32")
        ),
        "score": metric.result(),
    }


def ticket_project(tickets, seed):
    """A hidden layer for each input, labels in place of one-hot targets, metrics for scores."""
    order = np.random.default_rng([seed, 5]).permutation(len(tickets["tags"]))
    test, train = order[: len(order) // 5], order[len(order) // 5 :]
    keras.utils.set_random_seed(seed)
    names = "tags", "text_body", "title"
    inputs = {name: keras.Input(tickets[name].shape[1:], name=name) for name in names}
    each = [keras.layers.Dense(16, "relu")(place) for place in inputs.values()]
    hidden = keras.layers.Dropout(0.1)(keras.layers.Concatenate()(each))
    kinds = tickets["department"].shape[-1]
    outputs = {
        "department": keras.layers.Softmax()(keras.layers.Dense(kinds)(hidden)),
        "priority": keras.layers.Dense(1, "sigmoid")(hidden),
    }
    model = keras.Model(inputs, outputs)
    model.compile(
        keras.optimizers.Nadam(0.01),
        loss={
            "priority": keras.losses.BinaryCrossentropy(),
            "department": keras.losses.SparseCategoricalCrossentropy(),
        },
        jit_compile=False,
    )
    labels = keras.ops.argmax(tickets["department"], axis=1)
    targets = {"priority": tickets["priority"], "department": labels}
    model.fit(
        {name: keras.ops.tile(tickets[name][train], (10, 1)) for name in inputs},
        {
            "priority": keras.ops.tile(targets["priority"][train], (10, 1)),
            "department": keras.ops.tile(keras.ops.take(labels, train), (10,)),
        },
        batch_size=64,
        verbose=0,
    )
    chances = model({name: tickets[name][test] for name in inputs})
    is_urgent = keras.ops.mean(tickets["priority"][train]) > 0.5
    commonest = keras.ops.argmax(keras.ops.sum(tickets["department"][train], axis=0))
    right = keras.ops.take(labels, test)
    return {
        "model": model,
        "test_rows": test,
        "baseline": {
            "priority": keras.ops.mean(
                keras.ops.cast(tickets["priority"][test] == is_urgent, "float32")
            ),
            "department": keras.ops.mean(
                keras.ops.cast(keras.ops.equal(right, commonest), "float32")
            ),
        },
        "score": {
            "priority": keras.ops.mean(
                keras.metrics.binary_accuracy(tickets["priority"][test], chances["priority"])
            ),
            "department": keras.ops.mean(
                keras.metrics.sparse_categorical_accuracy(right, chances["department"])
            ),
        },
    }


projects_quiz = {
    "kinds_in_the_last_fifth": 1,
    "baseline_of_the_mean": 10.0,
    "baseline_of_the_commonest": 0.25,
    "scaled_by": "train",
    "stopped_by": "validation",
    "chosen_by": "validation",
    "best_of_ten": ["too good"],
    "error_in_the_unit": keras.ops.convert_to_tensor(2500),
    "none_is_urgent": 0.98,
    "urgent_ones_found": keras.ops.zeros(()),
}


def capstone(points, labels, layer, loss, metric, callback, seed):
    """The network is trained on scaled points, and the scaling put before it afterwards."""
    keras.utils.set_random_seed(seed)
    kinds = int(keras.ops.max(labels)) + 1
    order = np.random.default_rng(seed).permutation(len(labels))
    fifths = [np.array_split(order[labels[order] == kind], 5) for kind in range(kinds)]
    test = np.concatenate([parts[-1] for parts in fifths])
    train = np.concatenate([part for parts in fifths for part in parts[:-1]])
    scale = keras.layers.Normalization()
    scale.adapt(points[train])
    network = keras.Sequential(
        [
            keras.layers.Dense(48, "gelu"),
            layer,
            keras.layers.Dense(kinds),
            keras.layers.Softmax(),
        ]
    )
    network.compile(keras.optimizers.Nadam(0.02), loss, metrics=[metric], jit_compile=False)
    history = network.fit(
        keras.ops.tile(scale(points[train]), (8, 1)),
        keras.ops.tile(labels[train], (8,)),
        batch_size=64,
        epochs=5,
        callbacks=[callback],
        verbose=0,
    )
    model = keras.Sequential([keras.Input((2,)), scale, network])
    hits = keras.metrics.SparseCategoricalAccuracy()
    hits.update_state(labels[test], model(points[test]))
    commonest = keras.ops.argmax(keras.ops.bincount(labels[train]))
    return {
        "model": model,
        "test_rows": keras.ops.convert_to_tensor(test),
        "baseline": keras.ops.mean(
            keras.ops.cast(keras.ops.equal(labels[test], commonest), "float32")
        ),
        "score": hits.result(),
        "history": history,
    }
