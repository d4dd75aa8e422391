"""What a learner is told of one graded cell: no expected value, and no hidden test.

The data that an answer was graded on are secret, and so are an instructor's own checks: of the
first no expected value is passed on, of the second nothing but their names and points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tfcourse_utils.checking import ProbeVerdict, Status, Verdict, find_exercise
from tfcourse_utils.checking.observation import NOT_ATTEMPTED
from tfcourse_utils.checking.text import facts, points, probe_facts

from .feedback import Finding, Mark, Section
from .gradebook import CellScore

__all__ = ["findings_section"]

_MARKS = {
    Status.RIGHT: Mark.RIGHT,
    Status.WRONG: Mark.WRONG,
    Status.BROKE: Mark.BROKE,
    Status.NOT_ATTEMPTED: Mark.UNTOUCHED,
}


def findings_section(name: str, verdict: Verdict | None, score: CellScore) -> Section:
    """Return a section without cells and comments.

    Args:
        name: the graded cell's.
        verdict: None for a cell that is not a check of ours.
        score: the one that counts; a person may have changed what the check gave.
    """
    mark = _mark(verdict, score)
    if verdict is None:
        return Section(name, mark, score.score, score.maximum)
    exercise = find_exercise(verdict.exercise)
    bare = replace(verdict, probes=tuple(map(_without_expected, verdict.probes)))
    summary = _summary(bare)
    is_right = verdict.status is Status.RIGHT
    in_one_sentence = bool(summary) or verdict.status is Status.NOT_ATTEMPTED
    return Section(
        exercise.name,
        mark,
        score.score,
        score.maximum,
        summary=" ".join(filter(None, (_changed(verdict, score), summary))),
        findings=() if in_one_sentence else tuple(_findings(bare.probes)),
        lesson="" if is_right else exercise.section,
        hints=() if is_right else exercise.hints,
    )


def _mark(verdict: Verdict | None, score: CellScore) -> Mark:
    """Return the verdict's mark, or that of the points where a person has changed them."""
    if verdict is not None and score.score == verdict.points:
        some = 0 < verdict.points < verdict.possible
        return Mark.PARTLY if some else _MARKS[verdict.status]
    if verdict is None and score.needs_manual_grade:
        return Mark.WAITING
    if score.score >= score.maximum:
        return Mark.RIGHT
    return Mark.PARTLY if score.score > 0 else Mark.WRONG


def _changed(verdict: Verdict, score: CellScore) -> str:
    if score.score == verdict.points:
        return ""
    return f"Your instructor changed the points; the check gave {points(verdict.points)}."


def _without_expected(probe: ProbeVerdict) -> ProbeVerdict:
    """Return a probe's verdict without what should have come out, in its reason too."""
    reason = probe.reason
    if probe.status is Status.WRONG:
        reason = reason.partition(", expected ")[0]
        reason = "" if reason == f"got {probe.got}" else reason
    return replace(probe, expected="", reason=reason)


def _summary(verdict: Verdict) -> str:
    """Return what one sentence says of the whole exercise; the mark has said "not attempted"."""
    if verdict.unchanged:
        return verdict.probes[0].diagnosis
    shared = facts(verdict)
    return "" if shared == NOT_ATTEMPTED else shared


def _findings(probes: Sequence[ProbeVerdict]) -> Iterator[Finding]:
    """Yield what each probe found; what is to be said of several is said once."""
    said: set[str] = set()
    for probe in probes:
        told = dict(probe_facts(probe))
        says = told.pop("look at", "")
        yield Finding(
            probe.probe,
            _MARKS[probe.status],
            probe.possible,
            says="" if says in said else says,
            facts=tuple(told.items()),
            printed=probe.printed.strip("\n"),
        )
        said.add(says)
