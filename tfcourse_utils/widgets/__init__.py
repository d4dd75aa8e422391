"""Interactive widgets: state and arithmetic in Python, one small ES module each for the view."""

from tfcourse_utils.widgets.broadcasting import BroadcastingExplorer
from tfcourse_utils.widgets.by_hand_line import ByHandLine
from tfcourse_utils.widgets.slicing import SlicingExplorer

__all__ = ["BroadcastingExplorer", "ByHandLine", "SlicingExplorer"]
