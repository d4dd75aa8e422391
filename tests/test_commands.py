"""The commands `tfcourse` and `tfgrade`, as a shell calls them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAMS = Path(sys.executable).parent


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAMS / words[0], *words[1:]], cwd=folder, capture_output=True, text=True, timeout=120
    )


def test_lab_makes_a_copy_and_passes_options_to_jupyterlab(tmp_path: Path) -> None:
    done = run(tmp_path, "tfcourse", "lab", "--no-browser", "--version")
    assert done.returncode == 0, done.stderr
    assert f"Your copy of the course: {tmp_path / 'my_course'}" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("4.")  # JupyterLab's own answer
    exercise = "exercises/03_linear_classifiers/03_linear_classifiers.ipynb"
    assert (tmp_path / "my_course" / exercise).is_file()


def test_lab_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "my_course").write_text("a file in the way")
    done = run(tmp_path, "tfcourse", "lab")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "Choose another with --folder." in done.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_lab_in_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = run(tmp_path, "tfcourse", "lab")
    assert done.returncode == 1 and "can't be written" in done.stderr


def test_the_demo_says_that_a_port_is_taken(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = run(tmp_path, "tfcourse", "demo", "--no-browser", "--port", port)
    assert done.returncode == 1
    assert done.stderr == f"Port {port} can't be used. Choose another with --port.\n"


def test_the_demo_knows_its_lessons(tmp_path: Path) -> None:
    done = run(tmp_path, "tfcourse", "demo", "--no-browser", "--preset", "no such")
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert "There is no small lesson and no file 'no such'. Lessons: " in done.stderr
    assert "line_for_xor" in done.stderr


def test_grading_outside_a_course(tmp_path: Path) -> None:
    done = run(tmp_path, "tfgrade", "grade", "3")
    assert done.returncode == 2
    assert done.stderr == f"{tmp_path} is not inside a course: there is no nbgrader_config.py\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("grade", "9"), "There is no chapter '9'. There are: "),
        (("grade", "3"), "Nothing was handed in"),
    ],
)
def test_grading_what_is_not_there(
    words: tuple[str, ...], sentence: str, course_copy: Path
) -> None:
    done = run(course_copy, "tfgrade", *words)
    assert done.returncode != 0
    assert sentence in (done.stdout + done.stderr)
    assert "Traceback" not in done.stderr


@pytest.fixture
def course_copy(tmp_path: Path, course: object) -> Path:
    root = Path(__file__).parent.parent
    shutil.copy(root / "nbgrader_config.py", tmp_path)
    shutil.copytree(root / "solutions", tmp_path / "solutions")
    return tmp_path


def test_importing_the_package_is_light() -> None:
    code = (
        "import sys, tfcourse_utils, tfcourse_utils.checking; "
        "print([m for m in ('tensorflow', 'keras', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "[]\n"
