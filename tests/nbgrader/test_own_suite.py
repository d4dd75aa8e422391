"""nbgrader's own tests of `autograde` pass with our sandbox, judge and cleaning switched on."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from grader.layout import Course

CONFIG = """
from pathlib import Path
from grader import grade
c = get_config()
grade.configure_nbgrader(c, Path({course!r}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="there is no sandbox but on Linux")
def test_the_module_that_nbgrader_ships(course: Course, tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text(CONFIG.format(course=str(course.root)))
    scripts = sysconfig.get_path("scripts")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--pyargs"]
    ran = subprocess.run(
        [*command, "nbgrader.tests.apps.test_nbgrader_autograde"],
        cwd=tmp_path,
        env=os.environ
        | {
            "JUPYTER_CONFIG_DIR": str(tmp_path),
            "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout[-5000:]
    # Without ours, too: the two that need a course without a database are skipped.
    assert "40 passed, 2 skipped" in ran.stdout
