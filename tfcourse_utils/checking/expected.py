"""What the probes see on the right answer and on the named wrong ones."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any

from .exercise import Exercise, Probe, WrongAnswer
from .observation import Observation, Outcome
from .observe import observe_probe, probe_data
from .plain import Opaque, Plain

__all__ = ["Expectation", "expectation", "reference"]


class Expectation:
    """The right values of one exercise for one seed, worked out when they are asked for."""

    def __init__(self, exercise: Exercise, seed: int) -> None:
        self._exercise, self._seed = exercise, seed
        self._right: dict[str, Any] = {}
        self._wrong: dict[tuple[str, str], Observation] = {}

    def right(self, probe: Probe) -> Plain:
        """Return what `probe` sees on the right answer, or what an open probe keeps back."""
        if probe.name not in self._right:
            self._right[probe.name] = self._work_out(probe)
        return self._right[probe.name]

    def wrong(self, wrong: WrongAnswer, probe: Probe) -> Observation:
        """Return what `probe` sees on the wrong answer."""
        key = wrong.name, probe.name
        if key not in self._wrong:
            self._wrong[key] = observe_probe(self._exercise, probe, wrong.answer, self._seed)
        return self._wrong[key]

    def _work_out(self, probe: Probe) -> Any:
        if probe.data is not None:
            return probe_data(probe, self._seed)[1]
        right = reference(self._exercise)
        seen = observe_probe(self._exercise, probe, right, self._seed)
        # A right answer that can't run here must not make "nothing came back" right.
        failed = Opaque(f"no right value: {seen.error}")
        return seen.value if seen.outcome is Outcome.RETURNED else failed


def reference(exercise: Exercise) -> Any:
    """Return the right answer to `exercise`."""
    module = import_module(f"tfcourse_utils.reference.{exercise.topic}")
    return getattr(module, exercise.name)


@lru_cache(maxsize=256)
def expectation(exercise: Exercise, seed: int) -> Expectation:
    """Return the one `Expectation` for this exercise and seed: a class shares the work."""
    return Expectation(exercise, seed)
