"""Compare what was seen of an answer with what should have been seen.

Judging is a total function. Whatever is handed to it in place of observations, it answers
with a verdict: nothing that is missing, forged or ill-typed earns a point or raises.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from .describe import describe
from .exercise import Exercise, Probe, WrongAnswer
from .expected import Expectation, as_found, wrong_answers
from .observation import Observation, Outcome, plain_observation
from .reading import read
from .verdict import ProbeVerdict, Status, Verdict

__all__ = ["judge"]


def judge(exercise: Exercise, seen: Any, expected: Expectation) -> Verdict:
    """Return the verdict on `seen`, the observations of an answer by the probes' names."""
    observations = _handed_in(exercise, seen)
    verdicts = [
        _judge_probe(exercise, probe, observations[name], expected)
        for name, probe in exercise.probes.items()
    ]
    found = as_found(exercise)
    every = set(exercise.probes)
    alike = _looks_like(found, every, exercise, observations, expected) if found else set()
    unchanged = found is not None and alike == every
    diagnosed = _diagnosed(exercise, verdicts, observations, expected)
    return Verdict(exercise.id, tuple(diagnosed), unchanged)


_NOTHING = Observation(Outcome.RAISED, error="the run ended before this was looked at")


def _handed_in(exercise: Exercise, seen: Any) -> dict[str, Observation]:
    """Return an observation for each probe, read, with nothing in it that is not plain data."""
    try:
        found = {name: plain_observation(seen.get(name)) for name in exercise.probes}
    except KeyboardInterrupt:
        raise
    except BaseException:  # `seen` is not even a mapping
        found = {}
    return {
        name: read(probe, found.get(name) or _NOTHING) for name, probe in exercise.probes.items()
    }


def _judge_probe(
    exercise: Exercise, probe: Probe, seen: Observation, expected: Expectation
) -> ProbeVerdict:
    verdict = ProbeVerdict(
        probe.name,
        Status.NOT_ATTEMPTED,
        probe.points,
        called=_last(seen.called),
        reason=seen.error,
        lines=seen.lines,
        printed=seen.printed,
        note=seen.note,
    )
    if seen.outcome is Outcome.NOT_ATTEMPTED:
        return verdict
    if seen.outcome is Outcome.RAISED:
        return replace(verdict, status=Status.BROKE)
    right = expected.right(probe)
    reason = _difference(probe, seen.value, right)
    if reason is None:
        return replace(verdict, status=Status.RIGHT, reason="")
    # A prediction must not be told what it should have been; an open task has no one value.
    tells = exercise.kind != "predict" and probe.data is None
    called, got, wanted, reason = _first_wrong_call(probe, seen, right, reason)
    got, wanted = _entry_named(reason, got, wanted)
    return replace(
        verdict,
        status=Status.WRONG,
        called=called,
        got=describe(got),
        expected=describe(wanted) if tells else "",
        reason=reason if exercise.kind != "predict" else "",
    )


def _last(called: str) -> str:
    """Return the last of some calls, and how many there were."""
    *before, last = called.split("\n")
    others = "1 other call" if len(before) == 1 else f"{len(before)} other calls"
    return f"{last}, after {others}" if before else last


def _first_wrong_call(
    probe: Probe, seen: Observation, right: Any, reason: str
) -> tuple[str, Any, Any, str]:
    """Return (called, got, expected, reason) of the first call that went wrong.

    Where a probe gives back a list with an item for each call, they are those of one item, so
    that the call shown is the one that gave what is shown.
    """
    calls, values = seen.called.split("\n"), seen.value
    if not (isinstance(values, list) and isinstance(right, list) and probe.data is None):
        return _last(seen.called), values, right, reason
    if len(values) == len(right) == len(calls) > 1:
        for called, got, wanted in zip(calls, values, right):
            if (difference := _difference(probe, got, wanted)) is not None:
                return called, got, wanted, difference
    return _last(seen.called), values, right, reason


def _entry_named(reason: str, got: Any, wanted: Any) -> tuple[Any, Any]:
    """Return of two dictionaries the entries that the reason is about, else both as they are."""
    if isinstance(got, dict) and isinstance(wanted, dict):
        for key in wanted:
            if key in got and reason.startswith(f"{key}: "):
                inner = _entry_named(reason.removeprefix(f"{key}: "), got[key], wanted[key])
                return {key: inner[0]}, {key: inner[1]}
    return got, wanted


def _difference(probe: Probe, seen: Any, right: Any) -> str | None:
    if seen is None and right is not None:
        return "nothing came back: is there a `return`?"
    try:
        with _strict_numbers():
            return probe.compare(seen, right)
    except Exception:  # a comparison written for the task met a value of another shape or type
        return f"got {describe(seen)}, which is not of the kind that was asked for"


@contextlib.contextmanager
def _strict_numbers() -> Iterator[None]:
    """Let no imaginary part be dropped on the way to a score, and other warnings be silent."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", np.exceptions.ComplexWarning)
        yield


def _diagnosed(
    exercise: Exercise,
    verdicts: list[ProbeVerdict],
    seen: Mapping[str, Observation],
    expected: Expectation,
) -> list[ProbeVerdict]:
    """Give each failed probe the sentence of the wrong answer that explains most of them."""
    failed = {v.probe for v in verdicts if v.status in (Status.WRONG, Status.BROKE)}
    if not failed:
        return verdicts
    # All probes count for the rank, the failed ones first: two misconceptions can look the
    # same where the answer fails and differ where it is right.
    known, passed = wrong_answers(exercise), set(exercise.probes) - failed
    explained = {n: _looks_like(known[n], failed, exercise, seen, expected) for n in known}
    candidates = [name for name in known if explained[name]]  # few, and to run them takes time
    others = {n: _looks_like(known[n], passed, exercise, seen, expected) for n in candidates}
    ranked = sorted(candidates, key=lambda n: (-len(explained[n]), -len(others[n])))
    diagnosed = []
    for verdict in verdicts:
        names = (n for n in ranked if verdict.probe in explained[n])
        if name := next(names, ""):
            verdict = replace(verdict, misconception=name, diagnosis=known[name].says)
        diagnosed.append(verdict)
    return diagnosed


def _looks_like(
    wrong: WrongAnswer,
    probes: Iterable[str],
    exercise: Exercise,
    seen: Mapping[str, Observation],
    expected: Expectation,
) -> set[str]:
    """Return those of some probes that see `wrong` in what they saw."""
    return {
        name for name in probes if _is_alike(exercise.probes[name], wrong, seen[name], expected)
    }


def _is_alike(probe: Probe, wrong: WrongAnswer, seen: Observation, expected: Expectation) -> bool:
    if wrong.when is not None:
        if seen.outcome is not Outcome.RETURNED:
            return False
        try:
            with _strict_numbers():
                return bool(wrong.when(seen.value, expected.right(probe)))
        except Exception:  # as in _difference
            return False
    if probe.data is not None:
        return False
    known = expected.wrong(wrong, probe)
    if seen.outcome is not known.outcome:
        return False
    if seen.outcome is Outcome.RAISED:
        return seen.error == known.error
    return _difference(probe, seen.value, known.value) is None
