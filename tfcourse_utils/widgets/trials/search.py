"""A search as it is shown: its trials, best first, and an axis for every hyperparameter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ..svg import log_ticks, short, ticks

__all__ = ["FIFTHS", "Axis", "Range", "Search", "Trial", "Value", "fifth", "kept"]

Value = float | str
FIFTHS = 5
_MOST_LABELS = 10  # on an axis of categories


class Trial(NamedTuple):
    """A set of hyperparameters that was tried.

    Attributes:
        name: of the trial.
        values: of the hyperparameters that were set, numbers and the names of categories.
        score: None if there is none.
        problem: why there is none; "" if there is one.
    """

    name: str
    values: dict[str, Value]
    score: float | None
    problem: str = ""


class Axis(NamedTuple):
    """A hyperparameter, or the score, with its range.

    Attributes:
        low, high: the ends, if it is a number.
        log: whether equal ratios are equally far apart.
        whole: whether all its numbers are.
        categories: the values, if it is none.
        is_score: whether it is the score.
    """

    name: str
    low: float = 0.0
    high: float = 1.0
    log: bool = False
    whole: bool = False
    categories: tuple[str, ...] = ()
    is_score: bool = False

    def value(self, trial: Trial) -> Value | None:
        """Return the value of a trial, None if it was not set."""
        return trial.score if self.is_score else trial.values.get(self.name)

    def place(self, value: Value | None) -> float | None:
        """Return where a value lies between the ends, from 0 to 1, None if it is not set."""
        if value is None:
            return None
        if isinstance(value, str):
            return (self.categories.index(value) + 0.5) / len(self.categories)
        low, high = self._scaled(self.low), self._scaled(self.high)
        return min(max((self._scaled(value) - low) / (high - low), 0.0), 1.0)

    def at(self, place: float) -> Value:
        """Return the value at a place from 0 to 1."""
        if self.categories:
            return self.categories[min(int(place * len(self.categories)), len(self.categories) - 1)]
        low, high = self._scaled(self.low), self._scaled(self.high)
        value = low + place * (high - low)
        return float(10.0**value) if self.log else value

    def marks(self) -> list[Value]:
        """Return the values that are written along the axis."""
        if self.categories:
            return list(self.categories[:: math.ceil(len(self.categories) / _MOST_LABELS)])
        round_ones = (log_ticks if self.log else ticks)(self.low, self.high)
        return [value for value in round_ones if not self.whole or value == round(value)]

    def write(self, value: Value | None) -> str:
        """Write a value, with the digits that tell it from others."""
        if value is None:
            return "no score" if self.is_score else "not set"
        if isinstance(value, str):
            return value
        whole = abs(value) < 1e6 and value == int(value)
        return short(value, 6) if whole else short(value, 4 if self.is_score else 3)

    def _scaled(self, value: float) -> float:
        return math.log10(max(value, 1e-300)) if self.log else value


class Search(NamedTuple):
    """What a search has found.

    Attributes:
        axes: of the hyperparameters that are drawn.
        score: the axis of the score.
        lower: whether a lower score is better.
        trials: best first, those without a score last.
        hidden: names of hyperparameters that have no room.
        omitted: how many trials have none.
    """

    axes: tuple[Axis, ...]
    score: Axis
    lower: bool
    trials: tuple[Trial, ...]
    hidden: tuple[str, ...] = ()
    omitted: int = 0

    @property
    def finished(self) -> tuple[Trial, ...]:
        return tuple(trial for trial in self.trials if trial.score is not None)


class Range(NamedTuple):
    """A part of an axis, from and to a place between 0 and 1."""

    axis: Axis
    low: float
    high: float

    @property
    def is_whole(self) -> bool:
        return self.low <= 0 and self.high >= 1

    def holds(self, trial: Trial) -> bool:
        return self.covers(self.axis.place(self.axis.value(trial)))

    def covers(self, place: float | None) -> bool:
        """Say whether a place lies in it; only the whole axis covers that of no value."""
        if place is None:
            return self.is_whole
        return self.low - 1e-9 <= place <= self.high + 1e-9


def kept(search: Search, ranges: Sequence[Range]) -> list[Trial]:
    """Return the trials that lie in every range, best first."""
    return [trial for trial in search.trials if all(part.holds(trial) for part in ranges)]


def fifth(search: Search) -> dict[str, int]:
    """Return which fifth each finished trial belongs to, 0 the best; equals go together."""
    scores = [trial.score for trial in search.finished]
    return {
        trial.name: FIFTHS * scores.index(trial.score) // len(scores) for trial in search.finished
    }
