"""A learner's page says what went wrong, and no more than they may know."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
import tensorflow as tf
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from grader.grade.explain import explain
from grader.grade.feedback import (
    FeedbackPage,
    Finding,
    Mark,
    Output,
    Section,
    ShownCell,
    feedback_page,
)
from grader.grade.gradebook import CellScore, ClassGradebook
from grader.grade.neutral import neutral
from tfcourse_utils.checking import Verdict, ask, expectation, find_exercise, judge, observe

SEED = 5
TOPIC = "linear_classifiers"


def verdict_on(answer: Callable[..., Any]) -> Verdict:
    """Return the verdict on an answer to the exercise of its name."""
    exercise = find_exercise(f"{TOPIC}.{answer.__name__}")
    seen = observe(exercise, answer, ask(exercise, SEED))
    return judge(exercise, seen, expectation(exercise, SEED))


def cell(name: str, source: str, kind: str = "code", **role: Any) -> NotebookNode:
    """Return an instructor's cell, or an answer, or what a learner added if there is no role."""
    defaults = {"grade_id": name, "grade": False, "solution": False, "locked": True, "task": False}
    metadata = {"nbgrader": defaults | role} if role else {}
    more = {"outputs": [], "execution_count": None} if kind == "code" else {}
    parts = {"id": name, "cell_type": kind, "source": source, "metadata": metadata} | more
    return nbformat.from_dict(parts)


def heading(text: str) -> NotebookNode:
    return cell(f"text-{text[-1]}", f"## {text}\n\nWhat to do.", "markdown", locked=True)


def answer(name: str, source: str, kind: str = "code", **role: Any) -> NotebookNode:
    return cell(name, source, kind, **({"solution": True, "locked": False} | role))


def check(name: str, source: str = "check()", points: float = 3) -> NotebookNode:
    return cell(name, source, grade=True, points=points)


def printing(cell: NotebookNode, text: str) -> NotebookNode:
    cell.outputs = [nbformat.v4.new_output("stream", text=text)]
    return cell


def page_of(
    cells: Iterable[NotebookNode],
    scores: dict[str, CellScore],
    verdicts: dict[str, Verdict] | None = None,
) -> FeedbackPage:
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    shown = neutral(notebook, verdicts or {})
    return explain("ada", "3 · Linear classifiers", shown, verdicts or {}, scores)


def page_on(answers: Callable[..., Any], **changes: Any) -> FeedbackPage:
    """Return the page on one answer; `changes` are those of the gradebook's score."""
    verdict = verdict_on(answers)
    score = replace(CellScore(verdict.points, verdict.possible), **changes)
    cells = [heading("A. An exercise"), answer(answers.__name__, "x = 1"), check("check")]
    return page_of(cells, {"check": score}, {"check": verdict})


