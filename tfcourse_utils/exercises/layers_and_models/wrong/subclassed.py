"""How `TicketModel` goes wrong."""

from __future__ import annotations

import keras
import tensorflow as tf

from ..tickets import TicketModel


class _Twin(keras.Model):
    """The ticket model, in parts that go wrong one by one."""

    def __init__(self, departments, first="sigmoid", second="softmax"):
        super().__init__()
        self.hidden = keras.layers.Dense(16, activation="relu")
        self.priority = keras.layers.Dense(1, activation=first)
        self.department = keras.layers.Dense(departments, activation=second)

    def join(self, inputs):
        return tf.concat([inputs["title"], inputs["text_body"], inputs["tags"]], axis=1)

    def call(self, inputs):
        hidden = self.hidden(self.join(inputs))
        return self.priority(hidden), self.department(hidden)


@TicketModel.wrong(
    "outputs exchanged", says="The department comes first. The order is priority, then department."
)
class Exchanged(_Twin):
    def call(self, inputs):
        return super().call(inputs)[::-1]


@TicketModel.wrong(
    "softmax over one unit",
    says="The priority is always 1: a softmax over a single unit can't be anything else. Which "
    "activation makes a probability of one number?",
)
class SoftmaxOverOne(_Twin):
    def __init__(self, departments):
        super().__init__(departments, first="softmax")


@TicketModel.wrong(
    "sigmoids for the department",
    says="The probabilities of the departments don't sum to 1. A ticket goes to one of them: "
    "which activation shares 1 among several units?",
)
class Sigmoids(_Twin):
    def __init__(self, departments):
        super().__init__(departments, second="sigmoid")


@TicketModel.wrong(
    "linear outputs",
    says="The outputs are any numbers, not probabilities: the output layers lack an activation.",
)
class Linear(_Twin):
    def __init__(self, departments):
        super().__init__(departments, first=None, second=None)


@TicketModel.wrong(
    "layers made in call",
    says="The model has fewer weights than it should: a layer that is made in `call` is a new one "
    "at every call, with new weights, and Keras knows of none of them. Make layers in `__init__`.",
)
class MadeInCall(_Twin):
    def __init__(self, departments):
        super().__init__(departments)
        self.count = departments

    def call(self, inputs):
        features = self.join(inputs)
        hidden = keras.layers.Dense(16, "relu", kernel_initializer="ones")(features)
        priority = keras.layers.Dense(1, "sigmoid", kernel_initializer="zeros")(hidden)
        department = keras.layers.Dense(self.count, "softmax", kernel_initializer="zeros")
        return priority, department(hidden)


@TicketModel.wrong(
    "hidden layer made in call",
    says="The model has the weights of its outputs, and none in front of them: a hidden layer that "
    "is made in `call` is a new one at every call. Make it in `__init__`.",
)
class HiddenMadeInCall(keras.Model):
    def __init__(self, departments):
        super().__init__()
        self.priority = keras.layers.Dense(1, activation="sigmoid")
        self.department = keras.layers.Dense(departments, activation="softmax")

    def call(self, inputs):
        features = tf.concat([inputs["title"], inputs["text_body"], inputs["tags"]], axis=1)
        hidden = keras.layers.Dense(16, activation="relu")(features)
        return self.priority(hidden), self.department(hidden)


@TicketModel.wrong(
    "a hidden layer each",
    says="Each output has a hidden layer of its own. Both should get what one hidden layer gives.",
)
class HiddenEach(_Twin):
    def __init__(self, departments):
        super().__init__(departments)
        self.other = keras.layers.Dense(16, activation="relu")

    def call(self, inputs):
        features = self.join(inputs)
        return self.priority(self.hidden(features)), self.department(self.other(features))


@TicketModel.wrong(
    "the department sees the priority",
    says="One output is computed from the other. Both should stand side by side on the hidden "
    "layer.",
)
class Chained(_Twin):
    def call(self, inputs):
        priority = self.priority(self.hidden(self.join(inputs)))
        return priority, self.department(priority)


@TicketModel.wrong(
    "an input forgotten",
    says="The model takes the tags and does nothing with them: they never reach the hidden layer.",
)
class WithoutTags(_Twin):
    def join(self, inputs):
        return tf.concat([inputs["title"], inputs["text_body"]], axis=1)


@TicketModel.wrong(
    "title and text added",
    says="Title and text are added up, so that the hidden layer can't tell a word of the title "
    "from one of the text. Put the inputs side by side.",
)
class Added(_Twin):
    def join(self, inputs):
        return tf.concat([inputs["title"] + inputs["text_body"], inputs["tags"]], axis=1)


@TicketModel.wrong(
    "inputs in the order they come",
    says="The inputs are joined in the order in which the dictionary happens to hold them. With "
    "another order, the same ticket gets another answer: take each by its name.",
)
class AsTheyCome(_Twin):
    def join(self, inputs):
        return tf.concat(list(inputs.values()), axis=1)


@TicketModel.wrong(
    "inputs by place",
    says="`call` looks for its inputs by a number, and a dictionary has none: it is asked by name.",
)
class ByPlace(_Twin):
    def join(self, inputs):
        return tf.concat([inputs[0], inputs[1], inputs[2]], axis=1)


@TicketModel.wrong(
    "a dictionary of outputs",
    says="The outputs come as a dictionary, and unpacking one gives its keys. Return a tuple or "
    "a list of the two.",
)
class DictionaryOfOutputs(_Twin):
    def call(self, inputs):
        return dict(zip(["priority", "department"], super().call(inputs)))


@TicketModel.wrong(
    "nothing returned", says="`call` returns nothing. Return both outputs: priority, department."
)
class NothingReturned(_Twin):
    def call(self, inputs):
        super().call(inputs)


@TicketModel.wrong(
    "super forgotten",
    says="`super().__init__()` has to come first in `__init__`: until then the model can't keep "
    "layers.",
)
class SuperForgotten(_Twin):
    def __init__(self, departments):
        self.hidden = keras.layers.Dense(16, activation="relu")


@TicketModel.wrong(
    "always four departments",
    says="There are four departments, however many were asked for: the argument "
    "`num_departments` is not used.",
)
class AlwaysFour(_Twin):
    def __init__(self, departments):
        super().__init__(4)
