"""A learner's copy of the course: new and changed notebooks arrive, edits stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfcourse_utils.desk import course_content, update_copy

LESSON, EXERCISE = "course/1.ipynb", "exercises/1/1.ipynb"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    root = tmp_path / "content"
    for name in (LESSON, EXERCISE):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text("first edition")
    return root


@pytest.fixture
def copy(tmp_path: Path, content: Path) -> Path:
    update_copy(content, tmp_path / "copy")
    return tmp_path / "copy"


def test_a_first_copy_has_everything(tmp_path: Path, content: Path) -> None:
    report = update_copy(content, tmp_path / "new")
    assert report.new == [LESSON, EXERCISE]
    assert (tmp_path / "new" / EXERCISE).read_text() == "first edition"


def test_a_second_start_changes_nothing(content: Path, copy: Path) -> None:
    (copy / EXERCISE).write_text("my answers")
    report = update_copy(content, copy)
    assert not (report.new or report.updated or report.kept)
    assert (copy / EXERCISE).read_text() == "my answers"


def test_an_update_reaches_what_was_not_edited(content: Path, copy: Path) -> None:
    (content / EXERCISE).write_text("second edition")
    assert update_copy(content, copy).updated == [EXERCISE]
    assert (copy / EXERCISE).read_text() == "second edition"


def test_an_update_leaves_edits_alone_and_says_so_each_time(content: Path, copy: Path) -> None:
    (copy / EXERCISE).write_text("my answers")
    (content / EXERCISE).write_text("second edition")
    for _ in range(2):
        assert update_copy(content, copy).kept == [EXERCISE]
        assert (copy / EXERCISE).read_text() == "my answers"


def test_a_lost_record_costs_nobody_their_edits(content: Path, copy: Path) -> None:
    (copy / EXERCISE).write_text("my answers")
    (copy / ".tfcourse.json").write_text("{")
    assert update_copy(content, copy).kept == [EXERCISE]
    assert (copy / EXERCISE).read_text() == "my answers"


def test_a_renamed_notebook_comes_back_as_new(content: Path, copy: Path) -> None:
    (copy / EXERCISE).rename(copy / "exercises/1/mine.ipynb")
    assert update_copy(content, copy).new == [EXERCISE]


def test_a_checkout_has_the_content() -> None:
    assert (course_content() / "course").is_dir()
