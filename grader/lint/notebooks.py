"""What can be read off the notebooks without running them."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution

from grader.build import build_course, stale_files
from grader.build.answers import BEGIN, END, definition, marked
from grader.build.solution import starting_point
from grader.layout import Chapter, Course
from tfcourse_utils.checking import topic_exercises

__all__ = ["answer_lines", "leaks", "notebook_findings", "stale_findings", "stray_findings"]

# A line that spells out no more than this gives nothing away: `return loss`, a bracket.
_SHORT = 12
# Nor does a line of the vocabulary that every lesson on the subject teaches.
_VOCABULARY = re.compile(
    r"with tf\.GradientTape\(\) as \w+:|\w+\.watch\(\w+\)"
    r"|rng = np\.random\.default_rng\(seed\)"
    r"|model = keras\.Sequential\(|model\.compile\(|keras\.Input\(.*\),"
    r"|super\(\)\.__init__\(.*\)"
    r"|keras\.layers\.Dense\(1(, activation=\"sigmoid\")?\),"
    r"|(\w+ = )?keras\.callbacks\.\w+\(|self\.model\.stop_training = True|axes\.legend\(\)"
)


def stale_findings(course: Course) -> Iterator[str]:
    for path in stale_files(build_course(course)):
        yield f"{path.relative_to(course.root)} is not what its source gives; run `make build`"


def stray_findings(course: Course) -> Iterator[str]:
    """Find files beside the notebooks: nbgrader would hand them out, answers included."""
    expected = {
        path
        for chapter in course.chapters
        for path in (
            chapter.lesson_source,
            chapter.lesson,
            chapter.exercise_source,
            chapter.solution,
            chapter.release,
        )
    }
    for folder in ("course", "exercises", "solutions"):
        for path in sorted((course.root / folder).rglob("*")):
            kept = {".ipynb_checkpoints", "__pycache__"} & set(path.parts)
            if path.is_file() and path not in expected and not kept:
                yield f"{path.relative_to(course.root)} does not belong there"


def notebook_findings(chapter: Chapter) -> Iterator[str]:
    for path in (chapter.lesson, chapter.solution, chapter.release):
        notebook = nbformat.read(path, as_version=4)
        where = path.relative_to(chapter.root)
        yield from (f"{where}: {problem}" for problem in _general(notebook))
    release = nbformat.read(chapter.release, as_version=4)
    yield from (f"{chapter.name}: {problem}" for problem in _stubs(release))
    for path in (chapter.lesson, chapter.release):
        yield from (f"{path.relative_to(chapter.root)}: {leak}" for leak in leaks(chapter, path))


def _general(notebook: NotebookNode) -> Iterator[str]:
    for name, count in Counter(cell.id for cell in notebook.cells).items():
        if count > 1:
            yield f"{count} cells are called {name}"
    for cell in notebook.cells:
        if cell.get("outputs") or cell.get("execution_count"):
            yield f"the cell {cell.id} has outputs"
    first = next((cell for cell in notebook.cells if cell.cell_type == "code"), None)
    if first is None or is_grade(first) or not re.search(r"\btf\.\w+\(", first.source):
        yield "TensorFlow is not used in the first code cell, so its notices land in a later one"


def _stubs(release: NotebookNode) -> Iterator[str]:
    for cell in release.cells:
        if is_solution(cell) and cell.cell_type == "code":
            try:
                ast.parse(cell.source)
            except SyntaxError as error:
                yield f"the stub {cell.id} is not valid Python: {error}"


def answer_lines(chapter: Chapter) -> set[str]:
    """Return the lines of the chapter's right answers that give something away.

    The lines that learners start from, as in code to mend, do not.
    """
    module = chapter.reference.read_text(encoding="utf-8")
    lines: set[str] = set()
    for exercise in topic_exercises(chapter.topic).values():
        right = definition(module, exercise.name)
        start = starting_point(exercise, right) or ""
        lines |= _lines(_hidden(right)) - _lines(start)
    return {line for line in lines if len(line) > _SHORT and not _VOCABULARY.fullmatch(line)}


def _lines(source: str) -> set[str]:
    return {line.strip() for line in source.splitlines()}


def _hidden(source: str) -> str:
    """Return the parts of an answer that learners don't get."""
    return "".join(re.findall(f"{BEGIN}\n(.*?){END}", marked(source), re.DOTALL))


def leaks(chapter: Chapter, path: Path) -> list[str]:
    """Return a sentence for each line of a right answer that stands in a notebook."""
    cells = nbformat.read(path, as_version=4).cells
    text = "\n".join(cell.source for cell in cells)
    return [
        f"gives an answer away: {line}" for line in sorted(answer_lines(chapter)) if line in text
    ]