def text_of(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text()


def no_activation(inputs: Any, W: Any, b: Any, activation: Any = None) -> Any:
    return inputs @ W + b


no_activation.__name__ = "dense"


def total(targets: Any, predictions: Any) -> Any:
    print("adding up")
    return tf.reduce_sum(tf.square(targets - predictions))


total.__name__ = "square_loss"


def methods(W: Any, b: Any, threshold: float = 0.5) -> Any:
    return W.mean(), b


methods.__name__ = "boundary_line"


def stub(samples_per_class: int, seed: int) -> Any:
    raise NotImplementedError("not attempted yet")


stub.__name__ = "make_clouds"


@pytest.mark.parametrize(
    ("answers", "mark", "said"),
    [
        (no_activation, Mark.PARTLY, "the activation is never called on it"),
        (total, Mark.WRONG, "That is the sum of the squares."),
        (methods, Mark.BROKE, "has no attribute 'mean'"),
        (stub, Mark.UNTOUCHED, "The cell as you left it"),
    ],
)
def test_a_page_says_what_went_wrong_and_what_helps(
    answers: Callable[..., Any], mark: Mark, said: str
) -> None:
    page = page_on(answers)
    [section] = page.sections
    html = text_of(feedback_page(page))
    exercise = find_exercise(f"{TOPIC}.{answers.__name__}")
    assert section.mark is mark
    assert f"{mark.sign} {mark.value}" in html
    assert said in html
    assert section.title == "A. An exercise" and section.title in html
    assert (page.score, page.maximum) == (section.score, exercise.points)
    assert f"Read again in the lesson: {exercise.section}" in html
    for hint in exercise.hints:
        assert hint in html


def test_what_was_called_and_came_back_is_shown_without_what_should_have() -> None:
    for wrong in (no_activation, total):
        verdict, html = verdict_on(wrong), text_of(feedback_page(page_on(wrong)))
        failed = [probe for probe in verdict.probes if probe.expected]
        assert failed
        for probe in failed:
            assert probe.called in html and probe.got in html
            assert probe.expected not in html
            for number in re.findall(r"expected (-?\d+\.\d+)", probe.reason):
                assert number not in html
        assert ", expected" not in html


def test_a_diagnosis_is_said_once() -> None:
    html = feedback_page(page_on(total))
    assert html.count("That is the sum of the squares.") == 1
    assert "adding up" in html


def test_a_right_answer_needs_no_hints() -> None:
    from tfcourse_utils.reference.linear_classifiers import dense

    html = feedback_page(page_on(dense))
    assert "✓" in html and "A hint" not in html and "Read again" not in html


def test_points_that_a_person_changed_are_what_counts() -> None:
    page = page_on(total, score=3.0)
    assert (page.score, page.sections[0].mark) == (3, Mark.RIGHT)
    assert "Your instructor changed the points; the check gave 0." in feedback_page(page)


def test_of_an_instructors_own_check_only_name_and_points_are_shown() -> None:
    hidden = printing(check("secret-check", "assert dense(1) == 42", points=2), "dense(1) was 41")
    error = {"output_type": "error", "ename": "E", "evalue": "42?", "traceback": ["not 42"]}
    hidden.outputs.append(nbformat.from_dict(error))
    page = page_of([answer("dense", "mine()"), hidden], {"secret-check": CellScore(0, 2)})
    html = str(BeautifulSoup(feedback_page(page), "html.parser").main)
    assert "secret-check" in html and "0 of 2" in html and "mine()" in html
    for secret in ("42", "41", "assert"):
        assert secret not in html


def test_an_answer_that_a_person_reads() -> None:
    essay = answer("essay", "Because *it* is <b>so</b>.", "markdown", grade=True, points=4)
    waiting = page_of([essay], {"essay": CellScore(0, 4, needs_manual_grade=True)})
    html = feedback_page(waiting)
    assert waiting.waiting == 1
    assert "not graded yet" in html and "– of 4" in html
    assert "One answer is still to be read by your instructor." in html
    assert "Because *it* is <b>so</b>." in text_of(html)
    graded = page_of([essay], {"essay": CellScore(3, 4, comment="Nearly.\nWhy <so>?")})
    html = feedback_page(graded)
    assert graded.sections[0].mark is Mark.PARTLY
    assert "Nearly.\nWhy <so>?" in text_of(html)
    assert "still to be read" not in html


def test_a_comment_on_a_checked_answer() -> None:
    scores = {"check": CellScore(0, 3), "dense": CellScore(comment="Look at b.")}
    page = page_of([answer("dense", "x"), check("check")], scores)
    assert page.sections[0].comment == "Look at b."


def test_cells_stay_where_they_stood() -> None:
    mine = [cell(name, f"{name} = 1") for name in ("first", "second", "third", "fourth")]
    cells = [
        mine[0],
        heading("A"),
        mine[1],
        answer("dense", "dense = 1"),
        check("check-a"),
        mine[2],
        heading("B"),
        answer("empty", ""),
        check("check-b"),
        mine[3],
    ]
    page = page_of(cells, {"check-a": CellScore(0, 3), "check-b": CellScore(0, 3)})
    assert [one.source for one in page.opening] == ["first = 1"]
    assert [(one.title, [c.source for c in one.cells]) for one in page.sections] == [
        ("A", ["second = 1", "dense = 1", "third = 1"]),
        ("B", ["fourth = 1"]),
    ]
    assert [one.is_answer for one in page.sections[0].cells] == [False, True, False]


def test_what_a_cell_drew_and_printed_is_shown() -> None:
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1").decode()
    drawn = answer("dense", "plot()")
    data = {"image/png": png, "text/plain": "<Figure>", "text/html": "<b>"}
    drawn.outputs = [nbformat.v4.new_output("display_data", data=data)]
    page = page_of([drawn, printing(cell("mine", "f()"), "a\nb")], {})
    [picture] = BeautifulSoup(feedback_page(page), "html.parser").find_all("img")
    assert picture["src"] == f"data:image/png;base64,{png}"
    assert picture["alt"] == "Picture 1 that this cell drew"
    assert page.opening[1].outputs == (Output("a\nb"),)


HOSTILE = (
    """\n</pre></style></title></p><script>x</script><img src=x onerror=x>" onclick='x' &amp;"""
)


def filled(kind: type[Any]) -> Any:
    """Return an object of a page in which every text is hostile."""
    made: dict[str, Any] = {}
    for field in fields(kind):
        texts = {"str": HOSTILE, "tuple[str, ...]": (HOSTILE, HOSTILE)}
        inner = {"Section": Section, "ShownCell": ShownCell, "Finding": Finding, "Output": Output}
        element = inner.get(str(field.type).removeprefix("tuple[").partition(",")[0])
        if field.type in texts:
            made[field.name] = texts[str(field.type)]
        elif element is not None and is_dataclass(element):
            made[field.name] = (filled(element), filled(element))
        elif "tuple[tuple" in str(field.type):
            made[field.name] = ((HOSTILE, HOSTILE),)
        else:
            made[field.name] = {"float": 1.0, "bool": True, "Mark": Mark.BROKE}[str(field.type)]
    return kind(**made)


def test_hostile_text_stays_text() -> None:
    page = filled(FeedbackPage)
    harmless = FeedbackPage("t", "s", ())
    html = feedback_page(page)
    soup = BeautifulSoup(html, "html.parser")
    assert soup.find_all("script") == []
    assert len(soup.find_all("style")) == 1
    assert {name for tag in soup.find_all(True) for name in tag.attrs if name[:2] == "on"} == set()
    assert {tag["src"] for tag in soup.find_all("img")} == {HOSTILE}
    assert soup.find("h1").get_text() == HOSTILE
    assert soup.find("pre").get_text().endswith(HOSTILE)
    assert soup.head.find("meta", attrs={"http-equiv": True}) == BeautifulSoup(
        feedback_page(harmless), "html.parser"
    ).head.find("meta", attrs={"http-equiv": True})


def test_half_a_character_does_not_stop_the_page() -> None:
    page = FeedbackPage("t", "s", (), remarks=("`dense` raised \ud800",))
    assert "raised ?" in feedback_page(page).encode("utf-8").decode("utf-8")


def test_the_policy_allows_our_style_and_pictures_in_the_page_and_nothing_else() -> None:
    soup = BeautifulSoup(feedback_page(FeedbackPage("t", "s", ())), "html.parser")
    digest = hashlib.sha256(soup.style.string.encode()).digest()
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{base64.b64encode(digest).decode()}'"
        "; base-uri 'none'; form-action 'none'"
    )
    assert soup.find_all(attrs={"style": True}) == []
    assert "://" not in soup.style.string and "url(" not in soup.style.string


def test_scores_and_comments_are_those_of_the_gradebook(tmp_path: Path) -> None:
    cells = [
        answer("dense", "", schema_version=3),
        check("check"),
        answer("essay", "old", "markdown", grade=True, points=4),
    ]
    for one in cells:
        one.metadata.nbgrader["schema_version"] = 3
    notebook = nbformat.v4.new_notebook(cells=cells)
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    gradebook = ClassGradebook(url, "chapter")
    gradebook.open_assignment(notebook)
    result = nbformat.v4.new_output("execute_result", data={"text/plain": "2"})
    notebook.cells[1].outputs, notebook.cells[2].source = [result], "new"
    gradebook.record("ada", notebook)
    with Gradebook(url, "tfcourse") as database:
        for name, text in (("dense", "Look at b."), ("essay", "Nearly.")):
            database.find_comment(name, "chapter", "chapter", "ada").manual_comment = text
        database.db.commit()
    assert gradebook.record("ada", notebook).cells == {
        "check": CellScore(2, 3),
        "essay": CellScore(0, 4, needs_manual_grade=True, comment="Nearly."),
        "dense": CellScore(comment="Look at b."),
    }
