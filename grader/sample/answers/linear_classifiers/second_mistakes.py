"""A learner whose training goes wrong: logarithms of zero, no hidden layer, a History returned."""

import keras
import numpy as np
import tensorflow as tf


def binary_cross_entropy(targets, logits):
    p = tf.sigmoid(logits)
    return tf.reduce_mean(-targets * tf.math.log(p) - (1 - targets) * tf.math.log(1 - p))


def train_softmax(x, y, num_classes, learning_rate, epochs):
    W = tf.Variable(tf.zeros((x.shape[1], num_classes)))
    b = tf.Variable(tf.zeros((num_classes,)))
    for _ in range(epochs):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(
                keras.losses.sparse_categorical_crossentropy(y, tf.nn.softmax(x @ W + b))
            )
        W.assign_sub(learning_rate * tape.gradient(loss, W))
    return W, b


def solve_xor(seed):
    keras.utils.set_random_seed(seed)
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
    y = np.array([[0], [1], [1], [0]], dtype="float32")
    model = keras.Sequential([keras.layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer="adam", loss="binary_crossentropy")
    model.fit(np.tile(x, (100, 1)), np.tile(y, (100, 1)), verbose=0)
    return model


def fit_curve(x, y, seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mse")
    return model.fit(x, y, epochs=5, verbose=0)
