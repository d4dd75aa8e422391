"""Interactive widgets: state and arithmetic in Python, one small ES module for the view."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tfcourse_utils import quiet_start
from tfcourse_utils.widgets.broadcasting import BroadcastingExplorer
from tfcourse_utils.widgets.by_hand_line import ByHandLine
from tfcourse_utils.widgets.descent import DescentExplorer
from tfcourse_utils.widgets.losses import LossExplorer
from tfcourse_utils.widgets.schedules import ScheduleExplorer
from tfcourse_utils.widgets.slicing import SlicingExplorer
from tfcourse_utils.widgets.threshold import ThresholdExplorer
from tfcourse_utils.widgets.trials import TrialBrowser

if TYPE_CHECKING:
    from tfcourse_utils.widgets.activation import ActivationExplorer
    from tfcourse_utils.widgets.monitor import TrainingMonitor
    from tfcourse_utils.widgets.playground import Playground
    from tfcourse_utils.widgets.shape_tracer import ShapeTracer
    from tfcourse_utils.widgets.tape_viewer import TapeViewer

__all__ = [
    "ActivationExplorer",
    "BroadcastingExplorer",
    "ByHandLine",
    "DescentExplorer",
    "LossExplorer",
    "Playground",
    "ScheduleExplorer",
    "ShapeTracer",
    "SlicingExplorer",
    "TapeViewer",
    "ThresholdExplorer",
    "TrainingMonitor",
    "TrialBrowser",
]


_NEED_TENSORFLOW = {
    "ActivationExplorer": "activation",
    "Playground": "playground",
    "ShapeTracer": "shape_tracer",
    "TapeViewer": "tape_viewer",
    "TrainingMonitor": "monitor",
}


def __getattr__(name: str) -> Any:
    """Import a widget that needs TensorFlow when it is asked for: that takes seconds."""
    if name not in _NEED_TENSORFLOW:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    with quiet_start():
        return getattr(import_module(f"{__name__}.{_NEED_TENSORFLOW[name]}"), name)
