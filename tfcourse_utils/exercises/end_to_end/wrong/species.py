"""How `species_project` goes wrong."""

from __future__ import annotations

from functools import partial
from typing import Any

import keras
import numpy as np

from ..species import ACCURACY, RULES, SIZES, accuracy, species_project
from .leaks import When, add, baseline_is, score_is

_SPARSE = "sparse_categorical_crossentropy"


def _split(y: Any, seed: Any) -> tuple[Any, Any]:
    order = np.random.default_rng(seed).permutation(len(y))
    by_kind = order[np.argsort(y[order], kind="stable")]
    return by_kind[::5], np.setdiff1d(order, by_kind[::5])


def _not_by_kind(y: Any, seed: int, part: int = 5) -> tuple[Any, Any]:
    order = np.random.default_rng(seed).permutation(len(y))
    return order[: len(y) // part], order[len(y) // part :]


def _network(x: Any, adapt_to: Any, activation: str | None = "softmax") -> Any:
    scale = keras.layers.Normalization()
    scale.adapt(adapt_to)
    hidden, output = keras.layers.Dense(32, "relu"), keras.layers.Dense(len(SIZES), activation)
    return keras.Sequential([keras.Input(x.shape[1:]), scale, hidden, output])


def _fit(model: Any, x: Any, y: Any, copies: int, loss: Any = _SPARSE, **settings: Any) -> Any:
    model.compile(keras.optimizers.Adam(0.03), loss, jit_compile=False)
    return model.fit(
        np.tile(x, (copies, 1)), np.tile(y, copies), batch_size=64, verbose=0, **settings
    )


def _result(model: Any, x: Any, y: Any, test: Any, train: Any, **other: Any) -> dict[str, Any]:
    return {
        "model": model,
        "test_rows": test,
        "baseline": np.mean(y[test] == np.bincount(y[train]).argmax()),
        "score": accuracy(y[test], np.asarray(model(x[test]))),
    } | other


def _project(
    x: Any,
    y: Any,
    seed: int,
    rows: Any = _split,
    scaled_by: Any = None,
    is_seeded: bool = True,
    copies: int = 15,
    other: Any = None,
) -> dict[str, Any]:
    """Return a project that is right but for what is said."""
    if is_seeded:
        keras.utils.set_random_seed(seed)
    test, train = rows(y, seed)
    model = _network(x, x[train] if scaled_by is None else scaled_by(x))
    _fit(model, x[train], y[train], copies)
    changes = other(model, x, y, test, train) if other else {}
    return _result(model, x, y, test, train, **changes)


def _stopped_by_test(x: Any, y: Any, seed: int) -> dict[str, Any]:
    keras.utils.set_random_seed(seed)
    test, train = _split(y, seed)
    model = _network(x, x[train])
    stop = keras.callbacks.EarlyStopping(patience=1, restore_best_weights=True)
    known = (x[test], y[test])
    _fit(model, x[train], y[train], 5, epochs=4, validation_data=known, callbacks=[stop])
    return _result(model, x, y, test, train)


def _chosen_by_test(x: Any, y: Any, seed: int) -> dict[str, Any]:
    rows = _split(y, seed)
    tried = [_project(x, y, start, lambda *_: rows) for start in (seed, seed + 1)]
    return max(tried, key=lambda result: result["score"])


def _history(x: Any, y: Any, seed: int) -> dict[str, Any]:
    test, train = _split(y, seed)
    model = _network(x, x[train])
    history = _fit(model, x[train], y[train], 1)
    return _result(model, x, y, test, train) | {"model": history}


add(species_project, "scaled by all rows", partial(_project, scaled_by=lambda x: x))
add(species_project, "stopped by the test rows", _stopped_by_test)
add(species_project, "chosen by the test rows", _chosen_by_test)
add(species_project, "weights without a seed", partial(_project, is_seeded=False))
add(
    species_project,
    "rows without a seed",
    partial(_project, rows=lambda y, _: _split(y, None), copies=1),
)
add(
    species_project,
    "the same rows for every seed",
    partial(_project, rows=lambda y, _: _split(y, 42), copies=1),
)
add(
    species_project,
    "a tenth",
    partial(_project, rows=lambda y, seed: _not_by_kind(y, seed, part=10), copies=1),
)
add(
    species_project,
    "rows exchanged",
    partial(_project, rows=lambda y, seed: _split(y, seed)[::-1], copies=1),
)
add(species_project, "returns the history", _history)


def _is_not_by_kind(seen: Any, kept: Any) -> bool:
    """Recognise a fifth of all rows that is no fifth of some kind."""
    y, every = kept["targets"], len(kept["targets"])
    rows = [seen[name]["test_rows"] for name in ("first", "other seed")]
    tested = [np.bincount(y[found], minlength=len(SIZES)) for found in rows]
    apart = np.abs(np.array(tested) - np.array(np.bincount(y)) / 5)
    return bool(abs(len(rows[0]) - every / 5) <= 1 and np.max(apart) > 1)


species_project.wrong(
    "not by kind",
    says="The test rows are a fifth of all rows, but not of every kind: rare kinds may have hardly "
    "a row among them. Split kind by kind.",
    when=_is_not_by_kind,
)(partial(_project, rows=_not_by_kind))


def _at(run: Any, kept: Any, is_test: bool) -> tuple[Any, Any]:
    """Return labels and predictions of the rows of the test, or of all others."""
    chosen = np.isin(np.arange(len(kept["targets"])), run["test_rows"]) == is_test
    return kept["targets"][chosen], run["at_inputs"][chosen]


def _score_is(value: Any) -> When:
    """Recognise a score that was worked out of labels and predictions, of test and training."""
    return score_is(RULES, lambda run, kept: value(_at(run, kept, True), _at(run, kept, False)))


def _cross_entropy(y: Any, probabilities: Any) -> float:
    return float(np.mean(-np.log(probabilities[np.arange(len(y)), y])))


for _name, _says, _score in (
    (
        "score of the training rows",
        "The score is the accuracy on the rows that the model was trained on. Those it knows: take "
        "the rows that were kept back.",
        lambda test, train: accuracy(*train),
    ),
    (
        "the loss for a score",
        "The score is the cross-entropy. The accuracy is asked for: the share of rows where the "
        "most probable kind is the right one.",
        lambda test, train: _cross_entropy(*test),
    ),
    (
        "share of mistakes",
        "The score is the share of rows where the model is wrong. The accuracy is the share where "
        "it is right.",
        lambda test, train: 1 - accuracy(*test),
    ),
    (
        "percent",
        "The score is in percent. An accuracy lies between 0 and 1.",
        lambda test, train: 100 * accuracy(*test),
    ),
):
    species_project.wrong(
        _name,
        says=_says,
        when=_score_is(_score),
    )(
        partial(
            _project,
            other=lambda m, x, y, test, train, value=_score: {
                "score": value(
                    (y[test], np.asarray(m(x[test]))), (y[train], np.asarray(m(x[train])))
                )
            },
        )
    )

for _name, _says, _baseline in (
    (
        "baseline of a guess",
        "The baseline is one divided by the number of kinds, as of blind guesses. Always saying "
        "the commonest kind is right more often.",
        lambda train, test: 1 / len(SIZES),
    ),
    (
        "baseline of the rarest",
        "The baseline always says the rarest kind. Which kind is right most often?",
        lambda train, test: np.mean(test == np.bincount(train).argmin()),
    ),
):
    species_project.wrong(_name, says=_says, when=baseline_is(RULES, _baseline))(
        partial(
            _project,
            other=lambda m, x, y, test, train, value=_baseline: {
                "baseline": value(y[train], y[test])
            },
        )
    )


def _sums(seen: Any) -> Any:
    return np.sum(seen["first"]["at_unseen"], axis=1)


@species_project.wrong(
    "logits",
    says="The outputs don't sum to 1: they are logits. Probabilities come out of a softmax.",
    when=lambda seen, kept: (
        not np.allclose(_sums(seen), 1, atol=1e-3)
        and (np.min(seen["first"]["at_unseen"]) < 0 or np.max(seen["first"]["at_unseen"]) > 1)
    ),
)
def _(x: Any, y: Any, seed: int) -> dict[str, Any]:
    keras.utils.set_random_seed(seed)
    test, train = _split(y, seed)
    model = _network(x, x[train], activation=None)
    _fit(model, x[train], y[train], 15, keras.losses.SparseCategoricalCrossentropy(True))
    return _result(model, x, y, test, train)


@species_project.wrong(
    "a sigmoid for each kind",
    says="The outputs of a row don't sum to 1, as from a sigmoid for each kind. A row is of one "
    "kind only: a softmax shares 1 out among them.",
    when=lambda seen, kept: (
        not np.allclose(_sums(seen), 1, atol=1e-3)
        and np.min(seen["first"]["at_unseen"]) >= 0
        and np.max(seen["first"]["at_unseen"]) <= 1
    ),
)
def _(x: Any, y: Any, seed: int) -> dict[str, Any]:
    keras.utils.set_random_seed(seed)
    test, train = _split(y, seed)
    model = _network(x, x[train], activation="sigmoid")
    _fit(model, x[train], y[train], 15)
    return _result(model, x, y, test, train)


def _knows_raw(seen: Any, kept: Any) -> float:
    return accuracy(kept["unseen_targets"], seen["first"]["at_unseen"])


def _score_of_other_inputs(seen: Any, kept: Any) -> bool:
    """Recognise a good score that the model does not have on raw measurements."""
    worked_out = accuracy(*_at(seen["first"], kept, is_test=True))
    return bool(_knows_raw(seen, kept) < ACCURACY and seen["first"]["score"] > worked_out + 0.1)


@species_project.wrong(
    "scaling outside the model",
    says="The score is far better than what the model does with raw measurements: it was trained "
    "on scaled ones, and the scaling stayed outside. Make it the model's first layer.",
    when=_score_of_other_inputs,
)
def _(x: Any, y: Any, seed: int) -> dict[str, Any]:
    keras.utils.set_random_seed(seed)
    test, train = _split(y, seed)
    scaled = (x - x[train].mean(axis=0)) / x[train].std(axis=0)
    hidden, output = keras.layers.Dense(32, "relu"), keras.layers.Dense(len(SIZES), "softmax")
    model = keras.Sequential([keras.Input(x.shape[1:]), hidden, output])
    _fit(model, scaled[train], y[train], 15)
    return _result(model, scaled, y, test, train)


@species_project.wrong(
    "unscaled",
    says="The model tells hardly any kinds apart. Are the inputs scaled, and were there enough "
    "steps? A column that is around 8000 drowns one that is around 1.",
    when=lambda seen, kept: (
        _knows_raw(seen, kept) < ACCURACY and not _score_of_other_inputs(seen, kept)
    ),
)
def _(x: Any, y: Any, seed: int) -> dict[str, Any]:
    return _project(x, y, seed, scaled_by=lambda x: np.array([[-1.0] * 4, [1.0] * 4], "float32"))
