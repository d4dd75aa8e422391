"""A learner's own copy of the course: an update of the course never meets their edits."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["CopyReport", "course_content", "update_copy"]

_RECORD = ".tfcourse.json"


@dataclass
class CopyReport:
    """What `update_copy` did, as paths relative to the copy."""

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # edited here, and newer in the course


def course_content() -> Path:
    """Return the folder that holds `course/` and `exercises/`: the installed one, or a checkout.

    Raises:
        FileNotFoundError: this package was installed without the notebooks.
    """
    package = Path(__file__).parent
    for folder in (package / "content", package.parent):
        if (folder / "course").is_dir() and (folder / "exercises").is_dir():
            return folder
    raise FileNotFoundError("The course's notebooks are missing. Install the course again.")


def update_copy(content: Path, copy: Path) -> CopyReport:
    """Bring a learner's copy up to date and leave alone what the learner has edited.

    Args:
        content: has `course/` and `exercises/`.
        copy: the learner's folder; made if it does not exist.

    Raises:
        OSError: the copy can't be written.
    """
    report, record = CopyReport(), _read_record(copy)
    for source in _notebooks(content):
        name = source.relative_to(content).as_posix()
        text, target = source.read_bytes(), copy / name
        if not target.exists():
            report.new.append(name)
        elif target.read_bytes() == text:
            record[name] = _digest(text)
            continue
        elif record.get(name) == _digest(target.read_bytes()):
            report.updated.append(name)
        else:
            if record.get(name) != _digest(text):
                report.kept.append(name)
            continue
        _write(target, text)
        record[name] = _digest(text)
    _write_record(copy, record)
    return report


def _notebooks(content: Path) -> list[Path]:
    found = [*content.glob("course/*.ipynb"), *content.glob("exercises/*/*.ipynb")]
    return sorted(found)


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _read_record(copy: Path) -> dict[str, str]:
    """Return the digest of each file as it was copied; empty if there is no record to read."""
    try:
        record = json.loads((copy / _RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _write_record(copy: Path, record: dict[str, str]) -> None:
    _write(copy / _RECORD, json.dumps(record, indent=1).encode())


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: half of one would be taken for the learner's edit."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    draft.write_bytes(content)
    draft.replace(path)
