"""A gradebook in PostgreSQL holds what one in SQLite does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.grade import Classroom, Grading, grade_class, local_workers
from grader.layout import Chapter

from .commands import graded
from .postgres import INSTALLED, postgres
from .small_class import (
    LIMITS,
    SCORES,
    SEED,
    grade_by_hand,
    gradebook_content,
    shown_files,
    small_class,
)

pytestmark = pytest.mark.skipif(not INSTALLED, reason="there is no PostgreSQL server (initdb) here")


@pytest.fixture
def database() -> Iterator[str]:
    with postgres() as address:
        yield address


def grade(classroom: Classroom) -> dict[str, float]:
    with local_workers(2) as workers:
        results = grade_class(classroom, workers, Grading(seed=SEED, limits=LIMITS))
    return {result.student: result.score for result in results}


def test_the_same_gradebook_as_in_a_file(chapter: Chapter, tmp_path: Path, database: str) -> None:
    in_file = small_class(chapter, tmp_path / "file")
    in_server = replace(small_class(chapter, tmp_path / "server"), database=database)
    assert grade(in_file) == grade(in_server) == SCORES
    assert gradebook_content(in_file) == gradebook_content(in_server)

    for classroom in (in_file, in_server):
        grade_by_hand(classroom, "ben", "check-dense", 2.5, "Nearly.")
        assert grade(classroom) == SCORES | {"ben": 9.5}
    assert gradebook_content(in_file) == gradebook_content(in_server)
    assert shown_files(in_file) == shown_files(in_server)
    assert not (in_server.folder / "gradebook.db").exists()


def test_nbgraders_own_setting_says_where_the_gradebook_is(
    chapter: Chapter, tmp_path: Path, database: str
) -> None:
    classroom = replace(small_class(chapter, tmp_path), database=database)
    with (tmp_path / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"\nc.CourseDirectory.db_url = {database!r}\n")
    results = graded(tmp_path, "grade", "3", "--cell-limit", "4")
    assert {name: result["score"] for name, result in results.items()} == SCORES
    content = gradebook_content(classroom)
    assert {name: content[name][0] for name in SCORES} == SCORES  # type: ignore[index]
    assert not (classroom.folder / "gradebook.db").exists()
