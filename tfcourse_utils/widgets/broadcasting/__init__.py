"""Two shapes, aligned at the right: what stretches, what clashes, what comes out."""

from .widget import BroadcastingExplorer

__all__ = ["BroadcastingExplorer"]
