"""`prepare`: three sets, scaled by what the training rows alone are like."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcourse_utils.checking import exercise

from ..sets import as_sets, by_seed, what_the_seed_decides

__all__ = ["prepare"]

prepare = exercise("callbacks_and_tuning.prepare", kind="mend", section="Scaling without a leak")

_NAMES = ("training", "validation", "test")
_SHARES = {"training": (0.6, 2), "validation": (0.2, 1), "test": (0.2, 1)}  # to so many rows


def _table(rows: int) -> np.ndarray:
    """Return inputs on unlike scales, the same in every process: `read` needs them too."""
    drawn = np.random.default_rng(rows).exponential(size=(rows, 4))
    return drawn * [2.0, 30.0, 400.0, 5000.0] + [-1.0, 100.0, 0.0, 20000.0]


def _prepared(answer: Any, rows: int, seed: int) -> dict[str, Any]:
    """Return x and y of each part. A target is the number of its row."""
    return dict(zip(_NAMES, as_sets(answer(_table(rows), np.arange(float(rows)), seed), 3)))


def _rows(part: Any) -> list[int]:
    return [int(number) for number in np.ravel(part[1])]


def _division(seen: dict[str, Any]) -> dict[str, str]:
    """Say which rows are where; `seen` holds the parts of 40 rows and of 73."""
    return {
        said: " and ".join(sorted({_said(seen[name], int(name), said) for name in seen}))
        for said in (*_NAMES, "validation and test", "altogether")
    }


def _said(three: dict[str, Any], rows: int, what: str) -> str:
    numbers = {name: _rows(part) for name, part in three.items()}
    if what in numbers:
        share, allowed = _SHARES[what]
        more = len(numbers[what]) - share * rows
        return "its share" if abs(more) <= allowed else f"too {'many' if more > 0 else 'few'} rows"
    if what == "altogether":
        everything = sorted(number for part in numbers.values() for number in part)
        return "every row once" if everything == list(range(rows)) else "not every row once"
    common = set(numbers["validation"]) & set(numbers["test"])
    return "rows in common" if common else "no row in common"


@prepare.probe("60, 20 and 20 percent, every row once", read=_division)
def _(answer, rng):
    return {str(rows): _prepared(answer, rows, int(rng.integers(1000))) for rows in (40, 73)}


def _scaled_by(seen: dict[str, Any]) -> dict[str, str]:
    table = _table(50)
    rows = {name: _rows(part) for name, part in seen.items()}
    known = {
        "the training rows": rows["training"],
        "all rows": list(range(50)),
        "the training and validation rows": rows["training"] + rows["validation"],
        "the validation rows": rows["validation"],
        "the test rows": rows["test"],
    }
    return {
        f"{name} is scaled by": _whose_scale(seen[name][0], table[rows[name]], table, known)
        for name in _NAMES
    }


def _whose_scale(x: Any, raw: Any, table: Any, known: dict[str, list[int]]) -> str:
    """Say of which rows the mean and the standard deviation were taken."""
    if len(x) != len(raw):
        return f"nothing that can be told: it has {len(x)} inputs and {len(raw)} targets"
    if np.allclose(x, raw):
        return "nothing"
    for name, rows in known.items():
        mean = table[rows].mean(axis=0)
        deviations = [table[rows].std(axis=0, ddof=less) for less in (0, 1)]
        if any(np.allclose(x, (raw - mean) / deviation, atol=2e-3) for deviation in deviations):
            return name
    return "something else"


@prepare.probe("scaled by the training rows", points=2, read=_scaled_by)
def _(answer, rng):
    return _prepared(answer, 50, int(rng.integers(1000)))


def _what_decides(seen: dict[str, Any]) -> dict[str, Any]:
    rows = {name: [_rows(three[part]) for part in _NAMES] for name, three in seen.items()}
    at_the_edge = sorted(rows["first"][-1]) in (list(range(12)), list(range(48, 60)))
    return {
        **what_the_seed_decides(rows),
        "the rows of the test are the first or the last": at_the_edge,
    }


@prepare.probe("by chance; the seed decides", read=_what_decides)
def _(answer, rng):
    return by_seed(lambda seed: _prepared(answer, 60, seed), rng)


@prepare.probe("x and y stay as they are")
def _(answer, rng):
    x, y = _table(30), np.arange(30.0)
    answer(x, y, int(rng.integers(1000)))
    return {"x afterwards": x, "y afterwards": y}


prepare.hint(
    "The test rows stand for what nobody has seen yet. Which numbers in this function change if "
    "one of them changes?",
    "Two things are wrong. From which rows do the mean and the deviation come? And which rows are "
    "in the second part, by which the training is stopped and the settings are chosen?",
    "Cut the row numbers into three first: `np.split(rows, [a, b])` cuts before places a and b.",
    "Take the mean and the deviation of `x[train]`, and scale all of x with these two.",
)
