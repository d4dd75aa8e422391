"""One run's sandbox: what is asked of it, and what is known of it afterwards."""

from __future__ import annotations

import contextlib
import io
import shutil
import socket
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from grader.whole import whole

from .copying import copy_files, open_folder
from .engine import Engine, SandboxedProcess, SandboxError
from .layers import Layer
from .limits import Limits
from .request import QUESTIONS, WORK

__all__ = ["Sandbox"]


@dataclass
class Sandbox:
    """What one kernel may use and see.

    Attributes:
        engine: where it is forked.
        limits: what it may use.
        questions: what the checks ask, as JSON; nothing if "".
        files: a folder whose files it finds in its working directory, as copies.
        collect: whether to keep the files of its working directory.
        required: layers without which it does not start.
        process: the kernel's process, once it is started.
        archive: a tar archive of the files, once it has ended; not to be trusted.
    """

    engine: Engine
    limits: Limits = field(default_factory=Limits)
    questions: str = ""
    files: Path | None = None
    collect: bool = False
    required: frozenset[Layer] = frozenset()
    process: SandboxedProcess | None = None
    archive: bytes = b""
    ended: bool = False
    _scratch: Path | None = None

    @property
    def layers(self) -> frozenset[Layer]:
        return self.process.layers if self.process else frozenset()

    def launch(self, listening: list[socket.socket], connection: dict[str, Any]) -> None:
        """Start the kernel on sockets that listen for it.

        Raises:
            SandboxError: it can't be had, or not with all the layers that are required.
        """
        self._scratch = Path(tempfile.mkdtemp(dir=self.engine.folder))
        open_folder(self._scratch / WORK)
        if self.files:
            copy_files(self.files, self._scratch / WORK, self.limits.scratch)
        if self.questions:
            (self._scratch / QUESTIONS).write_text(self.questions, encoding="utf-8")
        self.process = self.engine.start(listening, connection, self.limits, self._scratch)
        if missing := self.required - self.layers:
            self.end()
            raise SandboxError(f"A kernel would run without {min(missing).value}.")

    def end(self) -> None:
        """End the kernel and all that it started; once more does nothing."""
        if self.process and not self.ended:
            self.ended = True
            self.archive = self.process.stop(self.collect)
        if self._scratch:
            with contextlib.suppress(RecursionError):  # a learner's folders may be very deep
                shutil.rmtree(self._scratch, ignore_errors=True)

    def bring_out(self, folder: Path) -> None:
        """Write the collected files below a folder: plain ones, within it, nothing else.

        Files that are there are replaced; a link or a pipe in their place is not followed. What
        has no place, as a file where a folder is, stays out.
        """
        with tarfile.open(fileobj=io.BytesIO(self.archive)) as archive:
            for member in archive:
                inside = PurePosixPath(member.name)
                content = archive.extractfile(member) if member.isreg() else None
                if content is None or inside.is_absolute() or ".." in inside.parts:
                    continue
                target = folder.joinpath(*inside.parts)
                if target.parent.resolve().is_relative_to(folder.resolve()):
                    with contextlib.suppress(OSError), whole(target) as file:
                        shutil.copyfileobj(content, file)
