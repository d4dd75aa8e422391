"""What a session shows, as the browser takes it: a few words, and numbers as compressed bytes."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tfcourse_utils.playground import Measured, Row, Split, State, Weight
from tfcourse_utils.playground.features import features_of
from tfcourse_utils.playground.frames import grid
from tfcourse_utils.playground.kinds import KINDS
from tfcourse_utils.playground.points import own_sides

from .palette import indices_of_outputs, indices_of_targets, scaled
from .session import Seen

__all__ = ["curves", "encode", "input_pictures", "kernels", "point_rows", "sees_test_points"]

Floats = NDArray[np.float32]
SIDE = 30  # of the picture of an input
MOST_ROWS = 200  # of the curves: more are not seen


def encode(number: int, seen: Seen) -> tuple[dict[str, Any], bytes]:
    """Return what is said of a frame, and its numbers.

    The numbers are float32: kernels, then epochs, losses and test losses; then bytes, from above:
    the outputs, and the picture of each neuron, as places in the tables of colours. The browser
    discretizes them: the line between the classes is drawn from the shades.
    """
    frame, layers = seen.frame, kernels(seen.weights) if seen.state.shown.weights else []
    lines = curves(seen.history)
    floats = np.concatenate([*(layer.ravel() for layer in layers), lines.ravel()])
    content = {
        "kind": "frame",
        "number": number,
        "progress": _progress(seen),
        "reason": seen.refused or frame.reason or "",
        "size": len(frame.outputs),
        "epoch": frame.epoch,
        "kernels": [layer.shape for layer in layers],
        "numbers": _numbers(seen.weights)[: len(layers)],
        "rows": lines.shape[1],
        "neurons": [list(layer.shape) for layer in seen.neurons],
    }
    shaded = replace(seen.state, shown=replace(seen.state.shown, discretized=False))
    pictures = [indices_of_outputs(shaded, frame.outputs)[::-1].tobytes()]
    pictures += [_picture(neuron) for layer in seen.neurons for neuron in layer]
    data = floats.astype("<f4").tobytes() + b"".join(pictures)
    return content, zlib.compress(data, level=1)


def _progress(seen: Seen) -> str:
    losses = seen.frame.losses
    train = "–" if math.isnan(losses.train) else f"{losses.train:.3f}"
    test = "–" if losses.test is None else f"{losses.test:.3f}"
    batch = f", batch {seen.frame.batch}" if seen.frame.batch else ""
    measured = _measured(seen.frame.measured)
    return f"Epoch {seen.frame.epoch:,}{batch} · loss {train} · test loss {test}{measured}"


def _measured(found: Measured | None) -> str:
    if found is None:
        return ""
    test = "" if found.test is None else f" · test {found.name} {found.test:.3f}"
    return f" · {found.name} {found.train:.3f}{test}"


def _picture(neuron: Floats) -> bytes:
    """Return the bytes of a neuron's picture: 0 in the middle, the largest value at an end."""
    largest = max(float(np.abs(neuron).max()), 1e-9)
    return scaled(0.5 + 0.5 * neuron[::-1] / largest).tobytes()


def kernels(weights: list[Weight]) -> list[Floats]:
    """Return the kernels of a chain of Dense layers; none of a network that is none."""
    found = [weights[number].values for number in _numbers(weights)]
    is_chain = all(one.shape[1] == next_.shape[0] for one, next_ in zip(found, found[1:]))
    return found if is_chain else []


def _numbers(weights: list[Weight]) -> list[int]:
    """Return which of the weights are kernels."""
    return [number for number, weight in enumerate(weights) if weight.values.ndim == 2]


def curves(history: list[Row]) -> Floats:
    """Return epochs, losses and test losses, (3, rows); NaN where there are none to test on."""
    places = np.unique(np.linspace(0, len(history) - 1, MOST_ROWS).round().astype(int))
    rows = [history[place] for place in places] if history else []
    none = math.nan
    table = [
        (r.epoch, r.losses.train, none if r.losses.test is None else r.losses.test) for r in rows
    ]
    return np.array(table, np.float32).reshape(-1, 3).T


def point_rows(state: State, split: Split) -> Floats:
    """Return x, y, place in the table, whether it is for testing, and target of each point: (n, 5).

    They are in an order in which, as own points, they stay on their sides, but for a few.
    """
    rows = np.concatenate(
        [
            np.column_stack(
                [
                    points.inputs,
                    indices_of_targets(state, points.targets),
                    np.full(len(points.inputs), is_test),
                    points.targets.reshape(-1),
                ]
            )
            for is_test, points in enumerate(split)
        ]
    )
    sides = own_sides(state.data, len(rows))
    return rows[np.argsort(np.argsort(~sides, kind="stable"))].astype(np.float32)


def sees_test_points(state: State) -> bool:
    """Return whether points to test on are shown: the learner's own always are."""
    return state.shown.test_points or KINDS[state.data.kind].draw is None


def input_pictures(names: Sequence[str]) -> bytes:
    """Return the bytes of what the network sees of each point, as of a neuron."""
    features = features_of(grid(SIDE), names).T.reshape(-1, SIDE, SIDE)
    return b"".join(map(_picture, features))
