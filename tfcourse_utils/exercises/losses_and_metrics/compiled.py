"""`compile_for` and `mend_compile`: what was compiled, judged by what is reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import close, difference, exercise

from ..tools import error_of
from ..weights import known_seed, set_known

__all__ = ["compile_for", "mend_compile"]

compile_for = exercise(
    "losses_and_metrics.compile_for", kind="rebuild", section="The loss for the task"
)
mend_compile = exercise("losses_and_metrics.mend_compile", kind="mend", section="Names and objects")


def _model(width: int, activation: Callable[[Any], Any]) -> Any:
    """Return a model that gives back the activation of its inputs.

    Of the activations of TensorFlow itself, Keras does not know the logits, which it else takes
    for a loss that is `from_logits` by mistake.
    """
    return keras.Sequential([keras.Input((width,)), keras.layers.Activation(activation)])


def _reported(answer: Any, model: Any, data: tuple[Any, Any], *task: str) -> dict[str, Any]:
    """Return what is reported of a model that the answer has compiled, as by `evaluate`."""
    answer(model, *task)
    model.run_eagerly = True  # a few samples are soonest looked at without a graph
    report = model.test_on_batch(*data, return_dict=True)
    return {"loss": report.pop("loss"), "metrics": report}


def _unnamed(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report without the names of its metrics: those are free."""
    return {"loss": report["loss"], "metrics": list(report["metrics"].values())}


def _two_classes(rng: np.random.Generator) -> tuple[Any, Any]:
    """Draw logits and targets: of 4 zeros and 6 ones, one and two are taken for the other.

    So accuracy, precision, recall and the share of either class are five different numbers.
    """
    targets = np.repeat([0.0, 1.0], [4, 6])
    signs = np.array([-1, -1, -1, 1, 1, 1, 1, 1, -1, -1])
    logits = signs * rng.uniform(0.2, 2.0, 10)
    order = rng.permutation(10)
    return logits[order, None].astype("float32"), targets[order, None].astype("float32")


def _three_classes(rng: np.random.Generator) -> tuple[Any, Any]:
    """Draw logits (10, 3) and labels (10,): on seven the largest logit is the label's."""
    logits = rng.normal(size=(10, 3)).astype("float32")
    logits[np.arange(10), rng.permutation(np.resize([0, 1, 2], 10))] += 3
    away = rng.permutation(np.repeat([0, 1], [7, 3]))
    return logits, ((np.argmax(logits, axis=1) + away) % 3).astype("int32")


def _equally_wrong(rng: np.random.Generator) -> tuple[Any, Any]:
    """Draw predictions and targets that are apart by the same distance everywhere."""
    predictions = rng.normal(size=(8, 1))
    errors = rng.uniform(0.3, 0.8) * rng.choice([-1, 1], (8, 1))
    return predictions.astype("float32"), (predictions + errors).astype("float32")


def _loss_and_a_metric(seen: Any, expected: Any) -> str | None:
    """Compare the loss; the metric expected must be among those seen."""
    if difference(seen, expected) is None:
        return None
    if reason := close()(seen["loss"], expected["loss"]):
        return f"the loss: {reason}"
    if not seen["metrics"]:
        return "no metric is reported beside the loss"
    [metric] = expected["metrics"]
    if all(close()(value, metric) for value in seen["metrics"]):
        return f"none of the metrics reads {metric:.4g}"
    return None


def _true_accuracy(seen: Any, expected: Any) -> str | None:
    """Compare as above; what calls itself an accuracy must read what is expected."""
    if difference(seen, expected) is None:
        return None
    [metric] = expected["metrics"].values()
    for name, value in seen["metrics"].items():
        if "acc" in name.lower() and (reason := close()(value, metric)):
            return f"`{name}`: {reason}"
    return _loss_and_a_metric(_unnamed(seen), _unnamed(expected))


def _several(seen: Any, expected: Any) -> str | None:
    for name, report in expected.items():
        if reason := _loss_and_a_metric(seen[name], report):
            return f"{name}: {reason}"
    return None


