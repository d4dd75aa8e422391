"""What the judge says of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["ProbeVerdict", "Status", "Verdict"]


class Status(str, Enum):
    RIGHT = "right"
    WRONG = "wrong"
    BROKE = "broke"
    NOT_ATTEMPTED = "not attempted"


@dataclass(frozen=True)
class ProbeVerdict:
    """One probe's verdict; the texts are for the learner and may be empty."""

    probe: str
    status: Status
    possible: float
    called: str = ""
    got: str = ""
    expected: str = ""
    reason: str = ""  # where it first differs, or what was raised
    lines: tuple[str, ...] = ()
    printed: str = ""
    note: str = ""
    misconception: str = ""  # the name of the wrong answer that looks the same
    diagnosis: str = ""  # and what it says


@dataclass(frozen=True)
class Verdict:
    """The verdict on one exercise."""

    exercise: str
    probes: tuple[ProbeVerdict, ...]
    unchanged: bool = False  # a mend exercise that still behaves as it was found

    @property
    def status(self) -> Status:
        """RIGHT if every probe is, else the first of the other three that says most."""
        statuses = {probe.status for probe in self.probes}
        if self.unchanged or statuses == {Status.NOT_ATTEMPTED}:
            return Status.NOT_ATTEMPTED
        if statuses == {Status.RIGHT}:
            return Status.RIGHT
        return Status.BROKE if Status.BROKE in statuses else Status.WRONG

    @property
    def points(self) -> float:
        if self.unchanged:
            return 0
        return sum(probe.possible for probe in self.probes if probe.status is Status.RIGHT)

    @property
    def possible(self) -> float:
        return sum(probe.possible for probe in self.probes)

    @property
    def misconceptions(self) -> dict[str, str]:
        """The names of the wrong answers that were recognised, with what they say."""
        return {p.misconception: p.diagnosis for p in self.probes if p.misconception}
