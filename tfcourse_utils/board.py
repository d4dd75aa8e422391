"""TensorBoard beside a lesson: opened where somebody reads along, else told as a command."""

from __future__ import annotations

import atexit
import os
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path

from IPython.core.getipython import get_ipython
from IPython.core.interactiveshell import InteractiveShell

__all__ = ["show_tensorboard"]


def show_tensorboard(folder: str | os.PathLike[str]) -> None:
    """Print the command that opens TensorBoard on a folder of logs, and open it below the cell.

    It is opened only where somebody reads along. A notebook run by nbclient or nbconvert starts
    no server, and one that was started here ends with the kernel. One that runs already, from a
    terminal or another notebook, is shown and left alone.

    Raises:
        FileNotFoundError: there is no such folder; TensorBoard itself would show an empty page.
    """
    logs = Path(folder).resolve()
    if not logs.is_dir():
        raise FileNotFoundError(f"there is no folder {logs}")
    options = ["--logdir", str(logs)]
    join = subprocess.list2cmdline if sys.platform == "win32" else shlex.join
    print(f"In a terminal:  {join(['tensorboard', *options])}")
    shell = get_ipython()
    if shell is not None and _somebody_reads(shell):
        before = _servers(str(logs))
        _open(shell, shlex.join(options))
        if started := _servers(str(logs)) - before:
            atexit.register(_end_servers, str(logs), started)


def _somebody_reads(shell: InteractiveShell) -> bool:
    """Return whether the cell was sent by a front end in which a reader could be asked."""
    kernel = getattr(shell, "kernel", None)
    parent = kernel.get_parent() if kernel is not None else {}
    return bool(parent.get("content", {}).get("allow_stdin"))


def _open(shell: InteractiveShell, options: str) -> None:
    """Do what `%load_ext tensorboard` and `%tensorboard` do, whatever is on the search path."""
    command = shutil.which("tensorboard", path=sysconfig.get_path("scripts"))
    if command is not None:
        os.environ.setdefault("TENSORBOARD_BINARY", command)
    shell.extension_manager.load_extension("tensorboard")
    shell.run_line_magic("tensorboard", options)


def _servers(folder: str) -> set[int]:
    """Return the process ids of the servers that show a folder."""
    from tensorboard import manager  # it comes with TensorFlow, and takes a while

    return {server.pid for server in manager.get_all() if server.logdir == folder}


def _end_servers(folder: str, started: set[int]) -> None:
    for pid in _servers(folder) & started:
        with suppress(OSError):  # it may have ended by itself
            os.kill(pid, signal.SIGTERM)
