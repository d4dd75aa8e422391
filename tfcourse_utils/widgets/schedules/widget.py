"""The widget: it declares the state, and passes it on to the other modules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import traitlets

from ..boxes import notice
from ..explorer import Choice, Control, Explorer, Slider, View, finite
from ..unusable import UnusableError
from .named import NAMED, SHAPES, Schedule, Settings, rate_at
from .picture import draw
from .words import Shown, describe, rate

__all__ = ["ScheduleExplorer"]

PLACES = ("first", "second", "third")
NO_OTHER = "none"
SCALES = ("linear", "logarithmic")


class ScheduleExplorer(Explorer):
    """Compare learning-rate schedules: the rate of every epoch.

    Args:
        schedules: your own, which join the choice: functions as `LearningRateScheduler` takes
            them, `epoch -> rate` or `(epoch, rate before) -> rate`, or `LearningRateSchedule`
            objects. Parameters with the names `warmup`, `total`, `epochs` and `peak` are given
            the values of the controls. One that can't be used is shown with the reason.
        state: traits to start with, such as `first="cosine"` or `epochs=20`.

    Raises:
        traitlets.TraitError: a number is not between its bounds, or a name is none of those known.

    Example:
        >>> explorer = ScheduleExplorer(first="constant", second="none", third="none", epochs=5)
        >>> explorer.words
        '5 epochs, from 0 to 4.\\nconstant (0.01): 0.01 throughout; 0.01 at epoch 4.'
    """

    first = traitlets.Unicode("constant").tag(sync=True)
    second = traitlets.Unicode("step decay").tag(sync=True)
    third = traitlets.Unicode("warm-up").tag(sync=True)
    scale = traitlets.Enum(SCALES, SCALES[0]).tag(sync=True)
    epoch = traitlets.CInt(15, min=0, max=199).tag(sync=True)
    epochs = traitlets.CInt(40, min=2, max=200).tag(sync=True)
    peak = traitlets.CFloat(0.01, min=1e-8, max=100).tag(sync=True)
    factor = traitlets.CFloat(0.5, min=0.01, max=0.99).tag(sync=True)
    every = traitlets.CInt(10, min=1, max=200).tag(sync=True)
    decay = traitlets.CFloat(0.9, min=0.01, max=1).tag(sync=True)
    warmup = traitlets.CInt(5, min=0, max=200).tag(sync=True)
    after = traitlets.Enum(tuple(SHAPES), "cosine").tag(sync=True)
    patience = traitlets.CInt(3, min=1, max=100).tag(sync=True)
    batches = traitlets.CInt(100, min=1, max=100_000).tag(sync=True)

    def __init__(self, *schedules: Any, **state: Any) -> None:
        own = _own(schedules)
        self._schedules = {schedule.name: schedule for schedule in (*NAMED, *own)}
        firsts = {place: schedule.name for place, schedule in zip(PLACES, own)}
        super().__init__(**{**firsts, **state})
        self.begin()

    @property
    def settings(self) -> Settings:
        return Settings(**{name: getattr(self, name) for name in Settings._fields})

    @property
    def chosen(self) -> list[Schedule]:
        """The one to three schedules that are compared."""
        names = dict.fromkeys(getattr(self, place) for place in PLACES)
        return [self._schedules[name] for name in names if name != NO_OTHER]

    @traitlets.validate(*PLACES)
    def _known(self, proposal: dict[str, Any]) -> str:
        others = [] if proposal["trait"].name == PLACES[0] else [NO_OTHER]
        if proposal["value"] not in [*self._schedules, *others]:
            names = ", ".join(self._schedules)
            raise traitlets.TraitError(f"{proposal['value']!r} is none of the schedules: {names}")
        return str(proposal["value"])

    @traitlets.validate("peak", "factor", "decay")
    def _finite(self, proposal: dict[str, Any]) -> float:
        return finite(proposal["trait"].name, proposal["value"])

    @traitlets.observe("epochs")
    def _stay_within(self, _change: object) -> None:
        self.epoch = min(self.epoch, self.epochs - 1)

    def controls_now(self) -> Sequence[Control]:
        names = tuple(self._schedules)
        used = {need for schedule in self.chosen for need in schedule.needs}
        if "after" in used:
            used.update(SHAPES[self.after].needs)
        return (
            Choice("first", "schedule", options=names),
            Choice("second", "beside it", options=(NO_OTHER, *names)),
            Choice("third", "and", options=(NO_OTHER, *names)),
            Choice("scale", "axis", "of the learning rate", SCALES),
            Slider("epoch", "epoch", "to read the rates at", high=self.epochs - 1, step=1),
            Slider("epochs", "epochs", "in all", low=2, high=200, step=1),
            Slider("peak", "peak", "the highest rate", low=1e-5, high=1, step=0.05, log=True),
            Slider("warmup", "warm-up", "in epochs", high=self.epochs, step=1,
                   shown="warmup" in used),
            Choice("after", "after the warm-up", options=tuple(SHAPES), shown="after" in used),
            Slider("factor", "factor", "of a drop", low=0.05, high=0.95, step=0.05,
                   shown="factor" in used),
            Slider("every", "every", "so many epochs a drop", low=1, high=self.epochs, step=1,
                   shown="every" in used),
            Slider("decay", "decay", "factor of every epoch", low=0.5, high=1,
                   shown="decay" in used),
            Slider("patience", "patience", "in epochs", low=1, high=20, step=1,
                   shown="patience" in used),
            Slider("batches", "batches", "in an epoch", low=1, high=1000, step=1,
                   shown="batches" in used),
        )  # fmt: skip

    def view_now(self) -> View:
        epoch, epochs = min(self.epoch, self.epochs - 1), self.epochs
        try:
            shown = [self._look(schedule, epoch) for schedule in self.chosen]
        except UnusableError as error:
            return View(notice(str(error)), str(error))
        log = self.scale != SCALES[0]
        words = describe(epoch, epochs, shown, log)
        figures = [(one.name, rate(one.here)) for one in shown]
        return View(draw(epoch, epochs, log, shown, words), words, figures)

    def _look(self, schedule: Schedule, epoch: int) -> Shown:
        settings = self.settings
        curve, formula = schedule.look(settings), schedule.formula(settings)
        name = schedule.name
        if "after" in schedule.needs:
            name = f"{name}, then {settings.after}"
        return Shown(name, formula, curve, rate_at(curve, epoch), schedule.per_batch)


def _own(schedules: Sequence[Any]) -> list[Schedule]:
    if not schedules:
        return []
    from .own import own_schedule  # Keras takes seconds, and named schedules need none of it

    made: list[Schedule] = []
    for given in schedules:
        made.append(own_schedule(given, {schedule.name for schedule in (*NAMED, *made)}))
    return made
