"""What there is to attack round a class: files, secrets and listeners, looked at afterwards."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import socket
import stat
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from grader.grade import Classroom
from grader.sandbox import Engine

__all__ = ["World", "hashes", "left_processes", "world"]

_SECRET = "TFCOURSE_ATTACKED_SECRET"
_FIRST_SANDBOX_USER = 2_000_000
_GUARDED = ("course", "exercises", "solutions", "tfcourse_utils", "nbgrader_config.py")


@dataclass
class World:
    """What attacks try to reach.

    Attributes:
        course: the course's folder.
        canaries: a file at home, in /tmp and among the packages, which everybody may write to.
        listeners: sockets on which nobody should call, by kind.
        addresses: where they listen.
    """

    course: Path
    canaries: dict[str, Path]
    listeners: dict[str, socket.socket]
    addresses: dict[str, object]

    def facts(self, classroom: Classroom, other: Path) -> dict[str, object]:
        """Return what an attacker may know of a class.

        Args:
            other: a notebook that another learner handed in.
        """
        canaries = {f"{name}_file": str(path) for name, path in self.canaries.items()}
        return {
            "grader": os.getpid(),
            "course": str(self.course),
            "solution": str(classroom.chapter.solution),
            "classroom": str(classroom.folder),
            "gradebook": str(classroom.folder / "gradebook.db"),
            "other": str(other),
            "home": str(self.canaries["home"].parent),
            "site": sysconfig.get_path("purelib"),
            "secret": _SECRET,
            **canaries,
            **self.addresses,
        }

    def hashes(self) -> dict[str, str]:
        """Return what every file of the course, and every canary, holds; files beside these too."""
        beside = [
            path for one in self.canaries.values() for path in one.parent.glob(f"{one.name}*")
        ]
        return hashes([*beside, *(self.course / name for name in _GUARDED)])

    def called(self) -> list[str]:
        """Return the kinds of the listeners that somebody has called."""
        return [kind for kind, listener in self.listeners.items() if _was_called(listener)]


def hashes(paths: Iterable[Path]) -> dict[str, str]:
    """Return what there is at some paths and below them, without following a link."""
    found = {}
    for path in paths:
        found[str(path)] = _hash(path)
        for where, folders, names in os.walk(path):
            folders[:] = [name for name in folders if name != "__pycache__"]
            inside = (Path(where, name) for name in (*folders, *names))
            found |= {str(one): _hash(one) for one in inside}
    return found


def _hash(path: Path) -> str:
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        return f"link to {path.readlink()}"
    content = path.read_bytes() if stat.S_ISREG(status.st_mode) else b""
    return f"{status.st_mode:o} {status.st_uid} {hashlib.sha256(content).hexdigest()}"


def _was_called(listener: socket.socket) -> bool:
    try:
        if listener.type == socket.SOCK_DGRAM:
            listener.recv(1)
        else:
            listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def world(course: Path, home: Path | None = None) -> Iterator[World]:
    """Put up canaries and listeners, and a secret in the environment; take them away again.

    Args:
        home: what attackers are told is the user's home; the real one if not given.
    """
    with contextlib.ExitStack() as stack:
        canaries = {
            "home": stack.enter_context(_canary(home or Path.home())),
            "tmp": stack.enter_context(_canary(Path(tempfile.gettempdir()))),
            "site": stack.enter_context(_canary(Path(sysconfig.get_path("purelib")))),
        }
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="attacked-")))
        folder.chmod(0o755)
        listeners = {
            name: stack.enter_context(_listener(name, folder))
            for name in ("tcp", "udp", "unix", "abstract")
        }
        addresses = {name: one.getsockname() for name, one in listeners.items()}
        addresses["abstract"] = addresses["abstract"].decode()
        os.environ[_SECRET] = secrets.token_hex()
        stack.callback(os.environ.pop, _SECRET, None)
        yield World(course, canaries, listeners, addresses)


@contextlib.contextmanager
def _canary(folder: Path) -> Iterator[Path]:
    """Lay a file into a folder that everybody may read and write: the sandbox alone guards it."""
    path = folder / f".tfcourse-attacked-{secrets.token_hex(8)}"
    path.write_text(secrets.token_hex())
    path.chmod(0o666)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _listener(kind: str, folder: Path) -> Iterator[socket.socket]:
    family = socket.AF_INET if kind in ("tcp", "udp") else socket.AF_UNIX
    with socket.socket(family, socket.SOCK_DGRAM if kind == "udp" else socket.SOCK_STREAM) as one:
        abstract = f"\0tfcourse-attacked-{secrets.token_hex(8)}"
        local: dict[str, object] = {"unix": str(folder / "socket"), "abstract": abstract}
        one.bind(local.get(kind, ("127.0.0.1", 0)))
        if kind == "unix":
            (folder / "socket").chmod(0o777)
        if kind != "udp":
            one.listen()
        one.setblocking(False)
        yield one


def left_processes(engine: Engine) -> list[str]:
    """Return the processes that runs have left behind: below the zygote, or of their users.

    Another grader's on this machine are its own business.
    """
    left = psutil.Process(engine._process.pid).children(recursive=True)
    left += [process for process in psutil.process_iter() if _is_a_stray(process)]
    _, alive = psutil.wait_procs(left, timeout=5)  # a guard ends after what it guarded
    found = []
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            found.append(f"{process.pid} {' '.join(process.cmdline())}")
    return found


def _is_a_stray(process: psutil.Process) -> bool:
    """Whether a process is of a sandbox's user, and no grader watches it any more."""
    try:
        if process.uids().real < _FIRST_SANDBOX_USER:
            return False
        return not any("grader.sandbox.zygote" in one.cmdline() for one in process.parents())
    except psutil.Error:  # it has ended meanwhile
        return False
