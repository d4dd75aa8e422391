"""The picture, as SVG text: a row for each input and operation, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..svg import INK, TINTS, clipped, picture
from .ladder import Ladder, Role, Rung
from .numbers import short
from .words import describe

__all__ = ["MOST_ROWS", "draw"]

MOST_ROWS = 20  # operations; the others are folded
_MOST_INPUTS = 8
_ROOM = 17  # characters of a value
_WIDTH, _ROW, _TOP = 626, 46, 40
_TEXT, _VALUE, _GRADIENT, _LANE = 36, 278, 430, 580
_MONO = "ui-monospace, monospace"

#: A sign before the name, so that roles are not told by colour alone.
_SIGNS = {
    Role.VARIABLE: "■",
    Role.WATCHED: "●",
    Role.UNWATCHED: "○",
    Role.RECORDED: "↓",
    Role.UNRECORDED: "·",
}


def draw(rungs: Ladder, back: int) -> str:
    """Return the picture as SVG text, readable in light and dark themes and on its own."""
    gradients, current = rungs.gradients(back), rungs.current(back)
    shown = _shown(rungs, current)
    rows = {number: row for row, number in enumerate(shown) if isinstance(number, int)}
    parts = [_header()]
    for row, number in enumerate(shown):
        if isinstance(number, str):
            parts.append(_fold(number, row))
        else:
            is_current = number == current or (back == 1 and number == rungs.last)
            text = _gradient_text(rungs, number, gradients[number] is not None, back)
            text = text or short(gradients[number], _ROOM)
            parts.append(_row(rungs.rungs[number], row, is_current, text if back else ""))
    if current is not None:
        parts.append(_arrows(rungs, current, rows))
    height = _TOP + _ROW * len(shown) + 10
    return picture(_WIDTH, height, describe(rungs, back), *parts)


def _shown(rungs: Ladder, current: int | None) -> list[int | str]:
    """Return the rungs that have a row, and sentences in the place of those that are folded."""
    operations = rungs.operations
    leaves = [number for number in range(len(rungs.rungs)) if number not in operations]
    return [
        *leaves[:_MOST_INPUTS],
        *_folded(len(leaves) - _MOST_INPUTS, "variables"),
        *_window(operations, current),
    ]


def _window(operations: list[int], current: int | None) -> Iterator[int | str]:
    """Yield the operations around the present one; where there is none, those at the end."""
    at = operations.index(current) if current in operations else len(operations)
    start = max(0, min(at - MOST_ROWS // 2, len(operations) - MOST_ROWS))
    yield from _folded(start, "operations")
    yield from operations[start : start + MOST_ROWS]
    yield from _folded(len(operations) - start - MOST_ROWS, "operations")


def _folded(count: int, what: str) -> list[str]:
    return [f"⋮ {count} more {what} here are not shown"] if count > 0 else []


def _gradient_text(rungs: Ladder, number: int, has_arrived: bool, back: int) -> str:
    """Return what stands in the place of a gradient; "" where there is one."""
    if has_arrived:
        return ""
    if not rungs.rungs[number].role.has_gradient:
        return "None" if not rungs.rungs[number].is_operation else "not on the tape"
    waits = [n for n in rungs.operations if number in rungs.rungs[n].passes]
    gone = {rungs.current(step) for step in range(2, back + 1)}
    return "None" if set(waits) <= gone else "…"


def _header() -> str:
    titles = ((_TEXT, "operation"), (_VALUE, "value, forward ↓"), (_GRADIENT, "gradient, back ↑"))
    return "".join(
        f'<text x="{x}" y="22" font-weight="600" style="fill: {INK}">{title}</text>'
        for x, title in titles
    ) + (f'<path d="M14 31H{_WIDTH - 14}" style="stroke: {INK}; stroke-opacity: 0.5"/>')


def _row(rung: Rung, row: int, is_current: bool, gradient: str) -> str:
    top = _TOP + _ROW * row
    colour = TINTS[0] if rung.role.has_gradient else INK
    name = f"{rung.name} = {rung.expression}" if rung.expression else rung.name
    below = clipped(_below(rung), 50 if rung.stops else 74)
    return (
        f"{_band(top) if is_current else ''}"
        f'<text x="18" y="{top + 17}" style="fill: {colour}">{_SIGNS[rung.role]}</text>'
        f"{_text(_TEXT, top + 17, clipped(name, 27), 'font-weight: 600')}"
        f"{_text(_VALUE, top + 17, clipped(short(rung.value, _ROOM), _ROOM))}"
        f"{_text(_GRADIENT, top + 17, clipped(gradient, _ROOM))}"
        f'<text x="{_TEXT}" y="{top + 35}" style="fill: {INK}; fill-opacity: 0.8">'
        f"{escape(below)}</text>"
    )


def _below(rung: Rung) -> str:
    """Return the small print of a row: what it is, or where it comes from."""
    if not rung.is_operation:
        return rung.role.value
    where = f"line {rung.line.number}: {rung.line.text}" if rung.line else "inside a library"
    return where if rung.role is Role.RECORDED else f"not on the tape · {where}"


def _text(x: float, y: float, text: str, style: str = "") -> str:
    return (
        f'<text x="{x}" y="{y}" font-family="{_MONO}" font-size="14" '
        f'style="fill: {INK}; {style}">{escape(text)}</text>'
    )


def _band(top: float) -> str:
    return (
        f'<rect x="10" y="{top - 1}" width="{_WIDTH - 20}" height="{_ROW - 2}" rx="4" '
        f'style="fill: {TINTS[1]}; fill-opacity: 0.18; stroke: {TINTS[1]}"/>'
    )


def _fold(sentence: str, row: int) -> str:
    return (
        f'<text x="{_TEXT}" y="{_TOP + _ROW * row + 24}" font-style="italic" '
        f'style="fill: {INK}">{sentence}</text>'
    )


def _arrows(rungs: Ladder, current: int, rows: dict[int, int]) -> str:
    """Draw where the gradients of a step back go to."""
    if current not in rows:
        return ""
    passes = rungs.rungs[current].passes
    to = [n for n, gradient in passes.items() if gradient is not None]
    paths = "".join(_arrow(rows[current], rows[n]) for n in to if n in rows)
    style = f"fill: none; stroke: {TINTS[1]}; stroke-width: 2"
    stop = _stop(rows[current]) if rungs.rungs[current].stops else ""
    return f'<g style="{style}">{paths}</g>{stop}'


def _stop(row: int) -> str:
    """Say that a gradient ends here."""
    y = _TOP + _ROW * row + 35
    return (
        f'<text x="{_WIDTH - 18}" y="{y}" font-weight="600" text-anchor="end" '
        f'style="fill: {INK}">✕ no gradient goes on</text>'
    )


def _arrow(start: int, end: int) -> str:
    y1, y2 = (_TOP + _ROW * row + 13 for row in (start, end))
    bow = min(34, 12 + 5 * (start - end))
    x = _LANE
    return (
        f'<path d="M{x} {y1}C{x + bow} {y1} {x + bow} {y2} {x} {y2}"/>'
        f'<path d="M{x + 8} {y2 - 5}L{x} {y2}L{x + 8} {y2 + 5}"/>'
    )
