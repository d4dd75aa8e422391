"""What a training reports, kept within bounds however long it runs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tfcourse_utils.thinned import Thinned

__all__ = ["VALIDATION", "Place", "Recorder"]

VALIDATION = "val_"  # as Keras begins the names of what it measures on validation data
MOST_SHOWN = 4  # quantities
MOST_NAMES = 8
MOST_BATCHES, MOST_EPOCHS = 160, 80  # rows kept of each at least, once there are as many


class Place(NamedTuple):
    """Where in a training something was: after a batch of an epoch, both counted from 1."""

    epoch: int
    batch: int


class Recorder:
    """The record of one training.

    Args:
        planned: epochs, counted from the first one ever; None if nobody knows.
        steps: batches of an epoch; None if nobody knows.
        asked: names of the quantities to record; the loss and what comes first if empty.

    Attributes:
        names: the first few that Keras has reported.
        shown: those of them that are recorded, the loss first.
        measured: those of them that are reported batch by batch.
        batches: rows of a place and a value for each name of `measured`.
        epochs: for each name, with "val_" too, rows of how many epochs were over, and a value.
        latest: the last value under each name.
        best: for each name, the lowest finite value of an epoch, and the epoch.
        trouble: for each name, where a value was first not finite, and the value.
        place: where training is; batch 0 before the first of an epoch.
        first: the epoch it began with; None before it began.
        finished: the last epoch that ended; 0 before.
        is_cut: whether that one ended before its last batch.
    """

    def __init__(self, planned: int | None, steps: int | None, asked: Sequence[str] = ()) -> None:
        self.planned, self.steps, self.asked = planned, steps, tuple(dict.fromkeys(asked))
        self.names: tuple[str, ...] = ()
        self.shown: tuple[str, ...] = ()
        self.measured: tuple[str, ...] = ()
        self.batches = Thinned(MOST_BATCHES)
        self.epochs: dict[str, Thinned] = {}
        self.latest: dict[str, float] = {}
        self.best: dict[str, tuple[float, int]] = {}
        self.trouble: dict[str, tuple[Place, float]] = {}
        self.place = Place(1, 0)
        self.first: int | None = None
        self.finished, self.is_cut = 0, False
        self._longest = self._whole = 0  # batches of any epoch so far, and of one not cut
        self._furthest, self._has_batches = 0.0, False

    @property
    def missing(self) -> tuple[str, ...]:
        """Names that were asked for and have not come, once others have."""
        return tuple(name for name in self.asked if name not in self.shown) if self.names else ()

    @property
    def done(self) -> float:
        """How many epochs are over, counted from the first one ever."""
        return max(self._furthest, self.over(self.place))

    def over(self, place: Place) -> float:
        """Return how many epochs are over at a place, one under way counted as a fraction."""
        return place.epoch - 1 + place.batch / max(self.steps or self._longest, place.batch, 1)

    def begin_epoch(self, epoch: int) -> None:
        """Take note that an epoch, counted from 1, begins."""
        self.place = Place(epoch, 0)
        self.first = epoch if self.first is None else min(self.first, epoch)

    def add_batch(self, batch: int, logs: Mapping[str, Any]) -> None:
        """Take in what was reported after a batch, counted from 1."""
        if logs and not self._has_batches:
            self._has_batches = True
            self._choose(logs)
            self.measured = tuple(name for name in self.shown if name in logs)
        self.place = Place(self.place.epoch, batch)
        self._longest = max(self._longest, batch)
        if self.measured:
            values = [self._note(name, logs.get(name)) for name in self.measured]
            self.batches.add((self.place, values))

    def end_epoch(self, epoch: int, logs: Mapping[str, Any], was_stopped: bool = False) -> None:
        """Take in what was reported after an epoch, counted from 1.

        Args:
            was_stopped: whether somebody asked for the end, so that batches may be missing.
        """
        batch = self.place.batch
        self.place, self.finished = Place(epoch, batch), epoch
        self.first = epoch if self.first is None else min(self.first, epoch)
        whole = self.steps or (self._whole or batch + 1 if was_stopped else 0)
        self.is_cut = 0 < batch < whole
        self._whole = self._whole if self.is_cut else max(self._whole, batch)
        ended = self.over(self.place) if self.is_cut else float(epoch)
        self._furthest = max(self._furthest, ended)
        self._choose(logs)
        for name in self.shown:
            for key in (name, VALIDATION + name):
                if key in logs:
                    self._add_of_epoch(key, ended, self._note(key, logs[key]))

    def _add_of_epoch(self, key: str, ended: float, value: float) -> None:
        self.epochs.setdefault(key, Thinned(MOST_EPOCHS)).add((ended, value))
        if math.isfinite(value) and value < self.best.get(key, (math.inf, 0))[0]:
            self.best[key] = value, self.finished

    def _choose(self, logs: Mapping[str, Any]) -> None:
        """Add to the quantities that are shown while there is room: some come after an epoch."""
        if len(self.shown) == MOST_SHOWN:
            return
        names = dict.fromkeys(str(name).removeprefix(VALIDATION) for name in logs)
        self.names = tuple(dict.fromkeys((*self.names, *names)))[:MOST_NAMES]
        new = [name for name in self.asked or ("loss", *names) if name in names]
        self.shown = tuple(dict.fromkeys((*self.shown, *new)))[:MOST_SHOWN]

    def _note(self, key: str, reported: Any) -> float:
        """Return a value as a number, and keep it as the latest; NaN for what is no number."""
        try:
            value = float(reported)
        except (TypeError, ValueError, OverflowError):
            return math.nan
        self.latest[key] = value
        if not math.isfinite(value) and key not in self.trouble:
            self.trouble[key] = self.place, value
        return value
