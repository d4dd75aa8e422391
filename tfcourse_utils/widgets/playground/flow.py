"""Frames on their way to a browser: no more than it keeps up with, and the newest in the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["PATIENCE", "WINDOW", "Flow"]

WINDOW = 60  # frames under way; the browser acknowledges every thirtieth
PATIENCE = 10.0  # seconds without a word from a browser that has so many frames to draw

Item = TypeVar("Item")


def _nothing() -> None:
    pass


class Flow(Generic[Item]):
    """Sends items while the browser keeps up; of those that come meanwhile, keeps the newest.

    A page can go without a word, as where its tab is closed: it is lost when items wait and it
    draws none for long. One that draws again after that gets the newest.

    Args:
        send: takes the number of an item, from 1 up, and the item.
        lost: called once the browser is lost, by who offers.
        clock: tells seconds.
    """

    def __init__(
        self,
        send: Callable[[int, Item], None],
        lost: Callable[[], None] = _nothing,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._send, self._lost, self._clock = send, lost, clock
        self._lock = threading.Lock()
        self._newest: Item | None = None
        self._is_open = self._is_waiting = self._is_lost = False
        self._sent = self._drawn = 0
        self._waits_since: float | None = None  # when an item first had no room

    def offer(self, item: Item) -> None:
        """Send an item, now or when there is room, unless a newer one comes before."""
        with self._lock:
            self._newest, self._is_waiting = item, True
            self._send_if_there_is_room()
            is_lost = self._loses_patience()
        if is_lost:
            self._lost()

    def drawn(self, number: int) -> None:
        """Note that an item has been drawn, and so all before."""
        with self._lock:
            self._drawn = min(max(self._drawn, number), self._sent)
            self._is_open = self._is_open or self._is_lost
            self._is_lost, self._waits_since = False, None
            self._send_if_there_is_room()

    def open(self) -> None:
        """Begin with a browser that has drawn nothing yet: it gets the newest item."""
        with self._lock:
            self._is_open, self._drawn = True, self._sent
            self._is_lost, self._waits_since = False, None
            self._is_waiting = self._newest is not None
            self._send_if_there_is_room()

    def close(self) -> None:
        """Send nothing until it is opened again."""
        with self._lock:
            self._is_open = self._is_lost = False

    def _send_if_there_is_room(self) -> None:
        if not self._is_open or not self._is_waiting or self._newest is None:
            return
        if self._sent - self._drawn < WINDOW:
            self._sent, self._is_waiting = self._sent + 1, False
            self._send(self._sent, self._newest)
        elif self._waits_since is None:
            self._waits_since = self._clock()

    def _loses_patience(self) -> bool:
        if not self._is_open or self._waits_since is None:
            return False
        if self._clock() - self._waits_since < PATIENCE:
            return False
        self._is_open, self._is_lost = False, True
        return True
