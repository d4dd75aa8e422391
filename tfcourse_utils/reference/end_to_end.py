"""Right answers of chapter 7: whole projects, from raw data to a model and an honest score."""

import keras
import numpy as np


def mend_project(x, y, seed):
    """Return a model that predicts a number, the better of two trainings, and how good it is.

    Args:
        x: raw measurements, float32 of shape (n, d), the columns on unlike scales.
        y: what is to be predicted, float32 of shape (n, 1).
        seed: decides the rows of the test and the model.

    Returns:
        A dictionary of "model", a trained Keras model from raw measurements to predictions;
        "test_rows", the numbers of the rows kept back, a fifth of them; "baseline", the mean
        absolute error on these rows of always saying the mean target of all others; "score",
        the model's mean absolute error on these rows.
    """
    fifth, shuffled = len(x) // 5, np.random.default_rng(seed).permutation(len(x))
    held_back, validation, used = np.split(shuffled, [fifth, 2 * fifth])
    scaling = keras.layers.Normalization()
    scaling.adapt(x[used])
    models = {}
    for start in (seed, seed + 1):
        keras.utils.set_random_seed(start)
        measured = keras.Input(x.shape[1:])
        bent = keras.layers.Dense(24, activation="relu")(scaling(measured))
        model = keras.Model(measured, keras.layers.Dense(1)(bent))
        model.compile(keras.optimizers.Nadam(0.03), "mae", jit_compile=False)
        history = model.fit(
            x[used].repeat(10, axis=0),
            y[used].repeat(10, axis=0),
            batch_size=64,
            epochs=5,
            validation_data=(x[validation], y[validation]),
            callbacks=[keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)],
            verbose=0,
        )
        models[min(history.history["val_loss"])] = model
    best = models[min(models)]
    others = np.concatenate([validation, used])
    return {
        "model": best,
        "test_rows": held_back,
        "baseline": np.abs(y[held_back] - y[others].mean()).mean(),
        "score": np.abs(y[held_back] - best(x[held_back])).mean(),
    }


