"""The kernel in the sandbox: ipykernel's own, on sockets that were opened for it outside."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zmq
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from traitlets import Type
from traitlets.config import Config

from .limits import Limits
from .request import QUESTIONS, WORK

__all__ = ["CHANNELS", "Kernel", "run_kernel"]

#: The order in which the listening sockets come; the ports are numbered from 1.
CHANNELS = ("shell", "iopub", "stdin", "control")


class _Shell(ZMQInteractiveShell):
    def ask_exit(self) -> None:
        """Go on: an `exit()` in a cell would lose every answer below it."""
        print("exit() does not end a notebook; the cells below are run.")

    def _tee(self, channel: str) -> contextlib.AbstractContextManager[None]:
        """Keep no copy of what a cell prints: IPython's would fill the memory of later cells."""
        return contextlib.nullcontext()


class _Stream(OutStream):
    """Forgets what a cell prints beyond the limit, before it fills anybody's memory."""

    limit = 0
    _left = 0

    def set_parent(self, parent: Any) -> None:
        super().set_parent(parent)
        self._left = self.limit

    def write(self, string: str) -> int:
        kept = string[: self._left]
        self._left -= len(kept)
        if kept:
            super().write(kept)
        return len(string)


class _Kernel(IPythonKernel):
    shell_class = Type(_Shell)


class _App(IPKernelApp):
    kernel_class = Type(_Kernel)
    listening: dict[int, int]  # file descriptors by port
    iopub_port: Any

    def _try_bind_socket(self, s: zmq.Socket, port: int) -> Any:
        s.setsockopt(zmq.USE_FD, self.listening[port])
        return super()._try_bind_socket(s, port)

    def init_iopub(self, context: zmq.Context) -> None:
        """Open the outputs' channel, without the pipe over TCP on which forks of a cell print."""
        socket = context.socket(zmq.XPUB)
        socket.linger = 1000
        socket.sndhwm = 0  # what waits counts as the learner's memory; nothing is dropped
        self.iopub_port = self._bind_socket(socket, self.iopub_port)
        self.configure_tornado_logger()
        self.iopub_thread = IOPubThread(socket, pipe=False, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def init_heartbeat(self) -> None:
        """Have none: the engine knows whether the process lives."""

    def init_crash_handler(self) -> None:
        """Write no reports."""


@dataclass(frozen=True)
class Kernel:
    """What a kernel is told.

    Attributes:
        connection: jupyter_client's connection information.
        listening: the file descriptors of its sockets, in the order of `CHANNELS`.
        home: the folder that it can write to; what the checks ask may lie there.
        limits: what it may use.
    """

    connection: dict[str, Any]
    listening: list[int]
    home: Path
    limits: Limits


def run_kernel(kernel: Kernel, ready: Callable[[], None]) -> None:
    """Be a kernel until killed.

    Args:
        ready: called once the kernel can be talked to, before it reads the first message.
    """
    _clean_process(kernel)
    path = kernel.home / "kernel.json"
    path.write_text(json.dumps(kernel.connection))
    _Stream.limit = kernel.limits.output
    app = _App.instance(
        connection_file=str(path),
        log_level=50,
        config=Config(
            HistoryManager={"enabled": False},
            IPKernelApp={"capture_fd_output": False, "outstream_class": f"{__name__}._Stream"},
        ),
    )
    app.listening = dict(enumerate(kernel.listening, start=1))
    app.initialize([])
    ready()
    app.start()


def _clean_process(kernel: Kernel) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    os.environ |= {"HOME": str(kernel.home), "IPYTHONDIR": str(kernel.home)}
    tempfile.tempdir = str(kernel.home)  # imports have made up their mind outside
    os.environ |= {"TMPDIR": str(kernel.home)}
    os.environ |= {"NBGRADER_EXECUTION": "autograde"}  # cells may ask for it
    questions = kernel.home / QUESTIONS
    os.environ |= {"TFCOURSE_QUESTIONS": str(questions)} if questions.exists() else {}
    os.chdir(kernel.home / WORK)
    sys.argv = ["kernel"]
    sys.path[:] = [entry for entry in sys.path if entry]
