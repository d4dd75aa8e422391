"""All that is handed in, and by whom."""

from __future__ import annotations

from .families import (
    bombs,
    cells,
    endings,
    endless,
    escaping,
    files,
    floods,
    forging,
    network,
    patching,
    processes,
    snooping,
    writing,
)
from .honest import HONEST

__all__ = ["ATTACKS", "EVERYBODY"]

_FAMILIES = (
    files,
    cells,
    endings,
    endless,
    bombs,
    floods,
    patching,
    forging,
    snooping,
    writing,
    processes,
    network,
    escaping,
)

ATTACKS = [attack for family in _FAMILIES for attack in family.ATTACKS]
EVERYBODY = [*HONEST, *ATTACKS]
