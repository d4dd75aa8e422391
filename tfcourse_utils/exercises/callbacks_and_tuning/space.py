"""`build_model`: looked at without training, by what each hyperparameter changes in the model."""

from __future__ import annotations

from typing import Any

import keras
import keras_tuner
import numpy as np

from tfcourse_utils.checking import exercise

from ..tools import normal
from ..weights import assign_known, known_seed

__all__ = ["build_model"]

build_model = exercise(
    "callbacks_and_tuning.build_model", kind="rebuild", section="A space of models"
)

_ROWS = 400
_ALMOST_ONE = 1 - 1e-9
_SHARES = (np.arange(6) + 0.5) / 6  # of the draws that are lower


def _built(answer, values):
    """Return the model that an answer builds for these values, and the hyperparameters it read.

    Args:
        values: by name; others have their defaults.
    """
    hp = keras_tuner.HyperParameters()
    hp.values.update(values)
    model = answer(hp)
    if not isinstance(model, keras.Model):
        raise TypeError(f"the answer should give back a Keras model; it is {type(model).__name__}")
    model(np.zeros((1, 64), "float32"))  # some have no weights before
    return model, {found.name: found for found in hp.space}


def _widths(model):
    """Return the widths of the dense layers, the output's among them."""
    return [int(weight.shape[1]) for weight in model.trainable_weights if len(weight.shape) == 2]


def _changes(answer, describe):
    """Describe models before and after one hyperparameter goes to the other end of its range.

    A value that makes the model deeper stays, and all others are tried again: what acts on hidden
    layers does nothing without any, and more hyperparameters may turn up.
    """
    values = {}
    model, space = _built(answer, values)
    before, changes, tried, deeper = describe(model), [], set(), set()
    while new := [name for name in space if name not in tried]:
        for name in new:
            chosen = values | {name: _other_end(space[name], values.get(name))}
            other, others = _built(answer, chosen)
            after = describe(other)
            changes.append({"before": before, "after": after})
            tried.add(name)
            if len(_widths(other)) > len(_widths(model)):
                values, model, space, before = chosen, other, others, after
                deeper.add(name)
                tried = set(deeper)
                break
    return changes


def _other_end(found, value):
    """Return an end of a hyperparameter's range that its value or its default is not at."""
    now = found.default if value is None else value
    ends = [found.prob_to_value(share) for share in (_ALMOST_ONE, 0.0)]
    return next((end for end in ends if end != now), now)


# The classifier


def _kind(value: Any) -> Any:
    """Say what the outputs and the loss of a classifier are."""
    output, labels, loss = value["output"], value["labels"], value["loss"]
    if output.shape != (len(labels), 10):
        return {"shape of the output": list(output.shape)}
    sums_to_one = bool(np.all(output >= 0) and np.allclose(output.sum(axis=1), 1, atol=1e-4))
    shares = output if sums_to_one else np.exp(output - _log_sum(output))
    expected = -np.mean(np.log(shares[np.arange(len(labels)), labels]))
    return {
        "shape of the output": list(output.shape),
        "compiled": value["compiled"],
        "the loss is": _CROSS_ENTROPY
        if loss is not None and np.isclose(loss, expected, rtol=1e-3)
        else ("another" if sums_to_one else "another, and the outputs are no probabilities"),
    }


_CROSS_ENTROPY = "the cross-entropy of outputs and whole-number labels"


def _log_sum(output):
    top = output.max(axis=1, keepdims=True)
    return top + np.log(np.exp(output - top).sum(axis=1, keepdims=True))


@build_model.probe("a compiled classifier", read=_kind)
def _(answer, rng):
    model, x = _built(answer, {})[0], normal(rng, (7, 64))
    labels, output = rng.integers(0, 10, 7), model(x, training=False)
    seen = {"output": output, "labels": labels, "compiled": model.compiled}
    return seen | {"loss": _loss(model, x, labels, output) if model.compiled else None}


def _loss(model, x, labels, output):
    """Return the loss without the model's own penalties; None where it refuses these labels."""
    penalties = sum(float(penalty) for penalty in model.losses)
    try:
        return float(model.compute_loss(x=x, y=labels, y_pred=output)) - penalties
    except (ValueError, TypeError):
        return None


# Layers and widths


