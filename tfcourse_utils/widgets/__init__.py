"""Interactive widgets: state and arithmetic in Python, one small ES module for the view."""

from typing import TYPE_CHECKING, Any

from tfcourse_utils.widgets.broadcasting import BroadcastingExplorer
from tfcourse_utils.widgets.by_hand_line import ByHandLine
from tfcourse_utils.widgets.descent import DescentExplorer
from tfcourse_utils.widgets.slicing import SlicingExplorer
from tfcourse_utils.widgets.threshold import ThresholdExplorer

if TYPE_CHECKING:
    from tfcourse_utils.widgets.activation import ActivationExplorer
    from tfcourse_utils.widgets.shape_tracer import ShapeTracer
    from tfcourse_utils.widgets.tape_viewer import TapeViewer

__all__ = [
    "ActivationExplorer",
    "BroadcastingExplorer",
    "ByHandLine",
    "DescentExplorer",
    "ShapeTracer",
    "SlicingExplorer",
    "TapeViewer",
    "ThresholdExplorer",
]


def __getattr__(name: str) -> Any:
    """Import a widget that needs TensorFlow when it is asked for: that takes seconds.

    Lessons import widgets before `quiet_start`, which keeps TensorFlow's notices from the reader.
    """
    if name == "ActivationExplorer":
        from tfcourse_utils.widgets.activation import ActivationExplorer

        return ActivationExplorer
    if name == "ShapeTracer":
        from tfcourse_utils.widgets.shape_tracer import ShapeTracer

        return ShapeTracer
    if name == "TapeViewer":
        from tfcourse_utils.widgets.tape_viewer import TapeViewer

        return TapeViewer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
