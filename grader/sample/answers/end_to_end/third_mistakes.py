"""A learner who asks the test rows which model is best, and trusts built-in losses alone."""

import keras
import numpy as np
import tensorflow as tf


def mend_project(x, y, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    test, rest = order[: len(x) // 5], order[len(x) // 5 :]
    scale = keras.layers.Normalization()
    scale.adapt(x[rest])
    tried = {}
    for rows in (rest, rest[::2]):
        columns = tf.concat([scale(x[rows]), tf.ones((len(rows), 1))], axis=1)
        line = tf.linalg.lstsq(columns, tf.constant(y[rows]))
        model = keras.Sequential([keras.Input((x.shape[1],)), scale, keras.layers.Dense(1)])
        model.layers[-1].set_weights([line[:-1], line[-1]])
        tried[float(tf.reduce_mean(tf.abs(y[test] - model(x[test]))))] = model
    return {
        "model": tried[min(tried)],
        "test_rows": test,
        "baseline": tf.reduce_mean(tf.abs(y[test] - y[rest].mean())),
        "score": min(tried),
    }


def capstone(points, labels, layer, loss, metric, callback, seed):
    keras.utils.set_random_seed(seed)
    order = np.random.default_rng(seed).permutation(len(labels))
    test = tf.gather(order, tf.argsort(labels[order], stable=True))[::5].numpy()
    train = np.setdiff1d(order, test)
    scale = keras.layers.Normalization()
    scale.adapt(points[train])
    last = keras.layers.Dense(int(labels.max()) + 1, tf.nn.softmax)
    model = keras.Sequential([keras.Input((2,)), scale, layer, last])
    loss = keras.losses.SparseCategoricalCrossentropy()
    model.compile("adam", loss, metrics=[metric], run_eagerly=True)
    history = model.fit(points[train], labels[train], callbacks=[callback], verbose=0)
    commonest = tf.argmax(tf.math.bincount(tf.cast(labels[train], tf.int32))).numpy()
    is_right = labels[test] == tf.argmax(model(points[test]), axis=1).numpy()
    return {
        "model": model,
        "test_rows": test,
        "baseline": np.mean(labels[test] == commonest),
        "score": np.mean(is_right),
        "history": history,
    }
