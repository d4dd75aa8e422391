"""What code in the sandbox sees, may do, and leaves."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

import psutil
import pytest

from grader.grade.canary import release_canary
from grader.grade.run import Kernels, run
from grader.layout import Course
from grader.sandbox import Engine, Layer, Limits, Sandbox
from tests.grade.processes import until

from .conftest import RunCells, notebook


def test_every_layer_is_on_and_the_canary_lives(engine: Engine, course: Course) -> None:
    layers = release_canary(engine, course.root / "classroom")
    assert layers == frozenset(Layer)


def test_a_kernel_is_an_ordinary_one(run_cells: RunCells) -> None:
    texts, ran = run_cells(
        "x = 2\nprint(x)",
        "x + 1",
        "import os; print(os.getcwd(), os.getuid() > 0, sorted(os.listdir()))",
        "open('new', 'w').write('kept for a while'); print(open('new').read())",
        "exit()",
        "print(x)",
        "input('?')",
    )
    assert ran.ended == ()
    assert texts[0] == "2\n"
    assert texts[2] == "/sandbox/work True []\n"
    assert texts[3] == "kept for a while\n"
    assert texts[4].startswith("exit() does not end a notebook")
    assert texts[5] == "2\n"
    assert "does not support input" in texts[6]


def test_only_what_it_may_see_is_there(run_cells: RunCells, course: Course) -> None:
    probe = f"import os; print(sorted(os.listdir({str(course.root)!r})))"
    utils = f"import os; print(sorted(os.listdir({str(course.root / 'tfcourse_utils')!r})))"
    wrong = course.root / "tfcourse_utils/exercises/linear_classifiers/wrong"
    texts, _ = run_cells(probe, utils, f"import os; print(os.path.exists({str(wrong)!r}))")
    assert set(eval(texts[0])) <= {"tfcourse_utils", Path(sys.prefix).name}
    assert "checking" in texts[1] and "reference" not in texts[1]
    assert texts[2] == "False\n"


def test_temporary_files_go_to_its_own_folder(run_cells: RunCells) -> None:
    texts, _ = run_cells(
        "import sys, tempfile; print('tests.sandbox.warm' in sys.modules)\n"
        "with tempfile.NamedTemporaryFile() as file: print(file.name)"
    )
    assert texts[0].startswith("True\n/sandbox/")


def test_its_environment_says_nothing_of_the_user(run_cells: RunCells) -> None:
    os.environ["A_SECRET"] = "s3cret"
    try:
        texts, _ = run_cells(
            "import os; print(dict(os.environ), open('/proc/self/environ').read())"
        )
    finally:
        del os.environ["A_SECRET"]
    assert "s3cret" not in texts[0] and str(Path.home()) + "'" not in texts[0]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("import os; os._exit(3)", "it ended the kernel"),
        ("import ctypes; ctypes.string_at(0)", "it ended the kernel"),
        ("import os; os.abort()", "it ended the kernel"),
    ],
)
def test_a_cell_that_ends_the_kernel_costs_only_itself(
    source: str, why: str, run_cells: RunCells
) -> None:
    texts, ran = run_cells("x = 1\nprint(x)", source, "print(x + 1)")
    assert texts == ["1\n", why, "2\n"]
    assert [(end.cell, end.why) for end in ran.ended] == [(1, why)]


def test_a_loop_is_interrupted_and_the_rest_runs(run_cells: RunCells) -> None:
    texts, ran = run_cells("while True: pass", "print(1)", cell_seconds=1)
    assert texts[1] == "1\n" and ran.ended == ()


def test_a_loop_that_will_not_be_interrupted_costs_only_itself(run_cells: RunCells) -> None:
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    texts, ran = run_cells(stubborn, "print(1)", cell_seconds=1)
    assert texts[1] == "1\n" and [end.cell for end in ran.ended] == [0]


def test_the_whole_run_has_a_limit(run_cells: RunCells) -> None:
    _, ran = run_cells("import time; time.sleep(60)", cell_seconds=50, total_seconds=2)
    assert ran.ended[0].why == "its 2 s were up"


def test_memory_of_one_process_and_of_many_is_bounded(run_cells: RunCells) -> None:
    fill = "x = bytearray(2**29); x[::4096] = bytes(len(x[::4096]))"
    forks = f"import os\nfor i in range(9):\n    if os.fork() == 0:\n        {fill}\n"
    forks += "        import time; time.sleep(99)\nimport time; time.sleep(4)"
    texts, ran = run_cells(fill.replace("29", "31"), forks, "print(1)", memory=2**30)
    assert texts[2] == "1\n"
    assert [end.why for end in ran.ended] == ["it used more than 1024 MB of memory"]


def test_what_a_cell_prints_is_bounded_and_the_next_may_print_again(run_cells: RunCells) -> None:
    texts, _ = run_cells("for i in range(99): print('x' * 10**6)", "print('y')", output=1000)
    assert len(texts[0]) == 1000 and texts[1] == "y\n"


def test_what_was_forked_and_left_is_gone_with_the_kernel(
    engine: Engine, run_cells: RunCells
) -> None:
    leave = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(99)"
    run_cells(leave)
    zygote = psutil.Process(engine._process.pid)
    assert until(lambda: not zygote.children(recursive=True))
    assert not [path for path in engine.folder.iterdir() if path.name.startswith("tmp")]


def test_closing_the_engine_ends_what_runs() -> None:
    with Engine(preload=["ipykernel.kernelapp"]) as engine:
        zygote = psutil.Process(engine._process.pid)
        running = threading.Thread(
            target=run,
            args=(notebook("import time; time.sleep(99)"), Limits(), Kernels(engine)),
        )
        running.start()
        assert until(lambda: len(zygote.children(recursive=True)) == 3)
        processes = zygote.children(recursive=True)
    assert until(lambda: not any(process.is_running() for process in processes))
    running.join()


def test_files_go_in_as_copies_and_come_out_as_plain_files(
    engine: Engine, run_cells: RunCells, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "data.csv").write_text("1")
    (tmp_path / "in" / "link").symlink_to("/etc/passwd")
    sandboxes: list[Sandbox] = []

    class Kept(Kernels):
        def sandbox(self, limits):  # type: ignore[no-untyped-def]
            sandboxes.append(super().sandbox(limits))
            return sandboxes[-1]

    texts, _ = run_cells(
        "import os; print(sorted(os.listdir())); open('data.csv', 'w').write('2')",
        "os.makedirs('deep/er'); open('deep/er/new', 'w').write('3')",
        "os.symlink('/etc/passwd', 'passwd'); os.mkfifo('pipe')",
        kernels=Kept(engine, files=tmp_path / "in", collect=True),
    )
    assert texts[0] == "['data.csv']\n"
    assert (tmp_path / "in" / "data.csv").read_text() == "1"
    (tmp_path / "out").mkdir()
    sandboxes[0].bring_out(tmp_path / "out")
    found = {p.relative_to(tmp_path / "out"): p for p in (tmp_path / "out").rglob("*")}
    assert {str(name) for name in found} == {"data.csv", "deep", "deep/er", "deep/er/new"}
    assert (tmp_path / "out" / "data.csv").read_text() == "2"


def test_a_forged_archive_writes_nowhere_else(engine: Engine, tmp_path: Path) -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name in ("../outside", "/absolute", "fine/../../outside", "link/through", "good"):
            member = tarfile.TarInfo(name)
            member.size = 1
            archive.addfile(member, io.BytesIO(b"x"))
    out = tmp_path / "out"
    out.mkdir()
    (out / "link").symlink_to(tmp_path)
    Sandbox(engine, archive=data.getvalue()).bring_out(out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
    assert (out / "good").read_bytes() == b"x"


SCRIPT = """
import os, sys
from pathlib import Path
import nbformat
from grader.grade.canary import release_canary
from grader.grade.run import Kernels, run
from grader.sandbox import Engine, Layer, Limits, linux, seccomp

