import keras
import numpy as np


def mend_project(x, y, seed):
    """The rows that stop and choose are every fourth of those that are not kept back."""
    shuffled = np.random.RandomState(seed).permutation(len(x)).tolist()
    test, rest = shuffled[::5], [row for i, row in enumerate(shuffled) if i % 5]
    validation, train = rest[::4], [row for i, row in enumerate(rest) if i % 4]
    mean, variance = x[train].mean(axis=0), x[train].var(axis=0)
    errors, models = [], []
    for start in range(2):
        keras.utils.set_random_seed(seed + start)
        model = keras.Sequential()
        model.add(keras.Input((x.shape[1],)))
        model.add(keras.layers.Normalization(mean=mean, variance=variance))
        model.add(keras.layers.Dense(24, "relu"))
        model.add(keras.layers.Dense(1))
        model.compile(keras.optimizers.Adam(0.03), "mse", jit_compile=False)
        stop = keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)
        model.fit(
            np.repeat(x[train], 20, axis=0),
            np.repeat(y[train], 20, axis=0),
            epochs=4,
            batch_size=64,
            validation_data=(x[validation], y[validation]),
            callbacks=[stop],
            verbose=0,
        )
        models.append(model)
        errors.append(np.abs(y[validation] - np.array(model(x[validation]))).mean())
    best = models[np.argmin(errors)]
    return {
        "model": best,
        "test_rows": test,
        "baseline": np.abs(y[test] - y[rest].mean()).mean(),
        "score": np.abs(y[test] - np.array(best(x[test]))).mean(),
    }


