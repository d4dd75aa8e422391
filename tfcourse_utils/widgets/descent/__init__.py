"""Gradient descent followed step by step, on named functions or on the learner's own."""

from .widget import DescentExplorer

__all__ = ["DescentExplorer"]
