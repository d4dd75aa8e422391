"""What is left of a learner's notebook: text as it was typed, and pictures that are pictures."""

from __future__ import annotations

import base64
import copy
import struct
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbgrader.utils import compute_checksum

from grader.grade.neutral import fenced, neutral, unfenced

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 640, 480) + b"the rest"
JPEG = b"\xff\xd8\xff\xe0the rest"


def role(*, grade: bool = False, solution: bool = False) -> dict[str, Any]:
    return {"grade_id": "x", "grade": grade, "solution": solution, "locked": not solution}


def notebook(*cells: dict[str, Any], **metadata: Any) -> NotebookNode:
    numbered = [{"id": f"cell-{number}", **cell} for number, cell in enumerate(cells)]
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": numbered}
    return nbformat.from_dict(whole)


def cell(kind: str, source: str = "", **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "source": source, "metadata": {}, **more}


def code(outputs: Any, **more: Any) -> dict[str, Any]:
    return cell("code", outputs=outputs, execution_count=1, **more)


def shown(**data: Any) -> dict[str, Any]:
    data = {mime.replace("_", "/"): value for mime, value in data.items()}
    return {"output_type": "display_data", "data": data, "metadata": {"isolated": True}}


def stream(text: Any, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def outputs_of(*outputs: dict[str, Any]) -> list[NotebookNode]:
    made = neutral(notebook(code([*outputs])))
    nbformat.validate(made)
    return made.cells[0].outputs


def test_the_instructors_cells_stay_and_the_learners_are_shown_as_typed() -> None:
    made = neutral(
        notebook(
            cell("markdown", "# *Hello*", metadata={"nbgrader": role()}),
            cell("markdown", "*Mine*", attachments={"a.png": {}}, metadata={"tags": ["x"]}),
            cell("markdown", "*Mine*", metadata={"nbgrader": role(grade=True, solution=True)}),
            cell("raw", "<b>", metadata={"raw_mimetype": "text/html"}),
            code([], source="<b>"),
        )
    )
    assert [one.source for one in made.cells] == [
        "# *Hello*",
        "```\n*Mine*\n```",
        "```\n*Mine*\n```",
        "```\n<b>\n```",
        "<b>",
    ]
    kinds = ["markdown"] * 4 + ["code"]
    assert [one.cell_type for one in made.cells] == kinds
    assert [one.id for one in made.cells] == [f"cell-{number}" for number in range(5)]
    assert ["nbgrader" in one.metadata for one in made.cells] == [True, False, True, False, False]
    assert all(set(one.metadata) <= {"nbgrader"} for one in made.cells)
    nbformat.validate(made)


def test_in_a_notebook_as_it_was_handed_in_only_what_nbgrader_put_back_is_the_instructors() -> None:
    given = nbformat.from_dict(cell("markdown", "*Look*", metadata={"nbgrader": role()}))
    given.metadata.nbgrader["checksum"] = compute_checksum(given)
    put_back, edited, unknown = (copy.deepcopy(given) for _ in range(3))
    put_back["attachments"] = {"a.svg": {"image/svg+xml": "<svg>"}}
    edited.source = "*Mine*"
    del unknown.metadata.nbgrader["grade_id"]  # nbgrader does it with ids that it does not know
    made = neutral(notebook(put_back, edited, unknown), transplanted=False)
    sources = ["*Look*", "```\n*Mine*\n```", "```\n*Look*\n```"]
    assert [one.source for one in made.cells] == sources
    assert "attachments" not in made.cells[0]


def test_the_metadata_of_the_notebook_are_ours() -> None:
    made = neutral(notebook(language_info={"name": "<script>"}, widgets={"state": {}}))
    assert set(made.metadata) == {"kernelspec", "language_info"}
    assert made.metadata.language_info.name == "python"


def test_what_is_handed_in_is_left_alone() -> None:
    before = notebook(code([shown(text_html="<b>", text_plain="x")]), cell("raw", "<b>"))
    kept = copy.deepcopy(before)
    made = neutral(before)
    made.cells[0].outputs[0].data["text/plain"] = "changed"
    assert before == kept


def test_the_judges_outputs_stay_and_no_one_elses() -> None:
    verdict = shown(text_html="<p>right</p>")
    check = code([verdict], metadata={"nbgrader": role(grade=True)})
    forged = code([verdict], metadata={"nbgrader": role(grade=True, solution=True)})
    made = neutral(notebook(check, check, forged, code([verdict])), ["cell-0", "cell-2", "cell-3"])
    assert "<p>right</p>" in made.cells[0].outputs[0].data["text/html"]
    assert [one.outputs for one in made.cells[1:]] == [[], [], []]


def test_text_is_kept_and_every_other_kind_is_not() -> None:
    output = shown(text_plain="a table", text_html="<b>", text_latex="$x$", text_markdown="*")
    assert outputs_of(output) == [
        {"output_type": "display_data", "data": {"text/plain": "a table"}, "metadata": {}}
    ]
    assert outputs_of(shown(text_html="<b>")) == []


def test_errors_stay_errors_and_streams_keep_their_names() -> None:
    error = {"output_type": "error", "ename": "A", "evalue": "b", "traceback": ["\x1b[31mc\x1b[0m"]}
    first, second = outputs_of(stream(["a\n", "b"], "stderr"), error)
    assert first == stream("a\nb", "stderr")
    assert (second.ename, second.evalue, second.traceback) == ("A", "b", ["c"])


def test_text_is_what_a_terminal_shows_in_the_end() -> None:
    [output] = outputs_of(stream("1/2 \x1b[1m━\x1b[0m\r2/2 ━━\x00\nnext\r\n\ud800\x1b["))
    assert output.text == "2/2 ━━\nnext\n?["


@pytest.mark.parametrize(("mime", "data"), [("image_png", PNG), ("image_jpeg", JPEG)])
def test_pictures_are_kept(mime: str, data: bytes) -> None:
    lines = [encoded(data)[:10] + "\n", encoded(data)[10:] + "\n"]
    [output] = outputs_of(shown(**{mime: lines}))
    assert base64.b64decode(output.data[mime.replace("_", "/")]) == data


HUGE = PNG.replace(struct.pack(">II", 640, 480), struct.pack(">II", 100_000, 100_000))


@pytest.mark.parametrize(
    "value",
    ["", "x", 3, None, f'{encoded(PNG)}" onerror="x']
    + [encoded(data) for data in (JPEG, b"GIF89a", HUGE, PNG[:14])],
)
def test_what_is_no_picture_is_not(value: Any) -> None:
    assert outputs_of(shown(image_png=value)) == []


def test_much_is_cut_and_it_is_said() -> None:
    first, last = outputs_of(stream("x" * 30_000), stream("y"))
    assert (len(first.text), last.text) == (20_000, "\n… cut\n")
    pictures = outputs_of(*[shown(image_png=encoded(PNG))] * 12)
    assert (len(pictures), pictures[-1].text) == (11, "\n… cut\n")
    [last] = outputs_of(shown(image_png=encoded(PNG + b"x" * 1_000_000)))
    assert last.text == "\n… cut\n"
    assert len(outputs_of(*[shown(text_plain="x")] * 1000)) == 101
    source = neutral(notebook(cell("markdown", "x" * 200_000))).cells[0].source
    assert len(source) < 101_000 and source.endswith("\n… cut\n```")


@given(st.text(alphabet="`~\n ab") | st.text())
def test_a_fence_is_longer_than_what_is_inside(text: str) -> None:
    made = fenced(text)
    fence = made.split("\n")[0]
    assert set(fence) == {"`"} and len(fence) >= 3
    assert fence not in text
    assert unfenced(made) == text


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
malformed = st.fixed_dictionaries(
    {},
    optional={
        "output_type": st.sampled_from(["stream", "error", "display_data", "execute_result"])
        | json_values,
        "name": json_values,
        "text": json_values,
        "data": st.dictionaries(
            st.sampled_from(["text/plain", "image/png", "image/jpeg", "text/html"]), json_values
        )
        | json_values,
        "metadata": json_values,
        "ename": json_values,
        "evalue": json_values,
        "traceback": json_values,
        "execution_count": json_values,
    },
)


@settings(deadline=None)
@given(st.lists(malformed | json_values) | json_values, json_values, json_values)
def test_nothing_malformed_stops_it(outputs: Any, count: Any, metadata: Any) -> None:
    made = neutral(
        notebook(code(outputs) | {"execution_count": count}, language_info=metadata, widgets=count)
    )
    nbformat.validate(made)
    nbformat.writes(made).encode()
