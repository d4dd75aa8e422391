"""Whatever lies in a learner's folder is taken in, with a sentence on what is odd about it."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.grade.handed_in_files import MAX_BYTES
from grader.grade.intake import take_in

NAME = "a.ipynb"
GOOD = {"cells": [{"cell_type": "code", "id": "x", "metadata": {}, "source": ["1\n", "2"]}]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ada" / "chapter"
    made.mkdir(parents=True)
    return made


def test_a_notebook_is_read(folder: Path) -> None:
    (folder / NAME).write_text(
        json.dumps(GOOD | {"nbformat": 4, "nbformat_minor": 5, "metadata": {}})
    )
    handed_in = take_in(folder, NAME)
    assert (handed_in.student, handed_in.remarks) == ("ada", ())
    assert [(cell.id, cell.source) for cell in handed_in.cells] == [("x", "1\n2")]


def test_a_notebook_of_the_old_format_is_read(folder: Path) -> None:
    cell = {"cell_type": "code", "input": "1", "outputs": [], "language": "python"}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [cell]}]}
    (folder / NAME).write_text(json.dumps(old))
    assert [cell.source for cell in take_in(folder, NAME).cells] == ["1"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_notebook_in_another_encoding_is_read(encoding: str, folder: Path) -> None:
    (folder / NAME).write_text(json.dumps(GOOD), encoding=encoding)
    assert [cell.source for cell in take_in(folder, NAME).cells] == ["1\n2"]


@pytest.mark.parametrize("linked", ["learner", "chapter"])
def test_a_link_to_what_somebody_else_handed_in_is_not_followed(
    linked: str, folder: Path, tmp_path: Path
) -> None:
    (folder / NAME).write_text(json.dumps(GOOD))
    mallory = tmp_path / "mallory"
    if linked == "learner":
        mallory.symlink_to(folder.parent)
    else:
        mallory.mkdir()
        (mallory / "chapter").symlink_to(folder)
    handed_in = take_in(mallory / "chapter", NAME)
    assert handed_in.cells == () and "is a link" in handed_in.remarks[0]


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_text("{"), "is not a notebook (no JSON from line 1 on)"),
        (lambda path: path.write_text("[]"), "is not a notebook that can be read"),
        (lambda path: path.write_text('{"cells": 3, "nbformat": 4}'), "is not a notebook"),
        (lambda path: path.write_text('{"nbformat": 4, "cells": []}'), "has no cells"),
        (lambda path: path.write_text("[" * 100_000), "is not a notebook"),
        (_large, "is larger than 20 MB"),
        (lambda path: path.write_text(json.dumps({"cells": [{}] * 2001})), "more than 2000 cells"),
        (lambda path: os.mkfifo(path), "is not an ordinary file"),
        (lambda path: path.symlink_to("/etc/passwd"), "is not an ordinary file"),
        (lambda path: path.mkdir(), "is not an ordinary file"),
        (lambda path: None, "there is no notebook called a.ipynb"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    make: Callable[[Path], object], sentence: str, folder: Path
) -> None:
    make(folder / NAME)
    handed_in = take_in(folder, NAME)
    assert handed_in.cells == ()
    assert len(handed_in.remarks) == 1 and sentence in handed_in.remarks[0]


def test_two_other_notebooks_are_not_guessed_between(folder: Path) -> None:
    for other in ("b.ipynb", "c.ipynb"):
        (folder / other).write_text("{}")
    assert take_in(folder, NAME).remarks == (
        "there are 2 notebooks, but none called a.ipynb: nothing could be graded",
    )


def _zip(path: Path, **members: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)


@pytest.mark.parametrize("inside", [NAME, f"deep__er__{NAME}", f"..__..__{NAME}"])
def test_a_notebook_in_a_zip_file_is_read_and_nothing_unpacked(inside: str, folder: Path) -> None:
    _zip(folder / "work.zip", **{inside: json.dumps(GOOD).encode(), ".hidden__b.ipynb": b"{}"})
    handed_in = take_in(folder, NAME)
    assert [cell.id for cell in handed_in.cells] == ["x"] and handed_in.remarks == ()
    assert [path.name for path in folder.parent.parent.rglob("*") if path.is_file()] == ["work.zip"]


def _lying_about_its_size(path: Path) -> None:
    _zip(path, **{NAME: bytes(MAX_BYTES + 1)})
    size = (MAX_BYTES + 1).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (1000).to_bytes(4, "little")))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.write_bytes(b"PK"), "work.zip is not a zip file that can be read"),
        (lambda path: _zip(path), "there is no notebook called a.ipynb"),
        (lambda path: _zip(path, **{NAME: bytes(MAX_BYTES + 1)}), "is larger than 20 MB"),
        (_lying_about_its_size, "work.zip can't be unpacked"),
        (lambda path: _zip(path, **{f"{i}": b"" for i in range(2001)}), "more than 2000 files"),
        (lambda path: _zip(path, **{"inner.zip": b"PK"}), "there is no notebook"),
        (lambda path: os.mkfifo(path), "is not an ordinary file"),
        (_large, "is larger than 20 MB"),
    ],
)
def test_what_is_wrong_with_a_zip_file_is_said(
    make: Callable[[Path], object], sentence: str, folder: Path
) -> None:
    make(folder / "work.zip")
    handed_in = take_in(folder, NAME)
    assert handed_in.cells == ()
    assert len(handed_in.remarks) == 1 and sentence in handed_in.remarks[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from([NAME, "work.zip"]),
    st.binary() | st.text().map(lambda text: json.dumps({"nbformat": 4, "cells": [text]}).encode()),
)
def test_no_file_stops_the_batch(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    handed_in = take_in(folder, NAME)
    (folder / name).unlink()
    assert handed_in.cells == () and handed_in.remarks
