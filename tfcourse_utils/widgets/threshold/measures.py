"""What follows from scores, targets and a threshold."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .samples import Samples

__all__ = [
    "Counts",
    "Curve",
    "Measure",
    "Measures",
    "Shown",
    "average_precision",
    "count",
    "look",
    "measures",
    "precision_recall",
    "roc",
    "roc_area",
]


class Counts(NamedTuple):
    """The confusion matrix of a threshold: samples by target and by what they are called."""

    true_negatives: int
    false_positives: int
    false_negatives: int
    true_positives: int

    @property
    def negatives(self) -> int:
        return self.true_negatives + self.false_positives

    @property
    def positives(self) -> int:
        return self.false_negatives + self.true_positives

    @property
    def called_1(self) -> int:
        return self.true_positives + self.false_positives


def count(samples: Samples, threshold: float) -> Counts:
    """Call samples 1 whose score is above the threshold, and count."""
    called, positive = samples.scores > threshold, samples.positive
    return Counts(
        int((~called & ~positive).sum()),
        int((called & ~positive).sum()),
        int((~called & positive).sum()),
        int((called & positive).sum()),
    )


class Measure(NamedTuple):
    """A share of samples.

    Attributes:
        name: of the measure.
        formula: how it is made of the four counts.
        part, whole: what is divided by what.
        empty: why it is undefined, where the whole is 0.
    """

    name: str
    formula: str
    part: int
    whole: int
    empty: str

    @property
    def value(self) -> float | None:
        """The share; None where it is undefined."""
        return self.part / self.whole if self.whole else None


class Measures(NamedTuple):
    """What the counts say, in the order in which it is shown."""

    precision: Measure
    recall: Measure
    f1: Measure
    accuracy: Measure
    false_positive_rate: Measure


def measures(counts: Counts) -> Measures:
    """Return all measures of a confusion matrix."""
    tn, fp, fn, tp = counts
    nothing, no_1, no_0 = "nothing is called 1", "no target is 1", "no target is 0"
    return Measures(
        Measure("precision", "TP / (TP + FP)", tp, tp + fp, nothing),
        Measure("recall", "TP / (TP + FN)", tp, tp + fn, no_1),
        Measure("F1", "2·TP / (2·TP + FP + FN)", 2 * tp, 2 * tp + fp + fn, f"{no_1} and {nothing}"),
        Measure("accuracy", "(TP + TN) / all", tp + tn, sum(counts), "there are no samples"),
        Measure("false positive rate", "FP / (FP + TN)", fp, fp + tn, no_0),
    )


class Curve(NamedTuple):
    """Points of a curve, one for each threshold that makes a difference, the highest first."""

    across: NDArray[np.float64]
    up: NDArray[np.float64]


def roc(samples: Samples) -> Curve | None:
    """Return recall (up) over false positive rate, (0, 0) first; None if a class is missing."""
    called, found = _called(samples)
    positives, negatives = int(samples.positive.sum()), int((~samples.positive).sum())
    if not positives or not negatives:
        return None
    up, across = found / positives, (called - found) / negatives
    return Curve(np.append(0.0, across), np.append(0.0, up))


def precision_recall(samples: Samples) -> Curve | None:
    """Return precision (up) over recall, from the highest score down; None without positives."""
    called, found = _called(samples)
    positives = int(samples.positive.sum())
    return Curve(found / positives, found / called) if positives else None


def _called(samples: Samples) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many are called 1, and rightly so, with the threshold below each score."""
    order = np.argsort(-samples.scores, kind="stable")
    scores = samples.scores[order]
    last = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)  # of equal ones
    return last + 1, np.cumsum(samples.positive[order])[last]


class Shown(NamedTuple):
    """Samples at a threshold, with what follows: all that is shown of them.

    Attributes:
        roc: their ROC curve, of all thresholds; None if a class is missing.
    """

    samples: Samples
    threshold: float
    counts: Counts
    roc: Curve | None

    @property
    def area(self) -> float | None:
        """The area under the ROC curve; None where there is none."""
        return None if self.roc is None else roc_area(self.roc)


def look(samples: Samples, threshold: float) -> Shown:
    return Shown(samples, threshold, count(samples, threshold), roc(samples))


def roc_area(curve: Curve) -> float:
    """Return the area under a ROC curve: 1 at best, 0.5 for scores that know nothing."""
    return float(np.sum(np.diff(curve.across) * (curve.up[1:] + curve.up[:-1]) / 2))


def average_precision(curve: Curve) -> float:
    """Return the area under the steps of a precision-recall curve."""
    return float(np.sum(np.diff(curve.across, prepend=0.0) * curve.up))
