"""Frames on their way to a browser: no more than it keeps up with, and the newest in the end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["WINDOW", "Flow"]

WINDOW = 60  # frames under way; the browser acknowledges every thirtieth

Item = TypeVar("Item")


class Flow(Generic[Item]):
    """Sends items while the browser keeps up; of those that come meanwhile, keeps the newest.

    Args:
        send: takes the number of an item, from 1 up, and the item.
    """

    def __init__(self, send: Callable[[int, Item], None]) -> None:
        self._send, self._lock = send, threading.Lock()
        self._newest: Item | None = None
        self._is_open, self._is_waiting = False, False
        self._sent = self._drawn = 0

    def offer(self, item: Item) -> None:
        """Send an item, now or when there is room, unless a newer one comes before."""
        with self._lock:
            self._newest, self._is_waiting = item, True
            self._send_if_there_is_room()

    def drawn(self, number: int) -> None:
        """Note that an item has been drawn, and so all before."""
        with self._lock:
            self._drawn = min(max(self._drawn, number), self._sent)
            self._send_if_there_is_room()

    def open(self) -> None:
        """Begin with a browser that has drawn nothing yet: it gets the newest item."""
        with self._lock:
            self._is_open, self._drawn = True, self._sent
            self._is_waiting = self._newest is not None
            self._send_if_there_is_room()

    def close(self) -> None:
        """Send nothing until it is opened again."""
        with self._lock:
            self._is_open = False

    def _send_if_there_is_room(self) -> None:
        has_room = self._is_open and self._sent - self._drawn < WINDOW
        if has_room and self._is_waiting and self._newest is not None:
            self._sent, self._is_waiting = self._sent + 1, False
            self._send(self._sent, self._newest)
