"""What an instructor reads of a class may quote learners, and do nothing else for them."""

from __future__ import annotations

import csv
from pathlib import Path

from grader.grade import Result
from grader.grade.report import result_lines, what_went_wrong, who_needs_a_look, write_csv


def result(student: str, *remarks: str) -> Result:
    return Result(student, 0.0, 3.0, remarks, (), Path("a/feedback/x/y/z.html"), None)


HOSTILE = result("ada", "\x1b[2J\x9b1A`x` raised Error: \u202egood\r\nada  3/3")


def test_a_terminal_is_not_told_what_to_do() -> None:
    said = [what_went_wrong(HOSTILE), who_needs_a_look([HOSTILE])[0][1]]
    assert all(line.isprintable() and "`x` raised Error" in line for line in said)
    assert len(list(result_lines([HOSTILE], Path("a"), None))) == 2


def test_a_table_holds_no_formula(tmp_path: Path) -> None:
    hostile = [result("=ada", "=1+1.ipynb is empty"), result("ben", "@x"), result("chen", "a = 1")]
    write_csv(hostile, tmp_path / "class.csv")
    with (tmp_path / "class.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert [(row[0], row[3]) for row in rows] == [
        ("'=ada", "'=1+1.ipynb is empty"),
        ("ben", "'@x"),
        ("chen", "a = 1"),
    ]


def test_the_lines_of_learners_who_were_not_graded_this_time_stay(tmp_path: Path) -> None:
    table = tmp_path / "class.csv"
    write_csv([result("ada", "late"), result("ben")], table)
    write_csv([result("ada")], table)
    with table.open(encoding="utf-8", newline="") as file:
        rows = [(row[0], row[3]) for row in csv.reader(file)]
    assert rows == [("learner", "what went wrong"), ("ada", ""), ("ben", "")]


def test_a_table_that_somebody_has_changed_is_written_anew(tmp_path: Path) -> None:
    table = tmp_path / "class.csv"
    table.write_bytes(b"\xff;;")
    write_csv([result("ada")], table)
    assert table.read_text(encoding="utf-8").startswith("learner,score")
