"""Text → lesson, solution and release notebooks, and the syllabus."""

from .chapter import build_chapter, build_course, stale_files, write_files
from .release import configure_nbgrader

__all__ = ["build_chapter", "build_course", "configure_nbgrader", "stale_files", "write_files"]
