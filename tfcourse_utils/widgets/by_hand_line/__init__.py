"""A line moved by hand: three sliders, a picture, the square loss and the accuracy."""

from .widget import ByHandLine

__all__ = ["ByHandLine"]
