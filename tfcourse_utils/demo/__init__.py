"""The playground as a page of its own: what stands on it, and the server of `tfcourse demo`."""

from .server import serve

__all__ = ["serve"]
