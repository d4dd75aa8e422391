"""A learner who deals out the rows without a look at the kinds, and leaves the callback at home."""

import keras
import numpy as np


def species_project(x, y, seed):
    kinds = int(y.max()) + 1
    order = np.random.default_rng(seed).permutation(len(x))
    test, train = order[: len(x) // 5], order[len(x) // 5 :]
    scale = keras.layers.Normalization()
    scale.adapt(x[train])
    model = keras.Sequential([keras.Input((x.shape[1],)), scale, keras.layers.Dense(kinds)])
    model.add(keras.layers.Softmax())
    columns = np.column_stack([keras.ops.convert_to_numpy(scale(x[train])), np.ones(len(train))])
    lines = np.linalg.lstsq(columns, 20 * np.eye(kinds)[y[train]], rcond=None)[0]
    model.layers[1].set_weights([lines[:-1], lines[-1]])
    return {
        "model": model,
        "test_rows": test,
        "baseline": np.mean(y[test] == np.bincount(y[train]).argmax()),
        "score": np.mean(y[test] == model.predict(x[test], verbose=0).argmax(axis=1)),
    }


def capstone(points, labels, layer, loss, metric, callback, seed):
    keras.utils.set_random_seed(seed)
    order = np.random.default_rng(seed).permutation(len(labels))
    by_kind = order[np.argsort(labels[order], kind="stable")]
    test, train = by_kind[::5], np.setdiff1d(order, by_kind[::5])
    scale = keras.layers.Normalization()
    scale.adapt(points[train])
    last = keras.layers.Dense(int(labels.max()) + 1, "softmax")
    model = keras.Sequential([keras.Input((2,)), scale, layer, last])
    model.compile("adam", loss, metrics=[metric], run_eagerly=True)
    return {
        "history": model.fit(points[train], labels[train], verbose=0),
        "model": model,
        "test_rows": test,
        "baseline": np.mean(labels[test] == np.bincount(labels[train]).argmax()),
        "score": np.mean(labels[test] == model.predict(points[test], verbose=0).argmax(axis=1)),
    }
