"""The panel with the loss on a plane through the present weights."""

from __future__ import annotations

import ipywidgets as w
import numpy as np
from contourpy import contour_generator
from numpy.typing import NDArray

from tfcourse_utils.playground import Landscape, LandscapeView, Trainer
from tfcourse_utils.playground.parts import REGRESSION

from ...plot import Plot, diamond, text
from ...svg import INK, PAPER, TINTS, picture, short
from ..palette import FAINT, table
from ..session import Seen
from .panel import Host, Panel, figure, moment, said
from .square import shading, themed

__all__ = ["Landscapes", "described", "drawn", "heights"]

ALONG, RANDOM = "along the path of training", "in two random directions"
SIZE, SPAN, LEVELS = 31, 1.25, 9
LEAST_PATH = 4  # moments; a shorter one is no way yet

Floats = NDArray[np.floating]


class Landscapes(Panel):
    """The landscape of the moment: looked at when asked, and whenever training waits."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, "The loss round the weights")
        self._view: tuple[Trainer, LandscapeView] | None = None
        self._moment: object = None
        self._plane = w.Dropdown(options=[ALONG, RANDOM], description="Look")
        self._button = w.Button(description="Look now", icon="eye")
        self._text = w.HTML()
        self._plane.observe(lambda _: self._ask(), "value")
        self._button.on_click(lambda _: self._ask())
        row = w.HBox([self._plane, self._button], layout=w.Layout(flex_flow="row wrap"))
        self.fill(row, self._text)

    def show(self, seen: Seen) -> None:
        moment = seen.state.training, seen.frame.epoch, seen.frame.batch, seen.frame.losses
        if not seen.is_playing and moment != self._moment:
            self._moment = moment
            self._ask()

    def _ask(self) -> None:
        self.host.ask(self._look, self._put)

    def _look(self, trainer: Trainer) -> str:
        if not len(trainer.train_features):
            return said("There are no points to train on, so there is no loss.")
        if self._view is None or self._view[0] is not trainer:
            self._view = trainer, LandscapeView(trainer, SIZE, SPAN)
        then, path = moment(trainer, self.host.seen), trainer.snapshots
        if self._plane.value == RANDOM or len(path) < LEAST_PATH:
            path = []
        try:
            found = self._view[1].look(then=then, path=path)
        except Exception as error:  # whatever a learner's own parts raise
            kind = type(error).__name__
            return said(f"The network can't be asked in many places at once: {kind}: {error}")
        words = described(found, trainer.epoch if then is None else then.epoch)
        return figure(drawn(found, words), words)

    def _put(self, found: str) -> None:
        self._text.value = found


def heights(losses: Floats) -> tuple[Floats, Floats]:
    """Return the heights of losses, and of the contour lines: logarithms where none is below 0."""
    finite = losses[np.isfinite(losses)]
    if not len(finite):
        return np.zeros_like(losses), np.zeros(0)
    is_log = finite.min() > 0
    seen = np.where(np.isfinite(losses), losses, finite.max()).astype(np.float64)
    found = np.log(seen) if is_log else seen
    levels = np.linspace(found.min(), found.max(), LEVELS + 2)[1:-1]
    return found, levels if found.max() > found.min() else np.zeros(0)


def drawn(found: Landscape, words: str) -> str:
    """Return SVG text of a landscape: darker is higher, lines join equal losses."""
    span = float(found.steps[-1])
    plot = Plot(44, 24, 400, 400, -span, span, -span, span)
    up, levels = heights(found.losses)
    share = (up - up.min()) / max(float(np.ptp(up)), 1e-12)
    indices = (127 * (1 - share)).round().astype(np.uint8)  # the lower half of the table
    is_log = bool(np.nanmin(found.losses) > 0) if np.isfinite(found.losses).any() else False
    across = "first direction" if len(found.path) else "one random direction"
    upward = "second direction" if len(found.path) else "another random direction"
    return picture(
        456,
        472,
        words,
        themed(lambda theme: shading(indices, table(REGRESSION, theme, FAINT), (44, 24))),
        plot.inside(_contours(plot, found.steps, up, levels, is_log), _path(plot, found.path)),
        plot.frame(across, upward),
    )


def _contours(plot: Plot, steps: Floats, up: Floats, levels: Floats, is_log: bool) -> str:
    generator = contour_generator(steps, steps, up)
    parts = []
    for number, level in enumerate(levels):
        found = [np.asarray(line) for line in generator.lines(level)]
        style = f"stroke: {INK}; stroke-opacity: 0.55; stroke-width: 1"
        parts += [plot.line(line[:, 0], line[:, 1], style) for line in found]
        if number % 2 == 0 and found:
            x, y = max(found, key=len)[len(max(found, key=len)) // 2]
            value = short(float(np.exp(level) if is_log else level), 2)
            halo = f"fill: {INK}; paint-order: stroke; stroke: {PAPER}; stroke-width: 3"
            at = plot.nearest(x, y, 18)
            if np.hypot(x, y) > 0.15 * plot.right:  # or it would hide the present weights
                parts.append(text(at[0], at[1] + 4, value, "middle", f"{halo}; font-size: 12px"))
    return "".join(parts)


def _path(plot: Plot, path: Floats) -> str:
    """Draw the way so far, from a ring, and the present weights."""
    parts = []
    if len(path):
        for colour, width in ((PAPER, 5.0), (TINTS[1], 2.5)):
            style = f"stroke: {colour}; stroke-width: {width}; stroke-linejoin: round"
            parts.append(plot.line(path[:, 0], path[:, 1], style))
        x, y = plot.pixel(*path[0])
        ring = f"fill: {PAPER}; stroke: {TINTS[1]}; stroke-width: 2.5"
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" style="{ring}"/>')
    return "".join(parts) + diamond(*plot.pixel(0, 0), TINTS[1])


def described(found: Landscape, epoch: int) -> str:
    """Say what the picture shows, and how the loss is in its middle and at its ends."""
    losses = found.losses
    if not np.isfinite(losses).any():
        return "The loss is no finite number anywhere near these weights."
    here = losses[len(losses) // 2, len(losses) // 2]
    low, high = np.nanmin(losses), np.nanmax(losses[np.isfinite(losses)])
    middle = f"Diamond: the weights that are seen (epoch {epoch:,}), loss {short(float(here))}."
    reach = f"from {short(float(low))} to {short(float(high))}"
    around = f"In the picture it goes {reach}; the deeper the colour, the higher."
    if len(found.path):
        how = (
            "The line is the way of training, from the first weights (ring); the plane holds as "
            "much of it as a plane can, and 1 is how far the farthest of it lies."
        )
    else:
        how = "At 1 every neuron's weights have changed by as much as they are long."
    return f"{middle} {around} {how}"
