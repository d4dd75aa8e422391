"""`compile_for` and `mend_compile`: what was compiled, judged by what is reported."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

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


Batch = tuple[Any, Any]  # inputs and targets


def _reported(
    answer: Any, model: Any, batches: Sequence[Batch], *task: str
) -> dict[str, list[Any]]:
    """Return what is reported of a model that the answer has compiled, as by `evaluate`.

    Under each name are two numbers, for two batches on which what is true differs.
    """
    answer(model, *task)
    model.run_eagerly = True  # a few samples are soonest looked at without a graph
    reports = []
    for batch in batches:
        model.reset_metrics()
        reports.append(model.test_on_batch(*batch, return_dict=True))
    return _side_by_side(reports)


def _side_by_side(reports: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [report.get(name) for report in reports] for name in reports[0]}


def _unnamed(report: dict[str, list[Any]]) -> dict[str, Any]:
    """Return a report without the names of its metrics: those are free."""
    metrics = [values for name, values in report.items() if name != "loss"]
    return {"loss": report["loss"], "metrics": metrics}


class _Counts(NamedTuple):
    """How many zeros and ones there are, and how many of each are taken for the other."""

    zeros: int
    ones: int
    false_ones: int
    false_zeros: int

    def right(self) -> int:
        return self.zeros + self.ones - self.false_ones - self.false_zeros

    def tells_metrics_apart(self) -> bool:
        """Return whether accuracy, precision, recall and the shares are different numbers."""
        true_ones = self.ones - self.false_zeros
        said_ones = true_ones + self.false_ones
        counts = self.right(), self.zeros, self.ones, said_ones
        shares = {Fraction(count, _SAMPLES) for count in counts}
        return len(shares | {Fraction(true_ones, said_ones), Fraction(true_ones, self.ones)}) == 6


_SAMPLES = 20
_COUNTS = [
    counts
    for zeros, wrong, other in itertools.product(range(6, 15), range(1, 6), range(1, 6))
    if (counts := _Counts(zeros, _SAMPLES - zeros, wrong, other)).tells_metrics_apart()
]


def _two_classes(rng: np.random.Generator) -> tuple[Batch, Batch]:
    """Draw two batches of logits and targets, with another accuracy each."""
    rights = rng.choice(sorted({counts.right() for counts in _COUNTS}), 2, replace=False)
    first, second = ([counts for counts in _COUNTS if counts.right() == n] for n in rights)
    return _with_counts(rng, *rng.choice(first)), _with_counts(rng, *rng.choice(second))


def _with_counts(
    rng: np.random.Generator, zeros: int, ones: int, false_ones: int, false_zeros: int
) -> Batch:
    targets = np.repeat([0.0, 1.0], [zeros, ones])
    said = np.repeat(
        [-1, 1, -1], [zeros - false_ones, false_ones + ones - false_zeros, false_zeros]
    )
    logits = said * rng.uniform(0.2, 2.0, _SAMPLES)
    order = rng.permutation(_SAMPLES)
    return logits[order, None].astype("float32"), targets[order, None].astype("float32")


def _three_classes(rng: np.random.Generator) -> tuple[Batch, Batch]:
    """Draw two batches of logits (10, 3) and labels (10,), with another accuracy each."""
    first, second = rng.choice(range(3, 8), 2, replace=False)
    return _with_right(rng, first), _with_right(rng, second)


def _with_right(rng: np.random.Generator, right: int) -> Batch:
    """Draw a batch where so many of 10 largest logits are the label's."""
    logits = rng.normal(size=(10, 3)).astype("float32")
    logits[np.arange(10), rng.permutation(np.resize([0, 1, 2], 10))] += 3
    away = rng.permutation(np.repeat([0, 1], [right, 10 - right]))
    return logits, ((np.argmax(logits, axis=1) + away) % 3).astype("int32")


def _equally_wrong(rng: np.random.Generator) -> tuple[Batch, Batch]:
    """Draw two batches, in each of which every prediction is off by the same distance."""
    return _off_by(rng, rng.uniform(0.3, 0.5)), _off_by(rng, rng.uniform(0.6, 0.8))


