"""Chapter 7: what the checks say of projects that go wrong in more ways than one."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tfcourse_utils.checking import Verdict, as_found, check_answer, find_exercise, wrong_answers
from tfcourse_utils.exercises.end_to_end.wrong import capstone, regression, species

from .cells import run_answer

SCORED = """
def regression_project(x, y, seed):
    keras.utils.set_random_seed(seed)
    test, train = np.split(np.random.default_rng(seed).permutation(len(x)), [len(x) // 5])
    scale = keras.layers.Normalization()
    scale.adapt(x[train])
    model = keras.Sequential([keras.Input((4,)), scale, keras.layers.Dense(1)])
    model.compile(keras.optimizers.Adam(0.3), "mae", jit_compile=False)
    model.fit(x[train], y[train], batch_size=64, epochs=2, verbose=0)
    return {
        "model": model,
        "test_rows": test,
        "baseline": np.mean(np.abs(y[test] - y[train].mean())),
        "score": np.mean(np.abs(y[test] - np.array(model(x[test])))),
    }
"""


def _verdict(source: str) -> Verdict:
    exercise = find_exercise("end_to_end.regression_project")
    return check_answer(exercise, run_answer(source, "regression_project"), seed=2)


def _told(verdict: Verdict) -> dict[str, str]:
    return {p.probe: p.reason for p in verdict.probes if p.reason}


def test_an_honest_project_that_is_no_good_loses_only_what_it_is_not() -> None:
    verdict = _verdict(SCORED)
    assert list(_told(verdict)) == ["better than always saying the mean"]
    assert verdict.points == verdict.possible - 2


def test_what_is_missing_is_named() -> None:
    missing = _verdict(re.sub(r'"baseline": .*', "", SCORED))
    assert all("the dictionary has no 'baseline'" in text for text in _told(missing).values())
    several = _verdict(SCORED.replace("return {", "return test, {"))
    assert all("gives back a dictionary, not tuple" in text for text in _told(several).values())


def test_a_project_mended_in_one_place_is_no_longer_as_it_was_found() -> None:
    exercise = find_exercise("end_to_end.mend_project")
    found: Any = as_found(exercise)
    one_mended = wrong_answers(exercise)["stopped by the test rows"]
    for wrong, unchanged in ((found, True), (one_mended, False)):
        verdict = check_answer(exercise, wrong.answer, seed=1)
        assert verdict.unchanged == unchanged
        assert wrong.says in verdict.misconceptions.values()


def test_a_leak_that_breaks_the_model_is_one_too() -> None:
    leaking = SCORED.replace('Adam(0.3), "mae"', 'SGD(0.01), "mse"').replace(
        "model.fit(x[train], y[train]", "model.fit(x, y"
    )
    verdict = _verdict(leaking)
    assert "the model is another one" in _told(verdict)["nothing of the test rows in the model"]
    assert list(verdict.misconceptions) == ["trained on all rows"]


@pytest.mark.parametrize(
    ("name", "project"),
    [
        ("regression_project", regression.project),
        ("species_project", species._project),
        ("capstone", capstone._project),
    ],
)
def test_targets_stay_as_they_are(name: str, project: Any) -> None:
    def spoiling(x: Any, y: Any, *others: Any) -> Any:
        result = project(x, y, *others)
        y *= 0
        return result

    verdict = check_answer(find_exercise(f"end_to_end.{name}"), spoiling, seed=2)
    assert verdict.points == verdict.possible - 1
    assert "the targets that it was given" in next(iter(_told(verdict).values()))
