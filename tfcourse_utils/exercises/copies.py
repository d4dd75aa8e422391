"""Copying an object by its config, and saying what the config has forgotten."""

from __future__ import annotations

import inspect
import json
from typing import Any

import numpy as np

from tfcourse_utils.checking import add_note

__all__ = ["config_as_json", "copied", "drawn_name", "forgotten_by_config", "names_read"]


def config_as_json(thing: Any) -> Any:
    """Return the config of an object as it comes back from a JSON file.

    Raises:
        TypeError: there is none, or something in it has no place in JSON; the message is for
            the learner.
    """
    config = thing.get_config()
    if config is None:
        raise TypeError("`get_config` gave back None, and should return a dictionary")
    try:
        return json.loads(json.dumps(config))
    except TypeError as error:
        raise TypeError(f"the config can't be written as JSON: {error}") from None


def copied(thing: Any) -> Any:
    """Return a new object of the same kind, made from the config alone.

    Where that fails, the error has a note of what the config does not hold.
    """
    config = config_as_json(thing)
    try:
        return type(thing).from_config(config)
    except Exception as error:
        add_note(error, forgotten_by_config(thing))
        raise


def forgotten_by_config(thing: Any) -> str:
    """Say which arguments of `__init__` a config does not hold; "" if it holds all."""
    try:
        taken = inspect.signature(type(thing).__init__).parameters.values()
        names = [p.name for p in taken if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)][1:]
        missing = [f"`{name}`" for name in names if name not in thing.get_config()]
    except Exception:  # whatever is wrong with it, the check itself will say
        return ""
    if not missing:
        return ""
    return (
        f"`__init__` takes {' and '.join(missing)}, and the config does not hold "
        f"{'it' if len(missing) == 1 else 'them'}: a copy is made with what the config holds."
    )


def drawn_name(rng: np.random.Generator) -> str:
    """Draw a name to give to an object that is copied."""
    return f"forgiving_{rng.integers(1_000)}"


def names_read(seen: dict[str, Any]) -> dict[str, Any]:
    """Say whether the name given was kept; a name that Keras makes up counts upwards.

    Args:
        seen: under "names", the name given, that of the object and that of its copy.
    """
    given, of_object, of_copy = seen["names"]
    kept = {"the name given is kept": of_object == given, "by the copy too": of_copy == given}
    return seen | {"names": kept}
