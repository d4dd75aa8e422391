"""The training monitor: a Keras callback with live curves and a stop button."""

from .callback import TrainingMonitor

__all__ = ["TrainingMonitor"]
