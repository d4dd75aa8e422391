"""What an exercise is: how its answer is looked at, how it goes wrong, and what helps.

    square_loss = exercise("linear_classifiers.square_loss", kind="rebuild", section="…")

    @square_loss.probe("mean of the squares", points=1)
    def _(answer, rng):
        return answer(normal(rng, (5, 1)), normal(rng, (5, 1)))

    square_loss.hint("What is the loss of a prediction that is exactly right?")

and in a module of its own, as tfcourse_utils/exercises/linear_classifiers/wrong/loss.py:

    @square_loss.wrong("sum", says="That is the sum of the squares; the loss is their mean.")
    def _(targets, predictions): ...

Wrong answers stand apart because a grader must not have them where learners' code runs: each
passes some probes. `wrong_answers` in `expected` is where to ask for them.

A probe *uses* an answer and returns plain data. It asserts nothing and knows no right value:
those come from the same probe on the right answer.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import numpy as np

from .compare import Compare, difference

__all__ = ["AS_FOUND", "Data", "Exercise", "Kind", "Probe", "WrongAnswer", "exercise"]

Kind = Literal["rebuild", "transfer", "mend", "predict"]
AnswerKind = Literal["function", "class", "dictionary"]

#: The name of the wrong answer that is the code to mend.
AS_FOUND = "as found"

#: Draws (shown, kept) from a generator: plain data for the probe, and what only the judge knows.
Data = Callable[[np.random.Generator], "tuple[Any, Any]"]

_F = TypeVar("_F", bound=Callable[..., Any])
_A = TypeVar("_A")


@dataclass(frozen=True)
class Probe:
    """One way to look at an answer, worth `points`.

    A closed probe has no `data`: `look(answer, rng)`, and `compare(seen, expected)` where
    expected is what the same look sees on the right answer. An open probe, for tasks that
    are judged by how well they do, has it: `look(answer, shown)`, and `compare(seen, kept)`.

    Where every right answer shows the same, as "other points with another seed", `look` gives
    back the values themselves, and `read(value)` draws the conclusion: it runs in the judge's
    process. A conclusion drawn beside the answer could be forged.

    Open probes of one `look` and one `data` share a run, named after the first of them: an
    answer that trains for a second does so once, and each of them judges another side of it.
    """

    name: str
    points: float
    look: Callable[[Any, Any], Any]
    compare: Compare = difference
    data: Data | None = None
    read: Callable[[Any], Any] | None = None
    run: str = ""


@dataclass(frozen=True)
class WrongAnswer:
    """A named misconception: an answer that has it, and what its author should read.

    It is recognised by what the probes see. `when(seen, expected)` decides by one probe's
    value; without it, the probes must see just what they see on `answer`.
    """

    name: str
    answer: Any
    says: str
    when: Callable[[Any, Any], object] | None = None


@dataclass(eq=False)
class Exercise:
    """One exercise; `id` is "<chapter's topic>.<name of the answer>"."""

    id: str
    kind: Kind
    section: str  # the lesson section that prepares it
    answer_kind: AnswerKind = "function"
    probes: dict[str, Probe] = field(default_factory=dict)
    wrong_answers: dict[str, WrongAnswer] = field(default_factory=dict)  # those imported so far
    hints: tuple[str, ...] = ()

    @property
    def topic(self) -> str:
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        return self.id.partition(".")[2]

    @property
    def points(self) -> float:
        return sum(probe.points for probe in self.probes.values())

    def probe(
        self,
        name: str,
        *,
        points: float = 1,
        compare: Compare = difference,
        data: Data | None = None,
        read: Callable[[Any], Any] | None = None,
    ) -> Callable[[_F], _F]:
        """Add the decorated function as a probe."""

        def add(look: _F) -> _F:
            run = self._run_of(look, data) or name
            probe = Probe(name, points, look, compare, data, read, run)
            self.probes[_new(name, self.probes)] = probe
            return look

        return add

    def _run_of(self, look: object, data: Data | None) -> str:
        """Return the run that an open probe joins, or "" where it has one of its own."""
        shared = (p.run for p in self.probes.values() if data and (p.look, p.data) == (look, data))
        return next(shared, "")

    def wrong(
        self, name: str, *, says: str, when: Callable[[Any, Any], object] | None = None
    ) -> Callable[[_A], _A]:
        """Add the decorated answer as a wrong answer."""

        def add(answer: _A) -> _A:
            wrong = WrongAnswer(name, _called(self.name, answer), says, when)
            self.wrong_answers[_new(name, self.wrong_answers)] = wrong
            return answer

        return add

    def found(
        self, says: str, when: Callable[[Any, Any], object] | None = None
    ) -> Callable[[_F], _F]:
        """Make the decorated function the code that a learner mends: a wrong answer too."""
        return self.wrong(AS_FOUND, says=says, when=when)

    def hint(self, *texts: str) -> None:
        """Add rungs to the ladder of hints, from a question to nearly the line."""
        self.hints += texts


def exercise(
    id: str, *, kind: Kind, section: str, answer_kind: AnswerKind = "function"
) -> Exercise:
    """Return a new exercise without probes, wrong answers and hints."""
    return Exercise(id, kind, section, answer_kind)


def _called(name: str, answer: Any) -> Any:
    """Give a wrong answer itself the name of the right one: errors and layers bear it.

    They are compared with what a learner's answer raises and makes. What a library has made, as
    `tf.nn.relu`, keeps its name, and a class its qualified one: by that Python finds its source.
    """
    if str(getattr(answer, "__module__", "")).startswith("tfcourse_utils.exercises."):
        with contextlib.suppress(AttributeError):  # a compiled function has a fixed one
            answer.__name__ = name
        if inspect.isfunction(answer):
            answer.__qualname__ = name
        if inspect.isclass(answer):
            for method in filter(inspect.isfunction, vars(answer).values()):
                method.__qualname__ = f"{name}.{method.__name__}"
    return answer


def _new(name: str, existing: dict[str, Any]) -> str:
    if name in existing:
        raise ValueError(f"the name {name!r} is given twice")
    return name