def _off_by(rng: np.random.Generator, distance: float) -> Batch:
    predictions = rng.normal(size=(8, 1))
    errors = distance * rng.choice([-1, 1], (8, 1))
    return predictions.astype("float32"), (predictions + errors).astype("float32")


def _loss_and_a_metric(seen: Any, expected: Any) -> str | None:
    """Compare the loss; one and the same metric must read what is expected on both batches."""
    if difference(seen, expected) is None:
        return None
    if reason := close()(seen["loss"], expected["loss"]):
        return f"the loss: {reason}"
    if not seen["metrics"]:
        return "no metric is reported beside the loss"
    [metric] = expected["metrics"]
    if all(close()(values, metric) for values in seen["metrics"]):
        return f"none of the metrics reads {_in_turn(metric)}"
    return None


def _in_turn(values: Any) -> str:
    first, second = values
    return f"{first:.4g} on one batch and {second:.4g} on another"


def _true_accuracy(seen: Any, expected: Any) -> str | None:
    """Compare as above; what calls itself an accuracy must read what is expected."""
    if difference(seen, expected) is None:
        return None
    [metric] = (values for name, values in expected.items() if name != "loss")
    for name, values in seen.items():
        if "acc" in name.lower() and close()(values, metric):
            return f"`{name}` reads {_in_turn(values)}, expected {_in_turn(metric)}"
    return _loss_and_a_metric(_unnamed(seen), _unnamed(expected))


def _several(seen: Any, expected: Any) -> str | None:
    for name, report in expected.items():
        if reason := _loss_and_a_metric(seen[name], report):
            return f"{name}: {reason}"
    return None


def _errors(seen: Any, expected: Any) -> str | None:
    """Compare where any loss and any metric of regression will do.

    As every prediction of a batch is wrong by the same distance, the mean absolute error is that
    distance, and what any other would read follows from it.
    """
    if difference(seen, expected) is None:
        return None
    [distances] = expected["metrics"]
    readings = [
        [read(distance) for distance in distances]
        for read in (np.abs, np.square, _huber, lambda distance: np.log(np.cosh(distance)))
    ]
    for name, found in ("loss", [seen["loss"]]), ("metrics", seen["metrics"]):
        if all(close()(values, reading) for values in found for reading in readings):
            words = ", ".join(_in_turn(values) for values in found) or "nothing"
            return f"{name}: {words}, where predictions are off by {_in_turn(distances)}"
    return None


def _huber(distance: float) -> float:
    return distance**2 / 2 if distance <= 1 else distance - 0.5


@compile_for.probe("two classes", compare=_loss_and_a_metric)
def _(answer, rng):
    return _unnamed(_reported(answer, _model(1, tf.sigmoid), _two_classes(rng), "binary"))


@compile_for.probe("several classes", compare=_several)
def _(answer, rng):
    sparse = _three_classes(rng)
    one_hot = [(logits, np.eye(3, dtype="float32")[labels]) for logits, labels in sparse]
    return {
        task: _unnamed(_reported(answer, _model(3, tf.nn.softmax), batches, task))
        for task, batches in [("multiclass_one_hot", one_hot), ("multiclass_sparse", sparse)]
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
    answer(model)
    model.run_eagerly = True
    return _side_by_side([_history(model, batch) for batch in _two_classes(rng)])


def _history(model: Any, batch: Batch) -> dict[str, Any]:
    """Return what a fit reports, all in one batch: it is from before the only step."""
    for weight, value in zip(model.weights, (1.0, 0.0)):
        weight.assign(keras.ops.full_like(weight, value))
    history = model.fit(*batch, batch_size=_SAMPLES, verbose=0).history
    return {name: values[0] for name, values in history.items()}


@mend_compile.probe("what `evaluate` reports", compare=_true_accuracy)
def _(answer, rng):
    return _reported(answer, _model(1, tf.sigmoid), _two_classes(rng))


mend_compile.hint(
    "The last layer gives 0.93, the target is 1. Does the metric `Accuracy` call the two equal?",
    "Print `keras.metrics.Accuracy()([[1.0]], [[0.93]])`. Which metric compares a probability with "
    "a threshold first?",
    "Keras picks a fitting accuracy where it is asked for by name, as a string.",
)
