"""What may be known where a learner's code runs: enough to look at an answer, no more.

The judge's seed decides everything. Whoever has it can draw what open probes keep back, so
it stays with the judge; what goes out is made here.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from .exercise import Exercise, Probe
from .plain import Plain, to_plain

__all__ = ["Questions", "ask", "given", "kept"]


@dataclass(frozen=True)
class Questions:
    """What the probes of one exercise look at an answer with.

    Attributes:
        seed: of the closed probes' generators. It does not lead back to the judge's seed.
        shown: what each open probe shows, by its name. Arrays may be read-only.
    """

    seed: int
    shown: dict[str, Plain]


def ask(exercise: Exercise, seed: int) -> Questions:
    """Return the questions that the judge's `seed` gives."""
    shown = {
        name: to_plain(probe.data(_generator(probe, seed))[0])
        for name, probe in exercise.probes.items()
        if probe.data is not None
    }
    return Questions(_one_way(seed), shown)


def given(probe: Probe, questions: Questions) -> Any:
    """Return what a probe is given beside the answer: a generator, or what an open one shows."""
    if probe.data is None:
        return _generator(probe, questions.seed)
    return questions.shown[probe.name]


def kept(probe: Probe, seed: int) -> Any:
    """Return what the judge's `seed` gives the judge alone; None for a closed probe."""
    return None if probe.data is None else probe.data(_generator(probe, seed))[1]


def _generator(probe: Probe, seed: int) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(probe.run.encode())])


def _one_way(seed: int) -> int:
    return int.from_bytes(sha256(str(seed).encode()).digest()[:8], "big")
