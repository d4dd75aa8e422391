"""`species_project`: one kind of several."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcourse_utils.checking import exercise

from ..project_rules import Rules, one_look, rows_by_seed, true_numbers, usable
from ..projects import three_runs
from .numbers import unlike_scales

__all__ = ["ACCURACY", "RULES", "accuracy", "species_project"]

ACCURACY = 0.7  # the clusters overlap a little: a sensible network has 0.93
SIZES = (30, 45, 60, 75, 90, 120)  # of the kinds, each with a fifth that is a whole number

species_project = exercise(
    "end_to_end.species_project", kind="rebuild", section="One kind of several"
)


def accuracy(y: Any, probabilities: Any) -> float:
    """Return the share of labels that have the largest probability."""
    return float(np.mean(y == np.argmax(probabilities, axis=1)))


RULES = Rules(
    score=accuracy,
    baseline=lambda x, y, train, test: np.mean(y[test] == np.bincount(y[train]).argmax()),
    shape=lambda count: (count, len(SIZES)),
)


def _clusters(rng: np.random.Generator) -> tuple[Any, Any]:
    """Draw kinds of unlike number, each a cluster at a corner of a box, and rows in any order."""
    corners = np.array([[i >> place & 1 for place in range(4)] for i in range(16)]) * 2.0 - 1.0
    centers = rng.permutation(corners)[: len(SIZES)]
    labels = rng.permutation(np.repeat(rng.permutation(len(SIZES)), SIZES))
    unseen_labels = rng.integers(len(SIZES), size=300)
    every = np.concatenate([labels, unseen_labels])
    x = unlike_scales(rng, centers[every] + rng.normal(0, 0.55, (len(every), 4)))
    x, unseen = x[: len(labels)], x[len(labels) :]
    shown = {"inputs": x, "y": labels, "unseen": unseen, "seed": int(rng.integers(10_000))}
    kept = {"inputs": x, "targets": labels, "unseen": unseen, "unseen_targets": unseen_labels}
    return shown, kept


def _better(seen: Any, kept: Any) -> str | None:
    if reason := usable(seen, kept, RULES):
        return reason
    probabilities = seen["first"]["at_unseen"]
    if np.min(probabilities) < 0 or not np.allclose(np.sum(probabilities, axis=1), 1, atol=1e-3):
        return "the predictions of a row are not probabilities that sum to 1"
    share = accuracy(kept["unseen_targets"], probabilities)
    if not share >= ACCURACY:
        return f"right on {share:.0%} of rows that it never saw, and {ACCURACY:.0%} are asked for"
    return None


def _shares(seen: Any, kept: Any) -> str | None:
    """Compare as `rows_by_seed` does, and ask for each kind's share."""
    if reason := rows_by_seed(seen, kept):
        return reason
    y, kinds = kept["targets"], len(SIZES)
    every = np.bincount(y, minlength=kinds)
    for name in ("first", "other seed"):
        tested = np.bincount(y[seen[name]["test_rows"]], minlength=kinds)
        for kind in range(kinds):
            if abs(tested[kind] - every[kind] / 5) > 1:
                return f"{tested[kind]} of {every[kind]} rows of kind {kind} are test rows"
    return None


def _look(answer, shown):
    return three_runs(lambda x, seed: answer(x, shown["y"].copy(), seed), shown)


for _name, _points, _compare in (
    ("better than always saying the commonest", 2, _better),
    ("a fifth of each kind, and the seed decides which rows", 1, _shares),
    ("baseline and score, worked out again", 1, true_numbers(RULES)),
    ("nothing of the test rows in the model", 2, one_look(RULES)),
):
    species_project.probe(_name, points=_points, compare=_compare, data=_clusters)(_look)


species_project.hint(
    "What is different from `regression_project`: the split, the last layer, the loss, the "
    "baseline? One after the other.",
    "Sort the row numbers by their label, with rows of one label in an order that the seed "
    "decides. Where do you find a fifth of every label now?",
    '`np.argsort(y[order], kind="stable")` sorts a permutation `order` by label, and every '
    "fifth of the sorted rows goes to the test. `np.bincount(…)` counts labels.",
    "A softmax over as many units as there are kinds, and `sparse_categorical_crossentropy` for "
    "labels that are whole numbers. 20 epochs with Adam and a learning rate of 0.03 are enough.",
)
