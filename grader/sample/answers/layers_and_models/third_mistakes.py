"""A learner whose models are drawn wrongly: too many hidden layers, a copy, no way round."""

import keras
import tensorflow as tf


def build_ticket_model(vocabulary_size, num_tags, num_departments):
    title = keras.Input((vocabulary_size,), name="title")
    text = keras.Input((vocabulary_size,), name="text_body")
    tags = keras.Input((num_tags,), name="tags")
    together = keras.layers.concatenate([title, text, tags])
    urgent = keras.layers.Dense(32, "relu")(together)
    urgent = keras.layers.Dense(1, "sigmoid", name="priority")(urgent)
    where = keras.layers.Dense(32, "relu")(together)
    where = keras.layers.Dense(num_departments, "softmax", name="department")(where)
    return keras.Model([title, text, tags], [urgent, where])


def add_difficulty_head(model, levels=3):
    model = keras.models.clone_model(model)
    hidden = model.get_layer("priority").input
    third = keras.layers.Dense(levels, "softmax", name="difficulty")(hidden)
    return keras.Model(model.inputs, [*model.outputs, third])


class ResidualBlock(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.first = keras.layers.Dense(units, "relu")
        self.second = keras.layers.Dense(units)

    def call(self, x):
        return x + self.second(self.first(x))
