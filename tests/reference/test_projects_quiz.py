"""The predictions of chapter 7, each worked out by running what the question is about."""

from __future__ import annotations

from collections.abc import Callable

import keras
import numpy as np
import pytest
from sklearn.datasets import load_iris

from tfcourse_utils.reference.end_to_end import projects_quiz


def _kinds_in_the_last_fifth() -> int:
    return len(np.unique(load_iris().target[-30:]))


def _always_the_mean() -> float:
    said = keras.ops.full((2,), np.mean([10, 20, 60]))
    return float(keras.losses.mean_absolute_error([20.0, 40.0], said))


def _always_the_commonest() -> float:
    train, test = [0, 0, 0, 1, 2], [0, 1, 1, 2]
    said = max(set(train), key=train.count)
    return sum(label == said for label in test) / len(test)


def _best_of_ten() -> str:
    """Score ten models that are right on 70 % of rows, many times, and average the best."""
    scores = np.random.default_rng(0).binomial(50, 0.7, (500, 10)) / 50
    apart = scores.max(axis=1).mean() - 0.7
    return "too good" if apart > 0.02 else "too bad" if apart < -0.02 else "right"


def _error_in_the_unit() -> float:
    prices = np.array([200_000.0, 350_000.0])
    return float(np.mean(np.abs(1000 * (prices / 1000 + 2.5) - prices)))


URGENT, NEVER = np.arange(200) < 4, np.zeros(200, bool)

WORKED_OUT: dict[str, Callable[[], object]] = {
    "kinds_in_the_last_fifth": _kinds_in_the_last_fifth,
    "baseline_of_the_mean": _always_the_mean,
    "baseline_of_the_commonest": _always_the_commonest,
    "best_of_ten": _best_of_ten,
    "error_in_the_unit": _error_in_the_unit,
    "none_is_urgent": lambda: float(np.mean(URGENT == NEVER)),
    "urgent_ones_found": lambda: float(np.mean(NEVER[URGENT])),
}


@pytest.mark.parametrize("key", WORKED_OUT)
def test_what_was_predicted_is_what_comes_out(key: str) -> None:
    value = WORKED_OUT[key]()
    same = value == projects_quiz[key] if isinstance(value, str) else None
    assert same or value == pytest.approx(projects_quiz[key])


def test_the_other_questions_are_about_what_one_should_do() -> None:
    others = projects_quiz.keys() - WORKED_OUT.keys()
    assert {key: projects_quiz[key] for key in others} == {
        "scaled_by": "train",
        "stopped_by": "validation",
        "chosen_by": "validation",
    }
