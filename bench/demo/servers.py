"""JupyterLab and the stand-alone page, started as a user starts them."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sysconfig
import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import urllib3

__all__ = ["lab", "page"]

_PROGRAM = Path(sysconfig.get_path("scripts")) / "tfcourse"
_PATIENCE = 60  # seconds


@contextlib.contextmanager
def _serving(folder: Path, *words: str) -> Iterator[str]:
    """Start a command, yield the address that it announces, and end it."""
    new = {"JUPYTERLAB_SETTINGS_DIR": str(folder), "JUPYTER_RUNTIME_DIR": str(folder / "runtime")}
    with subprocess.Popen(
        [_PROGRAM, *words],
        cwd=folder,
        env=os.environ | new,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            said = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in process.stdout)
            address = next(found[0] for found in said if found)
            # What it says later must be read, or it would wait for a reader one day.
            rest = threading.Thread(target=deque, args=(process.stdout, 0), daemon=True)
            rest.start()
            # It is announced before anybody listens. The page itself would start a kernel.
            asked = urllib3.Retry(connect=9, backoff_factor=0.1)
            urllib3.request("GET", f"{address}/favicon.ico", retries=asked)
            yield address
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def lab(folder: Path) -> contextlib.AbstractContextManager[str]:
    """Start JupyterLab on a copy of the course in a folder."""
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return _serving(folder, "lab", "--no-browser", "--port=0", "--ServerApp.token=", *root)


def page(folder: Path) -> contextlib.AbstractContextManager[str]:
    """Start the stand-alone page."""
    return _serving(folder, "demo", "--no-browser", "--port=0")
