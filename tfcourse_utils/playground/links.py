"""A state as JSON, for files, and as the end of a link, for sharing; and back.

A link holds what differs from the usual state, readable, after "#":

    #version=1&data.kind=spiral&network.hidden=8,8&hidden=data.noise,step
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any
from urllib.parse import parse_qsl, quote

from .state import PARTS, VERSION, State

__all__ = ["from_json", "from_link", "from_plain", "to_json", "to_link"]

MOST_CHARACTERS = 1_000_000

Fields = dict[str, Any]


def to_json(state: State) -> str:
    """Return the whole state as JSON, indented."""
    return json.dumps(asdict(state), indent=2, ensure_ascii=False)


def from_json(text: str) -> State:
    """Return the state that a text of JSON holds; what it leaves out is as usual.

    Raises:
        ValueError: it is no JSON, or no state, or one of a newer version; in one sentence.
    """
    _check_length(text)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        said = error.msg if isinstance(error, json.JSONDecodeError) else "it can't be read"
        raise ValueError(f"this is no JSON: {said}") from None
    return from_plain(found)


def from_plain(found: object) -> State:
    """Return the state that a dictionary, as of JSON, holds; what it leaves out is as usual.

    Raises:
        ValueError: it is no state, or one of a newer version.
    """
    if not isinstance(found, Mapping):
        raise ValueError(f"a state should be a dictionary of its parts, but is {_kind(found)}")
    _check_version(found.get("version", VERSION))
    parts: Fields = {**found, "version": VERSION}
    _check_names("a state", parts, [each.name for each in fields(State)])
    for name, kind in PARTS.items():
        part = parts.get(name, {})
        if not isinstance(part, Mapping):
            raise ValueError(f"{name} should be a dictionary of its fields, but is {_kind(part)}")
        _check_names(name, part, [each.name for each in fields(kind)])
        parts[name] = kind(**part)
    return State(**parts)


def to_link(state: State) -> str:
    """Return the state as the end of a link, with "#"."""
    here, usual = _flat(state), _flat(State())
    pairs = [("version", str(VERSION))] + [
        (name, _WRITERS.get(type(value), str)(value))
        for name, value in here.items()
        if value != usual[name]
    ]
    return "#" + "&".join(f"{name}={quote(text, safe=',')}" for name, text in pairs)


def from_link(text: str) -> State:
    """Return the state at the end of a link: of all after its first "#", or of all of it.

    Raises:
        ValueError: the link is broken, or of a newer version; in one sentence.
    """
    _check_length(text)
    try:
        pairs = parse_qsl(text.partition("#")[2] or text, strict_parsing=True, errors="strict",
                          keep_blank_values=True)  # fmt: skip
    except ValueError:
        pairs = []
    if not pairs:
        raise ValueError("the link is broken: it should hold fields, as #data.kind=rings")
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("the link is broken: a field comes twice")
    _check_version(found.pop("version", str(VERSION)))
    usual = _flat(State())
    _check_names("the link", found, list(usual))
    return from_plain(_nested({name: _read(name, found[name], usual[name]) for name in found}))


def _flat(state: State) -> Fields:
    """Return every field under its full name, as "data.kind"."""
    nested = {part: vars(getattr(state, part)) for part in PARTS}
    flat = {
        f"{part}.{name}": value for part, each in nested.items() for name, value in each.items()
    }
    return {**flat, "hidden": state.hidden}


def _nested(flat: Fields) -> Fields:
    nested: Fields = {}
    for name, value in flat.items():
        part, _, field = name.partition(".")
        if field:
            nested.setdefault(part, {})[field] = value
        else:
            nested[part] = value
    return nested


def _write_bool(value: bool) -> str:
    return "yes" if value else "no"


def _write_row(value: tuple[Any, ...]) -> str:
    """Write names or numbers with commas; of points, every three are one."""
    return ",".join(
        _write_row(each) if isinstance(each, tuple) else _write_one(each) for each in value
    )


def _write_one(value: Any) -> str:
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


_WRITERS: dict[type, Callable[[Any], str]] = {
    bool: _write_bool,
    tuple: _write_row,
    float: _write_one,
}


def _read(name: str, text: str, usual: Any) -> Any:
    try:
        if isinstance(usual, bool):
            return {"yes": True, "no": False}[text]
        if not isinstance(usual, tuple):
            return type(usual)(text)
        return _read_row(name, text.split(",") if text else [])
    except (ValueError, KeyError):
        shown = text if len(text) <= 30 else text[:29] + "…"
        raise ValueError(f"the link is broken: {name} can't be {shown!r}") from None


def _read_row(name: str, texts: list[str]) -> tuple[Any, ...]:
    if name == "data.points":
        numbers = [float(each) for each in texts]
        if len(numbers) % 3:
            raise ValueError("x, y and target should come together")
        return tuple(zip(numbers[::3], numbers[1::3], numbers[2::3]))
    return tuple(int(each) if name == "network.hidden" else each for each in texts)


def _check_length(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"a state should be up to {MOST_CHARACTERS} characters long, not longer")


def _check_version(version: object) -> None:
    text = str(version) if isinstance(version, (int, str)) else ""
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    if is_number and int(text) > VERSION:
        raise ValueError(
            f"this was made by a newer playground, of version {text}, and this one is of "
            f"version {VERSION}: update the course"
        )
    if not is_number or int(text) < 1:
        raise ValueError(f"version should be {VERSION}, but is {version!r:.30}")


def _check_names(what: str, found: Mapping[Any, Any], allowed: list[str]) -> None:
    for name in found:
        if name not in allowed:
            raise ValueError(f"{what} has no field {name!r:.40}")


def _kind(value: object) -> str:
    return type(value).__name__
