"""How `add_difficulty_head` goes wrong."""

from __future__ import annotations

import keras

from ..difficulty import add_difficulty_head


def _hidden(model):
    return model.get_layer("department").input


def _head(levels, activation="softmax", name="difficulty"):
    return keras.layers.Dense(levels, activation, name=name)


@add_difficulty_head.wrong(
    "a copy",
    says="The outputs are right, but the new model has weights of its own: it was built from a "
    "copy. What the old model learns, the new one should know.",
)
def _(model, levels=3):
    copy = keras.models.clone_model(model)
    return keras.Model(copy.inputs, [*copy.outputs, _head(levels)(_hidden(copy))])


@add_difficulty_head.wrong(
    "old outputs made anew",
    says="The old outputs have new layers, with new weights. `model.outputs` has the old ones, "
    "with all that leads to them.",
)
def _(model, levels=3):
    hidden = _hidden(model)
    departments = model.outputs[1].shape[-1]
    priority = keras.layers.Dense(1, "sigmoid", name="priority")(hidden)
    department = keras.layers.Dense(departments, "softmax", name="department")(hidden)
    return keras.Model(model.inputs, [priority, department, _head(levels)(hidden)])


@add_difficulty_head.wrong(
    "on the department",
    says="The head stands on the department's output: all it knows is where the ticket goes. The "
    "hidden layer is what goes *into* that output layer.",
)
def _(model, levels=3):
    return keras.Model(model.inputs, [*model.outputs, _head(levels)(model.outputs[1])])


@add_difficulty_head.wrong(
    "on the priority",
    says="The head stands on the priority's output: all it knows is one number. The hidden layer "
    "is what goes *into* that output layer.",
)
def _(model, levels=3):
    return keras.Model(model.inputs, [*model.outputs, _head(levels)(model.outputs[0])])


@add_difficulty_head.wrong(
    "on the inputs",
    says="The head stands on the inputs themselves, beside the hidden layer. It should use what "
    "the hidden layer has found out.",
)
def _(model, levels=3):
    features = keras.layers.Concatenate()(model.inputs)
    return keras.Model(model.inputs, [*model.outputs, _head(levels)(features)])


@add_difficulty_head.wrong(
    "a layer counted out",
    says="The hidden layer was counted out, as number 4 of one model. In another model that is "
    "another layer: ask for what goes into an output.",
)
def _(model, levels=3):
    return keras.Model(model.inputs, [*model.outputs, _head(levels)(model.layers[4].output)])


@add_difficulty_head.wrong(
    "difficulty first",
    says="The difficulty comes first. Whoever unpacks the old outputs relies on their places: add "
    "the new one at the end.",
)
def _(model, levels=3):
    return keras.Model(model.inputs, [_head(levels)(_hidden(model)), *model.outputs])


@add_difficulty_head.wrong(
    "difficulty in the middle",
    says="The difficulty comes between the old outputs. Whoever unpacks those relies on their "
    "places: add the new one at the end.",
)
def _(model, levels=3):
    priority, department = model.outputs
    return keras.Model(model.inputs, [priority, _head(levels)(_hidden(model)), department])


@add_difficulty_head.wrong(
    "old outputs lost",
    says="Only the difficulty is left. Keep the old outputs, in order, and add the new one.",
)
def _(model, levels=3):
    return keras.Model(model.inputs, _head(levels)(_hidden(model)))


@add_difficulty_head.wrong(
    "a list in a list",
    says="The list of outputs has a list in it. Put the old outputs themselves beside the new one.",
)
def _(model, levels=3):
    return keras.Model(model.inputs, [model.outputs, _head(levels)(_hidden(model))])


@add_difficulty_head.wrong(
    "levels ignored",
    says="There are three levels whatever is asked for: the argument `levels` is not used.",
)
def _(model, levels=3):
    return keras.Model(model.inputs, [*model.outputs, _head(3)(_hidden(model))])


@add_difficulty_head.wrong(
    "no softmax",
    says="The difficulty is any numbers, not probabilities that sum to 1: the new layer lacks its "
    "activation.",
)
def _(model, levels=3):
    return keras.Model(model.inputs, [*model.outputs, _head(levels, None)(_hidden(model))])


@add_difficulty_head.wrong(
    "sigmoids",
    says="The levels have a probability each, and these don't sum to 1. A ticket has one "
    "difficulty: which activation shares 1 among several units?",
)
def _(model, levels=3):
    return keras.Model(model.inputs, [*model.outputs, _head(levels, "sigmoid")(_hidden(model))])


@add_difficulty_head.wrong(
    "without a name",
    says="The new output is not called `difficulty`. An output has the name of the layer that "
    "makes it.",
)
def _(model, levels=3):
    return keras.Model(model.inputs, [*model.outputs, _head(levels, name="head")(_hidden(model))])


@add_difficulty_head.wrong(
    "nothing returned",
    says="Nothing came back. A graph is not changed by adding a layer: make a new "
    "`keras.Model` and return it.",
)
def _(model, levels=3):
    _head(levels)(_hidden(model))


@add_difficulty_head.wrong(
    "old layers frozen",
    says="The old layers are frozen, in the old model too, since both have the same ones. Nothing "
    "was to be frozen: what either learns, both should know.",
)
def _(model, levels=3):
    model.trainable = False
    return keras.Model(model.inputs, [*model.outputs, _head(levels)(_hidden(model))])


@add_difficulty_head.wrong(
    "the old model as a layer",
    says="The old outputs have lost their names: the old model is called, as one layer, and its "
    "outputs have that layer's name. What `model.outputs` holds is in the graph already.",
    when=lambda seen, expected: seen != expected and seen[0] == seen[1] and seen[2] == expected[2],
)
def _(model, levels=3):
    old = model(model.inputs)
    return keras.Model(model.inputs, [*old, _head(levels)(_hidden(model))])
