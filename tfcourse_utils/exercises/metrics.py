"""Looking at streaming metrics: however the data is cut into batches, the result is the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import noted, notes_are_read

from .losses import echo

__all__ = ["after_reset", "cut", "evaluated_metric", "in_graph", "result_of", "streamed"]

Make = Callable[[], Any]  # makes the metric that is looked at
Batch = tuple[Any, ...]  # targets, predictions, and sometimes sample weights


def cut(rng: np.random.Generator, *arrays: Any) -> list[Batch]:
    """Cut arrays of equal length into three batches of unlike size, a single sample among them."""
    samples = len(arrays[0])
    middle = int(rng.integers(2, samples - 2))
    places = [0, 1, middle, samples]
    return [tuple(array[i:j] for array in arrays) for i, j in zip(places, places[1:])]


def result_of(metric: Any, batches: Sequence[Batch]) -> Any:
    """Return the result of a metric after some batches."""
    for batch in batches:
        metric.update_state(*batch)
    return metric.result()


def in_graph(metric: Any, y_true: Any, y_pred: Any, weights: Any) -> Any:
    """Return the result of a metric after one batch, both worked out in a graph as in `fit`.

    It is what `evaluated_metric` looks at, in a tenth of the time.
    """

    def counted(y_true: Any, y_pred: Any, weights: Any) -> Any:
        metric.update_state(y_true, y_pred, sample_weight=weights)
        return metric.result()

    batch = [tf.convert_to_tensor(part) for part in (y_true, y_pred, weights)]
    return tf.function(counted, autograph=False).get_concrete_function(*batch)(*batch)


def streamed(make: Make, batches: Sequence[Batch]) -> Any:
    """Return the result over all batches, noting where it is the mean of the batches' own."""
    result = result_of(make(), batches)
    return noted(result, _averages(make, batches, result)) if notes_are_read() else result


def _averages(make: Make, batches: Sequence[Batch], result: Any) -> str:
    if np.shape(result) != ():
        return ""
    singly = [float(result_of(make(), [batch])) for batch in batches]
    together = [tf.concat(parts, axis=0) for parts in zip(*batches)]
    at_once = float(result_of(make(), [tuple(together)]))
    if not np.isclose(float(result), np.mean(singly)) or np.isclose(float(result), at_once):
        return ""
    return (
        f"The {len(singly)} batches alone give {', '.join(f'{one:.3g}' for one in singly)}, and "
        f"this is their mean. All samples at once give {at_once:.3g}: batches of unlike size must "
        "not count alike."
    )


def after_reset(metric: Any, batches: Sequence[Batch]) -> dict[str, Any]:
    """Return what a metric says before any batch, and after a reset and the last batch alone."""
    before = metric.result()
    result_of(metric, batches)
    metric.reset_state()
    emptied = metric.result()
    return {
        "before any batch": before,
        "just after a reset": emptied,
        "last batch, after a reset": result_of(metric, batches[-1:]),
    }


def evaluated_metric(metric: Any, y_true: Any, y_pred: Any, weights: Any = None) -> float:
    """Return the metric as `evaluate` reports it for a model that predicts just `y_pred`.

    Keras hands the metric batches and sample weights as in any training.
    """
    model = echo(y_pred.shape[1:])
    model.compile(loss=_no_loss, weighted_metrics=[metric], jit_compile=False)
    result = model.evaluate(
        y_pred, y_true, sample_weight=weights, batch_size=4, verbose=0, return_dict=True
    )
    return next(float(value) for name, value in result.items() if name != "loss")


def _no_loss(y_true: Any, y_pred: Any) -> Any:
    """Return 0 for each sample: a model needs some loss to be evaluated."""
    return tf.zeros(tf.shape(y_pred)[0])
