"""The panel that shows what the next step would do to the boundary, before it is taken."""

from __future__ import annotations

import ipywidgets as w
import numpy as np
from numpy.typing import NDArray

from tfcourse_utils.playground import Camera, Effect, Split, State, Trainer
from tfcourse_utils.playground.parts import REGRESSION

from ...svg import INK, short
from ..encoding import point_rows
from ..palette import FAINT, scaled, table
from ..session import Seen
from .panel import Host, Pace, Panel, figure, said
from .square import boundaries, lines, markers, rings, shading, square, themed

__all__ = ["NextStep", "change", "described", "drawn"]

SECONDS = 0.25
PRESENT = "Of the present, not of the moment that is looked back at."
Floats = NDArray[np.float32]


class NextStep(Panel):
    """The change of the outputs as shades, the boundary before and after, the batch ringed."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, "What the next step will do")
        self._camera: tuple[Trainer, Camera] | None = None
        self._text, self._pace = w.HTML(), Pace(SECONDS)
        self.fill(self._text)

    def show(self, seen: Seen) -> None:
        if self._pace.is_due(seen):
            self.host.ask(self._look, self._put)

    def _look(self, trainer: Trainer) -> str:
        if trainer.reason or not len(trainer.next_batch):
            return said(trainer.reason or "There are no points to train on, so there is no step.")
        if self._camera is None or self._camera[0] is not trainer:
            self._camera = trainer, Camera(trainer)
        effect = self._camera[1].next_step()
        words = described(trainer.state, effect)
        if self.host.seen.looking is not None:
            words = f"{PRESENT} {words}"
        return figure(drawn(trainer, effect, words), words)

    def _put(self, text: str) -> None:
        self._text.value = text


def change(state: State, effect: Effect) -> Floats:
    """Return how much the step changes what is shaded, (size, size).

    That is the output; of several classes the chance of whichever gains or loses most.
    """
    moved = effect.after.outputs - effect.before.outputs
    most = np.abs(moved).argmax(axis=2)
    return np.take_along_axis(moved, most[..., None], axis=2)[..., 0]


def drawn(trainer: Trainer, effect: Effect, words: str) -> str:
    """Return SVG text of a step of a trainer."""
    state, moved = trainer.state, change(trainer.state, effect)
    largest = max(float(np.abs(moved).max()), 1e-9)
    indices = scaled(0.5 + 0.5 * moved / largest)
    batch = trainer.split.train.at(effect.rows)
    rows = point_rows(state, Split(batch, batch.at(np.zeros(0, int))))

    def paint(theme: str) -> str:
        shades = shading(indices, table(REGRESSION, theme, FAINT))
        return shades + markers(rows, state.data.task, theme)

    before, after = (boundaries(state, frame.outputs) for frame in (effect.before, effect.after))
    return square(
        words,
        themed(paint),
        lines(before, f"stroke: {INK}; stroke-width: 2"),
        lines(after, f"stroke: {INK}; stroke-width: 2; stroke-dasharray: 7 5"),
        rings(rows[:, :2]),
    )


def described(state: State, effect: Effect) -> str:
    """Say what the step takes, what it changes, and what the picture's signs mean."""
    count, losses = len(effect.rows), (effect.before.losses.train, effect.after.losses.train)
    moved = np.abs(effect.after.outputs - effect.before.outputs)
    points = "1 point (ringed)" if count == 1 else f"{count} points (ringed)"
    most = short(float(moved.max()), 2)
    first = (
        f"The next step takes {points} and changes the output by up to {most}; the loss on all "
        f"points to train on {_moved(*losses)}."
    )
    return f"{first}{_line_moves(state, effect)} Blue: the output falls; orange: it rises."


def _line_moves(state: State, effect: Effect) -> str:
    """Say what becomes of the boundary, if there is one."""
    if not any(boundaries(state, frame.outputs) for frame in (effect.before, effect.after)):
        return ""
    what = "is 0" if state.data.task == REGRESSION else "parts the classes"
    flips = _share_of_flips(state, effect)
    return f" The line where the output {what} moves from the solid to the dashed one{flips}."


def _moved(before: float, after: float) -> str:
    if after == before:
        return f"stays {short(before)}"
    word = "falls" if after < before else "rises"
    return f"{word} by {short(abs(after - before), 2)} to {short(after)}"


def _share_of_flips(state: State, effect: Effect) -> str:
    if state.data.task == REGRESSION:
        return ""
    given = [
        frame.outputs.argmax(axis=2) if frame.outputs.shape[2] > 1 else frame.outputs[..., 0] > 0.5
        for frame in (effect.before, effect.after)
    ]
    share = float(np.mean(given[0] != given[1]))
    return f": {short(100 * share, 2)}% of the square changes sides" if share else ""
