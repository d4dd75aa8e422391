"""The gradient doctor: why a gradient is None, 0, not finite or of an odd shape."""

from .examine import Examination, examine
from .finding import Cause, Finding
from .lines import Line
from .watch import Watched, diagnosed, result_and_note, watch

__all__ = [
    "Cause",
    "Examination",
    "Finding",
    "Line",
    "Watched",
    "diagnosed",
    "examine",
    "result_and_note",
    "watch",
]
