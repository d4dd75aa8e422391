"""The builder: the same text gives the same bytes, and no answer reaches a learner."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from grader.build import build_chapter, build_course, stale_files, write_files
from grader.build.cells import SourceError, notebook_from_file, notebook_from_text, notebook_text
from grader.layout import Chapter, Course
from grader.lint.notebooks import answer_lines, leaks


@pytest.fixture(scope="module")
def built(chapter: Chapter) -> dict[Path, str]:
    return build_chapter(chapter)


def test_the_committed_notebooks_are_what_their_sources_give(course: Course) -> None:
    assert stale_files(build_course(course)) == []


def test_building_again_gives_the_same_bytes(chapter: Chapter, built: dict[Path, str]) -> None:
    assert build_chapter(chapter) == built


def test_writing_and_reading_back_changes_nothing(
    course: Course, built: dict[Path, str], tmp_path: Path
) -> None:
    moved = {tmp_path / path.relative_to(course.root): text for path, text in built.items()}
    write_files(moved, stale_files(moved))
    assert stale_files(moved) == []
    for path, text in moved.items():
        assert notebook_text(nbformat.read(path, as_version=4)) == text


def test_notebooks_hold_no_outputs_and_nothing_of_the_machine(built: dict[Path, str]) -> None:
    for text in built.values():
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
        assert set(notebook.metadata) == {"kernelspec", "language_info"}
        assert dict(notebook.metadata.language_info) == {"name": "python"}
        for cell in notebook.cells:
            assert not cell.get("outputs") and cell.get("execution_count") is None


def test_cells_begin_and_end_with_text(built: dict[Path, str]) -> None:
    for text in built.values():
        for cell in nbformat.reads(text, as_version=4).cells:
            assert cell.source == cell.source.strip("\n"), cell.id


def test_every_line_of_a_right_answer_is_in_the_solution_only(chapter: Chapter) -> None:
    lines = answer_lines(chapter)
    assert len(lines) > 30
    assert len(leaks(chapter, chapter.solution)) == len(lines)
    assert leaks(chapter, chapter.release) == []
    assert leaks(chapter, chapter.lesson) == []


@pytest.mark.parametrize(("kind", "cell"), [("lesson", "clouds-intro"), ("release", "dense")])
def test_a_planted_answer_is_found(kind: str, cell: str, chapter: Chapter, tmp_path: Path) -> None:
    notebook = nbformat.read(getattr(chapter, kind), as_version=4)
    next(c for c in notebook.cells if c.id == cell).source += "\n    outputs = inputs @ W + b"
    nbformat.write(notebook, tmp_path / "planted.ipynb")
    assert leaks(chapter, tmp_path / "planted.ipynb") == [
        "gives an answer away: outputs = inputs @ W + b"
    ]


def _cells(path: Path) -> dict[str, NotebookNode]:
    return {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}


def test_a_stub_keeps_signature_and_docstring(chapter: Chapter) -> None:
    stub, solution = (_cells(path)["dense"].source for path in (chapter.release, chapter.solution))
    [function], [right] = ast.parse(stub).body, ast.parse(solution).body
    assert isinstance(function, ast.FunctionDef) and isinstance(right, ast.FunctionDef)
    assert ast.unparse(function.args) == ast.unparse(right.args)
    assert ast.get_docstring(function) == ast.get_docstring(right)
    assert stub.endswith('    raise NotImplementedError("not attempted yet")')


def test_code_to_mend_is_released_as_it_was_found(chapter: Chapter) -> None:
    released = _cells(chapter.release)["mend_boundary_line"].source
    assert "slope = -W[1, 0] / W[0, 0]" in released
    assert "NotImplementedError" not in released


def test_predictions_are_released_as_a_form(chapter: Chapter) -> None:
    [form] = ast.parse(_cells(chapter.release)["before_you_run"].source).body
    assert isinstance(form, ast.Assign) and isinstance(form.value, ast.Dict)
    assert {ast.unparse(value) for value in form.value.values} == {"..."}


def test_cells_are_called_what_their_source_calls_them() -> None:
    text = "# %% two-clouds [markdown]\n# # Two clouds\n\n# %% setup\nimport numpy\n"
    notebook = notebook_from_text(text, "a.py")
    assert [cell.id for cell in notebook.cells] == ["two-clouds", "setup"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("# %%\nprint(1)\n", "the cell that begins with 'print(1)'"),
        ("# %% Two words\nprint(1)\n", "lower-case letters, digits, hyphens"),
        ("# %% a\n1\n\n# %% a\n2\n", "2 cells are called 'a'"),
    ],
)
def test_a_source_that_cannot_be_built_is_told_so(text: str, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        notebook_from_text(text, "a.py")


def test_a_source_file_is_named_with_its_folder(tmp_path: Path) -> None:
    source = tmp_path / "course" / "01_tensors.py"
    source.parent.mkdir()
    source.write_text("# %%\nprint(1)\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"^course/01_tensors\.py: the cell"):
        notebook_from_file(source)
