"""The panel with all small lessons: the shipped ones, and an instructor's own."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import ipywidgets as w

from tfcourse_utils.playground.presets import Preset, load, names

from .panel import Host, Panel, alert, said, sentence

__all__ = ["Lessons", "Teacher", "found"]

HINT = (
    "A lesson is a state, a question and sometimes a prediction to make before anything is shown. "
    "Your own are files as those in tfcourse_utils/playground/presets."
)


class Teacher(Host, Protocol):
    """What the lessons need of a playground besides."""

    def begin(self, preset: Preset) -> None:
        """Open a lesson in place of what is there."""


class Lessons(Panel):
    """A choice of lessons, and a field for a file or a folder of more."""

    def __init__(self, host: Teacher) -> None:
        super().__init__(host, "Small lessons")
        self._teacher = host
        wide = w.Layout(width="min(400px, 100%)")
        options = [(preset.title, preset) for preset in map(load, names())]
        self._choice = w.Dropdown(options=options, description="Lesson", layout=wide)
        hint = "a .json file, or a folder of them"
        self._path = w.Text(description="Or from", placeholder=hint, layout=wide)
        self._message = w.HTML()
        begin, take = w.Button(description="Begin"), w.Button(description="Take in")
        begin.on_click(lambda _: self._teacher.begin(self._choice.value))
        take.on_click(lambda _: self._take())
        rows = [[self._choice, begin], [self._path, take]]
        boxes = [w.HBox(row, layout=w.Layout(flex_flow="row wrap")) for row in rows]
        self.fill(w.HTML(said(HINT)), *boxes, self._message)

    def _take(self) -> None:
        try:
            presets = found(self._path.value)
        except ValueError as error:
            self._message.value = alert(sentence(error))
            return
        self._choice.options = [*self._choice.options, *((each.title, each) for each in presets)]
        self._choice.value = presets[0]
        count = "1 lesson is" if len(presets) == 1 else f"{len(presets)} lessons are"
        self._message.value = f'<p role="status">{count} in the choice now.</p>'


def found(path: str) -> list[Preset]:
    """Return the preset of a file, or all of a folder, in the order of their names.

    Raises:
        ValueError: there is none, or one is broken; in one sentence.
    """
    path = path.strip()
    if not path or "\0" in path:
        raise ValueError("there is nothing to take in: write the name of a file or folder first")
    place = Path(path).expanduser()
    if not place.is_dir():
        if place.suffix != ".json":
            raise ValueError(f'{place} is no folder, nor a file that ends with ".json"')
        return [load(place)]
    files = sorted(place.glob("*.json"))
    if not files:
        raise ValueError(f'there is no file that ends with ".json" in {place}')
    return [load(file) for file in files]
