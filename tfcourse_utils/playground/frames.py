"""What there is to see of a training at a moment, as plain arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from .compiled import Measured
from .features import features_of
from .kinds import SQUARE
from .parts import REGRESSION, SEVERAL_CLASSES
from .trainer import Losses, Snapshot, Trainer

__all__ = ["Camera", "Effect", "Frame", "grid"]

Floats = NDArray[np.float32]
Counts = NDArray[np.int64]


class Frame(NamedTuple):
    """A moment of a training.

    Attributes:
        epoch, batch: how many epochs are over, and how many batches of the next one.
        outputs: of the network on the grid, (size, size, k): rows from y = -6 up to 6, columns
            from x = -6 to 6. The chance of class 1, the chance of each of k classes, or a value.
        losses: without penalties.
        train, test: how many points of each class (row) are given each class (column); (0, 0)
            for regression.
        reason: why training has stopped by itself; None if it has not.
        measured: what the learner's metric said after the epoch before; None if there is none.
    """

    epoch: int
    batch: int
    outputs: Floats
    losses: Losses
    train: Counts
    test: Counts
    reason: str | None
    measured: Measured | None = None


class Effect(NamedTuple):
    """What the next step would do.

    Attributes:
        before, after: the step.
        rows: which of the points to train on it takes, (batch,).
        changes: of `trainer.weights`, arrays of their shapes.
    """

    before: Frame
    after: Frame
    rows: NDArray[np.int32]
    changes: tuple[Floats, ...]


def grid(size: int) -> Floats:
    """Return the points of a grid over the square, (size², 2), x first, from below."""
    steps = np.linspace(-SQUARE, SQUARE, size, dtype=np.float32)
    x, y = np.meshgrid(steps, steps)
    return np.stack([x.ravel(), y.ravel()], axis=1)


class Camera:
    """Takes frames of a trainer, of now or of a snapshot, without touching its weights.

    Args:
        trainer: of which.
        size: points of the grid in each direction.
        neurons_size: the same for the pictures of single neurons.
    """

    def __init__(self, trainer: Trainer, size: int = 100, neurons_size: int = 30) -> None:
        self._trainer, self.size, self._neurons_size = trainer, size, neurons_size
        names = trainer.state.network.features
        self._grid = tf.constant(features_of(grid(size), names))
        self._coarse = tf.constant(features_of(grid(neurons_size), names))
        self._hidden = _hidden_layers(trainer.model)
        now = trainer.snapshot()
        # Traced at once: TensorFlow warns where calls trace the same code for many trainers.
        places = [tf.TensorSpec([None, len(names)], tf.float32)] * 3
        self._outputs = _traced(self._predict, now.trainable, now.others, places)
        if self._hidden:
            self._neurons = _traced(self._look_inside, now.trainable, now.others)

    def frame(self, then: Snapshot | None = None) -> Frame:
        """Return the frame of a snapshot, or of now."""
        trainer = self._trainer
        seen = then or trainer.snapshot()
        places = [self._grid, trainer.train_features, trainer.test_features]
        outputs, train, test = self._outputs(seen.trainable, seen.others, places)
        return Frame(
            seen.epoch,
            seen.batch,
            outputs.numpy().reshape(self.size, self.size, -1),
            seen.losses,
            self._confusion(train.numpy(), trainer.split.train.targets),
            self._confusion(test.numpy(), trainer.split.test.targets),
            None if then else trainer.reason,
            seen.measured,
        )

    def neurons(self, then: Snapshot | None = None) -> list[Floats]:
        """Return what each hidden layer gives on the grid, (neurons, neurons_size, neurons_size).

        There are none of a model of the learner's that Keras can't take apart.
        """
        if self._hidden is None:
            return []
        seen, size = then or self._trainer.snapshot(), self._neurons_size
        layers = self._neurons(seen.trainable, seen.others)
        return [layer.numpy().T.reshape(-1, size, size) for layer in layers]

    def next_step(self) -> Effect:
        """Return what the next step would do; it is not done."""
        trainer = self._trainer
        before, rows = self.frame(), trainer.next_batch
        weights = [weight.values for weight in trainer.weights]
        with trainer.trying():
            trainer.step()
            changes = (new.values - old for new, old in zip(trainer.weights, weights))
            return Effect(before, self.frame(), rows, tuple(changes))

    def _predict(self, trainable: Any, others: Any, places: Any) -> list[tf.Tensor]:
        model = self._trainer.model
        return [model.stateless_call(trainable, others, each)[0] for each in places]

    def _look_inside(self, trainable: Any, others: Any) -> list[tf.Tensor]:
        model, hidden = self._trainer.model, self._hidden
        assert hidden is not None
        own = _chosen(hidden.trainable_variables, model.trainable_variables, trainable)
        rest = _chosen(hidden.non_trainable_variables, model.non_trainable_variables, others)
        # Of a single layer Keras gives no list.
        return tf.nest.flatten(hidden.stateless_call(own, rest, self._coarse)[0])

    def _confusion(self, outputs: Floats, targets: NDArray[Any]) -> Counts:
        """Count which of the classes in `targets` are given which."""
        task = self._trainer.state.data.task
        if task == REGRESSION:
            return np.zeros((0, 0), np.int64)
        classes = max(outputs.shape[1], 2)
        given = outputs.argmax(axis=1) if task == SEVERAL_CLASSES else outputs[:, 0] > 0.5
        cells = classes * targets.reshape(-1).astype(int) + given
        return np.bincount(cells, minlength=classes**2).reshape(classes, classes)


def _traced(function: Callable[..., Any], *like: Any) -> Callable[..., Any]:
    """Return a function compiled for arguments like these."""
    return tf.function(function).get_concrete_function(*like)


def _hidden_layers(model: keras.Model) -> keras.Model | None:
    """Return a model of the same weights that gives what each hidden layer does; None if it can't.

    Hidden are the layers before the last that give a number for each of their neurons.
    """
    if not getattr(model, "inputs", None):  # a subclass of Model, which only its call knows
        return None
    layers = [layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]
    try:
        outputs = [layer.output for layer in layers[:-1] if len(layer.output.shape) == 2]
        return keras.Model(model.inputs, outputs) if outputs else None
    except (AttributeError, ValueError):  # a layer is used twice, or not between input and output
        return None


def _chosen(wanted: list, variables: list, values: Any) -> list:
    """Return the values of some of the variables."""
    places = {id(variable): place for place, variable in enumerate(variables)}
    return [values[places[id(variable)]] for variable in wanted]
