"""`HuberMetric`: the Huber loss as a metric that streams."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcourse_utils.checking import exercise, noted

from ..copies import copied, drawn_name, forgotten_by_config, names_read
from ..errors import explained
from ..losses import sample_weights
from ..metrics import after_reset, cut, evaluated_metric, result_of, streamed
from ..tracking import overwritten, untracked
from .around import around, threshold_above_1

__all__ = ["HuberMetric"]

HuberMetric = exercise(
    "losses_and_metrics.HuberMetric",
    kind="rebuild",
    section="Metrics that stream",
    answer_kind="class",
)


def _batches(rng: np.random.Generator, threshold: float, shape: tuple[int, ...]) -> Any:
    return cut(rng, *around(rng, threshold, shape))


@HuberMetric.probe("three batches of unlike size")
@explained
def _(answer, rng):
    threshold = threshold_above_1(rng)
    return streamed(lambda: answer(threshold), _batches(rng, threshold, (8, 1)))


@HuberMetric.probe("sample weights, in `evaluate`")
@explained
def _(answer, rng):
    threshold = threshold_above_1(rng)
    y_true, y_pred = around(rng, threshold, (8, 1))
    metric = answer(threshold=threshold)
    return evaluated_metric(metric, y_true, y_pred, sample_weights(rng, 8))


@HuberMetric.probe("before any batch, after a reset; no threshold given, no second axis")
@explained
def _(answer, rng):
    metric, batches = answer(), _batches(rng, 1.0, (7,))
    seen = after_reset(metric, batches) | {"three batches": result_of(answer(), batches)}
    return noted(seen, untracked(metric) or overwritten(metric, answer()))


@HuberMetric.probe("a copy made from the config", read=names_read)
@explained
def _(answer, rng):
    threshold, name = threshold_above_1(rng), drawn_name(rng)
    metric = answer(threshold=threshold, name=name)
    batches = _batches(rng, threshold, (8, 1))
    copy = copied(metric)
    seen = {
        "names": [name, metric.name, copy.name],
        "result of the metric": result_of(metric, batches),
        "result of its copy": result_of(copy, batches),
    }
    return noted(seen, forgotten_by_config(metric))


HuberMetric.hint(
    "Two batches: three samples with a mean of 1, one sample with a loss of 5. What is the mean of "
    "all four, and which two numbers have to be kept to know it?",
    '`self.add_weight(name=..., initializer="zeros")` makes a number that `reset_state` sets to 0 '
    "again. The name has to be given by its name.",
    "`update_state` adds to both numbers: weights times losses to the one, weights to the other. "
    "Without `sample_weight` every weight is 1.",
    "In `result`, `tf.math.divide_no_nan` gives 0 where nothing has been counted. The config needs "
    "the threshold, as with the loss.",
)
