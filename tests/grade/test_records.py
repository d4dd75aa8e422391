"""What is kept of a run is read again, or not at all."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from grader.grade.records import Record, Records
from grader.grade.run import Ended
from grader.sandbox import Limits


def record(*ended: Ended, error: str = "") -> Record:
    outputs = [new_output("error", ename=error, evalue="", traceback=[])] if error else []
    text = nbformat.writes(new_notebook(cells=[new_code_cell("x", outputs=outputs)]))
    return Record("code", {"check": "look"}, 2**100, text, ended, Limits(cell_seconds=3))


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(tmp_path / ".tfgrade" / "chapter")


def test_a_record_comes_back_as_it_was(records: Records) -> None:
    kept = record(Ended(0, "it ended the kernel"))
    records.keep("ada", kept)
    assert records.get("ada") == kept and records.get("ben") is None


@pytest.mark.parametrize("damage", ["", "{}", "\ud800", "0" * 64 + "\n{}"])
def test_what_was_damaged_is_not_believed(damage: str, records: Records, tmp_path: Path) -> None:
    records.keep("ada", record())
    [path] = tmp_path.rglob("ada.json")
    path.write_text(damage, encoding="utf-8", errors="surrogatepass")
    assert records.get("ada") is None


def test_what_stopped_a_notebook_may_not_with_other_limits() -> None:
    assert not record().is_due_to_limits()
    assert not record(error="ZeroDivisionError").is_due_to_limits()
    assert record(error="KeyboardInterrupt").is_due_to_limits()
    assert record(Ended(0, "its 3 s were up")).is_due_to_limits()


def test_one_grader_at_a_time_may_ask_twice(records: Records) -> None:
    with records.alone(), records.alone():
        pass
    with records.alone():
        pass


def test_an_unfinished_run_goes_on_with_its_seed(records: Records) -> None:
    seed = records.begin(None, [], force=False)
    assert records.begin(None, [], force=False) == seed
    records.finish(seed)
    assert records.begin(None, [], force=False) != seed
