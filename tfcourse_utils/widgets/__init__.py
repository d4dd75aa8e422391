"""Interactive widgets: state and arithmetic in Python, one small ES module for the view."""

from tfcourse_utils.widgets.broadcasting import BroadcastingExplorer
from tfcourse_utils.widgets.by_hand_line import ByHandLine
from tfcourse_utils.widgets.descent import DescentExplorer
from tfcourse_utils.widgets.slicing import SlicingExplorer
from tfcourse_utils.widgets.tape_viewer import TapeViewer

__all__ = [
    "BroadcastingExplorer",
    "ByHandLine",
    "DescentExplorer",
    "SlicingExplorer",
    "TapeViewer",
]
