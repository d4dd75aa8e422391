"""A schedule that watches the validation loss, with a made-up loss to watch."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

__all__ = ["plateau"]

Floats = NDArray[np.float64]

MOST = 1000  # epochs
SMALLEST = 1e-4  # what counts as lower, as in Keras
NOISE = np.random.default_rng(6).standard_normal(MOST)


def plateau(epochs: int, peak: float, factor: float, patience: int) -> tuple[Floats, Floats]:
    """Return rates and losses, (epochs,) each: the rate falls where the loss no longer does.

    The loss falls towards a level that the rate sets, as noisy descent does: large steps come
    down fast and jump about high above the minimum, small ones come slowly and further down.
    """
    rates, losses = np.empty(epochs), np.empty(epochs)
    rate, level, best, waited = peak, 1.0, math.inf, 0
    for epoch in range(epochs):
        share = rate / peak
        level += 0.3 * share * (0.1 + 0.5 * share - level)
        rates[epoch] = rate
        losses[epoch] = level + 0.02 * share * NOISE[epoch]
        if losses[epoch] < best - SMALLEST:
            best, waited = losses[epoch], 0
        else:
            waited += 1
        if waited >= patience:
            rate, waited = rate * factor, 0
    return rates, losses
