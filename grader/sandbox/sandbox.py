"""One run's sandbox: what is asked of it, and what is known of it afterwards."""

from __future__ import annotations

import io
import shutil
import socket
import tarfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from .engine import Engine, SandboxedProcess
from .layers import Layer
from .limits import Limits

__all__ = ["Sandbox"]


@dataclass
class Sandbox:
    """What one kernel may use and see.

    Attributes:
        engine: where it is forked.
        limits: what it may use.
        questions: a file with what the checks ask.
        files: a folder whose files it finds in its working directory, as copies.
        collect: whether to keep the files of its working directory.
        process: the kernel's process, once it is started.
        archive: a tar archive of the files, once it has ended; not to be trusted.
    """

    engine: Engine
    limits: Limits = field(default_factory=Limits)
    questions: Path | None = None
    files: Path | None = None
    collect: bool = False
    process: SandboxedProcess | None = None
    archive: bytes = b""
    ended: bool = False

    @property
    def layers(self) -> frozenset[Layer]:
        return self.process.layers if self.process else frozenset()

    def launch(self, listening: list[socket.socket], connection: dict[str, Any]) -> None:
        """Start the kernel on sockets that listen for it."""
        self.process = self.engine.start(
            listening,
            connection=connection,
            limits=self.limits,
            files=str(self.files) if self.files else None,
            questions=str(self.questions) if self.questions else None,
        )

    def end(self) -> None:
        """End the kernel and all that it started; once more does nothing."""
        if self.process and not self.ended:
            self.ended = True
            self.archive = self.process.stop(self.collect)

    def bring_out(self, folder: Path) -> None:
        """Write the collected files below a folder: plain ones, within it, nothing else.

        Files that are there are replaced; a link or a pipe in their place is not followed.
        """
        with tarfile.open(fileobj=io.BytesIO(self.archive)) as archive:
            for member in archive:
                inside = PurePosixPath(member.name)
                content = archive.extractfile(member) if member.isreg() else None
                if content is None or inside.is_absolute() or ".." in inside.parts:
                    continue
                target = folder.joinpath(*inside.parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                if not target.parent.resolve().is_relative_to(folder.resolve()):
                    continue
                fresh = target.with_name(f".{target.name}.new")
                fresh.unlink(missing_ok=True)
                with fresh.open("xb") as file:
                    shutil.copyfileobj(content, file)
                fresh.replace(target)