def _layers(value: Any) -> Any:
    """Say whether the number of layers changes, and whether each has a width of its own."""
    pairs = [(change["before"], change["after"]) for change in value]
    hidden = max((len(widths) - 1 for pair in pairs for widths in pair), default=0)
    alike = [pair for pair in pairs if len(pair[0]) == len(pair[1])]
    # A single hidden layer moves alone also where more of them would all have the same width.
    moved = [_moved(*pair) for pair in alike if hidden == 1 or len(pair[0]) > 2]
    own = {places[0] for places in moved if len(places) == 1}
    return {
        "a hyperparameter changes the number of hidden layers": len(alike) < len(pairs),
        "hidden layers that have a width of their own": (
            "all" if own == set(range(hidden)) else f"{len(own)} of {hidden}"
        ),
    }


def _moved(before, after):
    """Return the places of the layers whose width changes."""
    return [place for place, pair in enumerate(zip(before, after)) if pair[0] != pair[1]]


@build_model.probe("hidden layers, each with its width", read=_layers)
def _(answer, rng):
    return _changes(answer, _widths)


# Dropout. Which layer does it is the answer's affair: the outputs of two passes in training differ
# the more, the more is dropped. Weights are known ones, and the same at both ends.


def _dropped(value: Any) -> Any:
    """Say whether a hyperparameter changes what is dropped, and leaves the layers as they are."""
    resting = [one["otherwise"] for change in value for one in change.values()]
    return {
        "a hyperparameter changes how much is dropped in training": any(
            change["before"]["widths"] == change["after"]["widths"] and _unlike(change)
            for change in value
        ),
        "nothing is dropped outside of training": max(resting, default=0.0) < 1e-6,
    }


def _unlike(change):
    least, most = sorted(one["in training"] for one in change.values())
    return bool(most > 1.15 * least + 1e-6)  # chance makes two passes differ by some hundredths


@build_model.probe("dropout, in training", read=_dropped)
def _(answer, rng):
    x, seed = normal(rng, (_ROWS, 64)), known_seed(rng)

    def describe(model):
        _set_gently(model, seed)
        spread = {
            when: _between(*(model(x, training=training) for _ in range(2)))
            for when, training in (("in training", True), ("otherwise", False))
        }
        return {"widths": _widths(model), **spread}

    return _changes(answer, describe)


def _set_gently(model, seed):
    """Give the trainable weights known values, so small that no output is certain."""
    assign_known(model.trainable_weights, seed)
    for weight in model.trainable_weights:
        weight.assign(weight / np.sqrt(float(weight.shape[0])))


def _between(one, other):
    return float(np.mean(np.abs(np.asarray(one) - np.asarray(other))))


# The learning rate


def _log_scale(value: Any) -> Any:
    """Say whether the learning rate changes, and where its logarithm lies on average."""
    logs = max((np.log(rates) for rates in value), key=np.ptp, default=np.zeros(1))
    changes = bool(np.ptp(logs) > 1e-6)
    middle = (logs.mean() - logs.min()) / np.ptp(logs) if changes else np.nan
    return {
        "a hyperparameter changes the learning rate": changes,
        "every power of ten is drawn as often": bool(abs(middle - 0.5) < 0.07),
    }


@build_model.probe("a learning rate on a log scale", read=_log_scale)
def _(answer, rng):
    model, space = _built(answer, {})
    return [
        [_rate(answer, {name: found.prob_to_value(share)}) for share in _SHARES]
        for name, found in space.items()
        if _rate(answer, {name: _other_end(found, None)}) != _rate_of(model)
    ]


def _rate(answer, values):
    return _rate_of(_built(answer, values)[0])


def _rate_of(model):
    if not model.compiled:
        raise TypeError("the model is not compiled: it has no optimizer, and so no learning rate")
    return float(model.optimizer.learning_rate)


build_model.hint(
    "How many hyperparameters does a model with three hidden layers have? How does `hp` tell the "
    "widths apart?",
    "`hp.Int(name, low, high)` gives a number between both. A name that comes a second time gives "
    "the same number again, so each layer's width needs a name of its own.",
    '`for number in range(hp.Int("hidden_layers", 1, 3)):` and in it '
    '`hp.Int(f"width_{number}", …)`. For the learning rate, `hp.Float` takes `sampling="log"`.',
)
