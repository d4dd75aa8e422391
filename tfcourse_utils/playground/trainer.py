"""The training of a state: real Keras models, step by step or by the epoch."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NamedTuple

import keras
import numpy as np
from numpy.typing import NDArray

from tfcourse_utils.thinned import Thinned

from .compiled import CompiledTraining, Measured
from .features import features_of
from .hooks import Hooks
from .own import Own, short_name, usable
from .points import draw, notes
from .state import State

__all__ = ["Losses", "Row", "Snapshot", "Trainer", "Weight", "order_of_epoch"]

LARGEST_WEIGHT = 1e6  # that can be set by hand
EXPLODED = 1e6  # a loss above it is as little use as NaN
MOST_ROWS, MOST_SNAPSHOTS = 500, 100  # kept of a long run: at least, and at most twice as many
SNAPSHOT_BYTES = 64_000_000  # of all snapshots together

_TOO_LONG = "Steps too long do that: reset, with a lower learning rate."

Arrays = tuple[NDArray[np.generic], ...]


class Losses(NamedTuple):
    """Mean losses without penalties; `test` is None where there are no points to test on."""

    train: float
    test: float | None


class Row(NamedTuple):
    """A row of the history: how many epochs were over, and the losses then."""

    epoch: int
    losses: Losses


class Snapshot(NamedTuple):
    """The weights at some moment, arrays as of `model.trainable_variables` and the others.

    `measured` is what the learner's metric said at the end of the epoch before it.
    """

    epoch: int
    batch: int
    losses: Losses
    trainable: Arrays
    others: Arrays
    measured: Measured | None = None


class Weight(NamedTuple):
    """A weight of the network, and its name, as "hidden_1/kernel"."""

    name: str
    values: NDArray[np.float32]


class _Kept(NamedTuple):
    """All that a step changes."""

    now: Snapshot
    optimizer: Arrays
    order: NDArray[np.int32]


def order_of_epoch(seed: int, epoch: int, count: int, batch_size: int) -> NDArray[np.int32]:
    """Return which rows each batch of an epoch takes, (steps, batch) int32.

    The rows are shuffled; those beyond a whole number of batches are left out of that epoch.

    Args:
        seed: of the order.
        epoch: counted from 0.
        count: rows there are to train on.
        batch_size: rows of a batch; `count` if there are fewer.
    """
    size = min(batch_size, count)
    rows = np.random.default_rng((seed, epoch)).permutation(count).astype(np.int32)
    return rows[: count // size * size].reshape(-1, size) if size else np.zeros((0, 0), np.int32)


class Trainer:
    """Trains the network of a state. It has no thread of its own; use it from one at a time.

    Args:
        state: what to train on what.
        own: the learner's parts, in place of the state's.

    Attributes:
        state: as changed by `adjust`.
        split: the points.
        model: the Keras model.
        notes: sentences about what a learner may wonder at.
        epoch: how many epochs are over.
        batch: how many batches of the next one are over.
        losses: the present ones.
        measured: what the learner's metric said after the last epoch; None if there is none.
        reason: why training has stopped by itself, in one sentence; None if it has not.
        edited: whether weights or settings were changed on the way, so that the state alone does
            not give the same again.

    Raises:
        ValueError: something of the learner's does not fit.
    """

    def __init__(self, state: State, own: Own | None = None) -> None:
        parts = usable(state, own or Own())
        self.model, self.loss = parts.model, parts.loss
        self._unreached = [
            f"No gradient reaches {name}: it stays what it is." for name in parts.untrained
        ]
        self._has_own_parts = own is not None and own != Own()
        self._draw(state)
        self._optimizer = parts.optimizer
        self._compiled = CompiledTraining(
            parts, self.split, self.train_features, self.test_features, state.data.task
        )
        self._compiled.rate.assign(state.training.rate)
        callback = own.callback if own else None
        self._hooks = Hooks(callback, parts) if callback else None
        self._rate = self.learning_rate
        self.epoch = self.batch = 0
        self._start()
        self._first = self._keep()

    def _draw(self, state: State) -> None:
        """Take over a state and its points."""
        self.state, self.split = state, draw(state.data)
        self.notes = (*notes(state.data), *self._unreached)
        self.train_features, self.test_features = (
            features_of(points.inputs, state.network.features) for points in self.split
        )

    def _start(self) -> None:
        """Begin a record at the present weights."""
        self.reason: str | None = None
        self.edited = False
        self._order = np.zeros((0, 0), np.int32)
        self._evaluate()
        now = self.snapshot()
        size = sum(array.nbytes for array in (*now.trainable, *now.others))
        most = min(MOST_SNAPSHOTS, SNAPSHOT_BYTES // (2 * max(size, 1)))
        self._rows, self._snapshots = Thinned(MOST_ROWS), Thinned(max(most, 1))
        self._record(now)

    @property
    def history(self) -> list[Row]:
        """The losses after each epoch, from epoch 0; of a long run a part evenly spread."""
        return self._rows.rows()

    @property
    def snapshots(self) -> list[Snapshot]:
        """The weights after each epoch, from epoch 0; of a long run a part evenly spread."""
        return self._snapshots.rows()

    @property
    def next_batch(self) -> NDArray[np.int32]:
        """The rows that the next step trains on, (batch,); none if there are no points."""
        order = self._order if self.batch else self._next_order()
        return order[self.batch] if len(order) else np.zeros(0, np.int32)

    def train(self, epochs: int = 1) -> None:
        """Train to the end of the present epoch, and so on; stop where the loss is no good."""
        for _ in range(epochs):
            self.advance(len(self._next_order()))

    def step(self) -> None:
        """Train on the next batch."""
        self.advance(1)

    def _next_order(self) -> NDArray[np.int32]:
        """Return the order of the epoch under way, or of the one to come."""
        if self.batch:
            return self._order
        training = self.state.training
        count = len(self.train_features)
        return order_of_epoch(training.seed, self.epoch, count, training.batch_size)

    def advance(self, steps: int) -> None:
        """Train on so many batches, but not beyond the end of the epoch; 0 only compiles."""
        self._order = self._next_order()
        if self.reason or not len(self._order):
            self.reason = self.reason or self.notes[0]
            return
        before = self.snapshot()
        batches = self._order[self.batch : self.batch + steps]
        try:
            if self._hooks and steps and not self.batch:
                self._hooks.begin(self.epoch)
            losses = _losses(self._compiled.run(batches, self.state.training.regularization))
        except ValueError as error:
            self._stop(before, f"In epoch {self.epoch + 1} {error}")
            return
        if not losses.train < EXPLODED:  # said this way round, NaN stops too
            became = "no number (NaN)" if math.isnan(losses.train) else f"{losses.train:.3g}"
            self._stop(before, f"In epoch {self.epoch + 1} the loss became {became}. {_TOO_LONG}")
            return
        self.losses, self.batch = losses, self.batch + len(batches)
        if self.batch == len(self._order):
            self.epoch, self.batch = self.epoch + 1, 0
            self._end_epoch()

    def _end_epoch(self) -> None:
        """Ask the learner's metric, tell the callback, and record."""
        try:
            self.measured = self._compiled.measure()
            if self._hooks and self._hooks.end(self.epoch - 1, self._logs()):
                self.reason = (
                    f"The callback stopped training after epoch {self.epoch}. Reset to train again."
                )
            if self._hooks:  # it may have set other weights
                self._evaluate()
        except ValueError as error:
            self.reason = f"After epoch {self.epoch} {error}. Training stopped."
        self._record(self.snapshot())

    def _logs(self) -> dict[str, float]:
        """Return what a callback is told after an epoch, named as by `fit`."""
        losses = Measured("loss", *self.losses)
        both = [each for each in (losses, self.measured) if each is not None]
        train = {each.name: each.train for each in both}
        return train | {f"val_{each.name}": each.test for each in both if each.test is not None}

    def _evaluate(self) -> None:
        self.losses = _losses(self._compiled.evaluate())
        self.measured = self._compiled.measure()

    def _stop(self, before: Snapshot, reason: str) -> None:
        """Go back to the last good weights, so that there is something to be seen."""
        self._restore(before)
        self.reason = f"{reason} Training stopped, and the weights are those before."

    def _record(self, now: Snapshot) -> None:
        self._rows.add(Row(now.epoch, now.losses))
        self._snapshots.add(now)

    def snapshot(self) -> Snapshot:
        """Return the present weights."""
        model = self.model
        trainable = tuple(map(_values, model.trainable_variables))
        others = tuple(map(_values, model.non_trainable_variables))
        return Snapshot(self.epoch, self.batch, self.losses, trainable, others, self.measured)

    def _restore(self, then: Snapshot) -> None:
        self.epoch, self.batch, self.losses = then.epoch, then.batch, then.losses
        self.measured = then.measured
        _assign(self.model.trainable_variables, then.trainable)
        _assign(self.model.non_trainable_variables, then.others)

    def _keep(self) -> _Kept:
        optimizer = tuple(map(_values, self._moments()))
        return _Kept(self.snapshot(), optimizer, self._order)

    def _take_back(self, kept: _Kept) -> None:
        self._restore(kept.now)
        _assign(self._moments(), kept.optimizer)
        self._order = kept.order

    def _moments(self) -> list:
        """Return what the optimizer remembers; the learning rate is a setting."""
        return [each for each in self._optimizer.variables if each.name != "learning_rate"]

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Take back at the end what is trained meanwhile; the record keeps nothing of it."""
        kept, reason = self._keep(), self.reason
        rows, snapshots, hooks = self._rows, self._snapshots, self._hooks
        self._rows, self._snapshots, self._hooks = Thinned(1), Thinned(1), None
        try:
            yield
        finally:
            self._take_back(kept)
            self._rows, self._snapshots, self._hooks = rows, snapshots, hooks
            self.reason = reason

    def reset(self) -> None:
        """Go back to the first weights and forget what was trained; settings stay as adjusted."""
        self._take_back(self._first)
        self._start()
        self._begin_hooks_again()

    def go_back(self, then: Snapshot) -> None:
        """Go on from one of `snapshots`; settings stay as adjusted.

        What came after it is forgotten, and so is what the optimizer remembers.
        """
        self._take_back(self._first._replace(now=then))
        for kept in (self._rows, self._snapshots):
            kept.cut(then.epoch + 1)
        self.reason, self.edited = None, True
        self._begin_hooks_again()

    def _begin_hooks_again(self) -> None:
        """Let the callback begin again, with the learning rate that it may have changed."""
        if self._hooks:
            self._hooks.begin_again()
            if self.learning_rate != self._rate:
                self._set_learning_rate(self._rate)

    def begin_on(self, state: State) -> bool:
        """Begin anew on other points, with the network that is compiled already.

        It comes to the same as another trainer of that state, which takes longer.

        Returns:
            False if more than points and what is shown differ: nothing was changed, and another
            trainer is needed. So it is with parts of the learner's own, which have to fit.
        """
        new, old = state.data, self.state.data
        like = replace(self.state, data=new, shown=state.shown, hidden=state.hidden)
        is_alike = (new.task, new.outputs) == (old.task, old.outputs)
        if like != state or not is_alike or self._has_own_parts:
            return False
        self._draw(state)
        self._compiled.take(self.split, self.train_features, self.test_features)
        self.reset()
        return True

    @property
    def learning_rate(self) -> float:
        return float(self._optimizer.learning_rate)

    def _set_learning_rate(self, rate: float) -> None:
        try:
            self._optimizer.learning_rate = self._rate = rate
        except TypeError:
            raise ValueError(
                "the optimizer follows a schedule, so its learning rate can't be changed"
            ) from None

    def adjust(self, state: State) -> bool:
        """Take over a state in which only what may change while training differs.

        That are the learning rate, the batch size (from the next epoch on), the penalty and its
        rate, and what is shown and hidden.

        Returns:
            False if anything else differs: nothing was changed, and a new trainer is needed.

        Raises:
            ValueError: the learner's optimizer follows a schedule of its own.
        """
        new, old = state.training, self.state.training
        free = replace(new, optimizer=old.optimizer, loss=old.loss, seed=old.seed)
        usual = replace(self.state, training=free, shown=state.shown, hidden=state.hidden)
        if usual != state:
            return False
        if new.learning_rate != old.learning_rate:
            self._set_learning_rate(new.learning_rate)
        self._compiled.rate.assign(new.rate)
        self.edited = self.edited or (new != old and (self.epoch, self.batch) != (0, 0))
        self.state = state
        return True

    @property
    def weights(self) -> list[Weight]:
        """What is trained, of each Dense layer a kernel (inputs, outputs) and a bias (outputs,)."""
        return self.weights_at(self.snapshot())

    def weights_at(self, then: Snapshot) -> list[Weight]:
        """Return what `weights` were at a snapshot."""
        pairs = zip(self.model.trainable_variables, then.trainable)
        return [Weight(short_name(each.path), np.asarray(v, np.float32)) for each, v in pairs]

    def set_weight(self, number: int, index: tuple[int, ...], value: float) -> None:
        """Set one number of `weights[number]` by hand.

        Raises:
            ValueError: there is no such number, or the value is not finite or too large.
        """
        weights = self.model.trainable_variables
        if not 0 <= number < len(weights):
            raise ValueError(f"weights are numbered 0 to {len(weights) - 1}, but not {number}")
        variable, values = weights[number], _values(weights[number])
        sizes = values.shape
        fits = len(index) == len(sizes) and all(0 <= i < size for i, size in zip(index, sizes))
        if not fits:
            raise ValueError(
                f"{short_name(variable.path)} has the shape {sizes}, so no number at {index}"
            )
        if not abs(value) <= LARGEST_WEIGHT:  # said this way round, NaN is none either
            raise ValueError(
                f"a weight should be a finite number up to {LARGEST_WEIGHT:g}, but is {value:g}"
            )
        values[index] = value
        variable.assign(values)
        self._evaluate()
        self.edited = True


def _losses(pair: tuple[float, float]) -> Losses:
    train, test = pair
    return Losses(train, None if math.isnan(test) else test)


def _values(variable: keras.Variable) -> NDArray[Any]:
    """Return a copy of what a variable holds."""
    return np.asarray(variable.value.numpy())


def _assign(variables: list, arrays: Arrays) -> None:
    for variable, array in zip(variables, arrays, strict=True):
        variable.assign(array)
