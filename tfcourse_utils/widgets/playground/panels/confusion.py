"""The panel that counts which class is taken for which; of values, how far they are off."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import NamedTuple

import ipywidgets as w
import numpy as np
from numpy.typing import NDArray

from tfcourse_utils.playground import Trainer
from tfcourse_utils.playground.parts import REGRESSION

from ...svg import short
from ..session import Seen
from .panel import Host, Pace, Panel, moment, said

__all__ = ["Confusion", "Errors", "all_errors", "errors", "errors_table", "sentence", "table"]

Counts = NDArray[np.int64]
SECONDS = 0.25
NAMES = ("training", "test")


class Errors(NamedTuple):
    """How far outputs are from the values they should be: means, and the largest."""

    points: int
    absolute: float
    root_square: float
    largest: float


class Confusion(Panel):
    """Tables for the points to train and to test on, and a sentence."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, "What is taken for what")
        self._text, self._pace = w.HTML(), Pace(SECONDS)
        self.fill(self._text)

    def show(self, seen: Seen) -> None:
        if not self._pace.is_due(seen):
            return
        if seen.state.data.task == REGRESSION:
            self.host.ask(partial(all_errors, seen), self._show_errors)
            return
        counts = zip(NAMES, (seen.frame.train, seen.frame.test))
        parts = [(table(name, each), sentence(name, each)) for name, each in counts if each.sum()]
        self._put(parts, "There are no points to count yet.")

    def _show_errors(self, found: dict[str, Errors]) -> None:
        self._put([errors_table(found)] if found else [], "There are no points to measure on yet.")

    def _put(self, parts: list[tuple[str, str]], otherwise: str) -> None:
        tables = "".join(each for each, _ in parts)
        words = " ".join(words for _, words in parts) or otherwise
        self._text.value = f'<div class="playground-tables">{tables}</div>{said(words)}'


def table(name: str, counts: Counts) -> str:
    """Return HTML of counts, true classes by row; the more of its class, the deeper a cell."""
    classes = range(len(counts))
    sums = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    head = "".join(f'<th scope="col">{given}</th>' for given in classes)
    rows = "".join(
        f'<tr><th scope="row">class {true}</th>'
        + "".join(_cell(counts[true, given], true == given, row[given]) for given in classes)
        + "</tr>"
        for true, row in enumerate(counts / sums)
    )
    corner = '<th scope="col">is \\ taken for</th>'
    caption = f"<caption>{escape(name.capitalize())} points</caption>"
    return f"<table>{caption}<thead><tr>{corner}{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(count: np.int64, is_right: bool, share: float) -> str:
    kind = "right" if is_right else "wrong"
    return f'<td class="playground-{kind}" style="--share: {share:.2f}">{count}</td>'


def sentence(name: str, counts: Counts) -> str:
    """Say how many are right, and which mistake is made most often."""
    total, right = int(counts.sum()), int(counts.trace())
    points = "point is" if total == 1 else "points are"
    first = f"{right} of {total} {name} {points} right"
    if right == total:
        return f"{first}."
    wrong = counts - np.diag(counts.diagonal())
    true, given = np.unravel_index(wrong.argmax(), wrong.shape)
    most = "1 point" if wrong.max() == 1 else f"{wrong.max()} points"
    return f"{first}; most often class {true} is taken for class {given}: {most}."


def all_errors(seen: Seen, trainer: Trainer) -> dict[str, Errors]:
    """Return the errors on points to train and to test on, of the moment that is seen."""
    then = moment(trainer, seen) or trainer.snapshot()

    def outputs(features: NDArray[np.float32]) -> NDArray[np.floating]:
        return np.asarray(trainer.model.stateless_call(then.trainable, then.others, features)[0])

    sides = zip(NAMES, trainer.split, (trainer.train_features, trainer.test_features))
    return {
        name: errors(points.targets, outputs(features))
        for name, points, features in sides
        if len(features)
    }


def errors(targets: NDArray[np.generic], outputs: NDArray[np.floating]) -> Errors:
    """Return how far outputs, (n, 1), are from targets, (n, 1)."""
    off = np.abs(outputs.reshape(-1) - targets.reshape(-1).astype(np.float64))
    return Errors(len(off), float(off.mean()), float(np.sqrt(np.mean(off**2))), float(off.max()))


def errors_table(found: dict[str, Errors]) -> tuple[str, str]:
    """Return HTML of errors by row, and a sentence."""
    names = ("points", "mean size of the error", "root of its mean square", "largest")
    head = "".join(f'<th scope="col">{each}</th>' for each in found)
    columns = [(str(e.points), *(short(value) for value in e[1:])) for e in found.values()]
    rows = "".join(
        f'<tr><th scope="row">{name}</th>' + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
        for name, row in zip(names, zip(*columns))
    )
    caption = "<caption>Errors, where values go from −1 to 1</caption>"
    corner = "<td></td>"
    html = f"<table>{caption}<thead><tr>{corner}{head}</tr></thead><tbody>{rows}</tbody></table>"
    means = " and ".join(
        f"{short(each.absolute, 2)} on the {name} points" for name, each in found.items()
    )
    return html, f"On average the network is off by {means}."
