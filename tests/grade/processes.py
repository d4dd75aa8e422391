"""Graders as processes that a test starts, watches and ends."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from grader.layout import Chapter

_SCRIPT = Path(__file__).with_name("grade_small.py")
_TICK = threading.Event()  # never set: what is waited for is not of this process


def until(condition: Callable[[], object], seconds: float = 60) -> bool:
    """Return whether a condition came true within so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        _TICK.wait(0.002)
    return True


@dataclass
class Places:
    """A folder for temporary files, by which all processes of a grader are known."""

    folder: Path
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.environment = os.environ | {"TMPDIR": str(self.folder), "PYTHONWARNINGS": "error"}

    def start(self, *words: str | int | Path, **options: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *map(str, words)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,  # type: ignore[call-overload]
        )

    def grade(self, chapter: Chapter) -> subprocess.Popen[str]:
        return self.start(_SCRIPT, chapter.root, chapter.name)

    @property
    def processes(self) -> list[psutil.Process]:
        """What runs with temporary files here, zygotes and sandboxes too."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                values = process.environ().values()
                if any(str(self.folder) in value for value in values) and process.is_running():
                    found.append(process)
        return found

    @property
    def left(self) -> list[Path]:
        """What lies here, but for what nbgrader leaves when it is killed making a gradebook.

        It has another program read that file, which says nothing of the class.
        """
        files = (path for path in self.folder.rglob("*") if not path.is_dir())
        return [path for path in files if path.name != "alembic.ini"]

    @property
    def nothing_is_left(self) -> bool:
        return not self.processes and not self.left


@contextlib.contextmanager
def places() -> Iterator[Places]:
    """Make a folder for temporary files; its path is short, as those of sockets must be."""
    with tempfile.TemporaryDirectory(prefix="test-", ignore_cleanup_errors=True) as folder:
        here = Places(Path(folder))
        try:
            yield here
        finally:
            for process in here.processes:  # of a test that failed
                with contextlib.suppress(psutil.Error):
                    process.kill()
