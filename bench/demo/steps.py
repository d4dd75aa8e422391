"""Steps a second of the playground's training, and of `model.fit` called for each batch."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from typing import Any

from tfcourse_utils import quiet_start

with quiet_start():
    import keras

    from tfcourse_utils.playground import State, Trainer

__all__ = ["compare_steps"]


def compare_steps(state: State, seconds: float) -> dict[str, float]:
    """Return steps a second of each way to train the same network on the same batches."""
    trainer = Trainer(state)
    epoch = len(trainer.train_features) // state.training.batch_size
    rates = {"compiled": epoch * _rate(trainer.train, seconds)}
    batches = itertools.cycle(_batches(trainer))
    model = _network(state)
    rates["fit"] = _rate(lambda: model.fit(*next(batches), verbose=0), seconds)
    rates["train_on_batch"] = _rate(lambda: model.train_on_batch(*next(batches)), seconds)
    return rates


def _rate(call: Callable[[], Any], seconds: float) -> float:
    """Return calls a second; the first few, which compile, are not counted."""
    for _ in range(5):
        call()
    began, calls = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        call()
        calls += 1
    return calls / (time.perf_counter() - began)


def _batches(trainer: Trainer) -> Iterator[tuple[Any, Any]]:
    size = trainer.state.training.batch_size
    for start in range(0, len(trainer.train_features), size):
        rows = slice(start, start + size)
        yield trainer.train_features[rows], trainer.split.train.targets[rows]


def _network(state: State) -> keras.Model:
    keras.utils.set_random_seed(0)
    hidden = [keras.layers.Dense(n, state.network.activation) for n in state.network.hidden]
    layers = [
        keras.Input((len(state.network.features),)),
        *hidden,
        keras.layers.Dense(1, "sigmoid"),
    ]
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.SGD(state.training.learning_rate), "binary_crossentropy")
    return model
