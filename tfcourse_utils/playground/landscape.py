"""The loss on a plane through the present weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from .trainer import Snapshot, Trainer

__all__ = ["Landscape", "LandscapeView"]

Floats = NDArray[np.float32]


class Landscape(NamedTuple):
    """Losses round some weights, which are in the middle.

    Attributes:
        steps: (size,), how far along a direction, from -span to span. At 1 every neuron's weights
            have changed by as much as they are long; where there is a path, all weights by as
            much as from the place of the path that is farthest away.
        losses: (size, size), of the points to train on, without penalties; the first direction
            along the columns, the second along the rows.
        path: (n, 2), where earlier weights lie, as nearly as the plane can show; often none.
    """

    steps: Floats
    losses: Floats
    path: Floats


class LandscapeView:
    """Looks at the loss round a trainer's weights, of now or of a snapshot.

    The plane is spanned by two random directions, each scaled to the weights neuron by neuron, so
    that one network's landscape can be compared with another's; or by the two in which a path of
    training is longest (both of Li et al. 2018, "Visualizing the loss landscape of neural nets").

    Args:
        trainer: of which.
        size: points in each direction, odd, so that the weights themselves are one.
        span: how far to look.

    Raises:
        ValueError: `size` is even or below 3.
    """

    def __init__(self, trainer: Trainer, size: int = 25, span: float = 1.0) -> None:
        if size < 3 or size % 2 == 0:
            raise ValueError(f"size should be odd, 3 or more, but is {size}")
        self._trainer, self._size = trainer, size
        self._steps = np.linspace(-span, span, size, dtype=np.float32)
        self._losses = tf.function(self._losses_at, reduce_retracing=True)

    def look(
        self, seed: int = 0, then: Snapshot | None = None, path: Sequence[Snapshot] = ()
    ) -> Landscape:
        """Return the losses on a plane.

        Args:
            seed: fixes random directions.
            then: the weights in the middle; by default the present ones.
            path: earlier ones, which the plane is laid through. Where all are those in the middle,
                directions are random.
        """
        seen = then or self._trainer.snapshot()
        moved = np.array([_flat(each) - _flat(seen) for each in path])
        if moved.any():
            (one, other), places = _along(moved, seen)
        else:
            generator = np.random.default_rng(seed)
            one, other = ([_direction(w, generator) for w in seen.trainable] for _ in range(2))
            places = np.zeros((0, 2), np.float32)
        points = self._trainer.train_features, self._trainer.split.train.targets
        points = tuple(map(tf.constant, points))
        losses = self._losses(self._grid(), seen.trainable, seen.others, one, other, points)
        return Landscape(self._steps, losses.numpy().reshape(self._size, self._size), places)

    def _grid(self) -> Floats:
        columns, rows = np.meshgrid(self._steps, self._steps)
        return np.stack([columns.ravel(), rows.ravel()], axis=1)

    def _losses_at(
        self, places: Any, weights: Any, others: Any, one: Any, other: Any, points: Any
    ) -> tf.Tensor:
        x, y = points

        def loss(place: tf.Tensor) -> tf.Tensor:
            moved = [w + place[0] * a + place[1] * b for w, a, b in zip(weights, one, other)]
            outputs = self._trainer.model.stateless_call(moved, list(others), x)[0]
            return tf.reduce_mean(self._trainer.loss(y, outputs))

        return tf.vectorized_map(loss, places)


def _direction(weight: NDArray[Any], generator: np.random.Generator) -> Floats:
    """Return a random array as long as the weight, neuron by neuron (that is, by column)."""
    drawn = generator.normal(size=weight.shape)
    axis = 0 if weight.ndim > 1 else None
    lengths = (np.linalg.norm(array, axis=axis, keepdims=True) for array in (weight, drawn))
    wanted, length = lengths
    return (drawn * wanted / np.maximum(length, 1e-12)).astype(np.float32)


def _flat(seen: Snapshot) -> NDArray[np.float64]:
    """Return all that is trained in one row."""
    return np.concatenate([array.ravel() for array in seen.trainable]).astype(np.float64)


def _along(moved: NDArray[np.float64], seen: Snapshot) -> tuple[list[list[Floats]], Floats]:
    """Return the two directions in which a path is longest, and its places in their plane.

    Args:
        moved: (n, weights), the path as seen from the middle, not all 0.
        seen: the middle.
    """
    axes = np.linalg.svd(moved, full_matrices=False)[2][:2]
    axes = np.vstack([axes, np.zeros_like(axes)])[:2]  # a path of one place has one direction
    places = moved @ axes.T
    axes *= np.where(places[:1].T > 0, -1.0, 1.0)  # it comes from the left, and from below
    length = float(np.linalg.norm(places, axis=1).max())
    directions = [_shaped(length * axis, seen) for axis in axes]
    return directions, (moved @ axes.T / length).astype(np.float32)


def _shaped(row: NDArray[np.float64], seen: Snapshot) -> list[Floats]:
    """Cut a row into arrays of the shapes of what is trained."""
    ends = np.cumsum([array.size for array in seen.trainable])[:-1]
    parts = zip(np.split(row, ends), seen.trainable)
    return [part.reshape(array.shape).astype(np.float32) for part, array in parts]
