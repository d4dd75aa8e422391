"""What `tfgrade grade` prints for programs, and says where something is wrong."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader.grade import Classroom
from grader.grade.records import Records
from grader.layout import Chapter, Course
from grader.sample import answer_sources, write_small_chapter

from .commands import tfgrade
from .small_class import NO_BIAS, hand_in, small_chapter


@pytest.fixture
def classroom(chapter: Chapter, tmp_path: Path) -> Classroom:
    """Return the folder of a class of two in a small course."""
    classroom = Classroom(tmp_path / "classroom", small_chapter(chapter, tmp_path))
    right = answer_sources(chapter, "reference")
    hand_in(classroom, "ada", right)
    hand_in(classroom, "ben", {"dense": NO_BIAS})
    return classroom


def test_results_as_json(classroom: Classroom) -> None:
    root = classroom.chapter.root
    done = tfgrade(root, "grade", "3", "--json")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert set(data) == {"chapter", "learners", "isolation", "seconds", "grading_seconds"}
    assert 0 < data["grading_seconds"] <= data["seconds"]
    assert "FILES" in data["isolation"]
    ada, ben = data["learners"]
    assert ada.pop("cell_seconds") > 0
    assert ada == {
        "learner": "ada",
        "score": 10,
        "maximum": 10,
        "remarks": [],
        "why": "",
        "checks": dict.fromkeys(
            [f"linear_classifiers.{name}" for name in ("make_clouds", "dense", "square_loss")],
            "right",
        ),
        "feedback": str(classroom.feedback("ada")),
    }
    assert (ben["learner"], ben["score"], ben["checks"]["linear_classifiers.dense"]) == (
        "ben",
        0,
        "wrong",
    )
    assert ben["why"].startswith("not attempted: make_clouds, square_loss; dense: ")
    with (classroom.folder / f"{classroom.chapter.name}.csv").open(encoding="utf-8") as file:
        assert [row["learner"] for row in csv.DictReader(file)] == ["ada", "ben"]


def test_all_chapters_that_something_was_handed_in_for(
    classroom: Classroom, course: Course
) -> None:
    tensors, tape = course.chapter("1"), course.chapter("2")
    root = classroom.chapter.root
    other = write_small_chapter(tensors, root, ["one_hot", "replace_row"])
    write_small_chapter(tape, root, ["softplus"])  # nobody has handed that in
    hand_in(replace(classroom, chapter=other), "ada", answer_sources(tensors, "reference"))
    done = tfgrade(root, "grade", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [
        (part["chapter"], [(one["learner"], one["score"]) for one in part["learners"]])
        for part in told
    ] == [
        ("01_tensors", [("ada", 6)]),
        ("03_linear_classifiers", [("ada", 10), ("ben", 0)]),
    ]
    again = tfgrade(root, "grade", "--student", "ada")
    assert again.returncode == 0, again.stderr
    assert again.stdout.index("01_tensors") < again.stdout.index("03_linear_classifiers")
    only_here = tfgrade(root, "grade", "--student", "ben")
    assert only_here.returncode == 0 and only_here.stdout.startswith("learner")


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one sentence with which a command gave up."""
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.count("\n") == 1
    return done.stderr.strip()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("9",), "There is no chapter '9'. There are: 03_linear_classifiers."),
        (("3", "--student", "nobody"), "There is nothing of 'nobody' in "),
        (("3", "--scheduler", "tcp://127.0.0.1:1"), "There is no Dask scheduler at tcp://127"),
        (("3", "--scheduler", "nonsense"), "nonsense is no address of a Dask scheduler, as tcp"),
        (("3", "--scheduler", "no://host"), "no://host is no address of a Dask scheduler, as"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(
    words: tuple[str, ...], sentence: str, classroom: Classroom
) -> None:
    assert refused(tfgrade(classroom.chapter.root, "grade", *words)).startswith(sentence)


def test_regrading_says_it_too(classroom: Classroom) -> None:
    sentence = refused(tfgrade(classroom.chapter.root, "regrade", "3", "--student", "nobody"))
    assert sentence.startswith("There is nothing of 'nobody' in ")


def test_nothing_was_handed_in(classroom: Classroom) -> None:
    shutil.rmtree(classroom.folder)
    sentence = refused(tfgrade(classroom.chapter.root, "grade", "3"))
    assert sentence == (
        f"Nothing was handed in: {classroom.folder}/submitted/LEARNER/03_linear_classifiers/ "
        "is empty."
    )


@pytest.mark.parametrize(
    "words",
    [
        ("--cell-limit", "0"),
        ("--time-limit", "4"),
        ("--memory-limit", "much"),
        ("--workers", "0"),
        ("--seed", "-1"),
    ],
)
def test_limits_that_make_no_sense(words: tuple[str, str], tmp_path: Path) -> None:
    done = tfgrade(tmp_path, "grade", "3", *words)
    assert done.returncode == 2 and done.stdout == ""
    assert words[0] in done.stderr and "Invalid value" in done.stderr
    assert "Traceback" not in done.stderr


def test_somebody_else_grades_here(classroom: Classroom) -> None:
    with Records(classroom.records).alone():
        sentence = refused(tfgrade(classroom.chapter.root, "grade", "3"))
    assert sentence.startswith(f"Another tfgrade is grading in {classroom.folder}.")


# A machine that offers neither namespaces nor Landlock, as some containers are.
BARE_MACHINE = """
import sys
from grader.cli import main
from grader.sandbox import linux, seccomp

refused = {name: seccomp._CALLS[name] for name in ("unshare", "setns", "mount")}
seccomp._CALLS = refused | {"landlock_create_ruleset": (444, 444)}
seccomp._SOCKET = seccomp._PRLIMIT = (9999, 9999)
linux.no_new_privileges()
seccomp.install()
main()
"""


def on_a_bare_machine(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `tfgrade` where nothing can be isolated, as an ordinary user."""
    user = ["unshare", "--user", "--map-user=1000", "--map-group=1000"] if not os.getuid() else []
    command = [*user, sys.executable, "-c", BARE_MACHINE, *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300)


def _can_be_bare() -> bool:
    if os.getuid():
        return sys.platform == "linux"
    command = ["unshare", "--user", "--map-user=1000", "true"]
    return bool(shutil.which("unshare")) and not subprocess.run(command).returncode


@pytest.mark.skipif(not _can_be_bare(), reason="root can't become an ordinary user here")
def test_without_isolation_nothing_is_graded_unless_it_is_asked_for(classroom: Classroom) -> None:
    root = classroom.chapter.root
    sentence = refused(on_a_bare_machine(root, "grade", "3"))
    assert sentence.startswith("Learners' code could ") and "read the course" in sentence
    assert sentence.endswith("--unsafe-no-isolation grades all the same.")
    assert not list(classroom.records.glob("runs/*"))
    assert not (classroom.folder / "feedback").exists()

    done = on_a_bare_machine(root, "grade", "3", "--unsafe-no-isolation")
    assert done.returncode == 0, done.stderr
    assert "Isolation: NONE. Learners' code ran as yourself." in done.stdout
    assert "2 learners graded, 2 of them run" in done.stdout
