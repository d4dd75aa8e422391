"""Losses and their gradients over the prediction, and what one outlier does to each."""

from .widget import LossExplorer

__all__ = ["LossExplorer"]
