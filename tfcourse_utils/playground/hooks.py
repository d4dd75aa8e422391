"""The learner's callback, told of a training as `fit` would tell it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras

from .own import Usable, said

__all__ = ["Hooks"]


class Hooks:
    """Calls the hooks of a callback around epochs.

    It is not told of batches, many of which are trained in one compiled call, and of the end of
    training only where it asks for that itself. The model is compiled, so that the callback finds
    its optimizer.

    Args:
        callback: the learner's.
        parts: that are trained.
    """

    def __init__(self, callback: keras.callbacks.Callback, parts: Usable) -> None:
        self._callback, self._model, self._has_begun = callback, parts.model, False
        parts.model.compile(optimizer=parts.optimizer, loss=parts.loss)
        self.begin_again()

    def begin_again(self) -> None:
        """Take the next epoch for the first of another training."""
        self._has_begun = self._model.stop_training = False

    def begin(self, epoch: int) -> None:
        """Tell that an epoch begins, counted from 0.

        Raises:
            ValueError: the callback fails, as in `end`.
        """
        if not self._has_begun:
            self._has_begun = True
            self._call(self._callback.set_params, {"verbose": 0})
            self._call(self._callback.set_model, self._model)
            self._call(self._callback.on_train_begin)
        self._call(self._callback.on_epoch_begin, epoch)

    def end(self, epoch: int, logs: dict[str, float]) -> bool:
        """Tell that an epoch is over; return whether training should stop."""
        self._call(self._callback.on_epoch_end, epoch, logs)
        if not self._model.stop_training:
            return False
        self._call(self._callback.on_train_end, logs)
        return True

    def _call(self, hook: Callable[..., Any], *args: Any) -> None:
        try:
            hook(*args)
        except Exception as error:  # whatever a learner's callback raises
            raise ValueError(f"the callback broke off: {said(error)}") from error
