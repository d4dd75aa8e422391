"""The playground: a network trained while one looks on, changes it and asks why."""

from .widget import Playground

__all__ = ["Playground"]
