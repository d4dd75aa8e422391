"""What a training reports, kept within bounds however long it runs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

__all__ = ["VALIDATION", "Place", "Recorder", "Thinned"]

VALIDATION = "val_"  # as Keras begins the names of what it measures on validation data
MOST_SHOWN = 4  # quantities
MOST_NAMES = 8
MOST_BATCHES, MOST_EPOCHS = 160, 80  # rows kept of each at least, once there are as many


class Place(NamedTuple):
    """Where in a training something was: after a batch of an epoch, both counted from 1."""

    epoch: int
    batch: int


class Thinned:
    """Rows of which at most twice `most` are kept, evenly spread over all that came; and the last.

    Whenever there are too many, every second one is dropped, and of those to come as many.
    """

    def __init__(self, most: int) -> None:
        self._most, self._stride, self._count = most, 1, 0
        self._kept: list[Any] = []
        self._last: Any = None

    def add(self, row: Any) -> None:
        self._last = row
        if self._count % self._stride == 0:
            self._kept.append(row)
            if len(self._kept) >= 2 * self._most:
                self._kept, self._stride = self._kept[::2], 2 * self._stride
        self._count += 1

    def rows(self) -> list[Any]:
        if self._kept and self._kept[-1] is not self._last:
            return [*self._kept, self._last]
        return list(self._kept)


class Recorder:
    """The record of one training.

    Attributes:
        shown: names of the quantities that are recorded: the loss first, then as Keras names them.
        names: the first few that Keras has reported.
        batches: rows of a place and a value for each name of `measured`.
        measured: names of what was reported batch by batch.
        epochs: for each name, with "val_" too, rows of an epoch and a value.
        latest: the last value under each name.
        best: for each name, the lowest finite value of an epoch, and the epoch.
        trouble: for each name, where a value was first not finite, and the value.
        place: where training is; batch 0 before the first of an epoch.
        first: the epoch it began with, counted from 1; None before it began.
        longest: batches of the longest epoch so far.
    """

    def __init__(self, epochs: int | None, steps: int | None, asked: Sequence[str] = ()) -> None:
        self.planned, self.steps, self.asked = epochs, steps, tuple(asked)
        self.names: tuple[str, ...] = ()
        self.shown: tuple[str, ...] = ()
        self.measured: tuple[str, ...] = ()
        self.batches = Thinned(MOST_BATCHES)
        self.epochs: dict[str, Thinned] = {}
        self.latest: dict[str, float] = {}
        self.best: dict[str, tuple[float, int]] = {}
        self.trouble: dict[str, tuple[Place, float]] = {}
        self.place = Place(0, 0)
        self.first: int | None = None
        self.longest = self.finished = 0

    @property
    def missing(self) -> tuple[str, ...]:
        """Names that were asked for and have not come, once others have."""
        return tuple(name for name in self.asked if name not in self.shown) if self.names else ()

    def begin_epoch(self, epoch: int) -> None:
        """Take note that an epoch, counted from 1, begins."""
        self.place = Place(epoch, 0)
        self.first = epoch if self.first is None else self.first

    def add_batch(self, batch: int, logs: Mapping[str, Any]) -> None:
        """Take in what was reported after a batch, counted from 1."""
        if not self.measured:
            self._choose(logs)
            self.measured = tuple(name for name in self.shown if name in logs)
        self.place = Place(self.place.epoch, batch)
        if batch > self.longest:
            self.longest = batch
        values = [self._note(name, logs.get(name)) for name in self.measured]
        self.batches.add((self.place, values))

    def end_epoch(self, epoch: int, logs: Mapping[str, Any]) -> None:
        """Take in what was reported after an epoch, counted from 1."""
        self._choose(logs)
        self.place, self.finished = Place(epoch, self.place.batch), epoch
        for name in self.shown:
            for key in (name, VALIDATION + name):
                if key in logs:
                    value = self._note(key, logs[key])
                    self.epochs.setdefault(key, Thinned(MOST_EPOCHS)).add((epoch, value))
                    if math.isfinite(value) and value < self.best.get(key, (math.inf, 0))[0]:
                        self.best[key] = value, epoch

    def _choose(self, logs: Mapping[str, Any]) -> None:
        """Add to the quantities that are shown while there is room: some come after an epoch."""
        if len(self.shown) == MOST_SHOWN:
            return
        names = dict.fromkeys(str(name).removeprefix(VALIDATION) for name in logs)
        self.names = tuple(names)[:MOST_NAMES]
        wanted = self.asked or ("loss", *names)
        new = (name for name in dict.fromkeys(wanted) if name in names and name not in self.shown)
        self.shown = (*self.shown, *new)[:MOST_SHOWN]

    def _note(self, name: str, reported: Any) -> float:
        """Return a value as a number, NaN for what is none, and keep it as the latest."""
        try:
            value = float(reported)
        except (TypeError, ValueError):
            value = math.nan
        self.latest[name] = value
        if not math.isfinite(value) and name not in self.trouble:
            self.trouble[name] = self.place, value
        return value
