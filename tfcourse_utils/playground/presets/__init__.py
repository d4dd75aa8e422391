"""Small lessons for the playground: a state, and a question to think about before looking.

Each is a file, "name.json", beside this one or wherever an instructor keeps it: a title, a prompt,
and a state in which what is left out is as usual. It may ask for a prediction, too, which has to
be made before anything is seen of the network:

    {
      "title": "One line, two clouds",
      "prompt": "A network without hidden layers is a line.",
      "state": {"data": {"kind": "clouds"}, "network": {"hidden": []}},
      "predict": {
        "question": "Which share of the points will be right?",
        "answers": ["half", "nearly all"],
        "right": "nearly all",
        "epochs": 30,
        "comment": "Where the clouds overlap no line is right."
      }
    }

Without `answers` the boundary is drawn. `state`, `right` and `epochs` can be left out.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from .. import checks
from ..links import from_plain
from ..parts import REGRESSION
from ..state import State

__all__ = ["Prediction", "Preset", "load", "names", "parsed", "read"]

VERSION = 1
_ENDING = ".json"
_MOST_CHARACTERS, _MOST_BYTES, _MOST_EPOCHS, _MOST_ANSWERS = 2000, 4_000_000, 10_000, 12

Found = dict[str, Any]


class Prediction(NamedTuple):
    """What a learner has to say before the network is seen.

    Attributes:
        question: what to predict.
        answers: to pick one of; where there are none, the boundary is drawn.
        right: which of them is; None if that depends.
        epochs: to train before the comment.
        comment: what to read then.
    """

    question: str
    answers: tuple[str, ...]
    right: str | None
    epochs: int
    comment: str


class Preset(NamedTuple):
    """A state to begin with, its title, a prompt to think about, and what to predict, if so."""

    title: str
    prompt: str
    state: State
    predict: Prediction | None = None


def names() -> list[str]:
    """Return what presets there are here, in the order of the alphabet."""
    found = (each.name for each in files(__name__).iterdir())
    return sorted(name.removesuffix(_ENDING) for name in found if name.endswith(_ENDING))


def load(name: str | Path) -> Preset:
    """Return a preset, by its name here, or by the path of a file that ends with ".json".

    Raises:
        ValueError: there is none of that name, or the file is none; in one sentence.
    """
    if str(name).endswith(_ENDING):
        return read(Path(name))
    if name not in names():
        known = ", ".join(names())
        raise ValueError(f'name should be one of {known}, or end with ".json", but is {name!r:.40}')
    return parsed(files(__name__).joinpath(f"{name}{_ENDING}").read_text(encoding="utf-8"))


def read(path: Path) -> Preset:
    """Return the preset that a file holds.

    Raises:
        ValueError: it can't be read, or is none.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError(f"{path} is too large to be a preset")
        return parsed(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ValueError(f"there is no file {path}") from None
    except OSError as error:
        raise ValueError(f"{path} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path} is no text, so no preset") from None
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None


def parsed(text: str) -> Preset:
    """Return the preset that a text of JSON is.

    Raises:
        ValueError: it is none, or one of a newer version; in one sentence.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("this is no JSON, so no preset") from None
    _check_names("a preset", found, ("version", "title", "prompt", "state", "predict"))
    version = found.get("version", VERSION)
    if isinstance(version, int) and version > VERSION:
        raise ValueError(f"this preset is of version {version}, which is newer: update the course")
    checks.whole("version", version, VERSION, VERSION)
    state = from_plain(found.get("state", {}))
    predict = _prediction(found["predict"], state) if "predict" in found else None
    return Preset(_text("title", found), _text("prompt", found), state, predict)


def _prediction(found: object, state: State) -> Prediction:
    _check_names("predict", found, ("question", "answers", "right", "epochs", "comment"))
    assert isinstance(found, dict)
    answers = _answers(found.get("answers", []))
    if not answers and state.data.task == REGRESSION:
        raise ValueError("predict.answers should be some: there is no boundary of values to draw")
    right = found.get("right")
    if right is not None:
        checks.one_of("predict.right", right, answers)
    epochs = checks.whole("predict.epochs", found.get("epochs", 100), 1, _MOST_EPOCHS)
    question, comment = (_text(name, found, "predict.") for name in ("question", "comment"))
    return Prediction(question, answers, right, epochs, comment)


def _answers(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or len(found) > _MOST_ANSWERS:
        raise ValueError(f"predict.answers should be up to {_MOST_ANSWERS} texts")
    texts = [_text(str(place), {str(place): each}, "predict.answers ")
             for place, each in enumerate(found, 1)]  # fmt: skip
    return checks.several_of("predict.answers", texts, texts)


def _text(name: str, found: Found, part: str = "") -> str:
    value = found.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > _MOST_CHARACTERS:
        raise ValueError(f"{part}{name} should be a text of up to {_MOST_CHARACTERS} characters")
    return value


def _check_names(what: str, found: object, allowed: tuple[str, ...]) -> None:
    if not isinstance(found, dict):
        raise ValueError(f"{what} should be a dictionary, but is {type(found).__name__}")
    for name in found:
        if name not in allowed:
            raise ValueError(f"{what} has no field {name!r:.40}")
