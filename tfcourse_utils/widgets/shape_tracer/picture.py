"""The picture, as SVG text: a ladder of boxes, the input above, the totals below."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from ..boxes import label
from ..svg import INK, PAPER, TINTS, clipped, picture
from .sizes import Sizes, activations, memory, whole, written
from .tracing import Step, Trace
from .words import remark

__all__ = ["MOST_ROWS", "draw"]

MOST_ROWS = 16  # layers; the others are folded
_WIDTH, _ROW, _TOP = 684.0, 60.0, 50.0
_MIDDLE, _NAME, _SHAPE, _PARAMETERS, _ACTIVATIONS = 84.0, 142.0, 352.0, 572.0, 674.0
_MONO = "ui-monospace, monospace"
_LINE = 90  # characters of an explanation
_DIM = "0.55"


def draw(trace: Trace, batch: int, words: str) -> str:
    """Return the picture of a trace as SVG text."""
    shown = _shown(trace)
    rows = [_input(trace.input_shape), *_fold(shown.start - 1)]
    rows += [_layer(number, trace.steps[number - 1]) for number in shown]
    rows += _fold(len(trace.steps) + 1 - shown.stop)
    rows += [_note(remark(trace), "●")] if remark(trace) else []
    rows.append(_totals(trace, batch))
    parts, y = [_header()], _TOP
    for svg, height in rows:
        parts.append(f'<g transform="translate(0 {y:g})">{svg}</g>')
        y += height
    return picture(_WIDTH, y + 6, words, *parts)


def _shown(trace: Trace) -> range:
    """Return the numbers of the layers that have a row, the one that breaks among them."""
    needed = MOST_ROWS if trace.broken is None else max(MOST_ROWS, trace.broken + 2)
    last = min(len(trace.steps), needed)
    return range(max(1, last + 1 - MOST_ROWS), last + 1)


def _header() -> str:
    titles = (
        (_NAME, "start", "layer", "its settings"),
        (_SHAPE, "start", "output shape", "n samples"),
        (_PARAMETERS, "end", "parameters", "memory"),
        (_ACTIVATIONS, "end", "activations", "for 1 sample"),
    )
    texts = "".join(
        label(x, 18, title, text_anchor=anchor, font_weight="600") + _small(x, 35, below, anchor)
        for x, anchor, title, below in titles
    )
    return texts + _rule(44)


def _input(shape: Sizes) -> tuple[str, float]:
    numbers = activations(shape)
    texts = (
        label(_NAME, 24, "input", font_style="italic")
        + _mono(_SHAPE, 24, written(shape))
        + label(_ACTIVATIONS, 24, memory(numbers), text_anchor="end")
        + _small(_SHAPE, 42, _each(numbers))
    )
    return _hint(shape) + texts, _ROW


def _layer(number: int, step: Step) -> tuple[str, float]:
    if step.reason is not None:
        return _broken(number, step)
    if step.shape is None:
        text = _names(number, step) + _small(
            _SHAPE, 24, "left out" if step.skipped else "not reached"
        )
        return f'<g opacity="{_DIM}">{_rung()}{_box(24, 24, dashed=True)}{text}</g>', _ROW
    numbers = activations(step.shape)
    texts = (
        _names(number, step)
        + _mono(_SHAPE, 24, written(step.shape))
        + _small(_SHAPE, 42, _each(numbers))
        + label(_PARAMETERS, 24, whole(step.parameters), text_anchor="end", font_weight="600")
        + (_small(_PARAMETERS, 42, memory(step.parameters), "end") if step.parameters else "")
        + label(_ACTIVATIONS, 24, memory(numbers), text_anchor="end")
    )
    return _rung() + _hint(step.shape) + texts, _ROW


def _each(numbers: int | None) -> str:
    if numbers is None:
        return ""
    return f"{whole(numbers)} {'number' if numbers == 1 else 'numbers'} each"


def _names(number: int, step: Step) -> str:
    size = "14" if len(step.name) <= 20 else "12"
    return (
        label(14, 30, str(number), opacity="0.75")
        + label(_NAME, 24, clipped(step.name, 25), font_weight="600", font_size=size)
        + _small(_NAME, 42, clipped(step.note, 30))
    )


def _broken(number: int, step: Step) -> tuple[str, float]:
    """Draw the layer that breaks, and below it why, and what is usually done."""
    reason = step.reason
    sentences = [reason.why, f"What usually helps: {reason.usually}"] if reason else []
    lines = _wrapped(sentences)
    height = _ROW + 19 * len(lines) + 10
    edge = f"fill: {TINTS[1]}; fill-opacity: 0.14; stroke: {TINTS[1]}; stroke-width: 2.5"
    cross = f"M{_MIDDLE - 12:g} 16l24 24m0 -24l-24 24"
    return (
        f'<rect x="4" y="1" width="{_WIDTH - 8:g}" height="{height - 6:g}" rx="4" style="{edge}"/>'
        f'<path d="{cross}" style="stroke: {TINTS[1]}; stroke-width: 5; fill: none"/>'
        + _names(number, step)
        + label(_SHAPE, 24, "✕ breaks here", font_weight="700")
        + "".join(label(16, _ROW + 12 + 19 * i, line) for i, line in enumerate(lines))
    ), height


def _note(sentence: str, sign: str) -> tuple[str, float]:
    lines = _wrapped([sentence])
    texts = "".join(label(34, 18 + 19 * i, line) for i, line in enumerate(lines))
    return label(16, 18, sign) + texts, 19 * len(lines) + 14


def _wrapped(sentences: Sequence[str]) -> list[str]:
    """Break sentences into lines, but no shape."""
    whole = (re.sub(r"\([^()]{,30}\)", _unbroken, sentence) for sentence in sentences)
    return [line for sentence in whole for line in textwrap.wrap(sentence, _LINE)]


def _unbroken(found: re.Match[str]) -> str:
    return found.group().replace(" ", "\N{NO-BREAK SPACE}")


def _fold(number: int) -> list[tuple[str, float]]:
    text = f"⋮ {number} more {'layer is' if number == 1 else 'layers are'} not shown"
    return [(label(_NAME, 18, text, font_style="italic"), 30.0)] if number else []


def _totals(trace: Trace, batch: int) -> tuple[str, float]:
    so_far = "together" if trace.broken is None else "together, up to the break"
    each = trace.activations
    of_all = memory(None if each is None else batch * each)
    end = {"text_anchor": "end", "font_weight": "700"}
    fixed = f", {whole(trace.fixed)} not trained" if trace.fixed else ""
    texts = (
        label(_NAME, 24, so_far, font_weight="700")
        + _small(_NAME, 42, f"1 KB is 1,024 bytes, a number 4{fixed}")
        + label(_PARAMETERS, 24, whole(trace.parameters), **end)
        + _small(_PARAMETERS, 42, memory(trace.parameters), "end")
        + label(_ACTIVATIONS, 24, memory(each), **end)
        + _small(_ACTIVATIONS, 61, f"for {batch} samples: {of_all}", "end")
    )
    return _rule(2) + texts, _ROW + 16


def _hint(shape: Sizes) -> str:
    """Draw a box whose sides grow with the sizes, large ones less: down, across, deep."""
    sides = [_side(size) for size in shape[1:]]
    if not sides:
        return _box(8, 8)
    if len(sides) == 1:
        return _box(min(9 * (shape[1] or 1) ** 0.32, 104), 10)
    if len(sides) == 2:
        return _box(1.8 * sides[1], sides[0])
    down, across, deep = sides[-3:]
    return _box(across, 0.9 * down, 0.45 * deep)


def _side(size: int | None) -> float:
    return float(min(7 * (size or 1) ** 0.45, 44.0))


def _box(width: float, height: float, deep: float = 0.0, dashed: bool = False) -> str:
    """Draw a box round the middle of a row; one of three axes with its top and its right side."""
    x, y = _MIDDLE - (width + deep) / 2, 28 - (height - deep / 2) / 2
    line = f"stroke: {TINTS[0]}; stroke-width: 1.5; stroke-linejoin: round"
    line += "; stroke-dasharray: 5 4" if dashed else ""
    up, right = deep / 2, x + width
    behind = (
        f"M{x:.1f} {y:.1f}l{deep:.1f} {-up:.1f}h{width:.1f}l{-deep:.1f} {up:.1f}z"
        f"M{right:.1f} {y:.1f}l{deep:.1f} {-up:.1f}v{height:.1f}l{-deep:.1f} {up:.1f}z"
    )
    sides = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    front = f"fill: {TINTS[0]}; fill-opacity: 0.28; {line}"
    paper = f'<rect {sides} style="fill: {PAPER}"/>'
    if not deep:
        return f'{paper}<rect {sides} style="{front}"/>'
    back = f'<path d="{behind}" style="fill: {TINTS[0]}; fill-opacity: 0.1; {line}"/>'
    return f'{paper}<rect {sides} style="{front}"/>{back}'


def _rung() -> str:
    """Draw the way from the box above."""
    style = f"stroke: {INK}; stroke-opacity: 0.6; fill: none"
    return f'<path d="M{_MIDDLE:g} -7v9m-4 -4l4 4l4 -4" style="{style}"/>'


def _rule(y: float) -> str:
    return f'<path d="M10 {y:g}H{_WIDTH - 10:g}" style="stroke: {INK}; stroke-opacity: 0.5"/>'


def _small(x: float, y: float, text: str, anchor: str = "start") -> str:
    return label(x, y, text, text_anchor=anchor, font_size="12", opacity="0.8")


def _mono(x: float, y: float, text: str) -> str:
    return label(x, y, clipped(text, 17), font_family=_MONO, font_weight="600")
