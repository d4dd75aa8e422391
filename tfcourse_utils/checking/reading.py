"""Make of what came back what is compared: at the judge's, where nobody can forge it."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np

from .exercise import Probe
from .observation import Observation, Outcome
from .plain import to_plain

__all__ = ["read"]


def read(probe: Probe, seen: Observation) -> Observation:
    """Return an observation with the value that the probe's `read` makes of it.

    A value that it can't read, which no answer of the right kind gives, counts as an error.
    """
    if probe.read is None or seen.outcome is not Outcome.RETURNED:
        return seen
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return replace(seen, value=to_plain(probe.read(seen.value)))
    except Exception as error:  # the value may be anything
        why = f"what came back can't be looked at: {type(error).__name__}: {error}"[:300]
        return replace(seen, outcome=Outcome.RAISED, value=None, error=why)
