"""Kernels that are warm and walled in: where learners' code runs.

    engine ── request ──▶ zygote ── fork ──▶ guard ── fork ──▶ init ── fork ──▶ kernel
    trusted               TensorFlow         namespaces        process 1:       learner's
                          imported                             limits, signals  code

The zygote is a clean interpreter that has imported TensorFlow and run nothing. Each kernel is
a fork of it, so that it is ready in a fraction of a second, and enters its walls before it
reads the first message. jupyter_client reaches it through `SandboxProvisioner`.
"""

from .engine import Engine, SandboxError, close_shared_engine, shared_engine
from .layers import Layer
from .limits import MIB, Limits
from .manager import SandboxedKernelManager
from .sandbox import Sandbox

__all__ = [
    "MIB",
    "Engine",
    "Layer",
    "Limits",
    "Sandbox",
    "SandboxError",
    "SandboxedKernelManager",
    "close_shared_engine",
    "shared_engine",
]
