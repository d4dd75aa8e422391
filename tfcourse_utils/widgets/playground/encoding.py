"""What a session shows, as the browser takes it: a few words, and numbers as compressed bytes."""

from __future__ import annotations

import math
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tfcourse_utils.playground import Row, Split, State, Weight

from .palette import indices_of_outputs, indices_of_targets, scaled
from .session import Seen

__all__ = ["curves", "encode", "kernels", "point_rows"]

Floats = NDArray[np.float32]
MOST_ROWS = 200  # of the curves: more are not seen


def encode(number: int, seen: Seen) -> tuple[dict[str, Any], bytes]:
    """Return what is said of a frame, and its numbers.

    The numbers are float32: kernels, then epochs, losses and test losses; then bytes, from above:
    the outputs, and the picture of each neuron, as places in the tables of colours.
    """
    frame, layers = seen.frame, kernels(seen.weights) if seen.state.shown.weights else []
    lines = curves(seen.history)
    floats = np.concatenate([*(layer.ravel() for layer in layers), lines.ravel()])
    content = {
        "kind": "frame",
        "number": number,
        "progress": _progress(seen),
        "reason": frame.reason or seen.refused or "",
        "size": len(frame.outputs),
        "kernels": [layer.shape for layer in layers],
        "rows": lines.shape[1],
        "neurons": [list(layer.shape) for layer in seen.neurons],
    }
    pictures = [indices_of_outputs(seen.state, frame.outputs)[::-1].tobytes()]
    pictures += [_picture(neuron) for layer in seen.neurons for neuron in layer]
    data = floats.astype("<f4").tobytes() + b"".join(pictures)
    return content, zlib.compress(data, level=1)


def _progress(seen: Seen) -> str:
    losses = seen.frame.losses
    train = "–" if math.isnan(losses.train) else f"{losses.train:.3f}"
    test = "–" if losses.test is None else f"{losses.test:.3f}"
    batch = f", batch {seen.frame.batch}" if seen.frame.batch else ""
    return f"Epoch {seen.frame.epoch:,}{batch} · loss {train} · test loss {test}"


def _picture(neuron: Floats) -> bytes:
    """Return the bytes of a neuron's picture: 0 in the middle, the largest value at an end."""
    largest = max(float(np.abs(neuron).max()), 1e-9)
    return scaled(0.5 + 0.5 * neuron[::-1] / largest).tobytes()


def kernels(weights: list[Weight]) -> list[Floats]:
    """Return the kernels of a chain of Dense layers; none of a network that is none."""
    found = [weight.values for weight in weights if weight.values.ndim == 2]
    is_chain = all(one.shape[1] == next_.shape[0] for one, next_ in zip(found, found[1:]))
    return found if is_chain else []


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
    """Return x, y, place in the table, and whether it is for testing, of each point: (n, 4)."""
    rows = [
        np.column_stack(
            [
                points.inputs,
                indices_of_targets(state, points.targets),
                np.full(len(points.inputs), is_test),
            ]
        )
        for is_test, points in enumerate(split)
    ]
    return np.concatenate(rows).astype(np.float32)
