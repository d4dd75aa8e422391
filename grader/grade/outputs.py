"""What may be shown of the outputs of a cell: bounded text, and pictures that are pictures."""

from __future__ import annotations

import base64
import re
from typing import Any

__all__ = ["CUT", "joined", "plain", "safe_count", "safe_outputs", "utf8"]

MAX_CHARACTERS = 20_000  # of all outputs of a cell
MAX_OUTPUTS = 100
MAX_PICTURES = 10
MAX_PICTURE = 1_000_000  # bytes
MAX_PIXELS = 20_000_000  # a small file can hold a picture that fills the memory
CUT = "… cut"

_MAGIC = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~])?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def safe_outputs(outputs: Any) -> list[dict[str, Any]]:
    """Return what may be shown of a cell's outputs, whatever is in their place."""
    found = outputs if isinstance(outputs, list) else []
    room = _Room(cut=len(found) > MAX_OUTPUTS)
    shown = [room.output(output) for output in found[:MAX_OUTPUTS] if isinstance(output, dict)]
    note = [_stream("stdout", f"\n{CUT}\n")] if room.cut else []
    return [output for output in shown if output] + note


def _stream(name: Any, text: str) -> dict[str, Any]:
    return {
        "output_type": "stream",
        "name": "stderr" if name == "stderr" else "stdout",
        "text": text,
    }


class _Room:
    """What one cell may still show; `cut` where something did not fit."""

    def __init__(self, *, cut: bool) -> None:
        self.characters, self.pictures, self.cut = MAX_CHARACTERS, MAX_PICTURES, cut

    def output(self, output: dict[str, Any]) -> dict[str, Any] | None:
        """Return one output, or None if nothing of it may be shown."""
        kind = output.get("output_type")
        if kind == "error":
            return self._error(output)
        if kind == "stream":
            text = self._fit(joined(output.get("text")))
            return _stream(output.get("name"), text) if text else None
        data = output.get("data")
        if kind not in ("display_data", "execute_result") or not isinstance(data, dict):
            return None
        shown = {mime: p for mime in _MAGIC if (p := self._picture(mime, data.get(mime)))}
        if text := self._fit(joined(data.get("text/plain"))):
            shown["text/plain"] = text
        count = {"execution_count": safe_count(output.get("execution_count"))}
        more = count if kind == "execute_result" else {}
        return {"output_type": kind, "data": shown, "metadata": {}, **more} if shown else None

    def _error(self, output: dict[str, Any]) -> dict[str, Any]:
        name, value = (self._fit(joined(output.get(key))) for key in ("ename", "evalue"))
        lines = output.get("traceback")
        found = [joined(line) for line in lines] if isinstance(lines, list) else []
        traceback = self._fit("\n".join(found)) or f"{name}: {value}"
        return {
            "output_type": "error",
            "ename": name,
            "evalue": value,
            "traceback": traceback.split("\n"),
        }

    def _fit(self, text: str) -> str:
        text = _printed(text)
        self.cut = self.cut or len(text) > self.characters
        fits = text[: self.characters]
        self.characters -= len(fits)
        return fits

    def _picture(self, mime: str, value: Any) -> str:
        """Return a picture as base64 of our own making, or "" if it is none."""
        data = _decoded(value)
        if not data.startswith(_MAGIC[mime]) or (mime == "image/png" and not _is_small_png(data)):
            return ""
        if len(data) > MAX_PICTURE or self.pictures == 0:
            self.cut = True
            return ""
        self.pictures -= 1
        return base64.b64encode(data).decode("ascii")


def _decoded(value: Any) -> bytes:
    try:
        return base64.b64decode("".join(joined(value).split()), validate=True)
    except ValueError:
        return b""


def _is_small_png(data: bytes) -> bool:
    width, height = (int.from_bytes(data[start : start + 4], "big") for start in (16, 20))
    return data[12:16] == b"IHDR" and 0 < width * height <= MAX_PIXELS


def safe_count(value: Any) -> int | None:
    """Return an execution count, which nbconvert does not escape and a kernel can choose."""
    return value if type(value) is int and 0 < value < 10**6 else None


def joined(value: Any) -> str:
    """Return a text that may be in one piece or in lines; anything else is no text."""
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""


def _printed(text: str) -> str:
    """Return what a terminal shows in the end: a carriage return starts the line again."""
    lines = _ESCAPES.sub("", text).split("\n")
    return plain("\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines))


def plain(text: str) -> str:
    """Return text that can be shown: no controls, and no halves of surrogate pairs."""
    return utf8(_CONTROLS.sub("", text))


def utf8(text: str) -> str:
    """Return text that can be written: JSON allows halves of surrogate pairs, UTF-8 does not."""
    return text.encode("utf-8", "replace").decode("utf-8")