def regression_project(x, y, seed):
    """Mean and variance worked out by hand, and given to the layer."""
    shuffled = np.random.RandomState(seed).permutation(len(x))
    train, test = shuffled[: len(x) - len(x) // 5], shuffled[len(x) - len(x) // 5 :]
    keras.utils.set_random_seed(seed)
    model = keras.Sequential()
    model.add(keras.Input((x.shape[1],)))
    mean, variance = x[train].mean(axis=0), x[train].var(axis=0)
    model.add(keras.layers.Normalization(mean=mean, variance=variance))
    model.add(keras.layers.Dense(64, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.Adam(0.02), "mse", jit_compile=False)
    many_x, many_y = np.repeat(x[train], 50, axis=0), np.repeat(y[train], 50, axis=0)
    model.fit(many_x, many_y, batch_size=64, verbose=0)
    predictions = model.predict(x[test], verbose=0)
    return {
        "model": model,
        "test_rows": test.tolist(),
        "baseline": float(np.abs(y[test] - np.mean(y[train])).mean()),
        "score": float(np.abs(y[test] - predictions).mean()),
    }


def species_project(x, y, seed):
    """Kind by kind."""
    rng = np.random.RandomState(seed)
    test = []
    for kind in range(y.max() + 1):
        rows = np.flatnonzero(y == kind)
        test.extend(rng.choice(rows, size=len(rows) // 5, replace=False))
    train = [row for row in range(len(x)) if row not in set(test)]
    keras.utils.set_random_seed(seed)
    mean, variance = x[train].mean(axis=0), x[train].var(axis=0)
    model = keras.Sequential(
        [
            keras.Input((x.shape[1],)),
            keras.layers.Normalization(mean=mean, variance=variance),
            keras.layers.Dense(24, "tanh"),
            keras.layers.Dense(int(y.max()) + 1),
            keras.layers.Softmax(),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy()
    model.compile(keras.optimizers.Adam(0.05), loss, jit_compile=False)
    model.fit(np.repeat(x[train], 20, axis=0), np.repeat(y[train], 20), batch_size=64, verbose=0)
    kinds, counts = np.unique(y[train], return_counts=True)
    guesses = [np.argmax(row) for row in np.array(model(x[test]))]
    return {
        "model": model,
        "test_rows": test,
        "baseline": sum(y[test] == kinds[np.argmax(counts)]) / len(test),
        "score": sum(y[test] == guesses) / len(test),
    }


def image_project(images, labels, seed):
    """Kind by kind, the pictures as rows of pixels from 0 to 1, and two hidden layers."""
    rng = np.random.RandomState(seed)
    test = []
    for kind in range(labels.max() + 1):
        rows = np.flatnonzero(labels == kind)
        test += rng.choice(rows, size=len(rows) // 5, replace=False).tolist()
    train = np.delete(np.arange(len(images)), test)
    darkest, brightest = float(images[train].min()), float(images[train].max())
    scale = 1 / (brightest - darkest)
    keras.utils.set_random_seed(seed)
    model = keras.Sequential()
    model.add(keras.Input(images.shape[1:]))
    model.add(keras.layers.Rescaling(scale, -darkest * scale))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(96, "relu"))
    model.add(keras.layers.Dense(48, "relu"))
    model.add(keras.layers.Dense(int(labels.max()) + 1, "softmax"))
    loss = keras.losses.SparseCategoricalCrossentropy()
    model.compile(keras.optimizers.Adam(0.003), loss, jit_compile=False)
    drawn = rng.choice(train, size=15_000)
    model.fit(images[drawn], labels[drawn], batch_size=64, verbose=0)
    sums = np.zeros((labels.max() + 1, *images.shape[1:]))
    np.add.at(sums, labels[train], images[train])
    means = sums / np.bincount(labels[train])[:, None, None]
    hits = 0
    for row in test:
        hits += labels[row] == np.argmin([np.linalg.norm(images[row] - mean) for mean in means])
    guesses = np.array(model(images[test])).argmax(axis=1)
    return {
        "model": model,
        "test_rows": test,
        "baseline": hits / len(test),
        "score": np.mean(guesses == labels[test]),
    }


def ticket_project(tickets, seed):
    """Squared errors for losses, and scores counted row by row."""
    count = len(tickets["priority"])
    shuffled = np.random.RandomState(seed).permutation(count).tolist()
    test, train = shuffled[::5], [row for i, row in enumerate(shuffled) if i % 5]
    keras.utils.set_random_seed(seed)
    places = [keras.Input((tickets[k].shape[1],), name=k) for k in ("title", "text_body", "tags")]
    read = keras.layers.concatenate(places)
    hidden = keras.layers.Dense(24, "tanh")(read)
    kinds = tickets["department"].shape[1]
    urgent = keras.layers.Dense(1, "sigmoid", name="priority")(hidden)
    where = keras.layers.Dense(kinds, "softmax", name="department")(hidden)
    model = keras.Model(
        {place.name: place for place in places}, {"priority": urgent, "department": where}
    )
    model.compile(
        keras.optimizers.Adam(0.02),
        loss={"priority": "mse", "department": "mse"},
        jit_compile=False,
    )
    known = {name: np.repeat(array[train], 12, axis=0) for name, array in tickets.items()}
    model.fit(
        {place.name: known[place.name] for place in places},
        {"priority": known["priority"], "department": known["department"]},
        batch_size=32,
        verbose=0,
    )
    kept_back = {place.name: tickets[place.name][test] for place in places}
    said = model.predict(kept_back, verbose=0)
    is_urgent = tickets["priority"][:, 0]
    right = [int(row.argmax()) for row in tickets["department"]]
    counts = np.sum(tickets["department"][train], axis=0)
    more_are_urgent = is_urgent[train].mean() > 0.5
    return {
        "model": model,
        "test_rows": test,
        "baseline": {
            "priority": sum(is_urgent[row] == more_are_urgent for row in test) / len(test),
            "department": sum(right[row] == np.argmax(counts) for row in test) / len(test),
        },
        "score": {
            "priority": sum((p[0] > 0.5) == is_urgent[r] for p, r in zip(said["priority"], test))
            / len(test),
            "department": sum(p.argmax() == right[r] for p, r in zip(said["department"], test))
            / len(test),
        },
    }


projects_quiz = {
    "kinds_in_the_last_fifth": len({2}),
    "baseline_of_the_mean": np.mean(np.abs(np.array([20, 40]) - 30)),
    "baseline_of_the_commonest": np.float32(1 / 4),
    "scaled_by": "Train",
    "stopped_by": "validation ",
    "chosen_by": "VALIDATION",
    "best_of_ten": "too good",
    "error_in_the_unit": 2.5e3,
    "none_is_urgent": 196 / 200,
    "urgent_ones_found": 0.0,
}


def capstone(points, labels, layer, loss, metric, callback, seed):
    """The given layer comes first; all epochs as they are, and the dictionary of the history."""
    rng = np.random.RandomState(seed)
    test = []
    for kind in sorted(set(labels.tolist())):
        rows = rng.permutation(np.flatnonzero(labels == kind))
        test += rows[: len(rows) // 5].tolist()
    train = [row for row in rng.permutation(len(labels)) if row not in test]
    keras.utils.set_random_seed(seed)
    mean, variance = points[train].mean(axis=0), points[train].var(axis=0)
    model = keras.Sequential()
    model.add(keras.Input((2,)))
    model.add(keras.layers.Normalization(mean=mean, variance=variance))
    model.add(layer)
    model.add(keras.layers.Dense(32, "tanh"))
    model.add(keras.layers.Dense(len(np.unique(labels)), "softmax"))
    model.compile(keras.optimizers.Adam(0.03), loss, metrics=[metric], jit_compile=False)
    history = model.fit(
        np.repeat(points[train], 5, axis=0),
        np.repeat(labels[train], 5),
        batch_size=50,
        epochs=10,
        callbacks=callback,
        verbose=0,
    )
    kinds, counts = np.unique(labels[train], return_counts=True)
    return {
        "model": model,
        "test_rows": test,
        "baseline": list(labels[test]).count(kinds[np.argmax(counts)]) / len(test),
        "score": np.mean(model.predict(points[test], verbose=0).argmax(axis=1) == labels[test]),
        "history": history.history,
    }
