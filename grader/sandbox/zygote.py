"""A clean interpreter that imports what notebooks import, and forks a kernel for each request.

Started by the engine as `python -m grader.sandbox.zygote FILE-DESCRIPTOR MODULE …`, with an
environment that holds nothing private. It knows no right answers, no seed and no learner.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import shutil
import signal
import socket
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path

from .guard import guard
from .messages import send
from .request import Request

__all__ = ["main"]

_MAX_REQUEST = 2**18


def _import(modules: Iterable[str]) -> None:
    """Import what there is of these modules."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in modules:
            with contextlib.suppress(ModuleNotFoundError):
                importlib.import_module(name)


def _serve(requests: socket.socket) -> None:
    """Fork a guard for each request, until the engine goes.

    A request brings its own connection, on which the guard answers, and the kernel's sockets.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # guards are nobody's zombies
    while True:
        packet, descriptors, _, _ = socket.recv_fds(requests, _MAX_REQUEST, 8)
        if not packet:
            return
        connection, *listening = descriptors
        if os.fork() == 0:
            try:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                requests.close()
                guard(Request.decode(packet.decode()), socket.socket(fileno=connection), listening)
            finally:
                os._exit(0)  # what comes after serving is the zygote's
        for descriptor in descriptors:
            os.close(descriptor)


def main() -> None:
    """Import, say so, serve; leave nothing behind."""
    requests = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the engine
    folder = Path(os.environ["HOME"])
    # As root it has kernels run by other users, who must get to their scratch without seeing more.
    folder.mkdir(mode=0o700 if os.getuid() else 0o711)
    (folder / "root").mkdir()
    try:
        _import(sys.argv[2:])
        gc.collect()
        gc.freeze()  # a collection in a fork would copy every page
        with contextlib.suppress(OSError):
            send(requests, ready=True)
            _serve(requests)
    except Exception as error:  # a package that is broken here
        send(requests, failed=f"{type(error).__name__}: {error}"[:900])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