def regression_project(x, y, seed):
    """Return a model that predicts a number from raw measurements, and how good it is.

    Args:
        x: raw measurements, float32 of shape (n, d), the columns on unlike scales.
        y: what is to be predicted, float32 of shape (n, 1).
        seed: decides the rows of the test and the model.

    Returns:
        A dictionary of "model", a trained Keras model from raw measurements (m, d) to
        predictions (m, 1) in the unit of y; "test_rows", the numbers of the rows kept back, a
        fifth of them; "baseline", the mean absolute error on these rows of always saying the
        mean target of all others; "score", the model's mean absolute error on these rows.
    """
    keras.utils.set_random_seed(seed)
    order = np.random.default_rng(seed).permutation(len(x))
    test, train = np.split(order, [len(x) // 5])
    scale = keras.layers.Normalization()
    scale.adapt(x[train])
    model = keras.Sequential(
        [
            keras.Input(x.shape[1:]),
            scale,
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(1),
        ]
    )
    model.compile(keras.optimizers.Adam(0.03), "mean_absolute_error", jit_compile=False)
    # One epoch over 40 copies takes a tenth of the time of 40 epochs over so few rows.
    many_x, many_y = np.tile(x[train], (40, 1)), np.tile(y[train], (40, 1))
    model.fit(many_x, many_y, batch_size=64, verbose=0)
    return {
        "model": model,
        "test_rows": test,
        "baseline": np.mean(np.abs(y[test] - y[train].mean())),
        "score": np.mean(np.abs(y[test] - model(x[test]))),
    }


def species_project(x, y, seed):
    """Return a model that tells several kinds apart, and how good it is.

    Args:
        x: raw measurements, float32 of shape (n, d), the columns on unlike scales.
        y: labels from 0 to k - 1, integers of shape (n,).
        seed: decides the rows of the test and the model.

    Returns:
        A dictionary of "model", a trained Keras model from raw measurements (m, d) to the
        probabilities of the k kinds (m, k); "test_rows", the numbers of the rows kept back, a
        fifth of those of each kind; "baseline", the accuracy on these rows of always saying the
        commonest kind of all others; "score", the model's accuracy on these rows.
    """
    keras.utils.set_random_seed(seed)
    order = np.random.default_rng(seed).permutation(len(x))
    by_kind = order[np.argsort(y[order], kind="stable")]
    test = by_kind[::5]
    train = np.setdiff1d(order, test)
    scale = keras.layers.Normalization()
    scale.adapt(x[train])
    model = keras.Sequential(
        [
            keras.Input(x.shape[1:]),
            scale,
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(len(np.unique(y)), activation="softmax"),
        ]
    )
    loss = "sparse_categorical_crossentropy"
    model.compile(keras.optimizers.Adam(0.03), loss, jit_compile=False)
    model.fit(np.tile(x[train], (20, 1)), np.tile(y[train], 20), batch_size=64, verbose=0)
    return {
        "model": model,
        "test_rows": test,
        "baseline": np.mean(y[test] == np.argmax(np.bincount(y[train]))),
        "score": np.mean(y[test] == np.argmax(model(x[test]), axis=1)),
    }


def image_project(images, labels, seed):
    """Return a model that says what a picture shows, and how good it is.

    Args:
        images: pictures (n, h, w) with pixels in any range, whole numbers or float.
        labels: what they show, integers from 0 to k - 1 of shape (n,).
        seed: decides the rows of the test and the model.

    Returns:
        A dictionary of "model", a trained Keras model from raw pictures (m, h, w) to the
        probabilities of the k kinds (m, k); "test_rows", the numbers of the rows kept back, a
        fifth of those of each kind; "baseline", the accuracy on these rows of saying the kind
        whose mean image, of all other rows, is nearest: the sum of the squared differences of
        the pixels is least; "score", the model's accuracy on these rows.
    """
    keras.utils.set_random_seed(seed)
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(images))
    test = order[np.argsort(labels[order], kind="stable")][::5]
    train = np.setdiff1d(order, test)
    kinds = np.unique(labels)
    means = [images[train][labels[train] == kind].mean(axis=0) for kind in kinds]
    apart = [np.square(images[test] - mean).sum(axis=(1, 2)) for mean in means]
    scale = keras.layers.Normalization(axis=None)
    scale.adapt(images[train])
    model = keras.Sequential(
        [
            keras.Input(images.shape[1:]),
            scale,
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(len(kinds), activation="softmax"),
        ]
    )
    loss = "sparse_categorical_crossentropy"
    model.compile(keras.optimizers.Adam(0.003), loss, jit_compile=False)
    # As many steps for 300 pictures as for 60 000: few are seen often, many once.
    drawn = generator.choice(train, 20_000)
    model.fit(images[drawn], labels[drawn], batch_size=64, verbose=0)
    return {
        "model": model,
        "test_rows": test,
        "baseline": np.mean(labels[test] == np.argmin(apart, axis=0)),
        "score": np.mean(labels[test] == np.argmax(model(images[test]), axis=1)),
    }


def ticket_project(tickets, seed):
    """Return a model that tells the priority and the department of tickets, and how good it is.

    Args:
        tickets: a dictionary of float32 arrays with n rows: the inputs "title", "text_body" and
            "tags" of any width, and the targets "priority", 0 or 1 of shape (n, 1), and
            "department", one-hot of shape (n, k).
        seed: decides the rows of the test and the model.

    Returns:
        A dictionary of "model", a trained Keras model from a dictionary of the three inputs to
        one of two outputs: "priority", chances (m, 1), and "department", probabilities (m, k);
        "test_rows", the numbers of the rows kept back, a fifth of them; "baseline" and "score",
        dictionaries of accuracies on these rows, one for each output: of always saying what is
        commonest in all other rows, and of the model.
    """
    keras.utils.set_random_seed(seed)
    order = np.random.default_rng(seed).permutation(len(tickets["title"]))
    test, train = np.split(order, [len(order) // 5])
    names = "title", "text_body", "tags"
    inputs = {name: keras.Input(tickets[name].shape[1:], name=name) for name in names}
    hidden = keras.layers.Concatenate()([inputs[name] for name in names])
    hidden = keras.layers.Dense(32, activation="relu")(hidden)
    departments = tickets["department"].shape[1]
    outputs = {
        "priority": keras.layers.Dense(1, activation="sigmoid")(hidden),
        "department": keras.layers.Dense(departments, activation="softmax")(hidden),
    }
    model = keras.Model(inputs, outputs)
    loss = {"priority": "binary_crossentropy", "department": "categorical_crossentropy"}
    model.compile(keras.optimizers.Adam(0.01), loss, jit_compile=False)
    many = {name: np.tile(array[train], (10, 1)) for name, array in tickets.items()}
    x, y = ({name: many[name] for name in part} for part in (inputs, outputs))
    model.fit(x, y, batch_size=64, verbose=0)

    def said(answers):
        """Return what chances say: urgent or not, and the number of a department."""
        return {
            "priority": answers["priority"][:, 0] > 0.5,
            "department": np.argmax(answers["department"], axis=1),
        }

    right, found = said(tickets), said(model({name: tickets[name][test] for name in names}))
    commonest = {name: np.argmax(np.bincount(right[name][train])) for name in outputs}
    return {
        "model": model,
        "test_rows": test,
        "baseline": {name: np.mean(right[name][test] == commonest[name]) for name in outputs},
        "score": {name: np.mean(right[name][test] == found[name]) for name in outputs},
    }


projects_quiz = {
    # 1. 150 irises, the first 50 of one kind, then 50 of the second, 50 of the third. The last 30
    #    rows are kept back for the test. How many kinds are among them?
    "kinds_in_the_last_fifth": 1,
    # 2. Targets of the training rows: [10, 20, 60]; of the test rows: [20, 40]. The mean absolute
    #    error, on the test rows, of always saying the mean training target:
    "baseline_of_the_mean": 10,
    # 3. Labels of the training rows: [0, 0, 0, 1, 2]; of the test rows: [0, 1, 1, 2]. The accuracy,
    #    on the test rows, of always saying the commonest training label:
    "baseline_of_the_commonest": 0.25,
    # 4. What is a `Normalization` layer adapted to: "train", "test" or "all" rows?
    "scaled_by": "train",
    # 5. Which rows does early stopping watch: "train", "validation" or "test"?
    "stopped_by": "validation",
    # 6. By which is the best of ten models chosen: "train", "validation" or "test"?
    "chosen_by": "validation",
    # 7. Ten models that are equally good are tried on the same test rows, and the best score is
    #    reported. Compared with what new data will give, it is "too good", "right" or "too bad":
    "best_of_ten": "too good",
    # 8. A model was trained on prices divided by 1000. Its mean absolute error is 2.5 there. In
    #    the unit of the prices it is:
    "error_in_the_unit": 2500,
    # 9. 200 tickets, 4 of them urgent. The accuracy of a model that calls none of them urgent:
    "none_is_urgent": 0.98,
    # 10. And its recall: the share of the urgent ones that it finds.
    "urgent_ones_found": 0,
}


def capstone(points, labels, layer, loss, metric, callback, seed):
    """Return a model that sorts the points of a plane, made with parts that are given.

    Args:
        points: float32 of shape (n, 2), the two columns on unlike scales.
        labels: from 0 to k - 1, integers of shape (n,).
        layer: a Keras layer, which becomes a hidden one of the model.
        loss: of labels and probabilities; the model is trained by it.
        metric: of labels and probabilities; it is worked out in every epoch.
        callback: a `keras.callbacks.Callback` that watches the training.
        seed: decides the rows of the test and the model.

    Returns:
        A dictionary of "model", a trained Keras model from raw points (m, 2) to the
        probabilities of the k kinds (m, k); "test_rows", the numbers of the rows kept back, a
        fifth of those of each kind; "baseline", the accuracy on these rows of always saying the
        commonest kind of all others; "score", the model's accuracy on these rows; "history", the
        History of the training.
    """
    keras.utils.set_random_seed(seed)
    lots = np.random.default_rng(seed).random(len(labels))
    test = np.argsort(labels + lots)[::5]  # by label, and rows of one label by lot
    train = np.delete(np.arange(len(labels)), test)
    scale = keras.layers.Normalization()
    scale.adapt(points[train])
    model = keras.Sequential(
        [
            keras.Input((2,)),
            scale,
            keras.layers.Dense(32, activation="relu"),
            layer,
            keras.layers.Dense(int(labels.max()) + 1, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.02), loss, metrics=[metric], jit_compile=False)
    history = model.fit(
        np.tile(points[train], (5, 1)),
        np.tile(labels[train], 5),
        batch_size=50,
        epochs=8,
        callbacks=[callback],
        verbose=0,
    )
    commonest = np.bincount(labels[train]).argmax()
    return {
        "model": model,
        "test_rows": test,
        "baseline": np.mean(labels[test] == commonest),
        "score": np.mean(labels[test] == np.argmax(model(points[test]), axis=1)),
        "history": history,
    }
