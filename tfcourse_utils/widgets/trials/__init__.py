"""A finished search for hyperparameters: every trial a line across an axis for each of them."""

from .widget import TrialBrowser

__all__ = ["TrialBrowser"]
