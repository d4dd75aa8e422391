"""Write files whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

__all__ = ["whole", "write_whole"]


@contextlib.contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes its place when all is written; a link that is there is replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")  # always this name: there is one writer
    fresh.unlink(missing_ok=True)
    with fresh.open("xb") as file:
        yield file
    fresh.replace(path)


def write_whole(path: Path, text: str) -> None:
    """Write a text so that it is never seen half written."""
    with whole(path) as file:
        file.write(text.encode())
