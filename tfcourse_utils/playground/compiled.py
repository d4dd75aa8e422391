"""The training step, compiled by TensorFlow over as many batches as are wanted."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from .network import kernels
from .own import Usable, said
from .parts import PENALTIES, SEVERAL_CLASSES
from .points import Split

__all__ = ["CompiledTraining", "Measured"]


class Measured(NamedTuple):
    """What the learner's metric says.

    Attributes:
        name: of the metric.
        train, test: of the points to train and to test on; `test` is None where there are none.
    """

    name: str
    train: float
    test: float | None


class CompiledTraining:
    """Trains in place the model of some parts, on points given as features and targets.

    What changes while training (learning rate, rate of the penalty, batch size, points) is data
    to the compiled functions, so that no change of them compiles anything again.

    Args:
        parts: model, loss and optimizer.
        split: the points; their features are `train` and `test`, (n, f).
    """

    def __init__(
        self, parts: Usable, split: Split, train: np.ndarray, test: np.ndarray, task: str
    ) -> None:
        self._parts = parts
        parts.optimizer.build(parts.model.trainable_variables)
        self.rate = tf.Variable(0.0, name="rate_of_the_penalty")
        self.take(split, train, test)
        targets = tf.TensorSpec([None], tf.int32) if task == SEVERAL_CLASSES else None
        self._points = [
            tf.TensorSpec([None, train.shape[1]], tf.float32),
            targets or tf.TensorSpec([None, 1], tf.float32),
        ]
        self.evaluate_points = _traced(self._mean_loss, self._points)
        self._measure = _traced(self._measured, self._points) if parts.metric else None
        self._runs: dict[str, Any] = {}

    def take(self, split: Split, train: np.ndarray, test: np.ndarray) -> None:
        """Train on other points of the same kind from now on."""
        self._train = tf.constant(train), tf.constant(split.train.targets)
        self._test = tf.constant(test), tf.constant(split.test.targets)

    def evaluate(self) -> tuple[float, float]:
        """Return the mean loss, without penalties, of training and testing points; NaN of none.

        Raises:
            ValueError: the learner's loss fails.
        """
        try:
            losses = self.evaluate_points(*self._train), self.evaluate_points(*self._test)
        except tf.errors.OpError as error:
            raise ValueError(f"the loss broke off: {said(error)}") from error
        return float(losses[0]), float(losses[1])

    def measure(self) -> Measured | None:
        """Return what the metric says of training and testing points; None if there is none.

        Raises:
            ValueError: the metric fails.
        """
        metric = self._parts.metric
        if metric is None or self._measure is None:
            return None
        try:
            train, test = (
                float(self._measure(*points)) if len(points[0]) else None
                for points in (self._train, self._test)
            )
        except tf.errors.OpError as error:
            raise ValueError(f"the metric broke off: {said(error)}") from error
        return Measured(metric.name, math.nan if train is None else train, test)

    def run(self, order: np.ndarray, penalty: str) -> tuple[float, float]:
        """Train a step on the rows of each batch, (steps, batch) int32, and evaluate.

        Args:
            penalty: a name of `PENALTIES`. The first run with each compiles.

        Raises:
            ValueError: a part of the learner's fails.
        """
        try:
            if penalty not in self._runs:
                self._runs[penalty] = self._compiled(penalty)
            losses = self._runs[penalty](order, *self._train, *self._test)
        except Exception as error:  # whatever a learner's part raises, once traced or only then
            raise ValueError(f"a step broke off: {said(error)}") from error
        return float(losses[0]), float(losses[1])

    def _compiled(self, penalty: str) -> Any:
        def run(order: tf.Tensor, x: tf.Tensor, y: tf.Tensor, *test: tf.Tensor) -> tf.Tensor:
            for rows in order:
                self._step(tf.gather(x, rows), tf.gather(y, rows), penalty)
            return self._mean_loss(x, y), self._mean_loss(*test)

        batches = tf.TensorSpec([None, None], tf.int32)
        return _traced(run, [batches, *self._points, *self._points])

    def _step(self, x: tf.Tensor, y: tf.Tensor, penalty: str) -> None:
        model = self._parts.model
        variables = model.trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(self._parts.loss(y, model(x, training=True)))
            loss = tf.add_n([loss, *model.losses, *self._penalties(penalty)])
        # Keras warns of every None; a weight that no gradient reaches is in the trainer's notes.
        zero = tf.UnconnectedGradients.ZERO
        gradients = tape.gradient(loss, variables, unconnected_gradients=zero)
        self._parts.optimizer.apply(gradients, variables)

    def _penalties(self, name: str) -> list[tf.Tensor]:
        penalty = PENALTIES[name]
        if penalty is None:
            return []
        return [self.rate * penalty(kernel) for kernel in kernels(self._parts.model)]

    def _measured(self, x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
        metric = self._parts.metric
        assert metric is not None
        metric.reset_state()
        metric.update_state(y, self._parts.model(x))
        return metric.result()

    def _mean_loss(self, x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
        return tf.reduce_mean(self._parts.loss(y, self._parts.model(x)))


def _traced(function: Callable[..., Any], signature: list[tf.TensorSpec]) -> Callable[..., Any]:
    """Return a function compiled for these; TensorFlow would warn of many traced by calls."""
    return tf.function(function, input_signature=signature).get_concrete_function()
