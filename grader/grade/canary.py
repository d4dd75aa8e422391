"""A canary before the class: does the sandbox hold on this machine, today?

One notebook of probes runs where learners' notebooks will. Each tries something that no
submission may do, and says so if it could.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import nbformat
from nbformat import NotebookNode

import grader
from grader.errors import UserError
from grader.sandbox import MIB, Engine, Layer, Limits, shared_engine

from .run import Kernels, run

__all__ = ["UnsafeError", "canary_here", "release_canary"]

_SECRET = "TFGRADE_CANARY"

_BREACH, _TRIED, _MEMORY = "BREACH", "TRIED", "use-more-than-its-share-of-memory"
_COURSE = Path(grader.__file__).parents[1]


def _reading(paths: str) -> str:
    return f"""
import os
for path in {{{paths}!r}}:
    try:
        os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1)
        print("BREACH")
    except OSError:
        pass
"""


# Each prints BREACH if it could do what its name says; that it can't shows in an error, or nothing.
_PROBES = {
    "reach the network": """
import socket
with socket.create_connection({address!r}, timeout=2):
    print("BREACH")
""",
    "call a local socket": """
import socket
with socket.socket(socket.AF_UNIX) as calling:
    calling.connect({path!r})
    print("BREACH")
""",
    "write to shared memory": """
with open("/dev/shm/{secret}", "w"):
    if __import__("os").path.realpath("/dev/shm").startswith("/dev"):
        print("BREACH")
""",
    "see other processes": """
import os
seen = [name for name in os.listdir("/proc") if name.isdigit()]
if str({grader}) in seen or len(seen) > 8:
    print("BREACH")
""",
    "send signals to other processes": """
import os
for process in {{{grader}, os.getppid()}} - {{1}}:
    try:
        os.kill(process, 0)
        print("BREACH")
    except OSError:
        pass
""",
    "read the course": _reading("course"),
    "import the right answers": """
import tfcourse_utils.reference
from importlib import import_module
import_module({reference!r})
print("BREACH")
""",
    "read the gradebook and what others handed in": _reading("classroom"),
    "read what lies at home": """
import os
seen = set(os.listdir({home!r})) & set({at_home!r})
if seen:
    print("BREACH")
""",
    "read the environment of the grader": """
import os
if {secret!r} in repr(dict(os.environ)):
    print("BREACH")
for process in ("self", "1", {grader}):
    try:
        if {secret!r} in open(f"/proc/{{process}}/environ").read():
            print("BREACH")
    except OSError:
        pass
""",
    "write to the packages": """
import numpy
with open(numpy.__file__, "a"):
    print("BREACH")
""",
    "be root": """
import os
if os.getuid() == 0 or os.geteuid() == 0:
    print("BREACH")
""",
    "use more than its share of memory": """
pages = bytearray({memory})
pages[::4096] = bytes(len(pages[::4096]))
print("BREACH")
""",
}


class UnsafeError(UserError):
    """Learners' code would not be held in on this machine."""


def release_canary(engine: Engine, classroom: Path) -> frozenset[Layer]:
    """Return the layers of isolation that are on, having tried them.

    Args:
        engine: where learners' notebooks will run.
        classroom: where the class's work and the gradebook lie, if that is on this machine.

    Raises:
        UnsafeError: something succeeded that must not, or was not tried; the sentence says what.
    """
    limits = Limits(cell_seconds=30, total_seconds=120, memory=256 * MIB)
    with _listeners() as (address, path), _secret() as secret:
        facts = _facts(classroom) | {"address": address, "path": path, "secret": secret}
        notebook = _notebook(facts)
        ran = run(notebook, limits, Kernels(engine))
    if ran.last is None or any(end.cell < 0 for end in ran.ended):
        raise UnsafeError(f"No kernel could be started: {ran.ended[0].why}.")
    ended = {notebook.cells[end.cell].id for end in ran.ended}
    untried = [cell.id for cell in notebook.cells if not _says(cell, _TRIED)]
    for what, cells in (
        ("could", [cell.id for cell in notebook.cells if _says(cell, _BREACH)]),
        # What takes too much memory may be ended before it can say anything.
        ("was not asked whether it can", [x for x in untried if x not in ended & {_MEMORY}]),
    ):
        if cells:
            raise UnsafeError(
                f"Learners' code {what} {', '.join(cells).replace('-', ' ')}: it is not held in on "
                f"this machine, and nothing was graded. --unsafe-no-isolation grades all the same."
            )
    return ran.last.layers


def canary_here(classroom: Path) -> frozenset[Layer]:
    """Release a canary in this process's engine."""
    return release_canary(shared_engine(), classroom)


def _notebook(facts: dict[str, object]) -> NotebookNode:
    cells = [
        nbformat.v4.new_code_cell(
            f"try:\n{indent(source.format(**facts).strip(), '    ')}\n"
            f"except (ImportError, MemoryError, OSError):\n    pass\n"
            f"print({_TRIED!r})",
            id=name.replace(" ", "-"),
        )
        for name, source in _PROBES.items()
    ]
    return nbformat.v4.new_notebook(cells=cells)


def _facts(classroom: Path) -> dict[str, object]:
    """Return what the probes try to reach, as it is called outside."""
    hidden = ("solutions", "grader", "tests", ".git", "nbgrader_config.py")
    answers = sorted((_COURSE / "tfcourse_utils/reference").glob("[a-z]*.py"))
    home = Path.home()
    return {
        "grader": os.getpid(),
        "course": [str(_COURSE / name) for name in hidden],
        "reference": f"tfcourse_utils.reference.{answers[0].stem}",
        "classroom": [str(path) for path in classroom.glob("*")],
        "home": str(home),
        "at_home": [path.name for path in home.iterdir() if path.is_file()],
        "memory": 1024 * MIB,
    }


def _says(cell: NotebookNode, word: str) -> bool:
    return any(word in output.get("text", "") for output in cell.outputs)


@contextlib.contextmanager
def _listeners() -> Iterator[tuple[tuple[str, int], str]]:
    """Listen on a port and on a path of this machine, for the time of the canary."""
    with tempfile.TemporaryDirectory(prefix="tfgrade-") as folder:
        path = str(Path(folder, "canary"))
        with (
            socket.create_server(("127.0.0.1", 0)) as server,
            socket.socket(socket.AF_UNIX) as local,
        ):
            local.bind(path)
            local.listen()
            yield server.getsockname(), path


@contextlib.contextmanager
def _secret() -> Iterator[str]:
    """Keep a secret in this process's environment, for the time of the canary."""
    os.environ[_SECRET] = secrets.token_hex()
    try:
        yield os.environ[_SECRET]
    finally:
        del os.environ[_SECRET]
