"""Between zygote and kernel: the guard enters the namespaces, its child is process 1 in them."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from pathlib import Path

from . import linux, walls
from .init import watch
from .kernel import Kernel, run_kernel
from .layers import Layer
from .messages import send
from .request import WORK, Request
from .tree import Tree

__all__ = ["guard"]


# What TensorFlow reads of the machine and of itself, where /proc shows everybody.
_OWN_PROCESS = ("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat")


def guard(request: Request, connection: socket.socket, listening: list[int]) -> None:
    """Run one kernel within walls; return when nothing of it is left."""
    linux.die_with_parent(os.getppid())
    os.setsid()
    user = walls.unprivileged_user(Path(request.scratch))
    spaces = walls.enter_namespaces(user)
    me = os.getpid()
    child = os.fork()
    if child:
        connection.close()
        for descriptor in listening:
            os.close(descriptor)
        os.waitpid(child, 0)
        return
    _be_nice(-20)  # it must come to its turn beside hundreds of busy processes
    try:
        _process_one(request, connection, listening, user, spaces, me)
    except OSError as error:
        with contextlib.suppress(OSError):
            send(connection, failed=str(error))
    os._exit(0)


def _process_one(
    request: Request,
    connection: socket.socket,
    listening: list[int],
    user: int,
    spaces: bool,
    parent: int,
) -> None:
    # Without spaces of its own, Landlock has to say what it sees.
    layers = list(walls.own_files(request, user)) if spaces else []
    layers += walls.give_up_rights(user)
    linux.die_with_parent(parent)
    linux.adopt_orphans()
    linux.set_dumpable(False)
    ready, kernel_is_ready = os.pipe()
    kernel = os.fork()
    if kernel == 0:
        _be_nice(0)
        os.close(ready)
        connection.close()
        linux.die_with_parent(os.getppid())
        linux.set_dumpable(True)  # it may look at itself in /proc
        try:
            _become_kernel(request, listening, kernel_is_ready, spaces)
        except Exception as error:  # before it was ready: afterwards ipykernel handles all
            os.write(kernel_is_ready, f"!{type(error).__name__}: {error}"[:900].encode())
        os._exit(0)
    os.close(kernel_is_ready)
    for descriptor in listening:
        os.close(descriptor)
    said = os.read(ready, 1000).decode()  # empty if it died
    os.close(ready)
    if not said.startswith("-"):
        send(connection, failed=said[1:] or "the kernel died before it was ready")
        return
    layers += [Layer(text) for text in said.splitlines()[1:]]
    tree = Tree(kernel, whole=spaces)
    layers += [Layer.TOGETHER] if tree.is_seen else []
    send(connection, ready=True, layers=[layer.value for layer in layers])
    watch(tree, connection, request.limits, request.home(spaces=spaces) / WORK)


def _be_nice(niceness: int) -> None:
    with contextlib.suppress(OSError):  # only root may be less nice
        os.setpriority(os.PRIO_PROCESS, 0, niceness)


def _become_kernel(request: Request, listening: list[int], ready: int, spaces: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    home = request.home(spaces=spaces)
    visible = ["/"] if spaces else [*request.visible, *_OWN_PROCESS]
    layers = list(walls.limit(request.limits))
    layers += walls.close_in([Path(path) for path in visible], home, spaces=spaces)
    kernel = Kernel(request.connection, listening, home, request.limits)
    run_kernel(kernel, lambda: _say(ready, layers))


def _say(ready: int, layers: list[Layer]) -> None:
    os.write(ready, "\n".join(["-", *(layer.value for layer in layers)]).encode())
    os.close(ready)
