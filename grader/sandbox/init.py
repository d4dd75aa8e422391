"""Process 1 of a sandbox: it holds the kernel to its limits and cleans up after it.

It shares nothing with the kernel but its ancestors: signals from within can't end it, it can't be
looked into, and what it tells the engine goes over a connection that the kernel has not.
"""

from __future__ import annotations

import contextlib
import io
import os
import select
import signal
import socket
import tarfile
import time
from pathlib import Path

from .copying import regular_files
from .limits import Limits
from .messages import MAX_PACKET, receive, send

__all__ = ["watch"]

_TICK = 0.05  # seconds between two looks at the limits
_LINGER = 60.0  # seconds for which the files of a dead kernel are kept for the engine
_COUNTED = ("RssAnon:", "RssShmem:", "VmPTE:")  # the last: a table of what is mapped, but empty
_SOCKET_BYTES = 2 * 212_992  # at most, of what one has sent and nobody has read


def watch(
    kernel: int, connection: socket.socket, limits: Limits, home: Path, *, alone: bool
) -> None:
    """Watch a kernel until the engine has enough of it, or goes.

    Args:
        alone: whether the only processes to be seen are this one and the kernel's.
    """
    begun, warm = time.monotonic(), _memory() if alone else 0
    ended: float | None = None
    while True:
        told, _, _ = select.select([connection], [], [], _TICK)
        if told:
            message = receive(connection)
            if "signal" in message and ended is None:
                _signal(kernel, int(message["signal"]), alone)
            if not message or "stop" in message:
                _end_all(kernel, alone)
                if message.get("collect"):
                    _hand_out_files(connection, home / "work", limits.scratch)
                return
        now = time.monotonic()
        if ended is None:
            why = _over(limits, now - begun, warm, alone)
            if why:
                _end_all(kernel, alone)
            status = _reap(kernel)
            if why or status is not None:
                ended = now
                send(connection, exited=-9 if why else status, why=why)
        elif now - ended > _LINGER:
            return


def _over(limits: Limits, seconds: float, warm: int, alone: bool) -> str:
    """Return which limit was passed, or ""."""
    if seconds > limits.total_seconds:
        return f"its {limits.total_seconds} s were up"
    if alone and _memory() - warm > limits.memory + limits.scratch:
        return f"it used more than {limits.memory // 2**20} MB of memory"
    return ""


def _memory() -> int:
    """Return the bytes of the other processes' own memory, and what the kernel keeps for them.

    A fork counts what it shares with its parent once more: limits are on the generous side of
    what one process may have, and strict with many.
    """
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        if status.parent.name == "1":
            continue
        with contextlib.suppress(OSError):
            lines = status.read_text(errors="replace").splitlines()
            total += sum(int(x.split()[1]) for x in lines if x.startswith(_COUNTED))
    return total * 1024 + _sockets() * _SOCKET_BYTES


def _sockets() -> int:
    """Return how many sockets there are in this namespace; no process shows their buffers."""
    with contextlib.suppress(OSError, IndexError, ValueError):
        return int(Path("/proc/net/sockstat").read_text().split()[2])
    return 0


def _signal(kernel: int, number: int, alone: bool) -> None:
    if number == signal.SIGKILL:
        _end_all(kernel, alone)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.kill(kernel, number)


def _end_all(kernel: int, alone: bool) -> None:
    """Kill the kernel and, in a process tree of its own, everything but this process."""
    with contextlib.suppress(OSError):
        os.kill(-1 if alone else kernel, signal.SIGKILL)


def _reap(kernel: int) -> int | None:
    """Collect processes that ended; return the kernel's exit code if it is one of them."""
    code = None
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            if pid == kernel:
                code = os.waitstatus_to_exitcode(status)
    return code


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
