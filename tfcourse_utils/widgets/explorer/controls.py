"""What a learner can move: plain data that the front end makes controls of."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

__all__ = ["Choice", "Control", "Slider", "Text"]


@dataclass(frozen=True)
class Control:
    """Something that changes one trait of the state.

    Attributes:
        name: of the trait.
        label: what it is called.
        role: what that means, in a few words.
        shown: False while the rest of the state leaves nothing for it to do.
    """

    kind: ClassVar[str]

    name: str
    label: str
    role: str = ""
    shown: bool = field(default=True, kw_only=True)

    def data(self) -> dict[str, Any]:
        """Return what the front end is told."""
        return {"kind": self.kind, **asdict(self)}


@dataclass(frozen=True)
class Slider(Control):
    """A number; the ends give way where the state goes beyond them.

    Attributes:
        step: of the number, or of its power of ten where that is what moves evenly.
        log: whether it is; the ends are positive then, and the number has two digits.
    """

    kind = "slider"

    low: float = 0.0
    high: float = 1.0
    step: float = 0.01
    log: bool = False


@dataclass(frozen=True)
class Text(Control):
    """A line of text."""

    kind = "text"


@dataclass(frozen=True)
class Choice(Control):
    """One of a few values."""

    kind = "choice"

    options: tuple[str, ...] = ()
