"""The trusted side: start the zygote, ask it for kernels."""

from __future__ import annotations

import atexit
import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.errors import UserError

from .layers import Layer
from .limits import Limits
from .messages import receive, send
from .request import Request
from .view import course_modules, course_view

__all__ = ["Engine", "SandboxError", "SandboxedProcess", "close_shared_engine", "shared_engine"]

_START_SECONDS = 300.0  # importing TensorFlow from a slow disk
_KERNEL_SECONDS = 60.0

#: What is imported before the first fork: what notebooks import, and what runs them.
PRELOAD = (
    "tensorflow",
    "keras",
    "numpy",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.oinspect",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "tfcourse_utils.checking",
    "tfcourse_utils.data",
    "tfcourse_utils.plots",
)


class SandboxError(UserError):
    """Learners' code can't be run here."""


class SandboxedProcess:
    """One kernel's process, as its engine sees it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        connection.settimeout(_KERNEL_SECONDS)
        answer = receive(connection)
        if "ready" not in answer:
            connection.close()
            raise SandboxError(f"A kernel could not be started: {answer.get('failed', 'it died')}.")
        self.layers = frozenset(Layer(text) for text in answer["layers"])
        self.why = ""  # it was ended, if a limit was passed
        self._exit: int | None = None
        connection.setblocking(False)

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        if self._exit is None:
            with contextlib.suppress(BlockingIOError):
                message = receive(self._connection)
                self._exit = int(message.get("exited", -signal.SIGKILL))
                self.why = str(message.get("why", ""))
        return self._exit

    def signal(self, number: int) -> None:
        """Send a signal to the kernel; SIGKILL ends everything that it started too."""
        with contextlib.suppress(OSError):
            send(self._connection, signal=int(number))

    def stop(self, collect: bool = False) -> bytes:
        """End it and all that it started; return an archive of its files if asked to."""
        archive = bytearray()
        with contextlib.suppress(OSError), self._connection:
            self._connection.settimeout(_KERNEL_SECONDS)
            send(self._connection, stop=True, collect=collect)
            while packet := self._connection.recv(2**17):
                archive += packet
        if self._exit is None:
            self._exit = -signal.SIGKILL
        return bytes(archive)


class Engine:
    """A zygote and the private folder through which its kernels are reached.

    Args:
        preload: modules to import beforehand; what is not installed is left out.
    """

    def __init__(self, preload: Iterable[str] = PRELOAD) -> None:
        if sys.platform != "linux":
            raise SandboxError("Warm, isolated kernels need Linux.")
        self._visible = [str(path) for path in course_view()]
        self._lock, self._count = threading.Lock(), 0
        # The zygote makes it, and removes it when this process is gone, however that happened.
        self._folder = Path(tempfile.gettempdir(), f"tfgrade-{secrets.token_hex(8)}").absolute()
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "grader.sandbox.zygote", str(theirs.fileno())]
        command += [*preload, *course_modules()]
        with theirs:
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                env=_clean_environment(self._folder),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,
            )
        self._is_ready = self._is_closed = False
        atexit.register(self.close)

    @property
    def folder(self) -> Path:
        """The folder of what is gone when the engine is.

        Raises:
            SandboxError: there are no kernels to be had.
        """
        self.wait()
        if not self.is_alive:
            raise SandboxError("The process that starts kernels is gone.")
        return self._folder

    @property
    def is_alive(self) -> bool:
        """Whether its kernels run, and more can be had."""
        return self._process.poll() is None

    @property
    def was_killed(self) -> bool:
        """Whether it came to an end that nobody here asked for."""
        return not self._is_closed and not self.is_alive

    def wait(self) -> None:
        """Return once kernels can be had.

        Raises:
            SandboxError: the zygote did not start.
        """
        with self._lock:
            if self._is_ready:
                return
            self._requests.settimeout(_START_SECONDS)
            try:
                answer = receive(self._requests)
            except OSError:
                answer = {}
            if not answer.get("ready"):
                why = answer.get("failed", "it died")
                raise SandboxError(f"TensorFlow could not be imported for all kernels: {why}.")
            self._is_ready = True

    def listen(self, channels: int) -> tuple[str, list[socket.socket]]:
        """Return the path of new listening sockets, but for "-1" and so on, and the sockets."""
        folder = self.folder
        with self._lock:
            self._count += 1
            path = str(folder / f"{self._count}")
        sockets = []
        for port in range(1, channels + 1):
            listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            listening.bind(f"{path}-{port}")
            listening.listen()
            sockets.append(listening)
        return path, sockets

    def start(
        self,
        listening: list[socket.socket],
        connection: dict[str, Any],
        limits: Limits,
        scratch: Path,
    ) -> SandboxedProcess:
        """Start a kernel on listening sockets; the arguments are those of `Request`."""
        root = str(self.folder / "root")
        asked = Request(connection, limits, self._visible, root, str(scratch))
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, self._lock:
            descriptors = [theirs.fileno(), *(sock.fileno() for sock in listening)]
            try:
                socket.send_fds(self._requests, [asked.encode().encode()], descriptors)
            except OSError as error:
                raise SandboxError("The process that starts kernels is gone.") from error
        return SandboxedProcess(ours)

    def close(self) -> None:
        """End the zygote, and with it every kernel."""
        atexit.unregister(self.close)
        self._is_closed = True
        self._requests.close()
        if self._is_ready:  # before, it would not notice until TensorFlow is imported
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)  # the zygote may have been killed

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _clean_environment(home: Path) -> dict[str, str]:
    """Return an environment that tells nothing of the user, and bounds the threads.

    Each notebook has one thread: as many notebooks as cores are run at a time.
    """
    kept = {k: v for k, v in os.environ.items() if k in ("LANG", "LC_ALL", "TZ", "PYTHONPATH")}
    single = dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"), "1"
    )
    return (
        kept
        | single
        | {
            "PATH": os.defpath,
            "HOME": str(home),
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            "TF_NUM_INTEROP_THREADS": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "TF_ENABLE_ONEDNN_OPTS": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
    )


_sharing = threading.Lock()  # many threads may be the first to ask


@lru_cache(maxsize=1)
def _the_engine() -> Engine:
    return Engine()


def shared_engine() -> Engine:
    """Return this process's engine, started when it is first asked for, and when it has died."""
    with _sharing:
        if not _the_engine().is_alive:
            _the_engine().close()
            _the_engine.cache_clear()
        return _the_engine()


def close_shared_engine() -> None:
    """End all that runs in this process's engine, if there is one; the next is a new one."""
    with _sharing:
        if _the_engine.cache_info().currsize:
            _the_engine().close()
            _the_engine.cache_clear()
