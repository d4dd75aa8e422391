"""The training monitor, as Keras calls it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras

from .run import Run
from .view import still
from .words import Phase

__all__ = ["TrainingMonitor"]

NO_TRAINING = "A TrainingMonitor; it shows a training: model.fit(…, callbacks=[monitor])"


class TrainingMonitor(keras.callbacks.ProgbarLogger):
    """Draws loss and metrics live while `fit` runs, and has a button that stops it.

    The button, the notebook's own stop button and Ctrl-C end training gently: after the present
    batch and any validation, with what was learned and the history kept. The next interrupt is as
    harsh as ever. In a notebook the monitor takes the place of Keras's progress bar, whatever
    `verbose` is; where nothing can be drawn, it is that progress bar.

    One monitor may watch several trainings, one after the other. Each has curves of its own.

    Args:
        *metrics: names of what to draw, up to four, as Keras reports them: "loss", "accuracy".
            By default the loss and what comes first.

    Example:

    >>> history = model.fit(x, y, validation_split=0.2, epochs=20, callbacks=[TrainingMonitor()])
    """

    # Keras adds no progress bar of its own where a callback is one.

    def __init__(self, *metrics: str) -> None:
        super().__init__()
        self.metrics, self.verbose = metrics, 1
        self._training: Run | None = None

    def __deepcopy__(self, _memo: dict[int, Any]) -> TrainingMonitor:
        return type(self)(*self.metrics)  # a tuner gives each trial a copy

    def set_params(self, params: dict[str, Any] | None) -> None:
        self.params = params or {}
        if params:
            super().set_params(params)

    @property
    def _has_bar(self) -> bool:
        return self._training is None or self._training.has_bar

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        super().on_train_begin(logs)
        if self._training is not None:
            self._training.end(is_whole=False)
        self._training = Run(self.params or {}, self.metrics)
        self.verbose = self.verbose or 1

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        if self._training is not None:
            self._training.begin_epoch(epoch)
        if self._has_bar:
            super().on_epoch_begin(epoch, logs)

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        if self._has_bar:
            super().on_train_batch_end(batch, logs)
        if self._training is not None:
            self._training.end_batch(batch, logs or {})
            self._stop_if_asked()

    def on_test_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        super().on_test_batch_end(batch, logs)
        if self._training is not None and not self._training.phase.is_over:
            self._training.show()

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        if self._has_bar:
            super().on_epoch_end(epoch, logs)
        if self._training is not None:
            self._training.end_epoch(epoch, logs or {})
            self._stop_if_asked()

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        if self._training is None:
            return
        self._training.end()
        if self._has_bar and self._training.phase == Phase.STOPPED:
            print(self._training.look().verdict)

    def _stop_if_asked(self) -> None:
        if self.model and self._training is not None and self._training.is_asked_to_stop:
            self.model.stop_training = True

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, str]:
        """Show the curves of the last training once more."""
        if self._training is None:
            return {"text/plain": NO_TRAINING}
        return still(self._training.look())
