"""The course linter finds what is broken: one broken course for each rule."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import v4
from rich.console import Console

from grader.layout import Chapter, Course
from grader.lint.answers import answer_findings
from grader.lint.course import lint_course
from grader.lint.exercises import exercise_findings
from grader.lint.lessons import lesson_findings
from grader.lint.notebooks import notebook_findings, stale_findings, stray_findings
from tfcourse_utils.checking import find_exercise, wrong_answers

DENSE = find_exercise("linear_classifiers.dense")


@pytest.fixture
def copy(course: Course, tmp_path: Path) -> Course:
    """Return a copy of the course that a test may break."""
    for file in ("nbgrader_config.py", "pyproject.toml"):
        shutil.copy(course.root / file, tmp_path)
    for folder in ("course", "docs", "exercises", "solutions"):
        ignore = shutil.ignore_patterns(".ipynb_checkpoints")
        shutil.copytree(course.root / folder, tmp_path / folder, ignore=ignore)
    shutil.copytree(
        course.root / "tfcourse_utils" / "reference", tmp_path / "tfcourse_utils" / "reference"
    )
    return Course(tmp_path)


def findings(course: Course) -> list[str]:
    found = [*stale_findings(course), *stray_findings(course)]
    return found + [text for chapter in course.chapters for text in notebook_findings(chapter)]


def test_the_course_as_it_is_has_no_findings(copy: Course) -> None:
    assert findings(copy) == []
    assert [text for chapter in copy.chapters for text in exercise_findings(chapter)] == []


def edit(path: Path, name: str, source: str) -> None:
    notebook = nbformat.read(path, as_version=4)
    next(cell for cell in notebook.cells if cell.id == name).source = source
    nbformat.write(notebook, path)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda c: c.lesson.unlink(), "is not what its source gives"),
        (lambda c: (c.root / "docs" / "syllabus.md").unlink(), "is not what its source gives"),
        (lambda c: edit(c.lesson, "title", "# Another"), "is not what its source gives"),
        (lambda c: (c.release.parent / "answers.py").write_text(""), "does not belong there"),
        (lambda c: edit(c.release, "dense", "def dense(:"), "the stub dense is not valid Python"),
        (lambda c: edit(c.release, "setup", "1"), "TensorFlow is not used in the first code cell"),
    ],
)
def test_a_broken_notebook_is_found(
    damage: Callable[[Chapter], object], sentence: str, copy: Course
) -> None:
    chapter = copy.chapter("3")
    damage(chapter)
    found = [*stale_findings(copy), *stray_findings(copy)]
    if chapter.lesson.exists():
        found += notebook_findings(chapter)
    assert any(sentence in finding for finding in found), found


def test_an_exercise_without_hints_is_found(
    chapter: Chapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DENSE, "hints", ())
    monkeypatch.setattr(DENSE, "section", "No such section")
    assert list(exercise_findings(chapter)) == [
        "linear_classifiers.dense: 0 hints, 2 are the least",
        "linear_classifiers.dense: the lesson has no section 'No such section'",
    ]


def test_a_section_that_does_not_name_its_exercise_is_found(
    chapter: Chapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DENSE, "section", "Two clouds")
    assert list(exercise_findings(chapter)) == [
        "linear_classifiers.dense: the lesson's section 'Two clouds' does not say that it "
        "prepares this"
    ]


def test_a_wrong_answer_that_is_right_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DENSE, "wrong_answers", dict(wrong_answers(DENSE)))
    DENSE.wrong("not wrong at all", says="…")(
        lambda inputs, W, b, activation=None: (activation or (lambda x: x))(inputs @ W + b)
    )
    assert answer_findings(DENSE.id, seed=1) == [
        "linear_classifiers.dense, seed 1: the wrong answer 'not wrong at all' gets full marks"
    ]


def test_a_lesson_that_raises_or_warns_is_found(copy: Course) -> None:
    chapter = copy.chapter("3")
    cells = {
        "fine": "print(1)",
        "broken": "1 / 0",
        "loud": 'import warnings\nwarnings.warn("old ways")',
    }
    notebook = v4.new_notebook(cells=[v4.new_code_cell(s, id=name) for name, s in cells.items()])
    nbformat.write(notebook, chapter.lesson)
    raised, warned = lesson_findings(chapter)
    assert "the cell 'broken' raised ZeroDivisionError" in raised
    assert "the cell 'loud' writes to stderr" in warned and "old ways" in warned


def test_what_does_not_hold_is_printed_and_fails(copy: Course) -> None:
    (copy.root / "exercises" / "notes.txt").write_text("")
    console = Console(record=True, width=200, quiet=False, file=(copy.root / "log").open("w"))
    assert lint_course(copy, [], 1, console) == 1
    printed = console.export_text()
    console.file.close()
    assert "exercises/notes.txt does not belong there" in printed
    assert "1 of these do not hold." in printed
