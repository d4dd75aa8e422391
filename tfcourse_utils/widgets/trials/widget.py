"""The widget: it declares the state, and passes it on to the other modules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import traitlets

from ..boxes import notice
from ..explorer import Choice, Control, Explorer, Slider, View, finite
from ..unusable import UnusableError
from .picture import draw
from .reading import as_line, read_search
from .search import Axis, Range, Search, Trial, kept
from .words import describe

__all__ = ["TrialBrowser"]

NOTHING = "no axis"
PARTS = ("low", "high", "other_low", "other_high")


def _percent(first: float) -> traitlets.CFloat:
    return traitlets.CFloat(first, min=0, max=100).tag(sync=True)


class TrialBrowser(Explorer):
    """Browse a finished search: a line for every trial, an axis for every hyperparameter.

    Keep the trials that lie in a part of one axis or of two, and go through them, best first.

    Args:
        trials: a KerasTuner tuner that has searched, or pairs of a dictionary of
            hyperparameters and a score, None where the trial failed. What can't be used is
            shown with the reason.
        objective: "min" or "max", what is better; the tuner's own, or "min", if None.
        state: traits to start with, such as `axis="units"` or `rank=3`.

    Raises:
        traitlets.TraitError: a number is not between its bounds, or a name is no axis.

    Example:
        >>> browser = TrialBrowser([({"units": 8}, 0.4), ({"units": 16}, 0.3)])
        >>> browser.chosen
        Trial(name='1', values={'units': 16.0}, score=0.3, problem='')
    """

    rank = traitlets.CInt(1, min=1, max=500).tag(sync=True)
    axis = traitlets.Unicode(NOTHING).tag(sync=True)
    low = _percent(0)
    high = _percent(100)
    other = traitlets.Unicode(NOTHING).tag(sync=True)
    other_low = _percent(0)
    other_high = _percent(100)

    def __init__(self, trials: Any, objective: str | None = None, **state: Any) -> None:
        self._search = _read(trials, objective)
        super().__init__(**state)
        self.begin()

    @property
    def search(self) -> Search:
        """What was read.

        Raises:
            UnusableError: the caller's trials can't be used.
        """
        if isinstance(self._search, UnusableError):
            raise self._search
        return self._search

    @property
    def ranges(self) -> list[Range]:
        """The parts of axes that are kept."""
        pairs = [(self.axis, self.low, self.high), (self.other, self.other_low, self.other_high)]
        return [
            Range(self._axes[name], min(ends) / 100, max(ends) / 100)
            for name, *ends in pairs
            if name != NOTHING
        ]

    @property
    def kept(self) -> list[Trial]:
        """The trials that lie in all ranges, best first."""
        return kept(self.search, self.ranges)

    @property
    def chosen(self) -> Trial | None:
        """The trial that is looked at; None if none is kept."""
        shown = self.kept
        return shown[min(self.rank, len(shown)) - 1] if shown else None

    @property
    def _axes(self) -> dict[str, Axis]:
        if isinstance(self._search, UnusableError):
            return {}
        score = self._search.score
        return {axis.name: axis for axis in (score, *self._search.axes)}

    @traitlets.validate("axis", "other")
    def _known(self, proposal: dict[str, Any]) -> str:
        names = (NOTHING, *self._axes)
        if proposal["value"] not in names and not isinstance(self._search, UnusableError):
            raise traitlets.TraitError(
                f"{proposal['value']!r} is none of the axes: {', '.join(names)}"
            )
        return str(proposal["value"])

    @traitlets.validate(*PARTS)
    def _finite(self, proposal: dict[str, Any]) -> float:
        return finite(proposal["trait"].name, proposal["value"])

    @traitlets.observe("axis", "other", *PARTS)
    def _stay_within(self, _change: object) -> None:
        if not isinstance(self._search, UnusableError):
            self.rank = min(self.rank, max(len(self.kept), 1))

    def controls_now(self) -> Sequence[Control]:
        usable = not isinstance(self._search, UnusableError)
        count = len(self.kept) if usable else 1
        names = (NOTHING, *self._axes)
        first, second = (usable and name != NOTHING for name in (self.axis, self.other))
        return (
            Slider("rank", "trial", "of those kept, 1 the best", low=1, high=max(count, 1),
                   step=1, shown=usable and count > 1),
            Choice("axis", "keep a part of", options=names, shown=usable),
            Slider("low", "from", "percent of the axis", high=100, step=1, shown=first),
            Slider("high", "to", "percent of the axis", high=100, step=1, shown=first),
            Choice("other", "and of", options=names, shown=usable),
            Slider("other_low", "from", "percent of the axis", high=100, step=1, shown=second),
            Slider("other_high", "to", "percent of the axis", high=100, step=1, shown=second),
        )  # fmt: skip

    def view_now(self) -> View:
        if isinstance(self._search, UnusableError):
            return View(notice(str(self._search)), str(self._search))
        search, ranges, shown = self._search, self.ranges, self.kept
        rank = min(self.rank, max(len(shown), 1)) - 1
        words = describe(search, ranges, shown, rank)
        best = search.finished[0].score if search.finished else None
        figures = [("kept", f"{len(shown)} of {len(search.trials)}")]
        figures.append(("best", search.score.write(best)))
        if shown:
            figures.append(("chosen", search.score.write(shown[rank].score)))
        return View(draw(search, ranges, shown, rank, words), words, figures)


def _read(trials: Any, objective: str | None) -> Search | UnusableError:
    try:
        return read_search(trials, objective)
    except UnusableError as error:
        return error
    except Exception as error:  # whatever an object does that is asked for its trials
        return UnusableError(f"The trials can’t be read: {type(error).__name__}: {as_line(error)}")
