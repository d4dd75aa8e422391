"""A grader that is killed and started again loses nothing, and does nothing twice."""

from __future__ import annotations

import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.grade import Classroom, Grading, grade_class, local_workers
from grader.grade.records import Records
from grader.layout import Chapter
from grader.sample import answer_sources

from .processes import Places, places, until
from .small_class import LIMITS, grade_by_hand, gradebook_content, hand_in, shown_files, small_class

# Graded first, and by hand too between two runs; then many more whom nobody has reached yet.
BY_HAND = ("ada", "check-dense", 1.5, "Nearly.")
MORE = [f"more{number:02}" for number in range(14)]

# In which folder to wait for what, a file more than there was, and for how many seconds after
# that at most. Which files those are decides only when the grader is killed.
MOMENTS = [
    ("temporary", "tfgrade-*", 3),  # while TensorFlow is imported
    ("class", "gradebook.db.new", 0.3),
    ("class", "gradebook.db", 0.3),  # the run's seed is drawn
    ("temporary", "tfgrade-*/*-1", 0.1),  # a kernel's socket
    ("temporary", "tfgrade-*/*-1", 1),
    ("class", ".tfgrade/*/runs/*.json", 0),  # kept, and not judged yet
    ("class", ".tfgrade/*/runs/*.json", 0.05),
    ("class", ".tfgrade/*/runs/*.json", 0.1),
    ("class", "feedback/*/*/*.html", 0),
    ("class", "autograded/*/*/*.ipynb", 0.1),
]


@pytest.fixture
def here() -> Iterator[Places]:
    with places() as made:
        yield made


def whole_class(chapter: Chapter, root: Path) -> Classroom:
    classroom = small_class(chapter, root)
    for student in MORE:
        hand_in(classroom, student, answer_sources(chapter, "tensorflow_style"))
    return classroom


def records(classroom: Classroom) -> dict[str, tuple[int, int]]:
    """Return when the records that there are were written, and where on the disk."""
    found = {}
    for path in classroom.records.glob("runs/[!.]*.json"):
        status = path.stat()
        found[path.stem] = (status.st_mtime_ns, status.st_ino)
    return found


def half_written(classroom: Classroom) -> list[Path]:
    """Return the files that are there only while another is written."""
    return [path for path in classroom.folder.rglob("*") if ".new" in path.name]


def kill_at(grader: subprocess.Popen[str], folder: Path, pattern: str, seconds: float) -> str:
    """Kill a grader some time after a file more is there; return what it said before."""
    before = len(list(folder.glob(pattern)))
    until(lambda: grader.poll() is not None or len(list(folder.glob(pattern))) > before)
    until(lambda: grader.poll() is not None, seconds)
    assert grader.poll() is None, f"ended before it was killed: {grader.communicate()}"
    grader.kill()
    return grader.communicate()[0]


def said_to_be(what: str, said: str) -> list[str]:
    lines = (line.split() for line in said.splitlines())
    return sorted(student for student, state in lines if state == what)


def test_killed_at_any_moment_and_started_again(
    chapter: Chapter, tmp_path: Path, here: Places
) -> None:
    classroom = whole_class(chapter, tmp_path / "killed")
    folders = {"class": classroom.folder, "temporary": here.folder}
    rng = random.Random(0)
    kept: dict[str, tuple[int, int]] = {}
    graded_by_hand = False
    ran: Counter[str] = Counter()
    for where, pattern, longest in MOMENTS:
        grader = here.grade(classroom.chapter)
        said = kill_at(grader, folders[where], pattern, rng.uniform(0, longest))
        assert until(lambda: here.nothing_is_left, 30), (here.processes, here.left)
        now = records(classroom)
        assert kept.items() <= now.items()
        kept = now
        ran.update(said_to_be("run", said))
        if not graded_by_hand and classroom.autograded("ada").exists():
            grade_by_hand(classroom, *BY_HAND)
            graded_by_hand = True
    assert graded_by_hand and len(kept) < 20

    seed = Records(classroom.records).seed(None)  # the unfinished run's
    grader = here.grade(classroom.chapter)
    said, errors = grader.communicate()
    assert grader.returncode == 0, errors
    assert said_to_be("unchanged", said) == sorted(kept)
    ran.update(said_to_be("run", said))
    assert set(ran.values()) == {1}
    assert kept.items() <= records(classroom).items()
    assert not half_written(classroom) and here.nothing_is_left

    undisturbed = whole_class(chapter, tmp_path / "undisturbed")
    grading = Grading(seed=seed, limits=LIMITS)
    with local_workers(2) as workers:
        grade_class(undisturbed, workers, grading)
        grade_by_hand(undisturbed, *BY_HAND)
        grade_class(undisturbed, workers, grading)
    assert gradebook_content(classroom) == gradebook_content(undisturbed)
    assert shown_files(classroom) == shown_files(undisturbed)
