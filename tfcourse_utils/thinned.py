"""A record that stays short however long it is kept."""

from __future__ import annotations

from typing import Any

__all__ = ["Thinned"]


class Thinned:
    """Rows of which at most twice `most` are kept, evenly spread over all that came; and the last.

    Whenever there are too many, every second one is dropped, and of those to come as many.
    """

    def __init__(self, most: int) -> None:
        self._most, self._stride, self._count = most, 1, 0
        self._kept: list[Any] = []
        self._last: Any = None

    def add(self, row: Any) -> None:
        self._last = row
        if self._count % self._stride == 0:
            self._kept.append(row)
            if len(self._kept) >= 2 * self._most:
                self._kept, self._stride = self._kept[::2], 2 * self._stride
        self._count += 1

    def cut(self, count: int) -> None:
        """Forget all but the first `count` rows that came, 1 at least."""
        if count < self._count:
            self._kept = self._kept[: (count - 1) // self._stride + 1]
            self._last, self._count = self._kept[-1], count

    def rows(self) -> list[Any]:
        if self._kept and self._kept[-1] is not self._last:
            return [*self._kept, self._last]
        return list(self._kept)
