"""What TensorFlow recorded of a computation, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .lines import Line

__all__ = ["Recording", "Step", "finite", "is_zero"]

Array = np.ndarray


@dataclass(frozen=True)
class Step:
    """One operation.

    Attributes:
        kind: TensorFlow's name of the operation, as "Mul".
        line: of the learner's code, if it comes from there.
        inputs: the steps whose results it takes, in order.
        dtypes: of its results.
        values: its results; empty where they were not worked out.
        arriving: the gradient of the target with respect to each of its results, or None.
        passes: for each input, whether a gradient goes on to it.
        passed: for each input, that gradient, or None.
        reads, writes: the number of a variable, or None.
    """

    kind: str
    line: Line | None = None
    inputs: tuple[int, ...] = ()
    dtypes: tuple[str, ...] = ()
    values: tuple[Array | None, ...] = ()
    arriving: tuple[Array | None, ...] = ()
    passes: tuple[bool, ...] = ()
    passed: tuple[Array | None, ...] = ()
    reads: int | None = None
    writes: int | None = None

    @property
    def is_floating(self) -> bool:
        """Whether its first result can have a gradient."""
        return bool(self.dtypes) and self.dtypes[0].startswith(("float", "bfloat", "complex"))

    @property
    def value(self) -> Array | None:
        """The first result."""
        return self.values[0] if self.values else None

    @property
    def gradient(self) -> Array | None:
        """The gradient that arrives at the first result that has one."""
        return next((one for one in self.arriving if one is not None), None)


@dataclass(frozen=True)
class Recording:
    """Operations in the order in which they were made.

    Attributes:
        target: the step whose result the gradients are of.
        sources: for each source, the steps that hold or read it.
    """

    steps: tuple[Step, ...]
    target: int
    sources: tuple[frozenset[int], ...]

    def before(self, index: int) -> set[int]:
        """Return a step with all those that its results are computed from."""
        found, waiting = {index}, [index]
        while waiting:
            new = set(self.steps[waiting.pop()].inputs) - found
            found |= new
            waiting += new
        return found

    def after(self, starts: Iterable[int]) -> set[int]:
        """Return these steps with all those that are computed from their results."""
        found = set(starts)
        for index, step in enumerate(self.steps):
            if found.intersection(step.inputs):
                found.add(index)
        return found

    def between(self, source: int) -> list[int]:
        """Return the steps from a source to the target, the first made first."""
        return sorted(self.before(self.target) & self.after(self.sources[source]))


def finite(array: Array | None) -> bool:
    """Return whether no entry is infinite or NaN; what is not there is finite."""
    return array is None or array.dtype.kind not in "fc" or bool(np.isfinite(array).all())


def is_zero(array: Array | None) -> bool:
    """Return whether there are entries, all of them 0."""
    return array is not None and array.size > 0 and not np.any(array)
