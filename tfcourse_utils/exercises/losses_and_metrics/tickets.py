"""`compile_ticket_model`: a loss and a metric for each of two outputs."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import difference, exercise

from ..tools import normal
from ..weights import known_seed, set_known

__all__ = ["compile_ticket_model"]

compile_ticket_model = exercise(
    "losses_and_metrics.compile_ticket_model", kind="rebuild", section="Several outputs"
)

_DEPARTMENTS = 4


def _model(rng):
    """Return a model with the two outputs, each a single layer on the same few features.

    Of the activations of TensorFlow itself Keras does not know the logits, as in `compiled`.
    """
    features = keras.Input((5,))
    priority = keras.layers.Dense(1, tf.sigmoid, name="priority")
    department = keras.layers.Dense(_DEPARTMENTS, tf.nn.softmax, name="department")
    model = keras.Model(features, [priority(features), department(features)], name="tickets")
    set_known(model, known_seed(rng))
    return model


def _unlike(rng, low, high):
    """Draw two different whole numbers."""
    return rng.choice(range(low, high), 2, replace=False)


def _targets(model, x, rng, priorities, departments):
    """Return targets of 30 cases, of which the model foresees so many of either output."""
    priority, department = (np.asarray(output) for output in model(x))
    is_missed = rng.permutation(30)[:, np.newaxis] >= priorities
    classes = department.argmax(axis=1) + (rng.permutation(30) >= departments)
    return {
        "priority": ((priority > 0.5) != is_missed).astype("float32"),
        "department": np.eye(_DEPARTMENTS, dtype="float32")[classes % _DEPARTMENTS],
    }


def _evaluated(answer, rng):
    """Return all that `evaluate` reports, by its name, of two sets of unlike accuracy."""
    model, foreseen = _model(rng), zip(_unlike(rng, 12, 26), _unlike(rng, 8, 20))
    inputs = [normal(rng, (30, 5)) for _ in range(2)]
    targets = [_targets(model, x, rng, *counts) for x, counts in zip(inputs, foreseen)]
    answer(model)
    model.run_eagerly = True  # for so few samples a graph would take longer to make
    first, second = (
        model.evaluate(x.numpy(), y, batch_size=16, verbose=0, return_dict=True)
        for x, y in zip(inputs, targets)
    )
    return {name: [first[name], second.get(name)] for name in first}


@compile_ticket_model.probe("a loss for each output")
def _(answer, rng):
    reported = _evaluated(answer, rng)
    return {name: reported.get(name) for name in ("priority_loss", "department_loss", "loss")}


def _reported(seen: Any, expected: Any) -> str | None:
    """Look for each metric expected of an output, by its values, among those that are reported.

    One and the same metric has to read what is expected on both sets.
    """
    for output, metrics in expected.items():
        found = seen[output]
        for name, value in metrics.items():
            if all(difference(other, value) for other in found.values()):
                values = ", ".join(f"{other} {_in_turn(found[other])}" for other in found)
                wanted = f"{name} {_in_turn(value)}"
                return f"{output}: {values or 'nothing'} is reported, expected {wanted}"
        if found and not metrics:
            return f"{output}: nothing was expected to be reported"
    return None


def _in_turn(values: Any) -> str:
    first, second = values
    return f"{first:.4g} and then {second:.4g}"


@compile_ticket_model.probe("a metric for each output", compare=_reported)
def _(answer, rng):
    reported = _evaluated(answer, rng)
    return {
        output: {
            name.removeprefix(f"{output}_"): value
            for name, value in reported.items()
            if name.startswith(f"{output}_") and name != f"{output}_loss"
        }
        for output in ("priority", "department")
    }


compile_ticket_model.hint(
    "Which loss belongs to a probability of yes or no, and which to one-hot targets and a softmax?",
    "`compile(loss=…)` takes a dictionary with a loss for each output's name, and `metrics=…` one "
    "with a list for each.",
    'With the string "accuracy", Keras looks at the output\'s shape and picks the kind of accuracy '
    'that fits. `loss={"priority": …, "department": …}` and the same for the metrics.',
)
