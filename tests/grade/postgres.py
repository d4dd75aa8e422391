"""A PostgreSQL server of a test's own, on a socket in a temporary folder and on no port."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

__all__ = ["INSTALLED", "postgres"]


def _programs() -> Path | None:
    """Return the folder of the newest server; Debian keeps them off the search path."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = shutil.which("initdb") or max(debian, default=None, key=lambda p: int(p.parts[-3]))
    return Path(found).resolve().parent if found else None


_PROGRAMS = _programs()
INSTALLED = _PROGRAMS is not None


def _user() -> str | None:
    """Return who has to run the server: not root."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Start a server; yield the address of its empty database, as SQLAlchemy names it."""
    assert _PROGRAMS
    user = _user()
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        if user:
            shutil.chown(folder, user)
        data, log = Path(folder, "data"), Path(folder, "log")

        def call(program: str, *words: str | Path) -> None:
            command = [_PROGRAMS / program, "-D", data, *words]
            done = subprocess.run(command, user=user, cwd=folder, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr

        call("initdb", "--username=tfcourse", "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        call("pg_ctl", "start", "--wait", "--log", log, "-o", options)
        try:
            yield f"postgresql+psycopg://tfcourse@/postgres?host={folder}"
        finally:
            call("pg_ctl", "stop", "--mode=fast")
