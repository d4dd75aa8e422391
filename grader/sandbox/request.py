"""What the engine asks the zygote for: one kernel."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .limits import Limits

__all__ = ["HOME", "QUESTIONS", "WORK", "Request"]

HOME = Path("/sandbox")  # of the learner's code, in a file system of its own; all it can write to
WORK, QUESTIONS = "work", "questions.json"  # in the scratch folder


@dataclass(frozen=True)
class Request:
    """One kernel and its walls.

    Attributes:
        connection: jupyter_client's connection information; the listening sockets come along.
        limits: what the code may use.
        visible: paths that it sees, read-only.
        root: an empty folder, over which its own root is mounted.
        scratch: a folder of its own, with its working directory `work` and, if checks ask
            anything, `questions.json`. It is what it sees of them and all that it can write to,
            where there can be no file system of its own.
    """

    connection: dict[str, Any]
    limits: Limits
    visible: list[str]
    root: str
    scratch: str

    def home(self, *, spaces: bool) -> Path:
        """Return the folder that the code can write to, as it is called where the code runs.

        Args:
            spaces: whether it has a file system of its own.
        """
        return HOME if spaces else Path(self.scratch)

    def encode(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def decode(cls, text: str) -> Request:
        data = json.loads(text)
        return cls(**data | {"limits": Limits(**data["limits"])})
