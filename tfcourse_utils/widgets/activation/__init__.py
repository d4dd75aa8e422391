"""An activation and its slope, and what becomes of normally distributed numbers behind it."""

from .widget import ActivationExplorer

__all__ = ["ActivationExplorer"]
