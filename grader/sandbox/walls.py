"""Put up the walls round a fork of the zygote, in the order in which they can be put up.

Each function returns the layers that the machine let it put up. Nothing here runs once a
learner's code does.
"""

from __future__ import annotations

import contextlib
import os
import resource
import socket
from collections.abc import Iterator
from pathlib import Path

from . import landlock, linux, seccomp
from .copying import copy_files, open_folder
from .layers import Layer
from .limits import MIB, Limits
from .request import HOME, WORK, Request

__all__ = [
    "close_in",
    "enter_namespaces",
    "give_up_rights",
    "limit",
    "own_files",
    "unprivileged_user",
]

_NAMESPACES = (
    linux.CLONE_NEWNS
    | linux.CLONE_NEWPID
    | linux.CLONE_NEWNET
    | linux.CLONE_NEWIPC
    | linux.CLONE_NEWUTS
)
_NOBODY = 65_534  # a container may know few other users
_FIRST_FREE_UID = 2_000_000  # above what user databases hold
_DEVICES = ("null", "full", "random", "urandom")  # mapped, zero is memory that no limit counts
_OPEN_FILES = 512


def enter_namespaces(user: int) -> bool:
    """Enter namespaces of their own for files, network, IPC and, from the next fork, processes."""
    if os.getuid() == 0:
        with contextlib.suppress(OSError):
            linux.unshare(_NAMESPACES)
            return True
        _become(user)
    try:
        uid, gid = os.getuid(), os.getgid()
        linux.unshare(_NAMESPACES | linux.CLONE_NEWUSER)
        linux.set_dumpable(True)  # else the files below belong to root
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    except OSError:
        return False
    return True


def own_files(request: Request, user: int) -> Iterator[Layer]:
    """Build a root of what is visible and a scratch, and enter it, in process 1 of its namespace.

    Args:
        user: who will run in it.
    """
    linux.make_private()
    root = Path(request.root)
    linux.mount("tmpfs", root, "size=16m,mode=755")
    for path in map(Path, request.visible):
        _show(path, root)
    _devices(root)
    home = _below(root, HOME)
    home.mkdir()
    linux.mount("tmpfs", home, f"size={request.limits.scratch},nr_inodes=20000,mode=1777")
    open_folder(home / WORK)
    copy_files(Path(request.scratch), home, request.limits.scratch)
    temporary = root / "tmp"
    if not temporary.exists():  # else the course lies there
        temporary.symlink_to(HOME)
    processes = root / "proc"
    processes.mkdir()
    with contextlib.suppress(OSError):  # a container may forbid it; then /proc is empty
        linux.mount("proc", processes)
        yield Layer.PROCESSES
    _accounts(root, user)
    linux.pivot(root)
    linux.make_read_only(Path("/"), recursive=False)
    socket.sethostname("sandbox")
    yield Layer.FILES
    yield Layer.NETWORK


def _below(root: Path, path: Path) -> Path:
    return root / path.relative_to("/")


def _show(path: Path, root: Path) -> None:
    target = _below(root, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    linux.bind(path, target)
    linux.make_read_only(target)


def _devices(root: Path) -> None:
    devices = root / "dev"
    devices.mkdir()
    for name in _DEVICES:
        (devices / name).touch()
        linux.bind(Path("/dev", name), devices / name)
    for name, target in (("fd", "/proc/self/fd"), ("shm", str(HOME))):
        (devices / name).symlink_to(target)


def _accounts(root: Path, user: int) -> None:
    settings = root / "etc"
    settings.mkdir(exist_ok=True)
    (settings / "passwd").write_text(f"learner:x:{user}:{user}::{HOME}:/bin/sh\n")
    (settings / "group").write_text(f"learner:x:{user}:\n")
    (settings / "hosts").write_text("127.0.0.1 localhost\n")


def unprivileged_user(scratch: Path) -> int:
    """Return who is to run a learner's code: for root, a user of its own, if there may be one.

    Whoever shares a user shares its bound on the number of processes, and its signals.

    Args:
        scratch: what that user is given.
    """
    for user in (_FIRST_FREE_UID + os.getpid(), _NOBODY) if os.getuid() == 0 else ():
        with contextlib.suppress(OSError):
            for path in (scratch, *scratch.rglob("*")):
                os.chown(path, user, user)
            return user
    return os.getuid()


def _become(user: int) -> None:
    if os.getuid() != user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)


def give_up_rights(user: int) -> Iterator[Layer]:
    """Become an unprivileged user without capabilities, and never more than that."""
    with contextlib.suppress(OSError):
        linux.no_new_privileges()
        linux.drop_bounding_set()  # another user may not
        _become(user)
        linux.drop_capabilities()
        yield Layer.CAPABILITIES
    if os.getuid() != 0:
        yield Layer.USER


def limit(limits: Limits) -> Iterator[Layer]:
    """Bound what this process, and each that it starts, may use."""
    pages = int(Path("/proc/self/statm").read_text().split()[5]) if _has_proc() else 0
    warm = pages * resource.getpagesize() or 1024 * MIB
    seconds = limits.total_seconds * (os.cpu_count() or 1)
    bounds = {
        resource.RLIMIT_DATA: warm + limits.memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_NPROC: limits.processes,
        resource.RLIMIT_FSIZE: limits.scratch,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 64 * 1024,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    for what, bound in bounds.items():
        resource.setrlimit(what, (bound, bound))
    yield Layer.LIMITS


def _has_proc() -> bool:
    return Path("/proc/self/statm").exists()


def close_in(readable: list[Path], home: Path, *, spaces: bool) -> Iterator[Layer]:
    """Restrict this process, and all that it starts, by Landlock and by a filter of calls.

    Args:
        home: what it may write to, besides harmless devices.
        spaces: whether it has namespaces of its own; else it could call the machine's sockets.
    """
    with contextlib.suppress(OSError):
        landlock.restrict(readable, [home, *(Path("/dev", name) for name in _DEVICES)])
        yield Layer.LANDLOCK
    with contextlib.suppress(OSError, NotImplementedError):
        seccomp.install(sockets=spaces)
        yield Layer.SECCOMP
