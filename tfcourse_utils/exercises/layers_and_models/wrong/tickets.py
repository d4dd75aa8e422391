"""How `build_ticket_model` goes wrong."""

from __future__ import annotations

import keras
from keras.layers import Concatenate, Dense

from ..tickets import build_ticket_model


def _places(words, tags):
    widths = {"title": words, "text_body": words, "tags": tags}
    return {name: keras.Input((width,), name=name) for name, width in widths.items()}


def _hidden(places):
    return Dense(16, "relu")(Concatenate()(places))


def _priority(hidden, activation="sigmoid", name="priority"):
    return Dense(1, activation, name=name)(hidden)


def _department(hidden, departments, activation="softmax", name="department"):
    return Dense(departments, activation, name=name)(hidden)


@build_ticket_model.wrong(
    "outputs exchanged",
    says="The department comes first. Who unpacks the outputs counts on the order: priority, then "
    "department.",
)
def _(words, tags, departments):
    places = list(_places(words, tags).values())
    hidden = _hidden(places)
    return keras.Model(places, [_department(hidden, departments), _priority(hidden)])


@build_ticket_model.wrong(
    "softmax over one unit",
    says="The priority is always 1. A softmax shares 1 among its units, and here there is only "
    "one. Which activation makes a probability of a single number?",
)
def _(words, tags, departments):
    places = list(_places(words, tags).values())
    hidden = _hidden(places)
    return keras.Model(places, [_priority(hidden, "softmax"), _department(hidden, departments)])


@build_ticket_model.wrong(
    "sigmoids for the department",
    says="The departments have a probability each that knows nothing of the others: they don't "
    "sum to 1. A ticket goes to one department; which activation shares 1 among them?",
)
def _(words, tags, departments):
    places = list(_places(words, tags).values())
    hidden = _hidden(places)
    department = _department(hidden, departments, "sigmoid")
    return keras.Model(places, [_priority(hidden), department])


@build_ticket_model.wrong(
    "linear outputs",
    says="The outputs are any numbers, not probabilities: the output layers lack an activation.",
)
def _(words, tags, departments):
    places = list(_places(words, tags).values())
    hidden = _hidden(places)
    return keras.Model(
        places, [_priority(hidden, None), _department(hidden, departments, "linear")]
    )


@build_ticket_model.wrong(
    "a hidden layer each",
    says="Each output has a hidden layer of its own. Call the hidden layer once, and give both "
    "output layers what it returns.",
)
def _(words, tags, departments):
    places = list(_places(words, tags).values())
    return keras.Model(
        places, [_priority(_hidden(places)), _department(_hidden(places), departments)]
    )


@build_ticket_model.wrong(
    "two hidden layers",
    says="There are two hidden layers, one behind the other. The model has one between its inputs "
    "and its outputs.",
)
def _(words, tags, departments):
    places = list(_places(words, tags).values())
    hidden = Dense(8, "relu")(_hidden(places))
    return keras.Model(places, [_priority(hidden), _department(hidden, departments)])


@build_ticket_model.wrong(
    "no hidden layer",
    says="The outputs see the inputs directly. Between them belongs one hidden layer.",
)
def _(words, tags, departments):
    places = list(_places(words, tags).values())
    features = Concatenate()(places)
    return keras.Model(places, [_priority(features), _department(features, departments)])


@build_ticket_model.wrong(
    "the department sees the priority",
    says="One output is computed from the other. Both should stand side by side on the hidden "
    "layer.",
)
def _(words, tags, departments):
    places = list(_places(words, tags).values())
    priority = _priority(_hidden(places))
    return keras.Model(places, [priority, _department(priority, departments)])


@build_ticket_model.wrong(
    "title and text added",
    says="Title and text are added up, so that the hidden layer can't tell a word of the title "
    "from one of the text. Put the inputs side by side.",
)
def _(words, tags, departments):
    places = _places(words, tags)
    texts = keras.layers.Add()([places["title"], places["text_body"]])
    hidden = _hidden([texts, places["tags"]])
    return keras.Model(list(places.values()), [_priority(hidden), _department(hidden, departments)])


@build_ticket_model.wrong(
    "an input forgotten",
    says="The model takes the tags and does nothing with them: they never reach the hidden layer.",
)
def _(words, tags, departments):
    places = _places(words, tags)
    hidden = _hidden([places["title"], places["text_body"]])
    return keras.Model(places, [_priority(hidden), _department(hidden, departments)])


@build_ticket_model.wrong(
    "outputs without names",
    says="The outputs have the names that Keras made up. Give the output layers theirs: by them "
    "you will say later which loss belongs to which output.",
)
def _(words, tags, departments):
    places = list(_places(words, tags).values())
    hidden = _hidden(places)
    priority = _priority(hidden, name="urgent")  # the names that Keras makes up count on
    return keras.Model(places, [priority, _department(hidden, departments, name="target")])


@build_ticket_model.wrong(
    "a dictionary of outputs",
    says="The outputs come as a dictionary, and unpacking one gives its keys. Give "
    "`keras.Model` a list of the two outputs.",
)
def _(words, tags, departments):
    places = list(_places(words, tags).values())
    hidden = _hidden(places)
    department = _department(hidden, departments)
    return keras.Model(places, {"priority": _priority(hidden), "department": department})


@build_ticket_model.wrong(
    "nothing returned", says="The function returns nothing. End it with `return keras.Model(…)`."
)
def _(words, tags, departments):
    return None


@build_ticket_model.wrong(
    "always four departments",
    says="There are four departments, however many were asked for: the argument "
    "`num_departments` is not used.",
)
def _(words, tags, departments):
    places = list(_places(words, tags).values())
    hidden = _hidden(places)
    return keras.Model(places, [_priority(hidden), _department(hidden, 4)])