def _errors(seen: Any, expected: Any) -> str | None:
    """Compare where any loss and any metric of regression will do.

    As every prediction is wrong by the same distance, the mean absolute error is that distance,
    and what any other would read follows from it.
    """
    if difference(seen, expected) is None:
        return None
    [distance] = expected["metrics"]
    readings = distance, distance**2, _huber(distance), np.log(np.cosh(distance))
    for name, values in ("loss", [seen["loss"]]), ("metrics", seen["metrics"]):
        if all(close()(value, reading) for value in values for reading in readings):
            found = ", ".join(f"{value:.4g}" for value in values) or "nothing"
            return f"{name}: {found}, where every prediction is off by {distance:.4g}"
    return None


def _huber(distance: float) -> float:
    return distance**2 / 2 if distance <= 1 else distance - 0.5


@compile_for.probe("two classes", compare=_loss_and_a_metric)
def _(answer, rng):
    return _unnamed(_reported(answer, _model(1, tf.sigmoid), _two_classes(rng), "binary"))


@compile_for.probe("several classes", compare=_several)
def _(answer, rng):
    logits, labels = _three_classes(rng)
    rows = np.eye(3, dtype="float32")[labels]
    return {
        task: _unnamed(_reported(answer, _model(3, tf.nn.softmax), (logits, targets), task))
        for task, targets in [("multiclass_one_hot", rows), ("multiclass_sparse", labels)]
    }


@compile_for.probe("regression", compare=_errors)
def _(answer, rng):
    return _unnamed(_reported(answer, _model(1, tf.identity), _equally_wrong(rng), "regression"))


@compile_for.probe("weights are kept, an unknown task is refused")
def _(answer, rng):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="sigmoid")])
    set_known(model, known_seed(rng))
    answer(model, "binary")
    error = error_of(answer, model, "clustering")
    return {
        "weights after compiling": model.get_weights(),
        "raised for an unknown task": _kind(error),
    }


def _kind(error: Exception | None) -> str:
    if error is None:
        return "nothing"
    return "ValueError" if isinstance(error, ValueError) else type(error).__name__


compile_for.hint(
    "Look at the targets. Are they yes or no, one row with a single 1 for each sample, one whole "
    "number for each sample, or any real number?",
    "Three of the four losses are cross-entropies, and Keras has a name for each: binary, "
    "categorical, and categorical with integer labels, called sparse.",
    'The string "accuracy" picks the right accuracy for all three. Where a prediction is never '
    "exactly right, ask how far off it is instead.",
    "A dictionary from task to loss, `model.compile(optimizer=..., loss=..., metrics=[...])`, and "
    "before it `if task not in losses: raise ValueError(...)`.",
)


@mend_compile.probe("the history of a fit", compare=_true_accuracy)
def _(answer, rng):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, activation=tf.sigmoid)])
    for weight, value in zip(model.weights, (1.0, 0.0)):
        weight.assign(keras.ops.full_like(weight, value))
    answer(model)
    model.run_eagerly = True
    logits, targets = _two_classes(rng)
    # All in one batch: what is reported is from before the only step.
    history = model.fit(logits, targets, batch_size=10, verbose=0).history
    return {
        "loss": history["loss"][0],
        "metrics": {name: values[0] for name, values in history.items() if name != "loss"},
    }


@mend_compile.probe("what `evaluate` reports", compare=_true_accuracy)
def _(answer, rng):
    logits, targets = _two_classes(rng)
    return _reported(answer, _model(1, tf.sigmoid), (logits[:7], targets[:7]))


mend_compile.hint(
    "The last layer gives 0.93, the target is 1. Does the metric `Accuracy` call the two equal?",
    "Print `keras.metrics.Accuracy()([[1.0]], [[0.93]])`. Which metric compares a probability with "
    "a threshold first?",
    "Keras picks a fitting accuracy where it is asked for by name, as a string.",
)
