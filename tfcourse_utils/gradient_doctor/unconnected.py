"""Why there is no gradient: where the way from the target back to a source ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .finding import Cause, Finding
from .lines import Line
from .operations import quoted
from .recording import Recording
from .tapes import Span

__all__ = ["Source", "at", "why_none"]


@dataclass(frozen=True)
class Source:
    """What is known of a source beside the recording.

    Attributes:
        number: among the recording's sources.
        name: what to call it in a sentence.
        is_variable: a variable, not a tensor.
        is_watched: the tape was told to watch it, or did so by itself.
        watched_at: how many operations there were when it was told.
    """

    number: int
    name: str
    is_variable: bool = False
    is_watched: bool = True
    watched_at: int = 0


def why_none(
    recording: Recording, source: Source, spans: Sequence[Span], watched: set[int]
) -> Finding | None:
    """Return why no gradient gets from the target to a source; None if one does.

    Args:
        spans: of the operations that the tape recorded.
        watched: the steps that hold what the tape watched.
    """
    path = recording.between(source.number)
    if not path:
        return _through_state(recording, source) or _unrelated(recording, source)
    if not any(recording.steps[i].is_floating for i in recording.sources[source.number]):
        return Finding(
            Cause.INTEGER,
            f"{source.name} holds whole numbers; the tape follows floating ones only.",
            recording.steps[path[0]].line,
        )
    if not recording.steps[recording.target].is_floating:
        return _whole_numbers(recording, path)
    outside = _outside(recording, source, path, spans)
    if outside and (source.is_watched or source.is_variable):
        return outside
    return (
        _unwatched(recording, source, path, spans, watched)
        or outside
        or _late(recording, source, path)
        or _cut(recording, path)
    )


def at(line: Line | None) -> str:
    """Return "line 3 (`…`)", or where nothing is known, words that fit in its place."""
    return str(line) if line else "code outside your own"


def _unwatched(
    recording: Recording,
    source: Source,
    path: list[int],
    spans: Sequence[Span],
    watched: set[int],
) -> Finding | None:
    if source.is_watched:
        return None
    if source.is_variable:
        return Finding(
            Cause.UNWATCHED,
            f"The tape did not watch {source.name}, a variable. By itself it watches those that "
            "are trainable, unless it was made to watch none.",
        )
    [origin] = recording.sources[source.number]
    before = recording.before(origin)
    if _is_recorded(origin, spans) and before & watched:
        return None  # made while the tape ran, from what it watched
    line = recording.steps[origin].line
    if any(recording.steps[i].reads is not None for i in before):
        return Finding(
            Cause.REBOUND,
            f"{source.name} is no variable here, but a tensor that was made of one in {at(line)}. "
            "The tape follows variables by itself; of tensors, those that it was asked to watch.",
            line,
        )
    return Finding(
        Cause.UNWATCHED,
        f"{source.name} is a tensor, no variable, and the tape was not asked to watch it.",
        line if len(before) > 1 else None,
    )


def _outside(
    recording: Recording, source: Source, path: list[int], spans: Sequence[Span]
) -> Finding | None:
    starts = recording.sources[source.number]
    inner = [i for i in path if source.is_variable or i not in starts]
    missed = [i for i in inner if not _is_recorded(i, spans)]
    if not missed:
        return None
    line = recording.steps[missed[-1]].line
    what = "None" if len(missed) == len(inner) else "Only a part"
    return Finding(
        Cause.OUTSIDE,
        f"{what} of the way from {source.name} to the result was computed while the tape was "
        f"recording: {at(line)} ran outside its `with` block.",
        line,
    )


def _is_recorded(index: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= index < span.end for span in spans)


def _late(recording: Recording, source: Source, path: list[int]) -> Finding | None:
    starts = recording.sources[source.number]
    early = [i for i in path if i not in starts and i < source.watched_at]
    if not early:
        return None
    line = recording.steps[early[0]].line
    return Finding(
        Cause.LATE,
        f"When the tape was asked to watch {source.name}, {at(line)} had already used it.",
        line,
    )


def _through_state(recording: Recording, source: Source) -> Finding | None:
    """Return the finding that the way leads through the value of a variable."""
    used = recording.before(recording.target)
    for index in sorted(recording.after(recording.sources[source.number])):
        step = recording.steps[index]
        later = {recording.steps[i].reads for i in used if i > index}
        if step.writes is not None and step.writes in later:
            return Finding(
                Cause.STATE,
                f"{source.name} went into the result only as the value that a variable was given "
                f"in {at(step.line)}. A variable remembers its value, not where it came from.",
                step.line,
            )
    return None


def _unrelated(recording: Recording, source: Source) -> Finding:
    origins = recording.sources[source.number]
    target = recording.before(recording.target)
    shared = {i for origin in origins for i in recording.before(origin) - origins} & target
    leaves = {i for i in target if not recording.steps[i].inputs}
    if not source.is_variable and any(recording.steps[i].kind != "Const" for i in shared):
        line = recording.steps[max(origins)].line
        return Finding(
            Cause.UNRELATED,
            f"The result was computed from what {source.name} is made of, not from "
            f"{source.name} itself, which was made in {at(line)}.",
            line,
        )
    if all(recording.steps[i].kind == "Const" for i in leaves):
        says = "To TensorFlow the result is a constant: it was computed from no tensor or variable"
        return Finding(
            Cause.UNRELATED, f"{says} that leads back to {source.name}.", _target_line(recording)
        )
    return Finding(
        Cause.UNRELATED,
        f"The result does not depend on {source.name}: it was computed without it.",
        _target_line(recording),
    )


def _target_line(recording: Recording) -> Line | None:
    return recording.steps[recording.target].line


def _whole_numbers(recording: Recording, path: list[int]) -> Finding:
    """Return the finding that the result is of a dtype without gradients."""
    dtype = recording.steps[recording.target].dtypes[0]
    last = _where_numbers_end(recording, recording.target, set(path))
    return Finding(
        Cause.INTEGER,
        f"The result is {dtype}, and only floating numbers have gradients. They end in "
        f"{at(recording.steps[last].line)}, with {quoted(recording.steps[last].kind)}.",
        recording.steps[last].line,
    )


def _where_numbers_end(recording: Recording, index: int, path: set[int]) -> int:
    """Return the first step, on the way to `index`, whose result is not floating."""
    while True:
        step = recording.steps[index]
        whole = [i for i in step.inputs if i in path and not recording.steps[i].is_floating]
        if not whole:
            return index
        index = whole[0]


def _cut(recording: Recording, path: list[int]) -> Finding | None:
    """Return the finding that an operation passes no gradient on."""
    on_path = set(path)
    for index in path:
        step = recording.steps[index]
        for place, origin in enumerate(step.inputs):
            if origin in on_path and step.gradient is not None and not step.passes[place]:
                whole = not recording.steps[origin].is_floating
                last = _where_numbers_end(recording, origin, on_path) if whole else index
                return _no_slope(recording, last)
    return None


def _no_slope(recording: Recording, index: int) -> Finding:
    step = recording.steps[index]
    name, where = quoted(step.kind), at(step.line)
    if step.kind == "StopGradient":
        says = f"{name} in {where} ends the gradient: what is behind it counts as a constant."
        return Finding(Cause.STOPPED, says, step.line)
    if step.kind == "Cast":
        says = (
            f"A cast to {step.dtypes[0]} in {where} ends the gradient: only floating numbers have "
            "one."
        )
        return Finding(Cause.INTEGER, says, step.line)
    if step.kind == "IdentityN":
        place = f" in {step.line}" if step.line else ""
        says = (
            f"{name}{place} gives nothing back: its inner function returns None. Is there a "
            "`return` in it?"
        )
        return Finding(Cause.NO_SLOPE, says[:1].upper() + says[1:], step.line)
    if step.kind in ("PyFunc", "EagerPyFunc"):
        says = f"{name} in {where} leaves TensorFlow, and the tape can't follow."
        return Finding(Cause.LEFT, says, step.line)
    says = f"{name} in {where} has no slope: its result jumps, or is no floating number."
    return Finding(Cause.NO_SLOPE, says, step.line)
