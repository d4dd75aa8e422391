"""A learner whose model is nearly right: small slips in the affine map, the loss and the step."""

import numpy as np
import tensorflow as tf


def make_clouds(samples_per_class, seed):
    rng = np.random.default_rng(seed)
    cov = np.array([[1, 0.5], [0.5, 1]])
    pos = rng.multivariate_normal([3, 0], cov, samples_per_class)
    neg = rng.multivariate_normal([0, 3], cov, samples_per_class)
    X = np.vstack([neg, pos])
    y = np.vstack([np.zeros((samples_per_class, 1)), np.ones((samples_per_class, 1))])
    return X, y


def dense(inputs, W, b, activation=None):
    z = tf.matmul(inputs, W)
    if activation is not None:
        z = activation(z)
    return z + b


def square_loss(targets, predictions):
    return tf.reduce_mean((targets - predictions) ** 2)


def training_step(inputs, targets, W, b, learning_rate):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((inputs @ W + b - targets) ** 2)
    grad_W, grad_b = tape.gradient(loss, [W, b])
    W = W - learning_rate * grad_W
    b = b - learning_rate * grad_b
    return loss


def boundary_line(W, b, threshold=0.5):
    if W[1, 0] == 0:
        raise ValueError("the line is vertical")
    return -W[0, 0] / W[1, 0], -b[0] / W[1, 0]
