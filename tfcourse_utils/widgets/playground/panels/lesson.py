"""A small lesson above the canvas: what to think about, and what to predict before it is seen."""

from __future__ import annotations

from html import escape
from typing import Protocol

import ipywidgets as w

from tfcourse_utils.playground import Frame, State, draw
from tfcourse_utils.playground.presets import Prediction, Preset

from ...svg import INK
from ..encoding import point_rows
from ..palette import FAINT, indices_of_outputs, table
from ..session import Seen
from .drawing import Places, agreement, regions, right
from .pad import Pad
from .panel import Host, alert, said
from .sight import Sight
from .square import boundaries, lines, markers, shading, square, themed

__all__ = ["Lesson", "Stage", "compared", "verdict"]

HOW = (
    "Draw with the pointer; or go there by Tab, move the cross with the arrow keys, set corners "
    "with Space, end a line with Escape and take a corner back with Backspace. A line goes "
    "straight on to the edge, unless its ends nearly meet."
)


class Stage(Host, Protocol):
    """What a lesson needs of a playground besides."""

    def cover(self, is_covered: bool) -> None:
        """Hide all but the lesson, or show it again."""

    def play(self) -> None: ...

    def pause(self) -> None: ...


class Lesson(w.VBox):
    """Title and prompt of a preset; where it asks for a prediction, all else is hidden before.

    Args:
        stage: the playground.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._preset: Preset | None = None
        self._answers, self._pad = w.RadioButtons(options=[]), Pad()
        self._reveal = w.Button(description="Reveal", button_style="primary", icon="eye")
        self._reveal.on_click(lambda _: self._revealed())
        self._how, self._comment, self._is_waiting = w.HTML(), w.HTML(), False
        self._words = Sight()
        super().__init__([self._words])
        self.add_class("playground-lesson")

    def begin(self, preset: Preset) -> None:
        """Begin a lesson; what was before is gone."""
        self._is_waiting = False  # first: `show` may come between
        self._preset, self._comment.value = preset, ""
        self._words.html = f"<h3>{escape(preset.title)}</h3>{said(preset.prompt)}"
        asked = [] if preset.predict is None else self._question(preset.predict, preset.state)
        self.children = [self._words, *asked]
        self._stage.cover(preset.predict is not None)

    def come_into_sight(self) -> None:
        """Take the focus, of what was begun further down the page."""
        self._words.come()

    def _question(self, predict: Prediction, state: State) -> list[w.Widget]:
        self._reveal.disabled = self._answers.disabled = False
        parts: list[w.Widget] = [w.HTML(f"<p><b>{escape(predict.question)}</b></p>")]
        if predict.answers:
            self._answers.options, self._answers.index = predict.answers, None
            parts.append(self._answers)
        else:
            self._pad.strokes, self._pad.is_open = [], True
            self._pad.label = f"{predict.question} {HOW}"
            self._pad.picture = _points(state)
            self._how.value = said(HOW)
            beside = w.Box([self._pad, w.VBox([self._how, self._reveal, self._comment])])
            beside.add_class("playground-beside")
            return [*parts, beside]
        return [*parts, self._reveal, self._comment]

    @property
    def _predict(self) -> Prediction:
        assert self._preset is not None and self._preset.predict is not None
        return self._preset.predict

    def _revealed(self) -> None:
        """Show and train, if there is a prediction."""
        if self._predict.answers and self._answers.value is None:
            self._comment.value = alert("Pick an answer first.")
        elif not self._predict.answers and not self._pad.lines:
            self._comment.value = alert("Draw a line first.")
        else:
            self._reveal.disabled = self._answers.disabled = True
            self._pad.is_open, self._is_waiting, self._how.value = False, True, ""
            self._comment.value = (
                f'<p role="status">Training for {self._predict.epochs} epochs …</p>'
            )
            self._stage.cover(False)
            self._stage.play()

    def show(self, seen: Seen) -> None:
        """Comment once it has been trained for long enough; in the session's thread."""
        if not self._is_waiting or self._preset is None:
            return
        if seen.state.data != self._preset.state.data:
            self._is_waiting, self._comment.value = False, ""
        elif seen.frame.epoch >= self._predict.epochs or seen.frame.reason:
            self._is_waiting = False
            self._stage.pause()
            self._comment.value = f'<div role="status">{said(self._comment_on(seen))}</div>'

    def _comment_on(self, seen: Seen) -> str:
        predict, frame = self._predict, seen.frame
        if predict.answers:
            return f"{verdict(self._answers.value, predict.right)} {predict.comment}"
        words = compared(self._pad.lines, seen)
        self._pad.label = words
        self._pad.picture = _points(seen.state, frame)
        return f"{words} {predict.comment}"


def verdict(answer: str, right_one: str | None) -> str:
    """Say what was expected, and whether it is so."""
    if right_one is None:
        return f"You expected: {answer}."
    if answer == right_one:
        return f"You expected: {answer}. So it is."
    return f"You expected: {answer}. It is: {right_one}."


def compared(strokes: list[Places], seen: Seen) -> str:
    """Say how far a drawn boundary and that of a network are one, and how right both are."""
    train, frame = seen.split.train, seen.frame
    drawn = regions(strokes, train, len(frame.outputs))
    share = round(100 * agreement(drawn, frame.outputs))
    mine = round(100 * right(drawn, train))
    its = round(100 * frame.train.trace() / max(frame.train.sum(), 1))
    return (
        f"Your boundary and the network's agree on {share}% of the square. Of the points to train "
        f"on yours gets {mine}% right, and the network's {its}%."
    )


def _points(state: State, frame: Frame | None = None) -> str:
    """Return SVG text of the points to train on, and of a frame below them, if there is one."""
    task = state.data.task
    rows = point_rows(state, draw(state.data))

    def paint(theme: str) -> str:
        shown = markers(rows[rows[:, 3] == 0], task, theme)
        if frame is None:
            return shown
        return shading(indices_of_outputs(state, frame.outputs), table(task, theme, FAINT)) + shown

    edge = "" if frame is None else lines(
        boundaries(state, frame.outputs), f"stroke: {INK}; stroke-width: 2; stroke-dasharray: 7 5"
    )  # fmt: skip
    return square("The points to train on", themed(paint), edge)
