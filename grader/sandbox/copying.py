"""Copy files whose owner is not to be trusted: regular files only, within bounds."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

__all__ = ["copy_files", "open_folder", "regular_files"]

_MAX_FILES, _MAX_DEPTH = 2_000, 10


def regular_files(folder: Path, most_bytes: int) -> Iterator[Path]:
    """Yield the regular files below a folder that fit in the bounds, following no link."""
    left, files = most_bytes, _MAX_FILES
    for where, folders, names in os.walk(folder):  # does not follow links
        folders[:] = (
            sorted(folders) if len(Path(where).relative_to(folder).parts) < _MAX_DEPTH else []
        )
        for name in sorted(names):
            path = Path(where, name)
            status = path.lstat()
            if stat.S_ISREG(status.st_mode) and status.st_size <= left and files:
                left, files = left - status.st_size, files - 1
                yield path


def open_folder(folder: Path) -> None:
    """Make sure that there is a folder, and that everyone may write in it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o777)


def copy_files(source: Path, target: Path, most_bytes: int) -> None:
    """Copy the regular files below a folder, readable and writable for everyone."""
    for path in regular_files(source, most_bytes):
        copy = target / path.relative_to(source)
        open_folder(copy.parent)
        with (
            os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as read,
            copy.open("wb") as write,
        ):
            shutil.copyfileobj(read, write)
        copy.chmod(0o666)
