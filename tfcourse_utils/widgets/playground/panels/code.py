"""The panel with the Keras code: a script that by itself trains what is seen."""

from __future__ import annotations

from functools import partial

import ipywidgets as w
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from tfcourse_utils.playground import Own, State, Trainer, script

from ..session import Seen
from .copying import CopyBox
from .panel import Host, Pace, Panel, said, sentence

__all__ = ["Code", "coloured", "limits", "written"]

SECONDS = 1.0


class Code(Panel):
    """The script of what is seen, renewed as it changes, and what it can't give."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, "The Keras code")
        self._box, self._words = CopyBox(label="The Keras code"), w.HTML()
        self._pace, self._last = Pace(SECONDS), ("", "")
        self.fill(self._box, self._words)

    def show(self, seen: Seen) -> None:
        if self._pace.is_due(seen):
            state, frame = seen.state, seen.frame
            question = partial(written, state, frame.epoch, frame.batch, self.host.own)
            self.host.ask(question, self._put)

    def _put(self, found: tuple[str, str]) -> None:
        if found != self._last:
            self._last = found
            text, words = found
            self._box.put(text, coloured(text))
            self._words.value = said(words)


def written(state: State, epoch: int, batch: int, own: Own, trainer: Trainer) -> tuple[str, str]:
    """Return the script of a moment of a trainer, and what it can't give; or why there is none."""
    try:
        text = script(state, epoch)
    except ValueError as error:
        return "", sentence(error)
    return text, limits(own, trainer.edited, batch)


def limits(own: Own, is_edited: bool, batch: int) -> str:
    """Say whether the script gives the same boundary, and if not, why."""
    parts = own._replace(metric=None)._asdict()  # a metric changes nothing
    given = [name for name, part in parts.items() if part is not None]
    reasons = []
    if given:
        reasons.append(f"your own {' and '.join(given)} stand in your notebook, not in the script")
    if is_edited:
        reasons.append("weights or settings were changed on the way, and the script has them so "
                       "from the beginning, or not at all")  # fmt: skip
    if batch:
        many = "batch" if batch == 1 else "batches"
        reasons.append(f"it ends with a whole epoch, {batch} {many} before what is seen")
    if not reasons:
        return (
            "Run by itself, it draws the same points, begins with the same weights, and ends with "
            "the boundary seen here."
        )
    return f"It does not end with exactly what is seen here: {'; '.join(reasons)}."


def coloured(text: str) -> str:
    """Return HTML of Python code, its words in classes as of Pygments."""
    formatter: HtmlFormatter[str] = HtmlFormatter(nowrap=True)
    return str(highlight(text, PythonLexer(), formatter)) if text else ""
