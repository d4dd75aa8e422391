"""Process 1 of a sandbox: it holds the kernel to its limits and cleans up after it.

It shares nothing with the kernel but its ancestors: signals from within can't end it, it can't be
looked into, and what it tells the engine goes over a connection that the kernel has not.
"""

from __future__ import annotations

import io
import select
import socket
import tarfile
import time
from pathlib import Path

from .copying import regular_files
from .limits import Limits
from .messages import MAX_PACKET, receive, send
from .tree import Tree

__all__ = ["watch"]

_LINGER = 60.0  # seconds for which the files of a dead kernel are kept for the engine


def watch(tree: Tree, connection: socket.socket, limits: Limits, work: Path) -> None:
    """Watch a kernel until the engine has enough of it, or goes.

    Args:
        work: the folder whose files the engine may ask for.
    """
    begun, warm = time.monotonic(), tree.memory()
    ended: float | None = None
    while True:
        told, _, _ = select.select([connection], [], [], tree.seconds_between_looks)
        if told:
            message = receive(connection)
            if "signal" in message and ended is None:
                tree.signal(int(message["signal"]))
            if not message or "stop" in message:
                tree.end()
                if message.get("collect"):
                    _hand_out_files(connection, work, limits.scratch)
                return
        now = time.monotonic()
        if ended is None:
            why = _over(limits, now - begun, tree.memory() - warm)
            if why:
                tree.end()
            code = tree.reap()
            if code is not None:
                ended = now
                send(connection, exited=code, why=why)
        elif now - ended > _LINGER:
            return


def _over(limits: Limits, seconds: float, memory: int) -> str:
    """Return which limit was passed, or ""."""
    if seconds > limits.total_seconds:
        return f"its {limits.total_seconds} s were up"
    if memory > limits.memory + limits.scratch:
        return f"it used more than {limits.memory // 2**20} MB of memory"
    return ""


def _hand_out_files(connection: socket.socket, folder: Path, most_bytes: int) -> None:
    """Send what lies in a folder as an archive, in packets."""
    with tarfile.open(fileobj=_Packets(connection), mode="w|") as archive:
        for path in regular_files(folder, most_bytes):
            archive.add(path, str(path.relative_to(folder)), recursive=False)


class _Packets(io.RawIOBase):
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def write(self, data: bytes) -> int:  # type: ignore[override]
        for start in range(0, len(data), MAX_PACKET):
            self._connection.sendall(data[start : start + MAX_PACKET])
        return len(data)
