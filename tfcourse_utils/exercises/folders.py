"""Letting answers write files where they harm nothing."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

__all__ = ["in_empty_folder"]


@contextlib.contextmanager
def in_empty_folder() -> Iterator[None]:
    """Work in an empty folder for a while.

    What an answer does not put where it belongs is found there, not beside the notebook. And
    paths can be short ones, which errors name alike each time. A file that is still open may
    outlast it: Windows deletes none of these.
    """
    back = Path.cwd()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(back)
