"""What there is to see of a training: it follows from the record alone."""

from __future__ import annotations

from typing import NamedTuple

from .curves import panels, reach, share
from .picture import Scene, draw
from .recorder import Recorder
from .words import Phase, describe, figures, verdict

__all__ = ["Look", "look_at"]


class Look(NamedTuple):
    """What is seen.

    Attributes:
        picture: SVG text, with the words as its label.
        words: all that it says, for those who can't see it.
        verdict: what has become of the training.
        phase: how far it is.
    """

    picture: str
    words: str
    verdict: str
    phase: str


def look_at(record: Recorder, phase: Phase, seconds: float) -> Look:
    """Return what there is to see after so many seconds."""
    words, said = describe(record, phase), verdict(record, phase)
    scene = Scene(
        panels(record),
        reach(record, phase.is_over),
        figures(record, seconds),
        share(record),
        said if phase.is_over else "",  # before, the view says it
        words,
    )
    return Look(draw(scene), words, said, phase.value)
