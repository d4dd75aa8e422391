"""Interactive widgets: state and arithmetic in Python, one small ES module each for the view."""

from tfcourse_utils.widgets.by_hand_line import ByHandLine

__all__ = ["ByHandLine"]
