"""How `build_model` goes wrong; most are recognised by what was seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras

from ..space import build_model

_DEPTH = "a hyperparameter changes the number of hidden layers"
_WIDTHS = "hidden layers that have a width of their own"
_DROPPED = "a hyperparameter changes how much is dropped in training"
_RESTING = "nothing is dropped outside of training"
_RATE = "a hyperparameter changes the learning rate"
_LOG = "every power of ten is drawn as often"


def _says(**wanted: Any) -> Callable[[Any, Any], bool]:
    """Recognise an answer by facts, given by the names of their texts above."""
    facts = {globals()[name]: value for name, value in wanted.items()}
    return lambda seen, _: all(seen[name] == value for name, value in facts.items())


def _model(
    hp,
    layers=lambda hp: hp.Int("layers", 1, 3),
    width=lambda hp, number: hp.Int(f"width_{number}", 8, 32),
    dropout=lambda hp: keras.layers.Dropout(hp.Float("dropout", 0.0, 0.5)),
    rate=lambda hp: hp.Float("rate", 1e-4, 1e-2, sampling="log"),
    activation: Any = "softmax",
    loss="sparse_categorical_crossentropy",
):
    model = keras.Sequential([keras.Input((64,))])
    for number in range(layers(hp)):
        model.add(keras.layers.Dense(width(hp, number), activation="relu"))
        model.add(dropout(hp))
    model.add(keras.layers.Dense(10, activation=activation))
    if loss:
        model.compile(keras.optimizers.Adam(rate(hp)), loss)
    return model


build_model.wrong(
    "one name for all widths",
    says="No hyperparameter changes the width of one hidden layer alone. What is read a second "
    "time under the same name gives the same value: give each layer's width a name of its own.",
    when=lambda seen, _: seen[_DEPTH] and seen[_WIDTHS].startswith("0 of"),
)(lambda hp: _model(hp, width=lambda hp, number: hp.Int("width", 8, 32)))

build_model.wrong(
    "some widths fixed",
    says="Some hidden layers have a width of their own, and others have none: no hyperparameter "
    "changes theirs alone. Does each width come from `hp`, under a name of its own?",
    when=lambda seen, _: seen[_DEPTH] and seen[_WIDTHS][0] in "123",
)(
    lambda hp: _model(
        hp, width=lambda hp, number: hp.Int(f"width_{number}", 8, 32) if number else 16
    )
)

build_model.wrong(
    "a fixed number of layers",
    says="No hyperparameter changes how many hidden layers there are. The number itself should "
    "come from `hp`.",
    when=_says(_DEPTH=False),
)(lambda hp: _model(hp, layers=lambda hp: 2))

build_model.wrong(
    "dropout read and not used",
    says="No hyperparameter changes what is dropped in training. To read a rate from `hp` is not "
    "enough: a layer has to get it.",
    when=_says(_DROPPED=False, _RESTING=True),
)(
    lambda hp: _model(
        hp, dropout=lambda hp: keras.layers.Dropout(0 * hp.Float("dropout", 0.0, 0.5) + 0.3)
    )
)


class _AlwaysDropping(keras.layers.Dropout):
    def call(self, inputs, training=None):
        return super().call(inputs, training=True)


build_model.wrong(
    "dropout that never rests",
    says="Outputs are dropped also when the model only predicts. Leave it to Keras to say whether "
    "a model trains.",
    when=_says(_RESTING=False),
)(lambda hp: _model(hp, dropout=lambda hp: _AlwaysDropping(hp.Float("dropout", 0.0, 0.5))))

build_model.wrong(
    "learning rate read and not used",
    says="No hyperparameter changes the learning rate of the optimizer. A name, as in "
    '`optimizer="adam"`, brings the rate that Keras thinks best.',
    when=_says(_RATE=False),
)(lambda hp: _model(hp, rate=lambda hp: 1e-3 + 0 * hp.Float("rate", 1e-4, 1e-2)))

build_model.wrong(
    "linear sampling",
    says="Small learning rates are hardly ever drawn: between 0.0001 and 0.01, nine in ten draws "
    "are above 0.001. `hp.Float` can draw on another scale.",
    when=_says(_RATE=True, _LOG=False),
)(lambda hp: _model(hp, rate=lambda hp: hp.Float("rate", 1e-4, 1e-2)))

build_model.wrong(
    "not compiled",
    says="The model that came back is not compiled. A tuner calls `fit` on it at once.",
    when=lambda seen, _: seen["compiled"] is False,
)(lambda hp: _model(hp, loss=None))


@build_model.wrong(
    "what compile gives back",
    says="None came back. `compile` changes the model and gives nothing back: return the model "
    "itself.",
)
def _(hp):
    return _model(hp).compile("adam", "sparse_categorical_crossentropy")


build_model.wrong(
    "logits taken for probabilities",
    says="The loss takes the outputs for probabilities, and they are not: they don't sum to 1. "
    "Either the last layer has a softmax, or the loss is told `from_logits=True`.",
    when=lambda seen, _: seen["compiled"] and "no probabilities" in seen["the loss is"],
)(lambda hp: _model(hp, activation=None))

build_model.wrong(
    "a loss for one-hot labels",
    says="The loss is not the cross-entropy of whole-number labels, 0 to 9. The one for one-hot "
    "rows has nearly the same name.",
    when=lambda seen, _: seen["compiled"] and seen["the loss is"] == "another",
)(lambda hp: _model(hp, loss="categorical_crossentropy"))

build_model.wrong(
    "one output",
    says="The model has a single output. Ten classes take ten outputs.",
    when=lambda seen, _: seen["shape of the output"] == [7, 1],
)(lambda hp: _one_output(hp))


def _one_output(hp):
    model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy")
    return model
