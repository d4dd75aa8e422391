"""A small class on a small chapter, with which a grader has done in seconds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from nbgrader.api import Gradebook

from grader.grade import Classroom
from grader.layout import Chapter
from grader.sample import answer_sources, write_small_chapter
from grader.sandbox import Limits

EXERCISES = ("make_clouds", "dense", "square_loss")  # of chapter 3; nothing is trained in them

NO_BIAS = "def dense(inputs, W, b, activation=None):\n    return inputs @ W"
ENDLESS = "def square_loss(targets, predictions):\n    while True:\n        pass"

#: The points that each learner of the class gets, of 10.
SCORES = {"ada": 10, "ben": 7, "chen": 10, "dana": 4, "emil": 0, "fatima": 7}

#: Long enough for `tfgrade`, which takes none that could be guessed.
SEED = 31_415_926_535_897_932_384

#: An endless loop is stopped soon; everything else takes tenths of a second.
LIMITS = Limits(cell_seconds=4, total_seconds=60)


def small_chapter(
    chapter: Chapter,
    root: Path,
    exercises: Collection[str] = EXERCISES,
    added: Mapping[str, str] | None = None,
) -> Chapter:
    """Write a course of one chapter, with some of the exercises of another.

    Args:
        added: checks of an instructor's own, worth 2 points each, by their names.
    """
    small = write_small_chapter(chapter, root, exercises, added)
    shutil.copy(chapter.root / "nbgrader_config.py", root)
    return small


def hand_in(classroom: Classroom, student: str, answers: Mapping[str, str]) -> Path:
    """Write what a learner hands in, and return its path; other answers are not attempted."""
    notebook = json.loads(classroom.chapter.release.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
    name = classroom.chapter.name
    path = classroom.folder / "submitted" / student / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def small_class(chapter: Chapter, root: Path) -> Classroom:
    """Write a small course and what its class handed in: right, wrong, unfinished, broken."""
    classroom = Classroom(root / "classroom", small_chapter(chapter, root))
    right = answer_sources(chapter, "reference")
    hand_in(classroom, "ada", right)
    hand_in(classroom, "ben", right | {"dense": NO_BIAS})
    hand_in(classroom, "chen", answer_sources(chapter, "numpy_style"))
    hand_in(classroom, "dana", {"make_clouds": right["make_clouds"]})
    broken = hand_in(classroom, "emil", right)
    broken.write_text(broken.read_text(encoding="utf-8")[:1000], encoding="utf-8")
    hand_in(classroom, "fatima", right | {"square_loss": ENDLESS})
    return classroom


def gradebook_content(classroom: Classroom) -> dict[str, object]:
    """Return all that a gradebook holds of a chapter, by names."""
    name = classroom.chapter.name
    with Gradebook(classroom.db_url) as gradebook:
        assignment = gradebook.find_assignment(name)
        [notebook] = assignment.notebooks
        content: dict[str, object] = {
            "points": {cell.name: cell.max_score for cell in notebook.grade_cells},
            "sources": {cell.name: cell.source for cell in notebook.source_cells},
        }
        for submission in assignment.submissions:
            [theirs] = submission.notebooks
            grades = {
                grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                for grade in theirs.grades
            }
            comments = {
                comment.name: (comment.auto_comment, comment.manual_comment)
                for comment in theirs.comments
            }
            content[submission.student.id] = (submission.score, grades, comments)
    return content


def shown_files(classroom: Classroom) -> dict[str, bytes]:
    """Return what a class and its instructor get to see."""
    return {
        str(path.relative_to(classroom.folder)): path.read_bytes()
        for folder in ("autograded", "feedback")
        for path in (classroom.folder / folder).rglob("*")
        if path.is_file()
    }


def grade_by_hand(
    classroom: Classroom, student: str, graded: str, points: float, comment: str
) -> None:
    """Do what an instructor does in the Formgrader, on a check or an answer that has points."""
    name = classroom.chapter.name
    with Gradebook(classroom.db_url) as gradebook:
        where = name, name, student
        grade = gradebook.find_grade(graded, *where)
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.find_comment(graded.removeprefix("check-"), *where).manual_comment = comment
        gradebook.db.commit()
