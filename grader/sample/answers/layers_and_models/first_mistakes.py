"""A learner whose numbers are nearly right: without biases, without a root, too far inside it."""

import keras
import numpy as np
import tensorflow as tf


def parameter_count(widths):
    total = 0
    for before, after in zip(widths[:-1], widths[1:]):
        total += before * after
    return total


def glorot_normal(shape, dtype=None):
    variance = 2 / (shape[0] + shape[1])
    return keras.random.normal(shape, stddev=variance, dtype=dtype)


class LayerNorm(keras.layers.Layer):
    def __init__(self, epsilon=1e-3):
        super().__init__()
        self.epsilon = epsilon

    def build(self, input_shape):
        self.gamma = self.add_weight(shape=(input_shape[-1],), initializer="ones")
        self.beta = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def call(self, x):
        deviation = keras.ops.std(x, axis=-1, keepdims=True)
        centred = x - keras.ops.mean(x, axis=-1, keepdims=True)
        return self.gamma * centred / (deviation + self.epsilon) + self.beta
