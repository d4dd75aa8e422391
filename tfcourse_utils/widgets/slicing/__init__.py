"""An index expression, part by part: what it takes, and which axes are left."""

from .widget import SlicingExplorer

__all__ = ["SlicingExplorer"]
