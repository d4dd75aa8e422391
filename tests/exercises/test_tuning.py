"""Chapter 6: what the checks let pass, and what they say of searches and spaces that go wrong."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest

from tfcourse_utils.checking import Status
from tfcourse_utils.exercises.callbacks_and_tuning.budget import first_fault

from .cells import verdict_on

_check = partial(verdict_on, "callbacks_and_tuning")

SPACE = """
def build_model(hp):
    model = keras.Sequential([keras.Input((64,))])
    for number in range(hp.Int("layers", {depths})):
        model.add(keras.layers.Dense(hp.Int(f"width {{number}}", 8, 32), activation="relu"))
    model.add(keras.layers.Dropout({dropout}))
    model.add(keras.layers.Dense(10, activation="softmax"))
    rate = {rate}
    model.compile(keras.optimizers.SGD(rate), "sparse_categorical_crossentropy")
    return model
"""
DROPOUT = 'hp.Choice("dropout", [0.4, 0.2])'
LOG = 'hp.Float("rate", 1e-4, 1e-1, sampling="log")'


@pytest.mark.parametrize("depths", ["1, 2", "0, 2", "1, 3, default=2"])
@pytest.mark.parametrize("rate", [LOG, '10 ** hp.Float("exponent", -4, -1)'])
def test_ranges_and_defaults_are_free(depths: str, rate: str) -> None:
    source = SPACE.format(depths=depths, dropout=DROPOUT, rate=rate)
    assert _check("build_model", source).status is Status.RIGHT


@pytest.mark.parametrize("rate", ["1e-3, 1e-2", "1e-4, 1e-1"])
def test_a_linear_learning_rate_is_seen_without_its_name(rate: str) -> None:
    source = SPACE.format(depths="1, 2", dropout=DROPOUT, rate=f'hp.Float("rate", {rate})')
    verdict = _check("build_model", source)
    assert list(verdict.misconceptions) == ["linear sampling"]


def test_dropout_that_hp_does_not_change_is_found() -> None:
    verdict = _check("build_model", SPACE.format(depths="1, 2", dropout="0.3", rate=LOG))
    assert list(verdict.misconceptions) == ["dropout read and not used"]


INSIDE = """
def build_model(hp):
    dropout = {dropout}
    model = keras.Sequential([keras.Input((64,))])
    for number in range(hp.Int("layers", 0, 2)):
        model.add(keras.layers.Dense(hp.Int(f"width {{number}}", 8, 32), activation="relu"))
        model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    rate = {rate}
    model.compile(keras.optimizers.SGD(rate), "sparse_categorical_crossentropy")
    return model
"""


def test_dropout_may_have_nothing_to_drop_where_there_is_no_hidden_layer() -> None:
    verdict = _check("build_model", INSIDE.format(dropout=DROPOUT, rate=LOG))
    assert verdict.status is Status.RIGHT


FIRST = """
def build_model(hp):
    widths = [{width} for number in range({most})]
    model = keras.Sequential([keras.Input((64,))])
    for width in widths[:hp.Int("layers", {depths})]:
        model.add(keras.layers.Dense(width, activation="relu"))
    model.add(keras.layers.Dropout({dropout}))
    model.add(keras.layers.Dense(10, activation="softmax"))
    rate = {rate}
    model.compile(keras.optimizers.SGD(rate), "sparse_categorical_crossentropy")
    return model
"""
OWN = 'hp.Int(f"width {number}", 4, 40)'


@pytest.mark.parametrize(("most", "depths"), [(8, "0, 8, default=3"), (3, "1, 3")])
def test_widths_may_be_read_before_the_depth(most: int, depths: str) -> None:
    source = FIRST.format(width=OWN, most=most, depths=depths, dropout=DROPOUT, rate=LOG)
    assert _check("build_model", source).status is Status.RIGHT


@pytest.mark.parametrize(
    ("width", "misconception"),
    [
        ('hp.Int("width", 4, 40)', "one name for all widths"),
        ("16 + number", "one name for all widths"),
        ('hp.Int(f"width {number // 2}", 4, 40)', "some widths fixed"),
        (f"{OWN} if number else 16", "some widths fixed"),
    ],
)
def test_widths_that_do_not_move_alone_are_told_apart(width: str, misconception: str) -> None:
    source = FIRST.format(width=width, most=3, depths="1, 3", dropout=DROPOUT, rate=LOG)
    assert list(_check("build_model", source).misconceptions) == [misconception]


SEARCH = """
import keras_tuner

def build(hp):
    model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(10, "softmax")])
    rate = hp.Float("rate", 1e-3, 1e-1, sampling="log")
    model.compile(keras.optimizers.SGD(rate), "sparse_categorical_crossentropy")
    return model

class Search(keras_tuner.RandomSearch):
    def run_trial(self, trial, x, y):
        model = build(trial.hyperparameters)
        model.fit(x[10:], y[10:], verbose=0)
        return model.evaluate({judged}, verbose=0)

def tune(x, y, max_trials, seed, directory):
    keras.utils.set_random_seed(seed)
    tuner = Search(max_trials=max_trials, seed=seed, directory=directory)
    tuner.search(x, y)
    best = tuner.get_best_hyperparameters()[0]
    model = build(best)
    model.fit(x, y, verbose=0)
    return best, model
"""


def test_a_trial_of_ones_own_may_validate_with_evaluate() -> None:
    verdict = _check("tune", SEARCH.format(judged="x[:10], y[:10]"))
    assert verdict.status is Status.RIGHT


def test_evaluate_on_the_rows_trained_on_is_seen_too() -> None:
    verdict = _check("tune", SEARCH.format(judged="x, y"))
    assert list(verdict.misconceptions) == ["judged by the rows trained on"]


def test_a_search_that_writes_elsewhere_is_told_so() -> None:
    source = SEARCH.format(judged="x[:10], y[:10]")
    verdict = _check("tune", source.replace("directory=directory", 'directory="mine"'))
    assert "under `directory`, and 3 elsewhere" in verdict.probes[0].reason


def _seen(*scores: float) -> dict[str, Any]:
    trials = [
        {"values": {"place": place}, "score": score, "direction": "max"}
        for place, score in enumerate(scores)
    ]
    nothing: dict[str, Any] = {"fits": [], "trials beside": 0, "model": np.zeros((3, 10))}
    return nothing | {"trials": trials, "hyperparameters": {"place": 1}}


@pytest.mark.parametrize(
    ("scores", "fault"),
    [
        ((), "nowhere"),
        ((np.nan, np.nan), "failed"),
        ((0.9, 0.5), "not best"),
        ((np.nan, 0.5, 0.4), "never fitted"),
    ],
)
def test_trials_without_a_score_are_not_the_best(scores: tuple[float, ...], fault: str) -> None:
    kept = {"asks": "model", "x": np.zeros((30, 64)), "unseen": np.zeros((3, 64)), "max_trials": 3}
    first = first_fault(_seen(*scores), kept)
    assert first is not None
    assert first[0] == fault


LOOP = """
def fit_loop(model, loss, optimizer, dataset, epochs):
    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            value = tf.reduce_mean(loss(y, model(x, training=True))) + sum(model.losses)
        gradients = tape.gradient(value, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return value

    optimizer.build(model.trainable_variables)
    history = []
    for _ in range(epochs):
        values, sizes = zip(*[(float(step(x, y)), len(x)) for x, y in dataset])
        history.append(np.average(values, weights=sizes))
    return {"loss": np.array(history)}
"""


def test_a_compiled_step_and_an_array_of_losses_are_right() -> None:
    assert _check("fit_loop", LOOP).status is Status.RIGHT
