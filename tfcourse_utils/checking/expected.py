"""What the probes see on the right answer and on the named wrong ones."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any

from .exercise import AS_FOUND, Exercise, Probe, WrongAnswer
from .note import unread_notes
from .observation import Observation, Outcome
from .observe import observe_probe
from .plain import Opaque, Plain
from .questions import ask, kept
from .reading import read

__all__ = ["Expectation", "as_found", "expectation", "reference", "wrong_answers"]


class Expectation:
    """The right values of one exercise for one seed, worked out when they are asked for."""

    def __init__(self, exercise: Exercise, seed: int) -> None:
        self._exercise, self._seed, self._questions = exercise, seed, ask(exercise, seed)
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
            self._wrong[key] = self._see(probe, wrong.answer)
        return self._wrong[key]

    def _see(self, probe: Probe, answer: Any) -> Observation:
        with unread_notes():
            return read(probe, observe_probe(self._exercise, probe, answer, self._questions))

    def _work_out(self, probe: Probe) -> Any:
        if probe.data is not None:
            return kept(probe, self._seed)
        seen = self._see(probe, reference(self._exercise))
        # A right answer that can't run here must not make "nothing came back" right.
        failed = Opaque(f"no right value: {seen.error}")
        return seen.value if seen.outcome is Outcome.RETURNED else failed


def reference(exercise: Exercise) -> Any:
    """Return the right answer to `exercise`."""
    module = import_module(f"tfcourse_utils.reference.{exercise.topic}")
    return getattr(module, exercise.name)


def wrong_answers(exercise: Exercise) -> dict[str, WrongAnswer]:
    """Return the named wrong answers, from modules that nothing else imports."""
    topic = f"tfcourse_utils.exercises.{exercise.topic}"
    try:
        import_module(f"{topic}.wrong")
    except ModuleNotFoundError as error:
        if error.name not in (topic, f"{topic}.wrong"):
            raise  # it is there; something that it imports is not
    return exercise.wrong_answers


def as_found(exercise: Exercise) -> WrongAnswer | None:
    """Return the code that a learner gets to mend, or None where the exercise is no such one."""
    return wrong_answers(exercise).get(AS_FOUND)


@lru_cache(maxsize=256)
def expectation(exercise: Exercise, seed: int) -> Expectation:
    """Return the one `Expectation` for this exercise and seed: a class shares the work."""
    return Expectation(exercise, seed)
