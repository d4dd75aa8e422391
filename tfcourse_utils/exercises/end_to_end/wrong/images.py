"""How `image_project` goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from ..images import ACCURACY, RULES, image_project, nearest_mean
from .kinds import Project, add_faults, own_accuracy, scores_on_other_inputs
from .scores import is_other

_project = Project(RULES, features=800)
add_faults(image_project, _project)

Baseline = Callable[[Any, Any, Any, Any], float]  # of images, labels, training and test rows


def _by_distance(distance: Callable[[Any, Any], Any], pick: Any = np.argmin) -> Baseline:
    """Return a baseline that compares test images (n, 1, h, w) with mean images (k, h, w)."""

    def baseline(images: Any, labels: Any, train: Any, test: Any) -> float:
        means = np.array(
            [images[train][labels[train] == kind].mean(axis=0) for kind in np.unique(labels)]
        )
        apart = distance(images[test][:, np.newaxis], means).sum(axis=(2, 3))
        return float(np.mean(labels[test] == pick(apart, axis=1)))

    return baseline


def _wrapped(images: Any, means: Any) -> Any:
    return ((images - means.astype(images.dtype)) ** 2).astype("float64")


def _nearest_image(images: Any, labels: Any, train: Any, test: Any) -> float:
    flat = images.reshape(len(images), -1).astype("float64")
    apart = np.sum((flat[test][:, np.newaxis] - flat[train]) ** 2, axis=2)
    return float(np.mean(labels[test] == labels[train][np.argmin(apart, axis=1)]))


def _commonest(images: Any, labels: Any, train: Any, test: Any) -> float:
    return float(np.mean(labels[test] == np.bincount(labels[train]).argmax()))


def _every_row(images: Any, labels: Any, train: Any, test: Any) -> float:
    return nearest_mean(images, labels, np.arange(len(images)), test)


_BASELINES: dict[str, tuple[str, Baseline]] = {
    "differences that wrap round": (
        "The mean images of the baseline have the type of the pixels, whole numbers from 0 to 255. "
        "There 3 - 5 is 254, and a square keeps its last eight bits only. Work it out in floats.",
        _by_distance(_wrapped),
    ),
    "the farthest mean": (
        "The baseline says the kind whose mean image is farthest away. Which end of the distances "
        "is asked for?",
        _by_distance(lambda images, means: (images - means) ** 2, np.argmax),
    ),
    "differences without a square": (
        "The baseline adds up the sizes of the differences. That is a distance too, but the one "
        "of which the mean is the middle adds up their squares.",
        _by_distance(lambda images, means: np.abs(images - means)),
    ),
    "the nearest image": (
        "The baseline says the kind of the nearest single image of the training rows. Put a mean "
        "in place of all images of a kind: there are as many distances as kinds.",
        _nearest_image,
    ),
    "baseline of the commonest": (
        "The baseline says the commonest kind, as in `species_project`. Here it looks at the "
        "pictures: at how far they are from the mean image of each kind.",
        _commonest,
    ),
    "means of all rows": (
        "The mean images of the baseline are those of all rows, and the pictures that they are "
        "compared with are among them. Take the means of the other rows.",
        _every_row,
    ),
    "baseline on the training rows": (
        "The baseline is the accuracy on the training rows. It is compared with the score: take "
        "the same rows for both.",
        lambda images, labels, train, test: nearest_mean(images, labels, train, train),
    ),
}


def _add_baseline(name: str, says: str, baseline: Baseline) -> None:
    def other(_: Any, images: Any, labels: Any, test: Any, train: Any) -> dict[str, float]:
        return {"baseline": baseline(images, labels, train, test)}

    def of_run(run: Any, kept: Any) -> float:
        images, test = kept["inputs"], run["test_rows"]
        return baseline(images, kept["targets"], np.setdiff1d(np.arange(len(images)), test), test)

    when = is_other("baseline", RULES, of_run)
    image_project.wrong(name, says=says, when=when)(partial(_project, other=other))


for _name, (_says, _baseline) in _BASELINES.items():
    _add_baseline(_name, _says, _baseline)


image_project.wrong(
    "scaling outside the model",
    says="The score is far better than what the model does with raw pictures: it was trained on "
    "scaled ones, and the scaling stayed outside. Make it the model's first layer.",
    when=lambda seen, kept: scores_on_other_inputs(seen, kept, ACCURACY),
)(_project.scaled_outside)

image_project.wrong(
    "hardly trained",
    says="The model tells hardly any kinds apart. Are the pixels scaled, is there a layer with a "
    "bend between the picture and the probabilities, and were there enough steps?",
    when=lambda seen, kept: (
        own_accuracy(seen, kept) < ACCURACY and not scores_on_other_inputs(seen, kept, ACCURACY)
    ),
)(_project.untrained)
