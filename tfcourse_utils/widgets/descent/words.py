"""What became of a descent, in words."""

from __future__ import annotations

import numpy as np

from ..svg import number, short
from .descent import SMALL, Path, Verdict, judge
from .landscapes import Floats

__all__ = ["describe", "place"]


def place(point: Floats) -> str:
    """Write a point as x = 1 or as (1, 2)."""
    if len(point) == 1:
        return f"x = {short(point[0])}"
    return f"({short(point[0])}, {short(point[1])})"


def describe(path: Path, step: int, learning_rate: float, momentum: float) -> str:
    """Say where the descent is at a step, what becomes of it, and why."""
    here, verdict = place(path.points[step]), judge(path, learning_rate)
    return (
        f"Step {step} of {len(path.moves)}, at {here}: height {short(path.values[step])}, "
        f"slope {short(path.slope(step))}. "
        f"{_verdict(path, verdict, learning_rate, momentum)}"
        f"{_ridge(path) if verdict.kind in ('stands', 'converges', 'settles') else ''}"
    )


def _verdict(path: Path, verdict: Verdict, learning_rate: float, momentum: float) -> str:
    match verdict.kind:
        case "stands":
            return _stands(learning_rate)
        case "leaps":
            return "The first step already leads out of reach. Try a smaller learning rate."
        case "converges":
            return _converges(path, verdict)
        case "crawls":
            return _crawls(path, verdict, momentum)
        case "settles":
            return f"It is coming to rest: at the end {_left(path)}. Some more steps would do."
        case "oscillates":
            return _oscillates(path, verdict, momentum)
        case "diverges":
            return _diverges(verdict, momentum)
        case "falls":
            return "It goes down, and the slope does not shrink, as it would near a smooth bottom."
    return (
        f"The path ends after step {len(path.moves)}: where the next step leads, "
        "the function has no finite value and slope."
    )


def _stands(learning_rate: float) -> str:
    if learning_rate == 0:
        return "It stays where it is, because the learning rate is 0."
    return (
        "It stays where it is, because the slope there is 0: it may be at a bottom, "
        "and just as well on a ridge or a saddle."
    )


def _ridge(path: Path) -> str:
    """Say so where it comes to rest on top of something."""
    if not path.on_ridge:
        return ""
    if path.points.shape[1] == 1:
        return " It is on a top: the slope there is 0, and the ground falls on both sides."
    return " It is on a ridge: across it the slope is 0, and the ground falls on both sides."


def _converges(path: Path, verdict: Verdict) -> str:
    large = np.flatnonzero(path.slopes > SMALL * path.slopes.max())
    text = f"It converges: after step {large[-1] + 1} the slope stays below 1% of its largest."
    if path.turns.mean() > 0.5 and verdict.product is not None and verdict.product > 1:
        text += (
            " It jumps from side to side on the way, because learning rate × curvature is "
            f"{short(verdict.product, 4)}, above 1."
        )
    return text


def _crawls(path: Path, verdict: Verdict, momentum: float) -> str:
    text = f"It crawls: at the end {_left(path)}"
    if verdict.product is None or verdict.product <= 0:
        return f"{text}, and the ground is so flat there that the steps are short."
    share = "a step" if momentum == 0 else "a step without momentum"
    return (
        f"{text}. Learning rate × curvature is {short(verdict.product)} there, "
        f"which is the share of the way to the bottom that {share} makes up."
    )


def _oscillates(path: Path, verdict: Verdict, momentum: float) -> str:
    if path.turns.mean() < 0.6 and momentum > 0:
        return (
            f"It oscillates: momentum {number(momentum)} carries it past the bottom again and "
            "again, and it is not at rest yet."
        )
    text = "It oscillates: the steps go past the bottom and land on the other side"
    if np.ptp(path.slopes) < 0.01 * path.slopes.max():
        return f"{text}, where it is as steep, so the next step leads back."
    if verdict.product is None or verdict.product <= 1:
        return f"{text}."
    return (
        f"{text}, because learning rate × curvature is {short(verdict.product, 4)}, above 1. "
        f"Above {number(2 * (1 + momentum), 2)} each would go farther than the last."
    )


def _diverges(verdict: Verdict, momentum: float) -> str:
    text = "It diverges: the steps lead up, and to ever steeper ground"
    limit = 2 * (1 + momentum)
    if verdict.product is None or verdict.product <= limit:
        return f"{text}. Try a smaller learning rate."
    return (
        f"{text}, because learning rate × curvature is {short(verdict.product, 4)}, "
        f"above {number(limit, 2)}. A smaller learning rate helps."
    )


def _left(path: Path) -> str:
    return f"{path.slopes[-1] / path.slopes.max():.0%} of its largest slope is left"
