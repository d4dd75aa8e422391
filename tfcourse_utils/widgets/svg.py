"""What the explorers' pictures share: colours that follow the theme, numbers, round ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape

from tfcourse_utils.plots import COLOURS

__all__ = [
    "INK",
    "PAPER",
    "TINTS",
    "axes",
    "clipped",
    "log_ticks",
    "number",
    "picture",
    "short",
    "ticks",
]

Ticks = Iterable[tuple[float, float]]

INK = "var(--jp-ui-font-color1, #212121)"
PAPER = "var(--jp-layout-color0, #ffffff)"
# The live view sets lighter ones on dark themes.
TINTS = tuple(f"var(--explorer-{index}, {colour})" for index, colour in enumerate(COLOURS))


def picture(width: float, height: float, words: str, *parts: str) -> str:
    """Return SVG text of these parts, readable in light and dark themes and on its own.

    Args:
        width, height: in the parts' own units, of a pixel each where there is room.
        words: what is seen, in words.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" role="img" aria-label="{_attribute(words)}" '
        f'font-family="system-ui, sans-serif" font-size="14" '
        f'style="max-width: 100%; height: auto">'
        f'<rect width="{width:g}" height="{height:g}" style="fill: {PAPER}"/>{"".join(parts)}</svg>'
    )


def _attribute(words: str) -> str:
    return escape(words, quote=True).replace("\n", "&#10;")  # XML makes a space of a bare one


def ticks(low: float, high: float) -> list[float]:
    """Return three to seven round numbers (1, 2 or 5 times a power of ten) in the range."""
    side = high - low
    power = 10.0 ** math.floor(math.log10(side / 5))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= side / 6)
    first = math.ceil(low / step)
    return [i * step for i in range(first, math.floor(high / step) + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """Return two to eight powers of ten in the range, or round numbers where it is too narrow."""
    powers = range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)
    if len(powers) > 1:
        return [10.0**power for power in powers[:: math.ceil(len(powers) / 8)]]
    return [value for value in ticks(low, high) if value > 0]


def axes(left: float, across: Ticks, up: Ticks, vertical: tuple[float, str]) -> str:
    """Draw the frame, numbers and names of the axes of a plot of 400 × 400 at (left, 8).

    Args:
        across, up: values, and where in the plot they are; down is positive there.
        vertical: where the name of the vertical axis begins, and the name.
    """
    at, name = vertical
    texts = [
        f'<text x="{left + 400:g}" y="446" text-anchor="end" font-style="italic">x</text>',
        f'<text x="{at:g}" y="20" font-style="italic">{name}</text>',
    ]
    for value, x in across:
        texts.append(
            f'<text x="{left + x:.1f}" y="426" text-anchor="middle">{number(value)}</text>'
        )
    for value, y in up:
        texts.append(
            f'<text x="{left - 8:g}" y="{13 + y:.1f}" text-anchor="end">{number(value)}</text>'
        )
    frame = f'<rect x="{left:g}" y="8" width="400" height="400"'
    return f'{frame} style="fill: none; stroke: {INK}"/>' + "".join(texts)


def number(value: float, digits: int | None = None) -> str:
    """Write a number with a real minus sign, no negative zero, and so many decimals if given."""
    rounded = round(value, 9 if digits is None else digits) + 0.0
    return (f"{rounded:g}" if digits is None else f"{rounded:.{digits}f}").replace("-", "−")


def short(value: float, digits: int = 3) -> str:
    """Write a number with so many digits, or say that there is none that is finite."""
    if not math.isfinite(value):
        return "no finite number"
    mantissa, _, power = f"{value:.{digits}g}".partition("e")
    if not power or 1 <= abs(value) < 1e6:
        return number(float(f"{value:.{digits}g}"))
    return f"{mantissa}e{int(power)}".replace("-", "−")


def clipped(words: str, most: int) -> str:
    """Return words, of which no more than so many characters stay, with an ellipsis if it cuts."""
    return words if len(words) <= most else f"{words[: most - 1]}…"
