"""The course linter: what must hold before the course is handed to anyone."""

from .course import lint_course

__all__ = ["lint_course"]
