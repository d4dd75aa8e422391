"""Run mutants against the checks, in as many processes as there are cores."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from grader.build.answers import definition
from grader.warm_up import import_tensorflow
from tfcourse_utils.checking import Exercise, check_answer, find_exercise

from .mutate import Mutant, compiled, mutants

__all__ = ["Outcome", "run_mutants", "stale_reasons"]

# For one mutant, since many never end: of processor time, so that a busy machine takes none for
# endless, and on the clock for those that wait.
_SECONDS = {"ITIMER_PROF": 60, "ITIMER_REAL": 600}
_SIGNALS = {"ITIMER_PROF": "SIGPROF", "ITIMER_REAL": "SIGALRM"}
_SEEDS = (0, 1)
_EQUIVALENT = Path(__file__).parent / "equivalent"


@dataclass(frozen=True)
class Outcome:
    """What the checks of an exercise made of a mutant.

    Attributes:
        killed: whether it got less than full marks on one of the seeds.
        reason: why no check could tell it from the right answer, if somebody has said so.
    """

    exercise: str
    mutant: Mutant
    killed: bool
    reason: str = ""

    @property
    def finding(self) -> str:
        """What is wrong with that, if anything is."""
        where = f"{self.exercise}, {self.mutant.line!r}: {self.mutant.change}"
        if self.killed != bool(self.reason):
            return ""
        return f"{where} {'is caught, and yet listed' if self.killed else 'gets full marks'}"


def run_mutants(exercises: Iterable[Exercise], every: int = 1) -> Iterator[Outcome]:
    """Yield the outcomes of the mutants of the right answers, exercise by exercise.

    Args:
        every: 1 for all of them, n for each n-th.
    """
    tasks = [
        (exercise.id, mutant) for exercise in exercises for mutant in _mutants(exercise)[::every]
    ]
    # TensorFlow's threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=context, initializer=_prepare) as pool:
        killed = pool.map(_is_killed, *zip(*tasks))
        for (exercise_id, mutant), dead in zip(tasks, killed):
            yield Outcome(exercise_id, mutant, dead, _reason(exercise_id, mutant))


def _prepare() -> None:
    """Get a process ready; what TensorFlow says of faults goes nowhere."""
    import_tensorflow()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


@cache  # they are run, and looked through for those that are listed
def _mutants(exercise: Exercise) -> list[Mutant]:
    module = import_module(f"tfcourse_utils.reference.{exercise.topic}")
    text = Path(str(module.__file__)).read_text(encoding="utf-8")
    return list(mutants(definition(text, exercise.name)))


def _is_killed(exercise_id: str, mutant: Mutant) -> bool:
    exercise = find_exercise(exercise_id)
    scope = vars(import_module(f"tfcourse_utils.reference.{exercise.topic}"))
    try:
        with _in_time():
            try:
                answer = compiled(mutant, exercise.name, scope)
            except Exception:  # it is not even defined
                return True
            return any(_loses_points(exercise, answer, seed) for seed in _SEEDS)
    except KeyboardInterrupt:  # without an end
        return True


def _loses_points(exercise: Exercise, answer: Any, seed: int) -> bool:
    verdict = check_answer(exercise, answer, seed)
    return verdict.points < verdict.possible


@contextlib.contextmanager
def _in_time() -> Iterator[None]:
    """Interrupt what takes too long, where the system can do that."""
    timers = [name for name in _SECONDS if hasattr(signal, name)]
    for name in timers:
        # Observing lets only this pass.
        signal.signal(getattr(signal, _SIGNALS[name]), signal.default_int_handler)
        signal.setitimer(getattr(signal, name), _SECONDS[name])
    try:
        yield
    finally:
        for name in timers:
            signal.setitimer(getattr(signal, name), 0)


def _reason(exercise_id: str, mutant: Mutant) -> str:
    topic, _, name = exercise_id.partition(".")
    for known in _listed(topic).get(name, []):
        if (known["line"], known["change"]) == (mutant.line, mutant.change):
            return str(known["reason"])
    return ""


def stale_reasons(exercises: Iterable[Exercise]) -> Iterator[str]:
    """Yield a sentence for each mutant that is listed as equivalent and does not exist."""
    for exercise in exercises:
        there = {(mutant.line, mutant.change) for mutant in _mutants(exercise)}
        for known in _listed(exercise.topic).get(exercise.name, []):
            if (known["line"], known["change"]) not in there:
                yield f"{exercise.id}: there is no mutant {known['change']!r} of {known['line']!r}"


@lru_cache
def _listed(topic: str) -> dict[str, list[dict[str, str]]]:
    """Return what is said of a topic's mutants that are as right as the answer, by exercise."""
    path = _EQUIVALENT / f"{topic}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
