"""`split_train_validation`: every row in one of two sets, by chance and by a seed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tfcourse_utils.checking import exercise

from ..sets import as_sets, by_seed, what_the_seed_decides

__all__ = ["split_train_validation"]

split_train_validation = exercise(
    "callbacks_and_tuning.split_train_validation", kind="rebuild", section="A set to choose by"
)

_ASKED = [(20, 0.25), (47, 0.4), (33, 0.1), (30, 0.75)]  # rows, and validation's share of them


def _samples(rows: int, shape: tuple[int, ...] = (2,)) -> tuple[np.ndarray, np.ndarray]:
    """Return inputs that hold their row's number throughout, and targets that belong to them."""
    numbers = np.arange(rows, dtype="float32")
    x = np.broadcast_to(numbers.reshape(-1, *(1 for _ in shape)), (rows, *shape))
    return x.copy(), 1000 - numbers


def _split(answer: Any, x: Any, y: Any, fraction: float, seed: int) -> list[list[np.ndarray]]:
    """Return (x, y) of training and of validation, in this order."""
    return as_sets(answer(x, y, fraction, seed), 2)


def _rows(part: list[np.ndarray]) -> list[int]:
    """Return the numbers of the rows in a part, by their inputs."""
    x = part[0]
    return [int(number) for number in x.reshape(len(x), math.prod(x.shape[1:]))[:, 0]]


def _shares(splits: Any) -> dict[str, Any]:
    return {
        f"{fraction:g} of {rows} rows": {
            "training": _to_one_row(train, rows - fraction * rows),
            "validation": _to_one_row(validation, fraction * rows),
        }
        for (rows, fraction), (train, validation) in zip(_ASKED, splits)
    }


def _to_one_row(part: list[np.ndarray], asked: float) -> str:
    rows = len(part[0])
    return "its share, to one row" if abs(rows - asked) <= 1 else f"{rows} rows"


@split_train_validation.probe("the share of validation", read=_shares)
def _(answer, rng):
    return [
        _split(answer, *_samples(rows), fraction, int(rng.integers(1000)))
        for rows, fraction in _ASKED
    ]


def _pairs(splits: Any) -> list[dict[str, Any]]:
    return [_kept(train, validation) for train, validation in splits]


def _kept(train: list[np.ndarray], validation: list[np.ndarray]) -> dict[str, Any]:
    rows = _rows(train) + _rows(validation)
    targets = np.concatenate([np.ravel(train[1]), np.ravel(validation[1])])
    return {
        "each row once": sorted(rows) == list(range(40)),
        "each x with its own y": np.array_equal(targets, 1000 - np.array(rows)),
        "shape of an input": list(train[0].shape[1:]),
    }


@split_train_validation.probe("every row once, pairs kept", read=_pairs)
def _(answer, rng):
    shapes = [(2,), (3, 2)]
    return [_split(answer, *_samples(40, shape), 0.3, int(rng.integers(1000))) for shape in shapes]


def _what_decides(seen: dict[str, Any]) -> dict[str, bool]:
    rows = {name: [_rows(part) for part in both] for name, both in seen.items()}
    chosen = rows["first"][-1]
    together = bool(chosen) and max(chosen) - min(chosen) < len(chosen)
    return {"the rows of validation lie together": together, **what_the_seed_decides(rows)}


@split_train_validation.probe("by chance; the seed decides", read=_what_decides)
def _(answer, rng):
    return by_seed(lambda seed: _split(answer, *_samples(60), 0.25, seed), rng)


@split_train_validation.probe("x and y stay as they are")
def _(answer, rng):
    x, y = _samples(30)
    _split(answer, x, y, 0.2, int(rng.integers(1000)))
    return {"x afterwards": x, "y afterwards": y}


split_train_validation.hint(
    "Shuffle x by itself and y by itself: which target belongs to which input then? What could be "
    "shuffled in their place, so that both follow it?",
    "`np.random.default_rng(seed).permutation(n)` gives the row numbers 0 to n - 1 in an order "
    "that the seed fixes. `x[rows]` takes the rows with these numbers, in this order.",
    "Cut the row numbers in two. `round(fraction * len(x))` of them are for validation, the rest "
    "for training; take x and y by the same numbers.",
)
