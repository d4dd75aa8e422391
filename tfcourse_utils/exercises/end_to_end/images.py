"""`image_project`: what a picture shows."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcourse_utils.checking import exercise

from ..project_rules import Rules
from ..projects import parted, runs_of_both
from .kinds import accuracy, look_at_kinds

__all__ = ["ACCURACY", "RULES", "image_project"]

ACCURACY = 0.6  # a sensible network has 0.9, a linear model 0.5, the nearest mean 0.4
SIZES = (75, 90, 105, 135, 165)  # of the kinds, each with a fifth that is a whole number
HEIGHT, WIDTH = 8, 9

_DRAWINGS = """
..#..  #...#  .###.  #####  #####
..#..  .#.#.  #...#  ..#..  ....#
#####  ..#..  #...#  ..#..  ...#.
..#..  .#.#.  #...#  ..#..  ..#..
..#..  #...#  .###.  ..#..  .#...
"""
_LINES = [line.split() for line in _DRAWINGS.split("\n")[1:-1]]
SHAPES = np.array([[[mark == "#" for mark in line] for line in shape] for shape in zip(*_LINES)])

image_project = exercise(
    "end_to_end.image_project", kind="transfer", section="What a picture shows"
)


def nearest_mean(images: Any, labels: Any, train: Any, test: Any) -> float:
    """Return the accuracy on the test rows of the kind whose mean image is nearest."""
    known = images[train].astype("float64")
    means = [known[labels[train] == kind].mean(axis=0) for kind in range(labels.max() + 1)]
    apart = np.sum((images[test][:, np.newaxis] - np.array(means)) ** 2, axis=(2, 3))
    return float(np.mean(labels[test] == np.argmin(apart, axis=1)))


RULES = Rules(score=accuracy, baseline=nearest_mean, shape=lambda count: (count, len(SIZES)))


def _scans(rng: np.random.Generator) -> tuple[Any, Any]:
    """Draw scanned marks of unlike number: out of place, and one in four a negative."""
    labels = rng.permutation(np.repeat(rng.permutation(len(SIZES)), SIZES))
    every = np.concatenate([labels, rng.integers(len(SIZES), size=300)])
    images = np.zeros((len(every), HEIGHT, WIDTH))
    for image, label in zip(images, every):
        top, left = rng.integers(1, 3, size=2)
        ink = rng.uniform(0.7, 1) * (rng.random() > 0.06)  # a few are blank: no score is perfect
        image[top : top + 5, left : left + 5] = ink * SHAPES[label]
    images = 0.2 + 0.6 * images + rng.normal(0, 0.13, images.shape)
    is_negative = rng.random(len(every)) < 0.25
    images[is_negative] = 1 - images[is_negative]
    images = (rng.uniform(200, 240) * np.clip(images, 0, 1)).astype("uint8")
    return parted(rng, images, every, samples=len(labels))


def brighter(images: np.ndarray) -> np.ndarray:
    """Return other images in place of these: the negatives of others, up to the whitest white."""
    return np.iinfo(images.dtype).max - np.roll(images, 1, axis=0)


def _look(answer, shown):
    return runs_of_both(answer, shown, brighter)


look_at_kinds(
    image_project,
    _scans,
    RULES,
    "better than a linear model",
    least=ACCURACY,
    look=_look,
)

image_project.hint(
    "Which lines of `species_project` can stay as they are? What do a picture's two axes change in "
    "the model, in the scaling, in the baseline?",
    "The nearest mean image: a mean over the rows of each kind, a picture for each. The distance "
    "of a picture from each of them is a sum of squares over both axes of the picture. Whole "
    "numbers without a sign can't hold a difference: the means should be floats.",
    "`keras.layers.Normalization(axis=None)` scales all pixels with one mean and one variance, and "
    "`keras.layers.Flatten()` makes a row of a picture. Behind them a network is built as for any "
    "other row. For `Conv2D` a picture needs its channel: `keras.layers.Reshape((h, w, 1))`.",
    "64 hidden units, Adam with a learning rate of 0.003 and some 50 epochs of batches of 64 are "
    "enough. So many epochs of 70 000 digits take long, and few are enough there: "
    "`generator.choice(train, 20_000)` draws as many rows of large data as of small.",
)
