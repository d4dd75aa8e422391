"""What a threshold does, in words."""

from __future__ import annotations

from ..svg import number
from .measures import Counts, Measure, Shown, measures

__all__ = ["ROC", "describe", "short", "value"]

ROC = "ROC curve"


def short(threshold: float) -> str:
    """Write a threshold with as many digits as its size needs."""
    return number(threshold, 2) if 0.005 <= abs(threshold) < 1000 else number(threshold)


def value(measure: Measure) -> str:
    """Write the value of a measure, or that it has none."""
    return "undefined" if measure.value is None else number(measure.value, 3)


def describe(shown: Shown) -> str:
    """Say what is called 1 and how rightly, and what calling all alike would give."""
    total, counts = len(shown.samples.scores), shown.counts
    return (
        f"At threshold {short(shown.threshold)}, "
        f"{counts.called_1} of {total} samples are called 1: "
        f"{counts.true_positives} rightly, {counts.false_positives} wrongly. "
        f"Of {counts.positives} positives {counts.false_negatives} are missed. "
        f"{_values(counts)} {_alike(counts, total)} {_area(shown.area)}"
    )


def _values(counts: Counts) -> str:
    found = measures(counts)
    defined = ", ".join(f"{one.name} {value(one)}" for one in found if one.value is not None)
    undefined = [f"{one.name} is undefined, as {one.empty}." for one in found if one.value is None]
    return " ".join(_sentence(part) for part in (f"{defined}.", *undefined))


def _sentence(part: str) -> str:
    return part[0].upper() + part[1:]


def _alike(counts: Counts, total: int) -> str:
    """Say what accuracy costs nothing: the share of the larger class."""
    larger, share = int(counts.positives > counts.negatives), counts.negatives / total
    return f"Calling every sample {larger} would give accuracy {number(max(share, 1 - share), 3)}."


def _area(area: float | None) -> str:
    if area is None:
        return "There is no ROC curve, as all targets are the same."
    said = f"AUC {number(area, 3)}"
    return f"{said}: how often a positive scores above a negative, over all such pairs."
