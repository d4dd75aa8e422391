"""Looking at callbacks: driven by hand with logs of any kind, and once in a real, short `fit`.

In both, the weights tell the epoch: after epoch 3 by hand, counted from 0, all of them are 3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from .weights import set_all, set_known

__all__ = ["as_callback", "driven", "fitted", "rates_noted", "small_classifier"]

Logs = Mapping[str, Any]


def small_classifier() -> Any:
    """Return a compiled classifier of two classes for inputs (n, 2), no two weights alike.

    It trains without a graph: for a few batches that is quicker.
    """
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(3, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    optimizer = keras.optimizers.SGD(0.5)
    model.compile(optimizer, "binary_crossentropy", metrics=["accuracy"], run_eagerly=True)
    return model


def as_callback(callback: Any) -> Any:
    """Return a callback as it is.

    Raises:
        TypeError: it is none; the message is for the learner.
    """
    if not isinstance(callback, keras.callbacks.Callback):
        raise TypeError(
            f"the answer should be a keras.callbacks.Callback; it is a {type(callback).__name__}"
        )
    return callback


def driven(
    callback: Any,
    epochs: Sequence[Logs | None],
    batches: Sequence[Sequence[Logs]] = (),
    model: Any = None,
) -> int:
    """Call the hooks of a callback as `fit` does, and return how many epochs were trained.

    Args:
        epochs: the logs at the end of each epoch; training ends with the last, or before if the
            callback says so. They may be None.
        batches: for each epoch, the logs after each of its batches; none where left out.
        model: what is trained: its weights are -1 at first, then the number of the epoch.
    """
    model = small_classifier() if model is None else model
    as_callback(callback).set_params({"epochs": len(epochs), "verbose": 0})
    callback.set_model(model)
    model.stop_training = False
    set_all(model, -1.0)
    callback.on_train_begin({})
    trained = 0
    for epoch, logs in enumerate(epochs):
        _one_epoch(callback, model, epoch, logs, batches[epoch] if batches else ())
        trained += 1
        if model.stop_training:
            break
    callback.on_train_end({})
    return trained


def _one_epoch(
    callback: Any, model: Any, epoch: int, logs: Logs | None, batches: Sequence[Logs]
) -> None:
    callback.on_epoch_begin(epoch, {})
    for step, after_batch in enumerate(batches):
        callback.on_train_batch_begin(step, {})
        callback.on_train_batch_end(step, dict(after_batch))
        if model.stop_training:
            break
    set_all(model, float(epoch))
    callback.on_epoch_end(epoch, None if logs is None else dict(logs))


def rates_noted(model: Any) -> tuple[Any, list[float]]:
    """Return a callback, and the list in which it notes the learning rate after each epoch."""
    rates: list[float] = []

    def note(epoch: int, logs: Any) -> None:
        rates.append(float(model.optimizer.learning_rate))

    return keras.callbacks.LambdaCallback(on_epoch_end=note), rates


def fitted(callbacks: Sequence[Any], seed: int, epochs: int = 2, validation: bool = True) -> Any:
    """Return the history of a real `fit` of the small classifier, two batches in each epoch.

    The same seed gives the same first weights and data, and the same training; `history.model`
    is the model.
    """
    model, rng = small_classifier(), np.random.default_rng(seed)
    set_known(model, seed)
    x = rng.normal(size=(12, 2)).astype("float32")
    samples = x, (x.sum(axis=1, keepdims=True) > 0).astype("float32")
    batches = tf.data.Dataset.from_tensor_slices(samples).batch(4)  # arrays take longer
    return model.fit(
        batches.take(2),
        shuffle=False,
        epochs=epochs,
        validation_data=batches.skip(2) if validation else None,
        callbacks=[as_callback(callback) for callback in callbacks],
        verbose=0,
    )
