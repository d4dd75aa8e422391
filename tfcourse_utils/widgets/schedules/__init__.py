"""Learning-rate schedules side by side: the rate of every epoch, and where each comes from."""

from .widget import ScheduleExplorer

__all__ = ["ScheduleExplorer"]
