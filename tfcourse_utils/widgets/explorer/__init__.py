"""What the explorers share: a declared state with controls, a picture of it and words about it."""

from .controls import Choice, Control, Slider, Text
from .widget import Explorer, View, finite

__all__ = ["Choice", "Control", "Explorer", "Slider", "Text", "View", "finite"]
