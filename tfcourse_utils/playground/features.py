"""What the network may see of a point: features, computed from its two coordinates."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["FEATURES", "features_of"]

Floats = NDArray[np.float32]

FEATURES: dict[str, Callable[[Floats, Floats], Floats]] = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "x²": lambda x, y: x**2,
    "y²": lambda x, y: y**2,
    "xy": lambda x, y: x * y,
    "sin x": lambda x, y: np.sin(x),
    "sin y": lambda x, y: np.sin(y),
}


def features_of(points: Floats, names: Sequence[str]) -> Floats:
    """Return the features, (n, len(names)) float32, of points (n, 2)."""
    x, y = points[:, 0], points[:, 1]
    return np.stack([FEATURES[name](x, y) for name in names], axis=1).astype(np.float32)
