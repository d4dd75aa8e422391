"""What the exercises on the Huber loss share: errors around a threshold."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from ..tools import normal

__all__ = ["around", "threshold_above_1"]


def threshold_above_1(rng: np.random.Generator) -> float:
    """Draw a threshold that is not the default."""
    return float(rng.uniform(1.5, 3.0))


def around(
    rng: np.random.Generator, threshold: float, shape: tuple[int, ...], dtype: str = "float32"
) -> tuple[Any, Any]:
    """Draw targets and predictions of this shape, six samples or more.

    A third of the errors or so is smaller than the threshold, the others are up to four times as
    large; there are positive and negative ones of either kind.
    """
    sizes = np.resize([0.2, 0.7, 1.5, 1.4, 2.5, 3.0], shape[0]) * rng.uniform(0.8, 1.2, shape[0])
    signs = np.resize([1, -1, 1, -1, -1, 1], shape[0])
    errors = rng.permutation(threshold * sizes * signs)
    y_true = normal(rng, shape, dtype)
    return y_true, y_true - tf.constant(errors.reshape(shape), dtype)
