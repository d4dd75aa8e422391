"""The table below the picture: the chosen trial beside the best."""

from __future__ import annotations

from html import escape

from ..boxes import Drawing
from ..plot import text
from ..svg import INK, clipped
from .search import Search, Trial

__all__ = ["draw_table"]

ROW = 22.0


def draw_table(search: Search, chosen: Trial | None, y: float, width: float) -> Drawing:
    """Return the table of a trial and of the best one, as wide as the picture."""
    best = search.finished[0] if search.finished else None
    columns = [("chosen", chosen), ("best", best)]
    shown = [(title, trial) for title, trial in columns if trial is not None]
    if not shown:
        return Drawing(width, ROW, text(20, y, "no trial is kept"))
    rows = [["", *(f"{title}: trial {trial.name}" for title, trial in shown)]]
    for axis in (search.score, *search.axes):
        rows.append([axis.name, *(axis.write(axis.value(trial)) for _, trial in shown)])
    parts = [_row(cells, y + ROW * index, width, index < 2) for index, cells in enumerate(rows)]
    height = ROW * len(rows)
    if chosen is not None and chosen.problem:
        problem = escape(clipped(chosen.problem, 84))
        parts.append(text(20, y + height, f"trial {escape(chosen.name)}: {problem}"))
        height += ROW
    return Drawing(width, height, "".join(parts))


def _row(cells: list[str], y: float, width: float, bold: bool) -> str:
    weight = "font-weight: 600" if bold else ""
    rule = f'<path d="M20 {y + 6:g}H{width - 20:g}" style="stroke: {INK}; stroke-opacity: 0.15"/>'
    return rule + "".join(
        text(x, y, escape(clipped(cell, 24)), "start", weight)
        for x, cell in zip((20, 240, 430), cells)
    )
