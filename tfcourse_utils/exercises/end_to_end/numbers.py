"""Numbers from measurements: what both projects of that kind are looked at with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfcourse_utils.checking import Exercise

from ..project_rules import Rules, one_look, rows_by_seed, true_numbers, usable
from ..projects import parted, runs_of_both

__all__ = ["MARGIN", "RULES", "error", "look_at_numbers", "unlike_scales"]

MARGIN = 0.6  # of the error of always saying the mean; a network is at 0.2, a line at 0.75


def error(y: Any, predictions: Any) -> float:
    """Return the mean absolute error."""
    return float(np.mean(np.abs(y - predictions)))


RULES = Rules(
    score=error,
    baseline=lambda x, y, train, test: error(y[test], y[train].mean()),
    shape=lambda count: (count, 1),
)


def unlike_scales(rng: np.random.Generator, z: np.ndarray) -> np.ndarray:
    """Return columns of unlike scale, each far from 0, made of columns of scale 1."""
    sizes = rng.permutation([0.05, 1.0, 20.0, 400.0])
    return (sizes * (z + rng.uniform(15, 25, 4))).astype("float32")


def _measured(samples: int) -> Callable[[np.random.Generator], tuple[Any, Any]]:
    """Return what draws measurements, a bent law of three of them, and noise."""

    def data(rng: np.random.Generator) -> tuple[Any, Any]:
        z = rng.normal(size=(samples + 200, 4))
        x = unlike_scales(rng, z)
        law = 1.5 * z[:, :1] + 3 * np.abs(z[:, 1:2]) + np.sin(z[:, 2:3])
        y = (rng.uniform(5, 8) + 4 * law + rng.normal(0, 1, law.shape)).astype("float32")
        return parted(rng, x, y, samples)

    return data


def _better(seen: Any, kept: Any) -> str | None:
    if reason := usable(seen, kept, RULES):
        return reason
    y = kept["unseen_targets"]
    own, mean = error(y, seen["first"]["at_unseen"]), error(y, kept["targets"].mean())
    if not own <= MARGIN * mean:
        return (
            f"on rows that it never saw, the error is {own:.3g}; always saying the mean has "
            f"{mean:.3g}, and {MARGIN:.0%} of that is allowed"
        )
    return None


def look_at_numbers(project: Exercise, samples: int) -> None:
    """Add the probes of a project that predicts numbers, which share three trainings."""
    data = _measured(samples)
    for name, points, compare in (
        ("better than always saying the mean", 2, _better),
        ("a fifth of the rows, and the seed decides which", 1, rows_by_seed),
        ("baseline and score, worked out again", 1, true_numbers(RULES)),
        ("nothing of the test rows in the model", 2, one_look(RULES)),
    ):
        project.probe(name, points=points, compare=compare, data=data)(runs_of_both)
