"""What the tape records of a learner's own function: values forward, gradients backward."""

from .widget import TapeViewer

__all__ = ["TapeViewer"]
