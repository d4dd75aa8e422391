"""What a search has found, in words."""

from __future__ import annotations

from collections.abc import Sequence

from .search import FIFTHS, Axis, Range, Search, Trial, fifth

__all__ = ["describe", "describe_range", "describe_trial"]


def describe(search: Search, ranges: Sequence[Range], shown: list[Trial], rank: int) -> str:
    """Say what was searched, what the best have in common, and what the chosen trial is.

    Args:
        shown: the trials that lie in the ranges, best first.
        rank: which of them is chosen, from 0.
    """
    parts = [_whole(search), _best(search), _best_fifth(search), _filters(search, ranges, shown)]
    if shown:
        chosen = shown[rank]
        parts.append(f"Chosen, number {rank + 1} of {len(shown)}: {describe_trial(search, chosen)}")
    return "\n".join(part for part in parts if part)


def _whole(search: Search) -> str:
    """Say how many trials there are and how they ended, and what is left out."""
    way = "lower" if search.lower else "higher"
    done, all_of_them = len(search.finished), len(search.trials) + search.omitted
    said = f"{_count(all_of_them, 'trial')}, scored by {search.score.name}: {way} is better."
    if done < len(search.trials):
        said += f" {len(search.trials) - done} without a score."
    if search.omitted:
        said += f" The last {search.omitted} are not shown."
    if search.hidden:
        said += f" Without room for an axis: {', '.join(search.hidden[:20])}."
    return said


def _best(search: Search) -> str:
    if not search.finished:
        return "No trial has a score."
    return f"Best: {describe_trial(search, search.finished[0])}"


def describe_trial(search: Search, trial: Trial) -> str:
    """Say all that is known of a trial."""
    score = search.score.write(trial.score) if trial.score is not None else trial.problem
    values = "; ".join(f"{axis.name} {axis.write(axis.value(trial))}" for axis in search.axes)
    return f"trial {trial.name}, {score}{f' ({values})' if values else ''}."


def _best_fifth(search: Search) -> str:
    """Say between which values the best fifth lies, if there are enough trials for one."""
    if len(search.finished) < 2 * FIFTHS:
        return ""
    classes = fifth(search)
    best = [trial for trial in search.finished if classes[trial.name] == 0]
    spans = "; ".join(f"{axis.name} {_span(axis, best)}" for axis in search.axes)
    return f"The best fifth, {_count(len(best), 'trial')}: {spans}." if spans else ""


def _span(axis: Axis, trials: Sequence[Trial]) -> str:
    values = [value for trial in trials if (value := axis.value(trial)) is not None]
    if not values:
        return "not set"
    if axis.categories:
        named = [name for name in axis.categories if name in values]
        return " or ".join(named[:6]) + (" …" if len(named) > 6 else "")
    ordered = sorted(values, key=lambda value: axis.place(value) or 0.0)
    low, high = axis.write(ordered[0]), axis.write(ordered[-1])
    return low if low == high else f"{low} to {high}"


def _filters(search: Search, ranges: Sequence[Range], shown: Sequence[Trial]) -> str:
    named = [describe_range(part) for part in ranges if not part.is_whole]
    if not named:
        return ""
    held = f"{_count(len(shown), 'trial')} of {len(search.trials)}"
    return f"Kept: {' and '.join(named)}. That is {held}."


def describe_range(part: Range) -> str:
    """Say which part of its axis a range is, in the axis's own values."""
    axis = part.axis
    if axis.categories:
        inside = [name for name in axis.categories if part.covers(axis.place(name))]
        return f"{axis.name} {' or '.join(inside[:6]) or 'none'}{' …' if len(inside) > 6 else ''}"
    low, high = (axis.write(axis.at(end)) for end in (part.low, part.high))
    return f"{axis.name} from {low} to {high}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
