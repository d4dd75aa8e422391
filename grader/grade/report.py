"""The results of a class, a line for each learner."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from grader.sandbox import Layer
from grader.whole import write_whole
from tfcourse_utils.checking import Status, Verdict

from .classroom import Result

__all__ = ["result_data", "result_lines", "what_went_wrong", "who_needs_a_look", "write_csv"]


_FAILED = (Status.WRONG, Status.BROKE)


def what_went_wrong(result: Result) -> str:
    """Return in one line why a result is not full marks, and what was odd."""
    parts = [*result.remarks]
    untouched = [check for check in result.checks if check.status is Status.NOT_ATTEMPTED]
    if untouched and len(untouched) == len(result.checks):
        parts += [] if result.remarks else ["nothing was attempted"]
    elif untouched:
        parts.append("not attempted: " + ", ".join(_name(check) for check in untouched))
    parts += [_problem(check) for check in result.checks if check.status in _FAILED]
    return _on_one_line("; ".join(parts))


def who_needs_a_look(results: Sequence[Result]) -> list[tuple[str, str]]:
    """Return (learner, why) where a person should read what was handed in, or how it ran."""
    return [(x.student, _on_one_line("; ".join(x.remarks))) for x in results if x.remarks]


def _on_one_line(text: str) -> str:
    """Return text without what could move a terminal's cursor: learners' messages are in it."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def result_data(results: Sequence[Result], layers: Collection[Layer]) -> dict[str, Any]:
    """Return the results as what JSON can hold."""
    learners = [
        {
            "learner": result.student,
            "score": result.score,
            "maximum": result.maximum,
            "remarks": result.remarks,
            "why": what_went_wrong(result),
            "checks": {check.exercise: check.status.value for check in result.checks},
            "feedback": str(result.feedback),
            "cell_seconds": result.cell_seconds,
        }
        for result in results
    ]
    return {"learners": learners, "isolation": [layer.name for layer in layers]}


def _name(check: Verdict) -> str:
    return check.exercise.partition(".")[2]


def _problem(check: Verdict) -> str:
    """Return the recognised misconceptions, or else where it first went wrong."""
    if check.misconceptions:
        return f"{_name(check)}: {', '.join(check.misconceptions)}"
    first = next(probe for probe in check.probes if probe.status is not Status.RIGHT)
    return f"{_name(check)}: {first.reason or first.probe}"


def result_lines(results: Sequence[Result], base: Path, width: int | None) -> Iterator[str]:
    """Yield a line for each learner, with a heading.

    Args:
        base: the folder to which those of the feedback are relative.
        width: of a line, in characters; reasons are cut to fit it. None for no limit.
    """
    heading = ("learner", "score", "what went wrong", "feedback in")
    rows = [heading, *(_row(result, base) for result in results)]
    name, score, _, folder = (max(map(len, column)) for column in zip(*rows))
    room = None if width is None else max(15, width - name - score - folder - 6)
    for row in rows:
        reason = row[2] if room is None else _cut(row[2], room).ljust(room)
        yield f"{row[0]:<{name}}  {row[1]:>{score}}  {reason}  {row[3]}"


def _row(result: Result, base: Path) -> tuple[str, str, str, str]:
    score = f"{result.score:g}/{result.maximum:g}"
    folder = result.feedback.relative_to(base).parents[1]
    return result.student, score, what_went_wrong(result) or "–", f"{folder}/"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


_COLUMNS = ("learner", "score", "maximum", "what went wrong", "feedback")


def write_csv(results: Sequence[Result], path: Path) -> None:
    """Write the results as comma-separated values, nothing cut, and nothing a formula.

    The lines of learners that are not among the results stay.
    """
    rows = {row[0]: row for row in _old_rows(path)}
    rows |= {row[0]: row for row in (_line(result, path.parent) for result in results)}
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    writer.writerows(row for _, row in sorted(rows.items()))
    write_whole(path, table.getvalue())


def _old_rows(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, ValueError, csv.Error):
        return []
    return [row for row in rows[1:] if row] if rows[:1] == [list(_COLUMNS)] else []


def _line(result: Result, base: Path) -> list[str]:
    why = _no_formula(what_went_wrong(result))
    score, maximum = f"{result.score:g}", f"{result.maximum:g}"
    return [
        _no_formula(result.student),
        score,
        maximum,
        why,
        os.path.relpath(result.feedback, base),
    ]


def _no_formula(text: str) -> str:
    """Return text that a spreadsheet takes for text: a file may be called "=1+1.ipynb"."""
    return f"'{text}" if text[:1] in set("=+-@") else text
