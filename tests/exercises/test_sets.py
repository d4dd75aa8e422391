"""The vocabulary for sets: pairs of arrays, and whether the seed alone decides on their rows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tfcourse_utils.exercises.sets import as_sets, by_seed, what_the_seed_decides


def test_pairs_become_arrays() -> None:
    sets = as_sets((([1, 2], [3, 4]), [[5], [6]]), 2)
    assert [[array.tolist() for array in pair] for pair in sets] == [[[1, 2], [3, 4]], [[5], [6]]]


@pytest.mark.parametrize("result", [None, [([1], [2])], [([1], [2]), ([3],)]])
def test_what_is_no_pair_for_each_set_is_refused(result: object) -> None:
    with pytest.raises(TypeError, match="should give back 2 values"):
        as_sets(result, 2)


def _divided(seed: int | None) -> list[list[int]]:
    order = (np.random if seed is None else np.random.default_rng(seed)).permutation(30).tolist()
    return [order[:20], order[20:]]


@pytest.mark.parametrize(
    ("divide", "same", "other"),
    [
        (_divided, True, True),
        (lambda seed: _divided(7), True, False),
        (lambda seed: _divided(None), False, True),
    ],
)
def test_the_seed_alone_decides(
    divide: Callable[[int], list[list[int]]], same: bool, other: bool
) -> None:
    said = what_the_seed_decides(by_seed(divide, np.random.default_rng(0)))
    assert said == {"same seed, same rows": same, "other seed, other rows": other}
