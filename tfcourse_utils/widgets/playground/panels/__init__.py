"""What stands beside the canvas of a playground: panels to open, and lessons."""

from .lesson import Lesson
from .panel import Host
from .shelf import Shelf

__all__ = ["Host", "Lesson", "Shelf"]
