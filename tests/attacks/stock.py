"""The same attacks on nbgrader as it comes: no sandbox, and checks judged in the kernel.

Only those run that may run outside a sandbox. Attackers are graded a few at a time between two
honest learners; a class in which anything happens to these is graded again, one attacker each.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sysconfig
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from nbgrader.api import Gradebook
from sqlalchemy.exc import SQLAlchemyError

from bench.courses import CONFIG
from grader.grade import Classroom
from grader.layout import Course

from .attack import BREACH, Attack
from .grade import WORKERS, hand_in
from .honest import HONEST
from .world import world

__all__ = ["Stock", "grade_with_stock"]

_NEIGHBOURS = (replace(HONEST[0], name="ada"), replace(HONEST[0], name="zoe"))
_TOGETHER = 8
_CELL_SECONDS = 15  # the first cell imports TensorFlow
_SECONDS, _SECONDS_EACH = 45, 15  # for a class, and for each of it
_BOUNDS = 'ulimit -d 8000000 -f 2000000; exec "$@"'  # in kB, and in blocks


@dataclass(frozen=True)
class Stock:
    """What became of one attack.

    Attributes:
        score: None if there is no result.
        hurts: whether an honest learner has another score, or none.
        hung: whether the grader had to be killed.
        reached: whether it could do what nobody may.
    """

    score: float | None
    hurts: bool = False
    hung: bool = False
    reached: bool = False

    def words(self, attack: Attack) -> list[str]:
        """Return what went wrong; nothing if all is as it should be."""
        found = {
            "hung": self.hung,
            "changed or lost others' results": self.hurts and not self.hung,
            "overpaid": (self.score or 0) > attack.fair,
            "punished": (self.score or 0) < attack.least,
            "reached": self.reached,
        }
        return [word for word, is_so in found.items() if is_so]


def grade_with_stock(attacks: Sequence[Attack], course: Course) -> Iterator[dict[str, Stock]]:
    """Yield what became of the attacks that may run without a sandbox, as they come."""
    safe = [attack for attack in attacks if attack.safe]
    alone = [[attack] for attack in safe if attack.family == "endless"]  # many of them hang
    others = iter([attack for attack in safe if attack.family != "endless"])
    classes = [*alone, *iter(lambda: list(islice(others, _TOGETHER)), [])]
    with ThreadPoolExecutor(WORKERS) as executor:
        running = [executor.submit(_grade, some, course) for some in classes]
        yield from (done.result() for done in as_completed(running))


def _grade(attacks: Sequence[Attack], course: Course) -> dict[str, Stock]:
    graded = _grade_class(attacks, course)
    if len(attacks) == 1 or not any(one.hurts or one.hung for one in graded.values()):
        return graded
    return {name: one for attack in attacks for name, one in _grade_class([attack], course).items()}


def _grade_class(attacks: Sequence[Attack], course: Course) -> dict[str, Stock]:
    with TemporaryDirectory(prefix="stock-", ignore_cleanup_errors=True) as place:
        folder, home = Path(place), Path(place, "home")
        home.mkdir()
        with world(course.root, home) as attacked:
            classroom = hand_in([*_NEIGHBOURS, *attacks], folder, course, attacked)
            config = CONFIG.replace("timeout = 300", f"timeout = {_CELL_SECONDS}")
            (folder / "nbgrader_config.py").write_text(config)
            name = classroom.chapter.name
            seconds = _SECONDS + _SECONDS_EACH * (len(_NEIGHBOURS) + len(attacks))
            _run(folder, home, seconds, "generate_assignment", name, "--force")
            hung = not _run(folder, home, seconds, "autograde", name, "--create")
        scores = {one: _score(classroom, one) for one in _names([*_NEIGHBOURS, *attacks])}
        hurts = any(scores[one.name] != one.fair for one in _NEIGHBOURS)
        return {
            one: Stock(scores[one], hurts, hung, _reached(classroom, one))
            for one in _names(attacks)
        }


def _names(attacks: Sequence[Attack]) -> list[str]:
    return [attack.name for attack in attacks]


def _run(folder: Path, home: Path, seconds: float, *command: str) -> bool:
    """Run one of nbgrader's commands; return whether it ended by itself."""
    scripts = sysconfig.get_path("scripts")
    places = {"HOME": str(home), "TMPDIR": str(home), "PATH": f"{scripts}:{os.environ['PATH']}"}
    words = ["sh", "-c", _BOUNDS, "sh", f"{scripts}/nbgrader", *command]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    process = subprocess.Popen(
        words, cwd=folder, env=os.environ | places, stderr=subprocess.DEVNULL, **quiet
    )
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        return False
    finally:
        process.kill()
        process.wait()
        _end_what_is_left(home)


def _end_what_is_left(home: Path) -> None:
    """Kill kernels, and what they have started: all are known by the home that they were given."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get("HOME") == str(home):
                process.kill()


def _score(classroom: Classroom, student: str) -> float | None:
    if not classroom.autograded(student).is_file():
        return None
    try:
        with Gradebook(classroom.db_url) as gradebook:
            return gradebook.find_submission(classroom.chapter.name, student).score
    except (SQLAlchemyError, ValueError, RuntimeError, LookupError):
        return None


def _reached(classroom: Classroom, student: str) -> bool:
    path = classroom.autograded(student)
    return path.is_file() and BREACH in path.read_text(encoding="utf-8", errors="replace")
