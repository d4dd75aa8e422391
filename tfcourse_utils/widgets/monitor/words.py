"""What the monitor says."""

from __future__ import annotations

import math
from enum import Enum

from tfcourse_utils.checking.plain import printable

from ..svg import clipped, short
from .recorder import VALIDATION, Recorder

__all__ = ["Phase", "called", "describe", "figures", "value", "verdict"]

MOST_LETTERS = 30  # of a name


class Phase(str, Enum):
    """How far a training is."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPING = "stopping"
    ENDED = "ended"
    STOPPED = "stopped"  # by the learner
    BROKEN = "broken"  # left by an error

    @property
    def is_over(self) -> bool:
        return self in (Phase.ENDED, Phase.STOPPED, Phase.BROKEN)


def value(number: float) -> str:
    """Write a value with four digits, or what it is instead of a number."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "∞" if number > 0 else "−∞"
    return short(number, 4)


def verdict(record: Recorder, phase: Phase) -> str:
    """Say what has become of the training, in a sentence or two."""
    where, trouble = _where(record), _trouble(record)
    said = {
        Phase.WAITING: "Waiting for the first batch; Keras prepares the model meanwhile.",
        Phase.RUNNING: "Training. To end it early, stop it: all that it has learned is kept.",
        Phase.STOPPING: f"Stopping {where}, once this batch and any validation are over.",
        Phase.ENDED: _ended(record),
        Phase.STOPPED: f"You stopped training {where}. What it learned and the history are kept.",
        Phase.BROKEN: f"Training was left {where}, before its end.",
    }[phase]
    return " ".join([said, *trouble, *_missing(record)])


def _where(record: Recorder) -> str:
    epoch, batch = record.place
    if record.first is None:
        return "before the first epoch"
    if record.finished == epoch and not record.is_cut:
        return f"after epoch {epoch}{_of(record.planned)}"
    return f"in epoch {epoch}{_of(record.planned)}, after {_batches(batch, record.steps)}"


def _batches(batch: int, steps: int | None) -> str:
    return f"batch {batch}{_of(steps)}" if batch else "no batch"


def _of(total: int | None) -> str:
    return f" of {total}" if total else ""


def _ended(record: Recorder) -> str:
    if record.first is None:
        return "There was no epoch to train."
    if record.is_cut or (record.planned is not None and record.finished < record.planned):
        return f"A callback ended training {_where(record)}."
    return f"Training is over, {_where(record)}."


def _trouble(record: Recorder) -> list[str]:
    """Say what was first not a finite number."""
    if not record.trouble:
        return []
    name, ((epoch, batch), number) = min(record.trouble.items(), key=lambda one: one[1][0])
    where = f"in epoch {epoch}, after {_batches(batch, record.steps)}"
    advice = "; a smaller learning rate may help, or inputs that are scaled and hold no NaN"
    return [f"{called(name)} became {value(number)} {where}{advice * name.endswith('loss')}."]


def _missing(record: Recorder) -> list[str]:
    if not record.missing:
        return []
    names, others = (", ".join(map(called, some)) for some in (record.missing, record.names))
    return [f"Nothing is reported under {names}" + (f"; there are {others}." if others else ".")]


def called(name: str) -> str:
    """Write a name that Keras reports, which is the learner's: any text of any length."""
    base = printable(name.removeprefix(VALIDATION), instead="�")
    base = clipped(base, MOST_LETTERS)
    return f"validation {base}" if name.startswith(VALIDATION) else base


def figures(record: Recorder, seconds: float) -> list[tuple[str, str]]:
    """Return captions and values of the figures above the curves."""
    epoch, batch = record.place
    return [
        ("epoch", f"{epoch}{_of(record.planned)}"),
        ("batch", f"{batch}{_of(record.steps)}"),
        ("time", _time(seconds)),
    ]


def _time(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{seconds:.1f} s"


def describe(record: Recorder, phase: Phase) -> str:
    """Say all that the picture shows."""
    said = [verdict(record, phase)]
    if not phase.is_over and record.first is not None:
        said.append(f"It is {_where(record)}.")
    for name in record.shown:
        said += _quantity(record, name)
    return " ".join(said)


def _quantity(record: Recorder, name: str) -> list[str]:
    """Say where a quantity is, and where its validation was lowest."""
    keys = [key for key in (name, VALIDATION + name) if key in record.latest]
    now = ", ".join(f"{called(key)} {value(record.latest[key])}" for key in keys)
    lowest = record.best.get(VALIDATION + name) if name.endswith("loss") else None
    found = f", lowest {value(lowest[0])} after epoch {lowest[1]}" if lowest else ""
    return [f"{now}{found}."] if keys else []
