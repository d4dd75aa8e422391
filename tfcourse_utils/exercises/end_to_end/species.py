"""`species_project`: one kind of several."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcourse_utils.checking import exercise

from ..projects import parted, runs_of_both
from .kinds import commonest, look_at_kinds
from .numbers import unlike_scales

__all__ = ["ACCURACY", "RULES", "SIZES", "species_project"]

ACCURACY = 0.7  # the clusters overlap a little: a sensible network has 0.93
SIZES = (30, 45, 60, 75, 90, 120)  # of the kinds, each with a fifth that is a whole number

species_project = exercise(
    "end_to_end.species_project", kind="rebuild", section="One kind of several"
)

RULES = commonest(len(SIZES))


def _clusters(rng: np.random.Generator) -> tuple[Any, Any]:
    """Draw kinds of unlike number, each a cluster at a corner of a box, and rows in any order."""
    corners = np.array([[i >> place & 1 for place in range(4)] for i in range(16)]) * 2.0 - 1.0
    centers = rng.permutation(corners)[: len(SIZES)]
    labels = rng.permutation(np.repeat(rng.permutation(len(SIZES)), SIZES))
    every = np.concatenate([labels, rng.integers(len(SIZES), size=300)])
    x = unlike_scales(rng, centers[every] + rng.normal(0, 0.55, (len(every), 4)))
    return parted(rng, x, every, samples=len(labels))


look_at_kinds(
    species_project,
    _clusters,
    RULES,
    "better than always saying the commonest",
    least=ACCURACY,
    look=runs_of_both,
)

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
