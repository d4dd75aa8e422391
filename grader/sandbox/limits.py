"""How much a learner's code may use."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """The bounds of one submission's run.

    Attributes:
        cell_seconds: after which a cell is interrupted.
        total_seconds: after which the whole run is ended.
        memory: bytes, of all its processes together, beyond what the warm start holds.
        processes: processes and threads at a time.
        scratch: bytes in its files together.
        output: characters that are kept of what a cell prints.
    """

    cell_seconds: int = 60
    total_seconds: int = 600
    memory: int = 2048 * MIB
    processes: int = 256
    scratch: int = 256 * MIB
    output: int = 1_000_000
