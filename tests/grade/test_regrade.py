"""After a check was mended only that check is run again, on the same data."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

import tfcourse_utils
from grader.build.cells import notebook_text
from grader.grade import Classroom
from grader.grade.records import Records
from grader.layout import Chapter
from grader.sample import answer_sources

from .commands import graded
from .small_class import (
    SEED,
    grade_by_hand,
    gradebook_content,
    hand_in,
    shown_files,
    small_chapter,
)

NO_LOOK = (
    "def square_loss(targets, predictions):\n"
    "    return tf.reduce_mean(tf.square(targets - predictions))"
)
# Whether it was run again can be seen from what it gives.
NOISY = (
    "def dense(inputs, W, b, activation=None):\n"
    "    import time\n    return inputs @ W + float(time.time_ns() % 10**6)"
)
# An instructor's own check, which is wrong: it should be 3.
PLAIN = "bool(dense(tf.ones((1, 2)), tf.ones((2, 1)), tf.ones(1)) == 4)"


@dataclass(frozen=True)
class OwnCourse:
    """A course with checks of its own, and what its class handed in."""

    classroom: Classroom
    library: Path

    def tfgrade(self, command: str, *words: str) -> dict[str, dict]:
        return graded(
            self.classroom.chapter.root,
            *(command, "3", *words),
            environment={"PYTHONPATH": str(self.library)},
        )

    def mend(self, file: str, before: str, after: str) -> None:
        """Change the text of a check."""
        path = self.library / "tfcourse_utils" / "exercises" / "linear_classifiers" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(before) >= 1
        path.write_text(text.replace(before, after), encoding="utf-8")

    def change_cell(self, cell_id: str, change: Callable[[NotebookNode], None]) -> None:
        """Change a cell of the instructor's notebooks."""
        chapter = self.classroom.chapter
        for path in (chapter.solution, chapter.release):
            notebook = nbformat.read(path, as_version=4)
            change(next(cell for cell in notebook.cells if cell.id == cell_id))
            path.write_text(notebook_text(notebook), encoding="utf-8")

    def outputs(self, student: str, cell_id: str) -> list:
        """Return what a cell left when it ran."""
        record = Records(self.classroom.records).get(student)
        assert record
        notebook = nbformat.reads(record.notebook, as_version=4)
        return next(cell.outputs for cell in notebook.cells if cell.id == cell_id)


def make_course(root: Path, chapter: Chapter) -> OwnCourse:
    library = root / "library"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(
        Path(tfcourse_utils.__file__).parent, library / "tfcourse_utils", ignore=ignored
    )
    small = small_chapter(chapter, root / "course", ["dense", "square_loss"], {"plain": PLAIN})
    own = OwnCourse(Classroom(small.root / "classroom", small), library)
    right = answer_sources(chapter, "reference")
    hand_in(own.classroom, "ada", right)
    hand_in(own.classroom, "gita", right | {"square_loss": NO_LOOK})
    hand_in(own.classroom, "nora", right | {"dense": NOISY})
    return own


@pytest.fixture(scope="module")
def once_graded(chapter: Chapter, tmp_path_factory: pytest.TempPathFactory) -> OwnCourse:
    """Return a course whose class has been graded, in part by hand."""
    own = make_course(tmp_path_factory.mktemp("graded"), chapter)
    results = own.tfgrade("grade", "--seed", str(SEED))
    assert {name: result["score"] for name, result in results.items()} == {
        "ada": 6,
        "gita": 5,
        "nora": 3,
    }
    grade_by_hand(own.classroom, "nora", "check-dense", 1.5, "Nearly.")
    return own


@pytest.fixture
def own(once_graded: OwnCourse, tmp_path: Path) -> OwnCourse:
    """Return a copy of it."""
    shutil.copytree(once_graded.library.parent, tmp_path, dirs_exist_ok=True)
    chapter = Chapter(tmp_path / "course", once_graded.classroom.chapter.name)
    return OwnCourse(Classroom(chapter.root / "classroom", chapter), tmp_path / "library")


def were_run(results: dict[str, dict]) -> list[str]:
    return [name for name, result in results.items() if result["cell_seconds"] is not None]


def scores(results: dict[str, dict]) -> dict[str, float]:
    return {name: result["score"] for name, result in results.items()}


def mend_the_look(own: OwnCourse) -> None:
    """Have the check of the loss ask no more for a look at the shapes."""
    own.mend("loss.py", "error_of(answer, flat, column)", "error_of(answer, flat, flat)")
    own.mend("loss.py", "error_of(answer, column, flat)", "error_of(answer, column, column)")


def test_where_nothing_has_changed_nothing_is_run(own: OwnCourse) -> None:
    hand_in(own.classroom, "omar", {})  # who has not been graded yet
    book = gradebook_content(own.classroom)
    results = own.tfgrade("regrade")
    assert list(results) == ["ada", "gita", "nora"] and were_run(results) == []
    assert scores(results) == {"ada": 6, "gita": 5, "nora": 4.5}
    assert gradebook_content(own.classroom) == book


