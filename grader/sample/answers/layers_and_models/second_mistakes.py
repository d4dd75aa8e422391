"""A learner whose layers forget: their weights, their activation, whether they train."""

import keras
import tensorflow as tf


class SimpleDense(keras.layers.Layer):
    def __init__(self, units, activation=None):
        super().__init__()
        self.units = units
        self.act = keras.activations.get(activation)

    def build(self, input_shape):
        self.W = tf.Variable(tf.random.normal((input_shape[-1], self.units)))
        self.b = tf.Variable(tf.zeros(self.units))

    def call(self, x):
        return self.act(tf.matmul(x, self.W) + self.b)


class MySequential(keras.Model):
    def __init__(self, layers):
        super().__init__()
        self.steps = layers

    def call(self, x):
        for step in self.steps:
            x = step(x, training=False)
        return x


class MyDense(keras.layers.Layer):
    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.act = keras.activations.get(activation)

    def build(self, input_shape):
        self.W = self.add_weight(shape=(input_shape[-1], self.units), name="W")
        self.b = self.add_weight(shape=(self.units,), name="b")

    def call(self, x):
        return self.act(keras.ops.matmul(x, self.W) + self.b)

    def get_config(self):
        config = super().get_config()
        config["units"] = self.units
        return config
