"""How `capstone` goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import keras
import numpy as np

from ..capstone import ACCURACY, RULES, SIZES, capstone, curve
from ..kinds import accuracy, sum_to_1
from ..plugged import METRIC
from .kinds import by_kind, is_not_by_kind, scores_on_other_inputs
from .leaks import add
from .scores import add_baseline, add_score
from .solved import solved, split

_BUILT_IN = "sparse_categorical_crossentropy", "accuracy"


def _network(x: Any, y: Any, scaled_by: Any, layer: Any, last: str | None) -> Any:
    """Return a model that needs no training, with a layer that has next to no say in it."""
    straight = solved(x, 20.0 * np.eye(len(SIZES))[y] - 10.0, scaled_by)
    raw = keras.Input((2,))
    said = straight(raw)
    if layer is not None:
        little = keras.initializers.RandomNormal(stddev=0.01)
        aside = layer(straight.layers[0](raw))
        said = said + keras.layers.Dense(len(SIZES), kernel_initializer=little)(aside)
    return keras.Model(raw, keras.layers.Activation(last)(said))


def _project(
    x: Any,
    y: Any,
    layer: Any,
    loss: Any,
    metric: Any,
    callback: Any,
    seed: int,
    rows: Any = by_kind,
    is_scaled_by_all: bool = False,
    is_trained_on_all: bool = False,
    is_seeded: bool = True,
    is_validated: bool = False,
    last: str | None = "softmax",
    other: Any = None,
) -> dict[str, Any]:
    """Return a project that is right but for what is said. It trains for four batches."""
    if is_seeded:
        keras.utils.set_random_seed(seed)
    test, train = rows(y, seed)
    known = slice(None) if is_trained_on_all else train
    model = _network(x[known], y[known], x if is_scaled_by_all else x[train], layer, last)
    model.compile(keras.optimizers.Adam(0.001), loss, metrics=[metric], run_eagerly=True)
    history = model.fit(
        x[known],
        y[known],
        epochs=2,
        batch_size=128,
        callbacks=[callback] if callback else [],
        validation_data=(x[test], y[test]) if is_validated else None,
        verbose=0,
    )
    result = {
        "model": model,
        "test_rows": test,
        "baseline": np.mean(y[test] == np.bincount(y[train]).argmax()),
        "score": accuracy(y[test], np.asarray(model(x[test]))),
        "history": history,
    }
    return result | (other(model, x, y, test, train) if other else {})


def _history_for_model(*given: Any) -> dict[str, Any]:
    result = _project(*given)
    return result | {"model": result["history"]}


_FAULTS: dict[str, Callable[..., Any]] = {
    "scaled by all rows": partial(_project, is_scaled_by_all=True),
    "trained on all rows": partial(_project, is_trained_on_all=True),
    "stopped by the test rows": partial(_project, is_validated=True),
    "weights without a seed": partial(_project, is_seeded=False),
    "rows without a seed": partial(_project, rows=lambda y, _: by_kind(y, None)),
    "the same rows for every seed": partial(_project, rows=lambda y, _: by_kind(y, 42)),
    "rows exchanged": partial(_project, rows=lambda y, seed: by_kind(y, seed)[::-1]),
    "returns the history": _history_for_model,
}
for _name, _answer in _FAULTS.items():
    add(capstone, _name, _answer)


def _used(seen: Any) -> Any:
    assert seen["first"]["is_model"]
    return seen["first"]["used"]


@capstone.wrong(
    "a layer of its own",
    says="The layer that was given is not in the model. A new layer of the same class, or one that "
    "is made of its configuration, is another one: put the object itself among the layers.",
    when=lambda seen, _: not any(_used(seen)["weights of the layer"]),
)
def _(x, y, layer, loss, metric, callback, seed):
    return _project(x, y, keras.layers.Dense(24, "relu"), loss, metric, callback, seed)


@capstone.wrong(
    "the layer does not learn",
    says="The layer stands in the model, but the training left it as it was. Is it frozen, or does "
    "the loss not depend on it?",
    when=lambda seen, _: (
        any(_used(seen)["weights of the layer"])
        and len(_used(seen)["epochs"]) > 0
        and not _used(seen)["moved"] > 1e-6
    ),
)
def _(x, y, layer, loss, metric, callback, seed):
    layer.trainable = False
    return _project(x, y, layer, loss, metric, callback, seed)


def _is_unmarked(seen: Any, kept: Any) -> bool:
    values = curve(seen["first"]["history"], "loss")
    return values is not None and bool(np.all(values < kept["marks"][0] / 2))


@capstone.wrong(
    "a built-in loss",
    says="The model was not trained by the loss that was given, but by another one: its values in "
    "the history are not of the right size. `compile` takes the object where else a name stands.",
    when=_is_unmarked,
)
def _(x, y, layer, loss, metric, callback, seed):
    return _project(x, y, layer, _BUILT_IN[0], metric, callback, seed)


def _has_no_metric(seen: Any, _: Any) -> bool:
    history = seen["first"]["history"]
    return curve(history, "loss") is not None and curve(history, METRIC) is None


@capstone.wrong(
    "a built-in metric",
    says="The metric that was given has no values in the history. Worked out once, after the "
    "training, it is not there; `fit` works out what stands in `metrics` of `compile`.",
    when=_has_no_metric,
)
def _(x, y, layer, loss, metric, callback, seed):
    return _project(x, y, layer, loss, _BUILT_IN[1], callback, seed)


@capstone.wrong(
    "callback left out",
    says="The callback was made, and nobody called it. `fit` takes a list of `callbacks`.",
    when=lambda seen, _: len(seen["first"]["used"]["epochs"]) == 0,
)
def _(x, y, layer, loss, metric, callback, seed):
    return _project(x, y, layer, loss, metric, None, seed)


@capstone.wrong(
    "the losses for a history",
    says="`history` is one list of numbers. The whole History is asked for, as `fit` gives it "
    "back: the loss and the metric in every epoch.",
    when=lambda seen, _: np.ndim(seen["first"]["history"]) == 1,
)
def _(*given):
    result = _project(*given)
    return result | {"history": result["history"].history["loss"]}


capstone.wrong(
    "not by kind",
    says="The test rows are a fifth of all points, but not of every kind. Draw them kind by kind.",
    when=is_not_by_kind,
)(partial(_project, rows=lambda y, seed: split(len(y), seed)))


add_score(
    capstone,
    RULES,
    _project,
    "score of the training rows",
    "The score is the accuracy on the points that the model was trained on. Which ones has it "
    "never seen?",
    lambda test, training: accuracy(*training),
)
add_baseline(
    capstone,
    RULES,
    _project,
    "baseline of a guess",
    "The baseline is one divided by the number of kinds. Always saying the commonest kind is right "
    "more often than a blind guess.",
    lambda test, training: 1 / len(SIZES),
)


@capstone.wrong(
    "scaling outside the model",
    says="The score is far better than what the model does with raw points: it was trained on "
    "scaled ones. The scaling belongs in the model, before the first hidden layer.",
    when=lambda seen, kept: scores_on_other_inputs(seen, kept, ACCURACY),
)
def _(x, y, layer, loss, metric, callback, seed):
    _, train = by_kind(y, seed)
    scaled = (x - x[train].mean(axis=0)) / x[train].std(axis=0)
    return _project(scaled, y, layer, loss, metric, callback, seed)


def _has_an_output_for_each(seen: Any) -> bool:
    return bool(np.shape(seen["first"]["at_unseen"])[1:] == (len(SIZES),))


capstone.wrong(
    "logits",
    says="The outputs of a row don't sum to 1, and the loss that was given takes probabilities. "
    "A softmax makes them.",
    when=lambda seen, _: _has_an_output_for_each(seen) and not sum_to_1(seen["first"]["at_unseen"]),
)(partial(_project, last=None))