def test_a_mended_check_is_run_and_no_other(
    own: OwnCourse, chapter: Chapter, tmp_path: Path
) -> None:
    noise = own.outputs("nora", "check-dense")
    loss = own.outputs("gita", "check-square_loss")
    mend_the_look(own)
    results = own.tfgrade("regrade")
    assert were_run(results) == ["ada", "gita", "nora"]
    assert scores(results) == {"ada": 6, "gita": 6, "nora": 4.5}
    assert own.outputs("nora", "check-dense") == noise
    assert own.outputs("gita", "check-square_loss") != loss

    # On the same data: as if it had been right from the beginning.
    afresh = make_course(tmp_path / "afresh", chapter)
    mend_the_look(afresh)
    afresh.tfgrade("grade", "--seed", str(SEED), "--student", "ada", "--student", "gita")
    book, other = gradebook_content(own.classroom), gradebook_content(afresh.classroom)
    assert {name: book[name] for name in other} == other
    for student in ("ada", "gita"):
        page = own.classroom.feedback(student).read_bytes()
        assert page == afresh.classroom.feedback(student).read_bytes()


def test_a_check_mended_in_a_module_beside_it(own: OwnCourse) -> None:
    own.mend("loss.py", "import error_of, normal", "import normal\nfrom .errors import error_of")
    beside = own.library / "tfcourse_utils/exercises/linear_classifiers/errors.py"
    beside.write_text("from ..tools import error_of\n", encoding="utf-8")
    assert scores(own.tfgrade("regrade")) == {"ada": 6, "gita": 5, "nora": 4.5}
    beside.write_text("def error_of(*_):\n    return ValueError()\n", encoding="utf-8")
    results = own.tfgrade("regrade")
    assert were_run(results) == ["ada", "gita", "nora"]
    assert scores(results) == {"ada": 6, "gita": 6, "nora": 4.5}


def test_a_mended_sentence_is_said_without_a_run(own: OwnCourse) -> None:
    own.mend("wrong/loss.py", 'says="', 'says="Listen. ')
    results = own.tfgrade("regrade")
    assert were_run(results) == []
    page = own.classroom.feedback("gita").read_text(encoding="utf-8")
    assert page.count("Listen.") == 1


def test_other_points_count_for_everybody(own: OwnCourse) -> None:
    own.mend("loss.py", '"mean of the squares")', '"mean of the squares", points=4)')
    own.change_cell("check-square_loss", lambda cell: cell.metadata.nbgrader.update(points=6))
    results = own.tfgrade("regrade")
    assert scores(results) == {"ada": 9, "gita": 8, "nora": 7.5}
    assert {result["maximum"] for result in results.values()} == {11}


def test_a_mended_check_of_the_instructors_own(own: OwnCourse) -> None:
    own.change_cell("plain", lambda cell: cell.update(source=PLAIN.replace("== 4", "== 3")))
    results = own.tfgrade("regrade")
    assert were_run(results) == ["ada", "gita", "nora"]  # it may have changed what comes after
    assert scores(results) == {"ada": 8, "gita": 7, "nora": 4.5}
    ada = Records(own.classroom.records).get("ada")
    assert ada and ada.seed == SEED


def test_who_handed_in_something_else_is_run_on_the_same_data(own: OwnCourse) -> None:
    kept = Records(own.classroom.records).get("ada")
    hand_in(own.classroom, "gita", answer_sources(own.classroom.chapter, "numpy_style"))
    results = own.tfgrade("regrade")
    assert were_run(results) == ["gita"]
    assert scores(results) == {"ada": 6, "gita": 6, "nora": 4.5}
    records = Records(own.classroom.records)
    gita = records.get("gita")
    assert gita and gita.seed == SEED and records.get("ada") == kept


def test_only_some_learners(own: OwnCourse) -> None:
    mend_the_look(own)
    before = gradebook_content(own.classroom)
    pages = shown_files(own.classroom)
    results = own.tfgrade("regrade", "--student", "gita")
    assert were_run(results) == list(results) == ["gita"]
    after = gradebook_content(own.classroom)
    assert {name for name in after if after[name] != before[name]} == {"gita"}
    changed = {path for path, text in shown_files(own.classroom).items() if pages[path] != text}
    assert changed and all("gita" in path for path in changed)


def test_force_runs_everything_on_new_data(own: OwnCourse) -> None:
    results = own.tfgrade("grade", "--force")
    assert were_run(results) == ["ada", "gita", "nora"]
    assert scores(results) == {"ada": 6, "gita": 5, "nora": 4.5}  # the points by hand stay
    ada = Records(own.classroom.records).get("ada")
    assert ada and ada.seed != SEED
