"""The words for projects: what they see of one, and what they let pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfcourse_utils.checking import to_plain
from tfcourse_utils.exercises.project_rules import (
    Rules,
    moved,
    one_look,
    rows_by_seed,
    true_numbers,
)
from tfcourse_utils.exercises.projects import far, row_problem, three_runs
from tfcourse_utils.exercises.shown_data import rows_of, shown_to_models


def _error(y: Any, predictions: Any) -> float:
    return float(np.mean(np.abs(y - predictions)))


RULES = Rules(
    score=_error,
    baseline=lambda x, y, train, test: _error(y[test], y[train].mean()),
    shape=lambda count: (count, 1),
)


def _data() -> tuple[dict[str, Any], dict[str, Any]]:
    rng = np.random.default_rng(0)
    x = rng.normal(3, 2, (60, 2)).astype("float32")
    y = x @ [[1.0], [2.0]] + rng.normal(size=(60, 1))
    shown = {"inputs": x[:40], "unseen": x[40:], "seed": 7}
    return shown, {"inputs": x[:40], "targets": y[:40], "unseen": x[40:]}


SHOWN, KEPT = _data()


def project(
    x: Any,
    seed: int,
    leaks: str = "",
    change: Callable[[dict[str, Any]], Any] = lambda result: None,
) -> dict[str, Any]:
    """Fit a line by least squares: a project that takes no time."""
    y, order = KEPT["targets"], np.random.default_rng(seed).permutation(len(x))
    test, train = order[:8], order[8:]
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    rows = order if "fit" in leaks else train
    ones = np.ones((len(rows), 1))
    line = np.linalg.lstsq(np.hstack([x[rows], ones]), y[rows], rcond=None)[0]
    model.set_weights([line[:2], line[2]])
    result = {
        "model": model,
        "test_rows": test,
        "baseline": _error(y[test], y[train].mean()),
        "score": _error(y[test], np.asarray(model(x[test]))),
    }
    change(result)
    return result


def _seen(**kwargs: Any) -> Any:
    return to_plain(three_runs(lambda x, seed: project(x, seed, **kwargs), SHOWN))


def _with(**changes: Any) -> Any:
    return _seen(change=lambda result: result.update(changes))


def test_a_right_project_passes_everything() -> None:
    seen = _seen()
    for compare in (rows_by_seed, true_numbers(RULES), one_look(RULES)):
        assert compare(seen, KEPT) is None
    assert moved(seen) == 0


def test_a_leak_moves_the_model() -> None:
    seen = _seen(leaks="fit")
    assert moved(seen) > 0.1
    assert "the model is another one" in str(one_look(RULES)(seen, KEPT))
    assert true_numbers(RULES)(seen, KEPT) is None


def test_a_leak_may_leave_no_numbers() -> None:
    seen = _seen()
    seen["changed"]["at_unseen"] = np.full_like(seen["first"]["at_unseen"], np.nan)
    assert "the model is another one" in str(one_look(RULES)(seen, KEPT))
    assert true_numbers(RULES)(seen, KEPT) is None
    steady = seen["first"]["at_unseen"]
    for run in ("first", "changed"):
        seen[run]["at_unseen"] = {"steady": steady, "other": seen[run]["at_unseen"]}
    assert not moved(seen) <= 1


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[0, 1, 2, 3, 4, 5, 6, 7]], "of shape (1, 8)"),
        (np.arange(8.0), "float64"),
        ([0, 0, 1, 2, 3, 4, 5, 6], "a row twice"),
        ([33, 34, 35, 36, 37, 38, 39, 40], "a number that is no row"),
        ([-1, 0, 1, 2, 3, 4, 5, 6], "a number that is no row"),
        (np.arange(10), "10 of 40 rows"),
        ([], "not a list of row numbers"),
        (None, "not a list of row numbers"),
    ],
)
def test_rows_that_can_not_be_those_of_a_test(rows: Any, reason: str) -> None:
    assert reason in str(row_problem(rows, 40))
    seen = _with(test_rows=rows)
    assert seen["changed"] is None
    for compare in (rows_by_seed, true_numbers(RULES), one_look(RULES)):
        assert reason in str(compare(seen, KEPT))


@pytest.mark.parametrize("count", [7, 8, 9])
def test_a_fifth_is_meant_to_one_row(count: int) -> None:
    assert row_problem(np.arange(count), 40) is None


def test_rows_that_the_seed_does_not_decide() -> None:
    assert "different seeds keep back the same" in str(
        rows_by_seed(_with(test_rows=np.arange(8)), KEPT)
    )
    rng = np.random.default_rng(0)
    seen = _seen(change=lambda result: result.update(test_rows=rng.permutation(40)[:8]))
    assert "the same seed keep back different" in str(rows_by_seed(seen, KEPT))


def test_inputs_that_are_changed_are_seen() -> None:
    def spoiling(x: Any, seed: int) -> Any:
        result = project(x, seed)
        x -= 1.0
        return result

    seen = to_plain(three_runs(spoiling, SHOWN))
    assert "not what they were" in str(rows_by_seed(seen, KEPT))
    np.testing.assert_array_equal(SHOWN["inputs"], KEPT["inputs"])


@pytest.mark.parametrize("name", ["baseline", "score"])
def test_numbers_are_worked_out_again(name: str) -> None:
    seen = _seen(change=lambda result: result.update({name: np.float32(result[name])}))
    assert true_numbers(RULES)(seen, KEPT) is None
    assert f"`{name}` is 9" in str(true_numbers(RULES)(_with(**{name: 9.0}), KEPT))
    assert "should be a number" in str(true_numbers(RULES)(_with(**{name: [9.0]}), KEPT))


@pytest.mark.parametrize(
    ("model", "kind"),
    [({"weights": 1}, "dict"), (np.ones(3), "ndarray"), ("a Keras model", "str")],
)
def test_what_is_no_model_is_said(model: Any, kind: str) -> None:
    seen = _with(model=model)
    assert f"`model` is {kind}, not a Keras model" in str(true_numbers(RULES)(seen, KEPT))


def test_what_is_no_project_is_said() -> None:
    with pytest.raises(TypeError, match="a dictionary, not int"):
        three_runs(lambda x, seed: 3, SHOWN)
    with pytest.raises(ValueError, match="no 'score'"):
        _seen(change=lambda result: result.pop("score"))


def test_a_model_for_other_inputs_says_what_it_has_against_them() -> None:
    other = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    reason = str(one_look(RULES)(_with(model=other), KEPT))
    assert "can't be called with such inputs: ValueError" in reason
    assert "to have value 3" in reason


def test_several_inputs_and_outputs_are_dictionaries() -> None:
    names = ("left", "right")

    def both(inputs: Any, seed: int) -> Any:
        result = project(inputs["left"], seed)
        places = {name: keras.Input((2,), name=name) for name in names}
        outputs = {name: result["model"](places["left"]) for name in names}
        numbers = {k: dict.fromkeys(names, result[k]) for k in ("baseline", "score")}
        return result | numbers | {"model": keras.Model(places, outputs)}

    def doubled(found: dict[str, Any]) -> dict[str, Any]:
        parts = {k: dict.fromkeys(names, v) for k, v in found.items() if k != "seed"}
        return found | parts

    def each(rule: Callable[..., Any]) -> Callable[..., Any]:
        def of_both(*data: Any) -> Any:
            return {
                name: rule(*(d[name] if isinstance(d, dict) else d for d in data)) for name in names
            }

        return of_both

    rules = Rules(each(RULES.score), each(RULES.baseline), lambda n: dict.fromkeys(names, (n, 1)))
    kept = doubled(KEPT)
    seen = to_plain(three_runs(both, doubled(SHOWN)))
    for compare in (rows_by_seed, true_numbers(rules), one_look(rules)):
        assert compare(seen, kept) is None
    seen["first"]["score"]["right"] += 1.0
    assert "`score: right`" in str(true_numbers(rules)(seen, kept))


def test_far_inputs_are_others_in_every_row() -> None:
    x = SHOWN["inputs"][:8]
    assert np.all(np.any(far(x) != x, axis=1))
    assert far(x).dtype == x.dtype
    assert np.std(far(x)) > 10 * np.std(x)


def test_models_are_counted_that_were_tried_on_the_test_rows() -> None:
    def choosing(x: Any, seed: int) -> Any:
        first, other = project(x, seed), project(x, seed)
        for result in (first, other, first):
            result["model"].predict(x[result["test_rows"]], verbose=0)
        return first

    seen = to_plain(three_runs(choosing, SHOWN))
    assert "2 models were tried on the test rows" in str(one_look(RULES)(seen, KEPT))


def test_a_model_inside_another_is_the_same_model() -> None:
    model = project(SHOWN["inputs"], 1)["model"]
    around = keras.Sequential([model, keras.layers.Rescaling(2.0)])
    with shown_to_models() as given:
        model(SHOWN["inputs"])
        around(SHOWN["inputs"])
    assert given.scored_on(rows_of(SHOWN["inputs"])) == 1


def _batches(*arrays: Any) -> Any:
    return tf.data.Dataset.from_tensor_slices(arrays).batch(5)


def _tried(model: Any, x: Any, how: str) -> None:
    y = np.zeros((len(x), 1))
    for part in (slice(4), slice(4, None)):
        if how == "test_on_batch":
            model.test_on_batch(x[part], y[part])
        elif how == "predict_on_batch":
            model.predict_on_batch(x[part])
        elif how == "predict":
            model.predict(_batches(x[part]), verbose=0)
        else:
            model.evaluate(_batches(x[part], y[part]), verbose=0)


@pytest.mark.parametrize("how", ["test_on_batch", "predict_on_batch", "predict", "evaluate"])
def test_models_tried_in_parts_or_on_datasets_count_too(how: str) -> None:
    x, models = SHOWN["inputs"][:8], [project(SHOWN["inputs"], seed)["model"] for seed in (1, 2)]
    with shown_to_models() as given:
        for model in models:
            model.compile("sgd", "mse", run_eagerly=True)
            _tried(model, x, how)
        models[0](SHOWN["inputs"][8:])
    assert given.scored_on(rows_of(x)) == 2


def _in_a_dataset(model: Any, x: Any, y: Any, test: Any, train: Any) -> None:
    model.fit(x[train], y[train], validation_data=_batches(x[test], y[test]), verbose=0)


def _at_the_end(model: Any, x: Any, y: Any, test: Any, train: Any) -> None:
    rows = np.concatenate([train, test])
    model.fit(x[rows], y[rows], validation_split=0.2, verbose=0)


@pytest.mark.parametrize("fit", [_in_a_dataset, _at_the_end])
def test_test_rows_are_not_to_validate_with(fit: Callable[..., None]) -> None:
    def watching(x: Any, seed: int) -> Any:
        result, y = project(x, seed), KEPT["targets"][: len(x)]
        test = result["test_rows"]
        result["model"].compile(keras.optimizers.SGD(0.0), "mse", run_eagerly=True)
        fit(result["model"], x, y, test, np.setdiff1d(np.arange(len(x)), test))
        return result

    seen = to_plain(three_runs(watching, SHOWN))
    assert seen["first"]["test rows in validation"] == 1
    assert seen["first"]["test rows trained on"] == 0
    assert "to validate with" in str(one_look(RULES)(seen, KEPT))


def test_data_given_to_models_is_noted_and_nothing_stays_behind() -> None:
    before = {name: getattr(keras.Model, name) for name in ("fit", "predict", "__call__")}
    x, y = SHOWN["inputs"], KEPT["targets"][:40]
    model = project(x, 1)["model"]
    model.compile("sgd", "mse", run_eagerly=True)
    with shown_to_models() as given:
        model.fit(x[:20], y[:20], validation_data=(x[20:30], y[20:30]), verbose=0)
        model.evaluate(x[30:], y[30:], verbose=0)
        model(x[30:])
        keras.layers.Normalization().adapt(x[:20])
    assert {name: getattr(keras.Model, name) for name in before} == before
    assert given.validated_on(rows_of(x[20:25])) == 0.5
    assert given.validated_on(rows_of(x[:20])) == 0
    assert given.trained_on(rows_of(x[15:25])) == 0.5
    assert given.adapted_to(rows_of(x[10:30])) == 0.5
    assert given.scored_on(rows_of(x[30:])) == 1
