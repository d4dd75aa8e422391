"""Run the graders as an instructor does, and watch them."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil

from grader.cli import CORES

__all__ = ["Graded", "grade_with_nbgrader", "grade_with_tfgrade"]

_SCRIPTS = Path(sysconfig.get_path("scripts"))


@dataclass(frozen=True)
class Graded:
    """How grading a class went; times in seconds from the start of the command.

    Attributes:
        seconds: until it ended.
        first: until the first result.
        started: until the first notebook could run: `seconds` minus what grading took.
        cell_seconds: in which learners' cells ran, summed over the class.
        memory: the most that the grader's own process held, in MB.
    """

    seconds: float
    first: float = 0
    started: float = 0
    cell_seconds: float = 0
    memory: float = 0
    workers: int = 1


def grade_with_nbgrader(folder: Path, name: str) -> Graded:
    """Grade with `nbgrader autograde` as it comes."""
    _run(folder, "nbgrader", "generate_assignment", name, "--force")
    began = time.monotonic()
    _run(folder, "nbgrader", "autograde", name, "--create")
    return Graded(time.monotonic() - began)


def _run(folder: Path, *command: str) -> None:
    ran = subprocess.run(
        [str(_SCRIPTS / command[0]), *command[1:]],
        cwd=folder,
        env=_environment(),
        capture_output=True,
        text=True,
    )
    if ran.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {ran.stderr[-2000:]}")


def grade_with_tfgrade(folder: Path, name: str) -> Graded:
    """Grade with `tfgrade grade`, isolation and judge on."""
    command = [str(_SCRIPTS / "tfgrade"), "grade", name, "--json"]
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watch = _Memory(process.pid)
    out, told = process.stdout, process.stderr
    assert out and told
    with ThreadPoolExecutor(1) as reader:
        said = reader.submit(out.read)
        first, errors = 0.0, []
        for line in told:
            errors.append(line)
            if line.startswith("graded") and not first:
                first = time.monotonic() - began
    process.wait()
    seconds = time.monotonic() - began
    if process.returncode:
        raise RuntimeError(f"tfgrade failed: {''.join(errors)[-2000:]}")
    result = json.loads(said.result())
    learners = result["learners"]
    assert all(learner["score"] == learner["maximum"] for learner in learners)
    return Graded(
        seconds,
        first,
        seconds - result["grading_seconds"],
        sum(learner["cell_seconds"] or 0 for learner in learners),
        watch.most(),
        CORES,
    )


class _Memory:
    """Looks at a process's memory until it ends."""

    def __init__(self, pid: int) -> None:
        self._most = 0
        self._thread = threading.Thread(target=self._watch, args=(pid,), daemon=True)
        self._thread.start()

    def _watch(self, pid: int) -> None:
        try:
            process = psutil.Process(pid)
            while True:
                self._most = max(self._most, process.memory_info().rss)
                time.sleep(0.2)
        except psutil.Error:  # it has ended
            return

    def most(self) -> float:
        self._thread.join(5)
        return self._most / 2**20


def _environment() -> dict[str, str]:
    return os.environ | {"PATH": f"{_SCRIPTS}{os.pathsep}{os.environ['PATH']}"}
