"""Normally distributed numbers on their way through layers with one activation."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from .calling import Activation, Floats, look

__all__ = ["DEEPEST", "SAMPLES", "SMALL", "UNITS", "Layer", "Stack", "inputs", "stack"]

SAMPLES, UNITS, DEEPEST = 256, 64, 20
SMALL = 0.05  # a slope that hardly passes anything on


class Layer(NamedTuple):
    """What a layer gives, and its slopes there, (SAMPLES, UNITS) each."""

    values: Floats
    slopes: Floats

    @property
    def spread(self) -> float:
        """The standard deviation of the values; NaN if one is not finite."""
        return float(self.values.std())

    @property
    def small(self) -> float:
        """The share of slopes that are small."""
        return float(np.mean(~(np.abs(self.slopes) >= SMALL)))

    @property
    def dead(self) -> int:
        """How many units have a small slope for every input."""
        return int(np.all(~(np.abs(self.slopes) >= SMALL), axis=0).sum())


class Stack(NamedTuple):
    """Layers, the first nearest to the inputs, and the factor of their weights."""

    layers: tuple[Layer, ...]
    factor: float
    has_slope: bool

    def back(self, depth: int) -> float:
        """Return which part of a gradient's size comes back from a layer to the inputs."""
        gradient = np.random.default_rng(2).normal(size=(SAMPLES, UNITS))
        size = np.linalg.norm(gradient)
        with np.errstate(all="ignore"):
            for layer, weights in zip(self.layers[:depth][::-1], _weights()[:depth][::-1]):
                gradient = _times(gradient * layer.slopes, self.factor * weights.T)
            return float(np.linalg.norm(gradient) / size)


@cache
def inputs() -> Floats:
    """Return the same normally distributed numbers every time, (SAMPLES, UNITS)."""
    return np.random.default_rng(0).normal(size=(SAMPLES, UNITS))


@cache
def _weights() -> Floats:
    """Return weights of the factor 1, (DEEPEST, UNITS, UNITS): their spread is 1 / √UNITS."""
    return np.random.default_rng(1).normal(size=(DEEPEST, UNITS, UNITS)) / np.sqrt(UNITS)


def _times(numbers: Floats, weights: Floats) -> Floats:
    """Multiply in blocks for which no threads are started: on a busy machine they cost most."""
    blocks = numbers.reshape(-1, UNITS, UNITS) @ weights
    return blocks.reshape(SAMPLES, UNITS)


def stack(activation: Activation, factor: float) -> Stack:
    """Send the inputs through layers without biases: activation(numbers @ weights).

    Raises:
        UnusableError: the function is no use for them.
    """
    numbers, layers, has_slope = inputs(), [], True
    for weights in _weights():
        with np.errstate(all="ignore"):
            summed = _times(numbers, factor * weights)
        seen = look(activation, summed.ravel())
        numbers, slopes = (one.reshape(SAMPLES, UNITS) for one in (seen.values, seen.slopes))
        layers.append(Layer(numbers, slopes))
        has_slope = has_slope and seen.has_slope
    return Stack(tuple(layers), factor, has_slope)
