"""The panel that trains a linear model in step with the network, and shows both."""

from __future__ import annotations

import time

import ipywidgets as w

from tfcourse_utils.playground import (
    Camera,
    Frame,
    Split,
    State,
    Trainer,
    without_hidden_layers,
)

from ...svg import INK, short
from ..encoding import point_rows, sees_test_points
from ..palette import FAINT, indices_of_outputs, table
from ..session import Seen
from .panel import Host, Pace, Panel, figure, said
from .square import boundaries, lines, markers, shading, square, themed

__all__ = ["Compare", "LinearTwin", "compared", "drawn"]

SECONDS = 0.1  # between two pictures
SLICE_SECONDS = 0.03  # of training until others have their turn
OWN = "Your own parts are the network's alone: the line has the loss and the optimizer chosen here."


class LinearTwin:
    """A linear model of a trainer's data, trained as far as that has been, by slices.

    It is for one thread, that of the trainer.
    """

    def __init__(self) -> None:
        self._pair: tuple[Trainer, Camera] | None = None
        self._split: Split | None = None

    def follow(self, trainer: Trainer) -> bool:
        """Train on towards where the trainer is; return whether it is there."""
        twin = self._twin(trainer)
        end = time.monotonic() + SLICE_SECONDS
        goal = trainer.epoch, trainer.batch
        if (twin.epoch, twin.batch) > goal:
            twin.reset()
        while (twin.epoch, twin.batch) < goal and not twin.reason:
            if twin.epoch == trainer.epoch:
                twin.advance(trainer.batch - twin.batch)
            else:
                twin.train(1)
            if time.monotonic() >= end:
                break
        return (twin.epoch, twin.batch) >= goal or twin.reason is not None

    def _twin(self, trainer: Trainer) -> Trainer:
        state = without_hidden_layers(trainer.state)
        is_new = self._pair is None or trainer.split is not self._split
        if is_new or not self._pair[0].adjust(state):  # type: ignore[index]
            made = Trainer(state)
            made.advance(0)
            self._pair, self._split = (made, Camera(made)), trainer.split
        assert self._pair is not None
        return self._pair[0]

    def frame(self, epoch: int | None = None) -> Frame:
        """Return what there is to see of it now, or was after an epoch, or soon after."""
        assert self._pair is not None, "it follows nothing yet"
        twin, camera = self._pair
        if epoch is None:
            return camera.frame()
        return camera.frame(min(twin.snapshots, key=lambda each: abs(each.epoch - epoch)))


class Compare(Panel):
    """Two pictures, network and line, and a sentence that compares them."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, "Network and linear model")
        self._twin, self._is_asked = LinearTwin(), False
        self._text, self._pace = w.HTML(), Pace(SECONDS)
        self.fill(self._text)

    def show(self, seen: Seen) -> None:
        if self._pace.is_due(seen) and not self._is_asked:
            self._is_asked = True
            self.host.ask(self._twin.follow, self._followed)

    def _followed(self, is_there: bool) -> None:
        """Show where both are, and go on where the line is behind."""
        if self.comm is None:  # closed meanwhile
            return
        self._is_asked = not is_there
        seen = self.host.seen
        epoch = None if seen.looking is None else seen.frame.epoch
        self._text.value = compared(
            seen,
            self._twin.frame(epoch),
            any(part is not None for part in self.host.own._replace(metric=None, callback=None)),
        )
        if not is_there:
            self.host.ask(self._twin.follow, self._followed)


def compared(seen: Seen, line: Frame, has_own: bool) -> str:
    """Return HTML of the network's picture, the linear model's, and what tells them apart."""
    both = (("The network", seen.frame), ("The linear model", line))
    figures = []
    for name, frame in both:
        words = f"{name}, epoch {frame.epoch:,}: {_quality(frame)}."
        figures.append(figure(drawn(seen.state, seen.split, frame, words), words))
    note = said(OWN) if has_own else ""
    stopped = said(f"The linear model: {line.reason}") if line.reason else ""
    return f'<div class="playground-pair">{"".join(figures)}</div>{stopped}{note}'


def _quality(frame: Frame) -> str:
    loss = f"loss {short(frame.losses.train)}"
    if not frame.train.sum():
        return loss
    share = 100 * frame.train.trace() / frame.train.sum()
    return f"{loss}, {share:.0f}% of the training points right"


def drawn(state: State, split: Split, frame: Frame, words: str) -> str:
    """Return SVG text of a frame with the points."""
    indices, task = indices_of_outputs(state, frame.outputs), state.data.task
    rows = point_rows(state, split)
    shown = rows if sees_test_points(state) else rows[rows[:, 3] == 0]

    def paint(theme: str) -> str:
        return shading(indices, table(task, theme, FAINT)) + markers(shown, task, theme)

    edge = lines(boundaries(state, frame.outputs), f"stroke: {INK}; stroke-width: 1.6")
    return square(words, themed(paint), edge)
