"""nbgrader's own commands on a copy of the tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.layout import Course

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def tree(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what nbgrader needs of the course."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(course.root / "nbgrader_config.py", root)
    for folder in ("solutions", "exercises"):
        shutil.copytree(course.root / folder, root / folder)
    return root


@pytest.fixture(scope="module")
def nbgrader(tree: Path) -> Command:
    """Return a function that runs an nbgrader command in the tree; it must succeed."""
    programs = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}

    def command(*words: str | Path) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [programs / "nbgrader", *words],
            cwd=tree,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done

    return command
