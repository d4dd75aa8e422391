"""Scores and targets: generated, or what the caller handed in."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..unusable import UnusableError

__all__ = ["FURTHEST", "Samples", "generate", "read_samples"]

MOST = 100_000  # samples: far beyond any lesson's test set
FURTHEST = 1e6  # of a score from 0


class Samples(NamedTuple):
    """Scores, (n,), and which of the targets are 1, (n,)."""

    scores: NDArray[np.float64]
    positive: NDArray[np.bool_]

    @property
    def limits(self) -> tuple[float, float]:
        """The range to show: 0 to 1 for probabilities, else that of the scores with a margin."""
        low, high = float(self.scores.min()), float(self.scores.max())
        if low >= 0 and high <= 1:
            return 0.0, 1.0
        margin = 0.05 * (high - low) if high - low > 1e-9 * FURTHEST else 1.0
        return low - margin, high + margin


def generate(number: int, share: float, separation: float) -> Samples:
    """Return probabilities from two classes of normal logits, at least one sample of each.

    Samples stay the same when more are asked for, so that a moved control changes little.

    Args:
        number: of samples.
        share: of them that are positive.
        separation: of the classes' means, in standard deviations.
    """
    positives = min(max(round(share * number), 1), number - 1)
    noise = [np.random.default_rng(seed).standard_normal(number) for seed in (0, 1)]
    negative = noise[0][: number - positives] - separation / 2
    logits = np.concatenate([negative, noise[1][:positives] + separation / 2])
    return Samples(1 / (1 + np.exp(-logits)), np.arange(number) >= number - positives)


def read_samples(scores: Any, targets: Any) -> Samples:
    """Check what the caller handed in.

    Raises:
        UnusableError: they are not equally many finite scores and zeros or ones, each of
            shape (n,) or (n, 1).
    """
    if scores is None or targets is None:
        missing = "scores" if scores is None else "targets"
        raise UnusableError(f"Scores and targets go together, but the {missing} are missing.")
    given, labels = _column("scores", scores), _column("targets", targets)
    if len(given) != len(labels):
        raise UnusableError(
            f"There should be as many targets as scores, but there are {len(labels)} targets "
            f"and {len(given)} scores."
        )
    if np.abs(given).max() > FURTHEST:
        raise UnusableError("Scores should lie between −1e6 and 1e6, but some do not.")
    odd = labels[~np.isin(labels, (0.0, 1.0))]
    if len(odd):
        raise UnusableError(f"Targets should be 0 or 1, but one is {odd[0]:g}.")
    return Samples(given, labels == 1.0)


def _column(name: str, values: Any) -> NDArray[np.float64]:
    """Return the numbers, (n,), of a column or a row of them."""
    title = name.capitalize()
    try:
        array = np.asarray(values)
        array = array.astype(np.float64) if array.dtype.kind in "biuf" else _floats(values)
    except Exception as error:  # whatever an object does that is asked to be an array
        kind = type(values).__name__
        raise UnusableError(f"{title} should be an array of numbers, but are {kind}.") from error
    if array.ndim != 1 and array.shape != (len(array) if array.ndim else 0, 1):
        raise UnusableError(
            f"{title} should have the shape (n,) or (n, 1), but have {array.shape}{_advice(array)}."
        )
    if not 1 <= len(array) <= MOST:
        raise UnusableError(f"There should be 1 to {MOST} {name}, but there are {len(array)}.")
    if not np.isfinite(array).all():
        raise UnusableError(f"{title} should be finite, but some are infinite or NaN.")
    return array.reshape(-1)


def _floats(values: Any) -> NDArray[np.float64]:
    """Return an array of other kinds, such as objects or bfloat16, but not of texts."""
    array = np.asarray(values)
    if array.dtype.kind in "USMmc":
        raise TypeError("no real numbers")
    return array.astype(np.float64)


def _advice(array: NDArray[np.float64]) -> str:
    two_classes = array.ndim == 2 and array.shape[1] == 2
    return ": take the column of one class, [:, 1]" if two_classes else ""
