"""Looking at how samples are divided into sets: as arrays, and by the seed that decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .tools import parts

__all__ = ["as_sets", "by_seed", "what_the_seed_decides"]


def as_sets(result: Any, count: int) -> list[list[np.ndarray]]:
    """Return the pairs (x, y) that an answer gave back, as arrays.

    Raises:
        TypeError: it gave back something else; the message is for the learner.
    """
    return [[np.asarray(array) for array in parts(pair, 2)] for pair in parts(result, count)]


def by_seed(divide: Callable[[int], Any], rng: np.random.Generator) -> dict[str, Any]:
    """Return what `divide(seed)` gives at first, again with the same seed, and with another one."""
    seed, seen = int(rng.integers(1000)), {}
    for name, its_seed in {"first": seed, "again": seed, "other": seed + 1}.items():
        seen[name] = divide(its_seed)
        np.random.random()  # the global generator moves on
    return seen


def what_the_seed_decides(rows: dict[str, list[list[int]]]) -> dict[str, bool]:
    """Say whether the seed, and nothing else, decides on the rows.

    Args:
        rows: under the names that `by_seed` gives, the numbers of the rows in each set. Those in
            the last set should follow from the seed.
    """
    return {
        "same seed, same rows": rows["again"] == rows["first"],
        "other seed, other rows": sorted(rows["other"][-1]) != sorted(rows["first"][-1]),
    }
