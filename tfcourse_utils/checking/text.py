"""A verdict in plain text: for terminals, logs and readers without HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .exercise import Exercise
from .verdict import ProbeVerdict, Status, Verdict

__all__ = ["MARKS", "facts", "headline", "points", "probe_facts", "said_once", "verdict_text"]

MARKS = {Status.RIGHT: "✓", Status.WRONG: "✗", Status.BROKE: "!", Status.NOT_ATTEMPTED: "○"}

_HEADLINES = {
    Status.RIGHT: "All right",
    Status.WRONG: "Not right yet",
    Status.BROKE: "Could not be run",
    Status.NOT_ATTEMPTED: "Not attempted yet",
}


def points(value: float) -> str:
    """Return a number of points without a needless ".0"."""
    return f"{value:g}"


def headline(exercise: Exercise, verdict: Verdict) -> str:
    """Return the verdict in one line."""
    if verdict.unchanged:
        return f"{exercise.name}: not mended yet, what comes of it is the same as before"
    score = f"{points(verdict.points)} of {points(verdict.possible)} points"
    return f"{exercise.name}: {_HEADLINES[verdict.status].lower()}, {score}"


def facts(verdict: Verdict) -> str:
    """Return what holds for the exercise as a whole: the reason that all its probes share."""
    reasons = {probe.reason for probe in verdict.probes}
    telling = (
        p.called or p.got or p.lines or p.printed or p.diagnosis or p.note for p in verdict.probes
    )
    shared = len(reasons) == 1 and not any(telling)
    return next(iter(reasons)) if shared else ""


def said_once(verdict: Verdict) -> Iterator[ProbeVerdict]:
    """Yield the probes' verdicts, each diagnosis on the first, with the names of the others."""
    said = set()
    for probe in verdict.probes:
        alike = [one.probe for one in verdict.probes if one.diagnosis == probe.diagnosis]
        others = "; ".join(name for name in alike if name != probe.probe)
        if not probe.diagnosis or not others:
            yield probe
        elif probe.diagnosis in said:
            yield replace(probe, diagnosis="")
        else:
            said.add(probe.diagnosis)
            yield replace(probe, diagnosis=f"{probe.diagnosis} (This explains also: {others}.)")


def probe_facts(probe: ProbeVerdict) -> list[tuple[str, str]]:
    """Return labelled facts about a probe that is not right, the most telling first."""
    if probe.status is Status.RIGHT or (probe.status is Status.NOT_ATTEMPTED):
        return []
    where = "\n".join(probe.lines)
    differs = probe.reason if probe.status is Status.WRONG else ""
    return [
        (label, text)
        for label, text in (
            ("look at", probe.diagnosis),
            ("note", probe.note),
            ("called", probe.called),
            ("raised", probe.reason if probe.status is Status.BROKE else ""),
            ("in your code", where),
            ("got", probe.got),
            ("expected", probe.expected),
            ("differs", differs if differs and not _says_the_same(probe) else ""),
        )
        if text
    ]


def _says_the_same(probe: ProbeVerdict) -> bool:
    return probe.reason == f"got {probe.got}, expected {probe.expected}"


def verdict_text(exercise: Exercise, verdict: Verdict) -> str:
    """Return the whole verdict as lines of plain text."""
    shared = facts(verdict)
    lines = [f"{MARKS[verdict.status]} {headline(exercise, verdict)}"]
    if shared:
        lines.append(f"  {shared}")
    else:
        lines += [line for probe in said_once(verdict) for line in _probe_lines(probe)]
    if verdict.status is not Status.RIGHT:
        lines.append(f"  Read again in the lesson: {exercise.section}")
        if exercise.hints:
            lines.append(f'  A hint: hint("{exercise.id}")')
    return "\n".join(lines)


def _probe_lines(probe: ProbeVerdict) -> Iterator[str]:
    yield f"  {MARKS[probe.status]} {probe.probe} ({points(probe.possible)})"
    for label, text in [*probe_facts(probe), ("printed", probe.printed)]:
        for number, line in enumerate(text.strip().splitlines()):
            yield f"      {label if number == 0 else '':<12} {line}"
