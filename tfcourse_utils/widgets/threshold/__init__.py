"""A movable threshold on the scores of two classes, and what follows from where it is."""

from .widget import ThresholdExplorer

__all__ = ["ThresholdExplorer"]
