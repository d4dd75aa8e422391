"""The recorded operations as rungs of a ladder: down with values, up with gradients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from tfcourse_utils.gradient_doctor.lines import Line
from tfcourse_utils.gradient_doctor.operations import called
from tfcourse_utils.gradient_doctor.recording import Recording, Step

from .numbers import short

__all__ = ["Ladder", "Role", "Rung", "ladder"]

_INFIX = {"+", "-", "*", "/", "**", "@", "//", "%", ">", ">=", "<", "<=", "==", "!="}


class Role(str, Enum):
    """What something is to the tape."""

    VARIABLE = "variable, watched"
    WATCHED = "tensor, watched"
    UNWATCHED = "not watched"
    RECORDED = "recorded"
    UNRECORDED = "not on the tape"

    @property
    def has_gradient(self) -> bool:
        return self in (Role.VARIABLE, Role.WATCHED, Role.RECORDED)


@dataclass(frozen=True)
class Rung:
    """An input or the result of an operation.

    Attributes:
        expression: how it is computed; "" for an input.
        passes: what it passes on to other rungs, by their numbers; None where it passes nothing.
    """

    name: str
    expression: str
    role: Role
    line: Line | None
    value: np.ndarray | None
    passes: dict[int, np.ndarray | None]

    @property
    def is_operation(self) -> bool:
        return bool(self.expression)

    @property
    def stops(self) -> bool:
        """Whether something that it is computed from gets no gradient of it."""
        return any(gradient is None for gradient in self.passes.values())


@dataclass(frozen=True)
class Ladder:
    """Rungs from the inputs down, and which of them is the result."""

    rungs: tuple[Rung, ...]
    last: int

    @property
    def result(self) -> Rung:
        return self.rungs[self.last]

    @property
    def operations(self) -> list[int]:
        return [number for number, rung in enumerate(self.rungs) if rung.is_operation]

    @property
    def steps(self) -> int:
        """How far back one can go: to the result itself, then through every operation."""
        return len(self.operations) + 1

    def current(self, back: int) -> int | None:
        """Return the rung that a step back goes through; None before the first such step."""
        return self.operations[-(back - 1)] if 2 <= back <= self.steps else None

    def gradients(self, back: int) -> list[np.ndarray | None]:
        """Return what has arrived at each rung after some steps back."""
        arrived: list[np.ndarray | None] = [None] * len(self.rungs)
        if back >= 1 and self.result.role.has_gradient and self.result.value is not None:
            arrived[self.last] = np.ones_like(self.result.value)
        for step in range(2, min(back, self.steps) + 1):
            number = self.current(step)
            passes = {} if number is None else self.rungs[number].passes
            for to, gradient in passes.items():
                if gradient is not None:
                    before = arrived[to]
                    arrived[to] = gradient if before is None else before + gradient
        return arrived


def ladder(
    recording: Recording, names: Sequence[str], variables: Sequence[bool], watched: Sequence[bool]
) -> Ladder:
    """Return the ladder of a recorded function.

    Args:
        names, variables, watched: of each source: what it is called, whether it is a variable,
            and whether the tape follows it.
    """
    return _Builder(recording, names, variables, watched).build()


class _Builder:
    def __init__(
        self,
        recording: Recording,
        names: Sequence[str],
        variables: Sequence[bool],
        watched: Sequence[bool],
    ) -> None:
        self._recording, self._names, self._watched = recording, names, watched
        self._variables = variables
        self._rungs: list[Rung] = []
        self._place: dict[int, int] = {}  # the rung of a step

    def build(self) -> Ladder:
        used = sorted(self._recording.before(self._recording.target))
        self._inputs()
        self._other_variables(used)
        moving = self._recording.after(self._place)
        for index in used:
            is_last = index == self._recording.target
            if index not in self._place and (index in moving or is_last):
                self._operation(index, is_last)
        return Ladder(tuple(self._rungs), self._place[self._recording.target])

    def _inputs(self) -> None:
        for number, steps in enumerate(self._recording.sources):
            role = Role.WATCHED if self._watched[number] else Role.UNWATCHED
            if self._variables[number] and self._watched[number]:
                role = Role.VARIABLE
            self._leaf(self._names[number], role, sorted(steps))

    def _other_variables(self, used: Sequence[int]) -> None:
        """Add the variables that the function reads beside its inputs."""
        readers: dict[int, list[int]] = {}
        for index in used:
            variable = self._recording.steps[index].reads
            if variable is not None and index not in self._place:
                readers.setdefault(variable, []).append(index)
        for number, steps in enumerate(readers.values(), 1):
            floating = self._recording.steps[steps[0]].is_floating
            self._leaf(f"variable {number}", Role.VARIABLE if floating else Role.UNWATCHED, steps)

    def _leaf(self, name: str, role: Role, steps: Sequence[int]) -> None:
        value = self._recording.steps[steps[0]].value if steps else None
        for index in steps:
            self._place[index] = len(self._rungs)
        self._rungs.append(Rung(name, "", role, None, value, {}))

    def _operation(self, index: int, is_last: bool) -> None:
        step = self._recording.steps[index]
        follows = any(self._rungs[to].role.has_gradient for to in self._inner(step))
        self._place[index] = len(self._rungs)
        count = sum(rung.is_operation for rung in self._rungs) + 1
        self._rungs.append(
            Rung(
                "result" if is_last else f"t{count}",
                _expression(step, [self._term(step, i) for i in step.inputs]),
                Role.RECORDED if follows and step.is_floating else Role.UNRECORDED,
                step.line,
                step.value,
                self._passes(step) if follows and step.gradient is not None else {},
            )
        )

    def _inner(self, step: Step) -> list[int]:
        return [self._place[i] for i in step.inputs if i in self._place]

    def _passes(self, step: Step) -> dict[int, np.ndarray | None]:
        """Return the gradients that go to each rung which the tape follows."""
        found: dict[int, np.ndarray | None] = {}
        for origin, gradient in dict(zip(step.inputs, step.passed)).items():
            to = self._place.get(origin)
            if to is None or not self._rungs[to].role.has_gradient:
                continue
            parts = [part for part in (found.get(to), gradient) if part is not None]
            found[to] = sum(parts[1:], parts[0]) if parts else None
        return found

    def _term(self, step: Step, origin: int) -> str:
        """Return an input as it is written in an expression; "" for what is not worth it."""
        if origin in self._place:
            return self._rungs[self._place[origin]].name
        given = self._recording.steps[origin]
        is_infix = called(step.kind) in _INFIX
        worth = given.value is not None and (is_infix or given.is_floating)
        return short(given.value, 12) if worth else ""


def _expression(step: Step, terms: list[str]) -> str:
    name, shown = called(step.kind), [term for term in terms if term]
    if name in _INFIX and len(shown) == 2:
        return f"{shown[0]} {name} {shown[1]}"
    if name in _INFIX:
        return f"{name}{shown[0]}" if shown else name
    if name.startswith("a "):
        return f"{name} of {', '.join(shown)}" if shown else name
    return f"{name}({', '.join(shown)})"