if sys.argv[2] == "container":  # as a container's own filter does: no new namespaces
    seccomp._CALLS = {name: seccomp._CALLS[name] for name in ("unshare", "setns", "mount")}
    seccomp._SOCKET = seccomp._PRLIMIT = (9999, 9999)
    linux.no_new_privileges()
    seccomp.install()
with Engine(preload=["ipykernel.kernelapp"]) as engine:
    root = Path(sys.argv[1])
    layers = release_canary(engine, root / "classroom")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    ran = run(notebook, Limits(), Kernels(engine, required=frozenset(Layer)))
print(os.getuid(), *sorted(layer.name for layer in layers))
print(*(end.why for end in ran.ended))
"""


def _script(how: str, course: Course, *before: str) -> tuple[list[str], str]:
    """Return who ran it with which layers, and what a run said that required them all."""
    command = [*before, sys.executable, "-c", SCRIPT, str(course.root), how]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    layers, said = ran.stdout.splitlines()
    return layers.split(), said


def _may_make_users() -> bool:
    command = ["unshare", "--user", "--map-user=1000", "true"]
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


AS_A_USER = ("unshare", "--user", "--map-user=1000", "--map-group=1000")


@pytest.mark.skipif(not _may_make_users(), reason="no user namespaces here")
def test_an_ordinary_user_has_every_layer_too(course: Course) -> None:
    (uid, *layers), said = _script("plain", course, *AS_A_USER)
    assert said == "" and uid == "1000" and layers == sorted(layer.name for layer in Layer)


def _others_reach_python() -> bool:
    """Whether another user could start this Python, as root's sandbox without namespaces must."""
    return all(path.stat().st_mode & 0o001 for path in Path(sys.base_prefix).resolve().parents)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(
            AS_A_USER,
            marks=pytest.mark.skipif(not _may_make_users(), reason="no user namespaces here"),
        ),
        pytest.param(
            (),
            marks=pytest.mark.skipif(
                os.getuid() == 0 and not _others_reach_python(),
                reason="Python lies in root's own home",
            ),
        ),
    ],
    ids=["ordinary-user", "this-user"],
)
def test_without_namespaces_the_other_layers_hold(before: tuple[str, ...], course: Course) -> None:
    (_, *layers), said = _script("container", course, *before)
    assert "A kernel would run without" in said
    assert {"LANDLOCK", "SECCOMP", "USER", "LIMITS"} <= set(layers)
    assert "FILES" not in layers
