"""The layers of isolation: each is used where the machine has it."""

from __future__ import annotations

from enum import Enum

__all__ = ["Layer"]


class Layer(str, Enum):
    """What holds learners' code in; the value is what an instructor reads."""

    FILES = "only what it may see of the files, read-only"
    PROCESSES = "own process tree"
    NETWORK = "no network"
    USER = "unprivileged user"
    CAPABILITIES = "no capabilities"
    LANDLOCK = "Landlock"
    SECCOMP = "seccomp"
    LIMITS = "memory, CPU, process, file and output limits"
    TOGETHER = "one memory limit for all its processes"
