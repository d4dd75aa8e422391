"""Small lessons for the playground: a state, and a question to think about before looking.

Each is a file beside this one, "name.json": a title, a prompt, and a state in which what is left
out is as usual.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import NamedTuple

from ..links import from_plain
from ..state import State

__all__ = ["Preset", "load", "names"]

_ENDING = ".json"


class Preset(NamedTuple):
    """A state to begin with, its title, and what to ask before anything is trained."""

    title: str
    prompt: str
    state: State


def names() -> list[str]:
    """Return what presets there are, in the order of the alphabet."""
    found = (each.name for each in files(__name__).iterdir())
    return sorted(name.removesuffix(_ENDING) for name in found if name.endswith(_ENDING))


def load(name: str) -> Preset:
    """Return a preset.

    Raises:
        ValueError: there is none of that name.
    """
    if name not in names():
        raise ValueError(f"name should be one of {', '.join(names())}, but is {name!r:.40}")
    found = json.loads(files(__name__).joinpath(name + _ENDING).read_text(encoding="utf-8"))
    return Preset(found["title"], found["prompt"], from_plain(found["state"]))
