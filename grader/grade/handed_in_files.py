"""Find notebooks in a learner's folder, or in a zip file there; follow nothing, unpack nothing."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath

__all__ = ["MAX_BYTES", "UnreadableError", "notebooks_in", "read_file"]

MAX_BYTES = 20_000_000  # of a notebook, and of an archive
_MAX_MEMBERS = 2_000


class UnreadableError(Exception):
    """Says in a sentence why something that was handed in can't be read."""


def notebooks_in(folder: Path) -> dict[str, Callable[[], bytes]]:
    """Return the notebooks of a folder, by name: each as a function that reads it.

    Where there is none, but one zip file, they are those in it, wherever they lie.

    Raises:
        UnreadableError: the zip file is none, or too large.
    """
    found = {path.name: path for path in _visible(folder, "ipynb")}
    archives = _visible(folder, "zip")
    if found or len(archives) != 1:
        return {name: partial(read_file, path) for name, path in found.items()}
    return _notebooks_in_archive(archives[0])


def _visible(folder: Path, ending: str) -> list[Path]:
    return [path for path in sorted(folder.glob(f"*.{ending}")) if path.name[0] != "."]


def read_file(path: Path) -> bytes:
    """Return what an ordinary file of bounded size holds.

    Raises:
        UnreadableError: it is something else, or larger, or empty.
    """
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError(f"{path.name} is not an ordinary file: nothing could be graded")
    return _bounded(path.name, status.st_size, path.read_bytes)


def _bounded(name: str, size: int, read: Callable[[], bytes]) -> bytes:
    if size > MAX_BYTES:
        raise UnreadableError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB: it was not read")
    if size == 0:
        raise UnreadableError(f"{name} is empty: nothing could be graded")
    return read()


def _notebooks_in_archive(path: Path) -> dict[str, Callable[[], bytes]]:
    read_file(path)  # is it an ordinary file, of bounded size?
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UnreadableError(f"{path.name} is not a zip file that can be read") from None
    if len(members) > _MAX_MEMBERS:
        raise UnreadableError(f"{path.name} holds more than {_MAX_MEMBERS} files: it was not read")
    found: dict[str, Callable[[], bytes]] = {}
    for member in sorted(members, key=_depth, reverse=True):  # of two namesakes, the upper one
        inside = PurePosixPath(member.filename)
        hidden = any(part[0] == "." and part != ".." for part in inside.parts)
        if inside.suffix == ".ipynb" and not hidden and not member.is_dir():
            found[inside.name] = partial(_read_member, path, member)
    return found


def _depth(member: zipfile.ZipInfo) -> int:
    return len(PurePosixPath(member.filename).parts)


def _read_member(path: Path, member: zipfile.ZipInfo) -> bytes:
    """Return what a member holds; it is never written, so its path and its kind can't matter."""

    def read() -> bytes:
        try:
            with zipfile.ZipFile(path) as archive, archive.open(member) as file:
                return file.read(member.file_size)  # no more, whatever it unpacks to
        except Exception as error:  # zlib, lzma and zipfile raise as many things as files may hold
            raise UnreadableError(f"{path.name} can't be unpacked: {error}") from None

    return _bounded(f"{member.filename} in {path.name}", member.file_size, read)
