"""Shapes, parameters and memory of a list of layers, one layer after the other."""

from .widget import ShapeTracer

__all__ = ["ShapeTracer"]
