"""A kernel and all that it starts, as process 1 sees it: its memory, its end."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

__all__ = ["Tree"]

_COUNTED = ("RssAnon:", "RssShmem:", "VmPTE:")  # the last: a table of what is mapped, but empty
_SOCKET_BYTES = 2 * 212_992  # at most, of what one has sent and nobody has read
_END_SECONDS = 10.0


class Tree:
    """The processes that descend from this one.

    Args:
        kernel: the first of them, a child.
        whole: whether they are all that there are, but for this one: in a space of their own.
    """

    def __init__(self, kernel: int, *, whole: bool) -> None:
        self._kernel, self._whole = kernel, whole
        self._code: int | None = None

    @property
    def is_seen(self) -> bool:
        """Whether /proc is there to tell of them."""
        return self._kernel in self._processes()

    @property
    def seconds_between_looks(self) -> float:
        return 0.05 if self._whole else 0.25  # where there are others, a look takes longer

    def _processes(self) -> Iterator[int]:
        everybody = (int(path.name) for path in Path("/proc").glob("[0-9]*"))
        if self._whole:
            yield from (process for process in everybody if process != 1)
            return
        children = defaultdict(list)
        for process in everybody:
            children[_parent(process)].append(process)
        below = [*children[os.getpid()]]
        while below:
            process = below.pop()
            yield process
            below += children[process]

    def memory(self) -> int:
        """Return the bytes of their own memory, and what the system keeps for them.

        A fork counts what it shares with its parent once more: limits are on the generous side of
        what one process may have, and strict with many.
        """
        total = 0
        for process in self._processes():
            with contextlib.suppress(OSError):
                lines = Path(f"/proc/{process}/status").read_text(errors="replace").splitlines()
                total += sum(int(x.split()[1]) for x in lines if x.startswith(_COUNTED))
        return total * 1024 + (_sockets() * _SOCKET_BYTES if self._whole else 0)

    def signal(self, number: int) -> None:
        """Send a signal to the kernel; SIGKILL is for all."""
        if number == signal.SIGKILL:
            self.end()
        else:
            _send(self._kernel, number)

    def end(self) -> None:
        """Kill them all; when this returns, none of them runs."""
        deadline = time.monotonic() + _END_SECONDS
        while time.monotonic() < deadline:
            _send(-1 if self._whole else self._kernel, signal.SIGKILL)
            left = list(self._processes())  # whose parents ended have become this one's children
            for process in left:
                _send(process, signal.SIGKILL)
            self.reap()
            if not left:
                break
            time.sleep(0.001)
        self._code = -signal.SIGKILL if self._code is None else self._code

    def reap(self) -> int | None:
        """Collect processes that ended; return the kernel's exit code once it has one."""
        with contextlib.suppress(ChildProcessError):
            while True:
                process, status = os.waitpid(-1, os.WNOHANG)
                if process == 0:
                    break
                if process == self._kernel:
                    self._code = os.waitstatus_to_exitcode(status)
        return self._code


def _send(process: int, number: int) -> None:
    with contextlib.suppress(OSError):  # it has ended
        os.kill(process, number)


def _parent(process: int) -> int:
    with contextlib.suppress(OSError, ValueError, IndexError):
        status = Path(f"/proc/{process}/stat").read_text(errors="replace")
        return int(status.rpartition(")")[2].split()[1])  # a name may hold anything, ")" too
    return 0


def _sockets() -> int:
    """Return how many sockets there are in this namespace; no process shows their buffers."""
    with contextlib.suppress(OSError, IndexError, ValueError):
        return int(Path("/proc/net/sockstat").read_text().split()[2])
    return 0
