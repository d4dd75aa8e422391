"""`tfgrade` as a shell calls it, in a course of a test's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["TFGRADE", "graded", "tfgrade"]

TFGRADE = Path(sys.executable).parent / "tfgrade"


def tfgrade(
    course: Path, *words: str | Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `tfgrade` in a course's folder."""
    return subprocess.run(
        [sys.executable, TFGRADE, *words],
        cwd=course,
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
        timeout=300,
    )


def graded(
    course: Path, *words: str | Path, environment: Mapping[str, str] | None = None
) -> dict[str, dict[str, Any]]:
    """Run a `tfgrade` that must succeed; return its results by learner."""
    done = tfgrade(course, *words, "--workers", "2", "--json", environment=environment)
    assert done.returncode == 0, done.stderr
    return {result["learner"]: result for result in json.loads(done.stdout)["learners"]}
