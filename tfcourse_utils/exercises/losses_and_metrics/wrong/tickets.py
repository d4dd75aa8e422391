"""How `compile_ticket_model` goes wrong."""

from __future__ import annotations

import keras
import numpy as np

from ..tickets import compile_ticket_model

_LOSSES = {"priority": "binary_crossentropy", "department": "categorical_crossentropy"}
_METRICS = {"priority": ["accuracy"], "department": ["accuracy"]}


@compile_ticket_model.wrong(
    "losses exchanged",
    says="The two losses are exchanged: `priority` is one probability of yes or no, `department` "
    "a probability for each of several classes.",
)
def _(model):
    losses = {"priority": "categorical_crossentropy", "department": "binary_crossentropy"}
    model.compile(loss=losses, metrics=_METRICS)


@compile_ticket_model.wrong(
    "binary for both",
    says="`department` has the binary cross-entropy, as if every department were a question of its "
    "own. One of several classes is right here, and the targets are one-hot.",
)
def _(model):
    model.compile(loss="binary_crossentropy", metrics=_METRICS)


@compile_ticket_model.wrong(
    "categorical for both",
    says="`priority` has the categorical cross-entropy. Over a single output it is the same "
    "whatever the model says: that of yes or no is the binary one.",
)
def _(model):
    model.compile(loss="categorical_crossentropy", metrics=_METRICS)


@compile_ticket_model.wrong(
    "squared error for the priority",
    says="`priority` has the mean squared error. It is a probability of yes or no, and for those "
    "there is a cross-entropy.",
)
def _(model):
    model.compile(loss=_LOSSES | {"priority": "mse"}, metrics=_METRICS)


@compile_ticket_model.wrong(
    "squared error for both",
    says="Both outputs have the mean squared error. They are probabilities, and for those there "
    "are cross-entropies.",
)
def _(model):
    model.compile(loss="mse", metrics=_METRICS)


@compile_ticket_model.wrong(
    "sparse for the department",
    says="`department` has a sparse cross-entropy, and that takes the number of a class. The "
    "targets are one-hot.",
)
def _(model):
    losses = _LOSSES | {"department": "sparse_categorical_crossentropy"}
    model.compile(loss=losses, metrics=_METRICS)


@compile_ticket_model.wrong(
    "one loss missing",
    says="There is no loss for `department`. An output without one does not learn; Keras refuses "
    "a dictionary that leaves it out.",
)
def _(model):
    model.compile(loss={"priority": "binary_crossentropy"}, metrics=_METRICS)


@compile_ticket_model.wrong(
    "None for a loss",
    says="`department` has None for a loss, so it learns nothing and its mistakes cost nothing.",
)
def _(model):
    model.compile(loss=_LOSSES | {"department": None}, metrics=_METRICS)


@compile_ticket_model.wrong(
    "one loss weighted away",
    says="The two losses don't count alike: they were given weights. Leave those out.",
)
def _(model):
    model.compile(loss=_LOSSES, metrics=_METRICS, loss_weights={"priority": 1, "department": 0.1})


@compile_ticket_model.wrong(
    "logits expected",
    says="The losses expect logits, and the model ends in probabilities: a sigmoid and a softmax. "
    "Leave `from_logits` out.",
)
def _(model):
    model.compile(
        loss={
            "priority": lambda y, p: keras.losses.binary_crossentropy(y, p * 1, from_logits=True),
            "department": lambda y, p: keras.losses.categorical_crossentropy(
                y, p * 1, from_logits=True
            ),
        },
        metrics=_METRICS,
    )


@compile_ticket_model.wrong(
    "no metrics",
    says="Only losses are reported. `metrics=` takes a dictionary too, with a list for each "
    "output's name.",
)
def _(model):
    model.compile(loss=_LOSSES)


@compile_ticket_model.wrong(
    "a metric for the priority alone",
    says="`priority` has a metric, `department` has none.",
)
def _(model):
    model.compile(loss=_LOSSES, metrics={"priority": ["accuracy"]})


@compile_ticket_model.wrong(
    "a metric for the department alone",
    says="`department` has a metric, `priority` has none.",
)
def _(model):
    model.compile(loss=_LOSSES, metrics={"department": ["accuracy"]})


@compile_ticket_model.wrong(
    "equal to the last digit",
    says="The accuracy reads 0. `Accuracy()` asks whether a probability is the very same number as "
    "the target, and that never happens: use the kind for probabilities, or the string.",
)
def _(model):
    metrics = {name: [keras.metrics.Accuracy()] for name in _LOSSES}
    model.compile(loss=_LOSSES, metrics=metrics)


@compile_ticket_model.wrong(
    "binary accuracy of the department",
    says="The accuracy of `department` is the binary one: it looks at each entry of the one-hot "
    "targets by itself, and the many zeros make it look good. Count whole samples.",
)
def _(model):
    metrics = {name: [keras.metrics.BinaryAccuracy()] for name in _LOSSES}
    model.compile(loss=_LOSSES, metrics=metrics)


@compile_ticket_model.wrong(
    "categorical accuracy of the priority",
    says="The accuracy of `priority` is the categorical one. The largest of a single output is "
    "always the first, so it reads 1, whatever the model says.",
)
def _(model):
    metrics = {name: [keras.metrics.CategoricalAccuracy()] for name in _LOSSES}
    model.compile(loss=_LOSSES, metrics=metrics)


@compile_ticket_model.wrong(
    "not compiled", says="The model is not compiled: call its method `compile`."
)
def _(model):
    return model


def _is_not_the_sum(seen, expected):
    """Recognise weights of the losses: each of them is right, their sum is another."""
    each = [seen[name] for name in ("priority_loss", "department_loss")]
    wanted = [expected[name] for name in ("priority_loss", "department_loss")]
    same = np.allclose(each, wanted, rtol=1e-3)
    return same and not np.allclose(seen["loss"], expected["loss"], rtol=1e-3)


compile_ticket_model.wrong(
    "weights of the losses",
    says="Each loss is right, their sum is another: it is a weighted one. Leave both weights at 1.",
    when=_is_not_the_sum,
)(lambda model: model.compile(loss=_LOSSES, loss_weights=[0.5, 0.5], metrics=_METRICS))
