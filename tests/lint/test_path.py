"""The learner's path: which names answers need, which lessons tell, and what comes too early."""

from __future__ import annotations

import pytest

from grader.layout import Course
from grader.lint.names import is_told, needed, told, told_in_prose
from grader.lint.path import path_findings
from tfcourse_utils.checking import find_exercise

ANSWER = """
class Counter(keras.layers.Layer):
    def build(self, shape):
        self.total = self.add_weight(name="total")

    def call(self, x, names=()):
        names.append(x.shape)
        names.sort(reverse=sorted(names, key=len) == names)
        kept = [math.sqrt(len(name)) for name in names if "tf.zeros" in name.strip()]
        self.total.assign_add(tf.reduce_sum(tf.where(x > 0, x, kept), axis=-1))
        return train_test_split(x)
"""
MODULE = (
    "import math\nfrom pathlib import Path\nfrom sklearn.model_selection import train_test_split"
)


def test_an_answer_needs_paths_attributes_keywords_and_imports_but_nothing_of_pythons_own() -> None:
    assert needed(ANSWER, MODULE) == {
        *("keras.layers.Layer", "tf.reduce_sum", "tf.where", "train_test_split"),
        *(".add_weight", ".shape", ".assign_add", "name=", "axis="),
    }


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("tf.data.Dataset.range(3).batch(2)", {"tf.data", "tf.data.Dataset", ".batch"}),
        ("x[0].assign(1.0)  # not x.write()", {".assign", ".write"}),
        ("tf.ones(3, dtype=tf.int32)", {"dtype=", "tf.int32"}),
        ("from sklearn.datasets import (\n    load_iris,\n)", {"load_iris"}),
    ],
)
def test_code_tells_names(code: str, names: set[str]) -> None:
    assert names <= told(code)


@pytest.mark.parametrize("code", ["axis = 0", "if axis==0:", "axis >= 0"])
def test_an_assignment_or_a_comparison_tells_no_keyword(code: str) -> None:
    assert "axis=" not in told(code)


def test_prose_tells_what_stands_in_backticks() -> None:
    names = told_in_prose("With `tf.abs`, and `.assign(…)`, but not tf.exp.\n```\nx.stack()\n```")
    assert names == {"tf.abs", ".assign", "assign", ".stack"}


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("tf.abs", {"tf.abs"}),
        ("tf.math.softplus", {"tf.nn.softplus"}),  # one function at two places
        ("keras.activations.serialize", {"serialize"}),  # alone in backticks
        (".assign", {"assign"}),
        ("keepdims=", {"keepdims"}),
    ],
)
def test_a_name_is_told_by_itself_by_a_synonym_or_by_its_last_part(
    name: str, names: set[str]
) -> None:
    assert is_told(name, names)


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("tf.size", {"tf.sets.size", ".size", "size="}),
        ("tf.nowhere", {"keras.nowhere"}),  # both lead nowhere
        (".assign", {"assign="}),
    ],
)
def test_a_namesake_tells_nothing(name: str, names: set[str]) -> None:
    assert not is_told(name, names)


def test_the_course_as_it_is_needs_nothing_too_early(course: Course) -> None:
    assert list(path_findings(course, course.chapters)) == []


def test_a_name_that_no_lesson_tells_is_found(copy: Course) -> None:
    chapter = copy.chapter("1")
    source = chapter.reference.read_text(encoding="utf-8")
    planted = source.replace("tf.cast(is_named, tf.float32)", "tf.cast(is_named, tf.unheard)")
    chapter.reference.write_text(planted, encoding="utf-8")
    assert list(path_findings(copy, [chapter])) == [
        "01_tensors: one_hot needs tf.unheard, which no lesson up to here introduces"
    ]
    assert list(path_findings(copy, [copy.chapter("2")])) == []


def test_a_name_that_a_later_section_tells_is_found(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_exercise("tensors.word_counts"), "section", "What a tensor is")
    assert list(path_findings(course, [course.chapter("1")])) == [
        f"01_tensors: word_counts needs {name}, which its lesson introduces only after the "
        "section 'What a tensor is'"
        for name in ("tf.cast", "tf.int32")
    ]


def test_a_question_about_what_was_never_told_is_found(copy: Course) -> None:
    chapter = copy.chapter("1")
    source = chapter.reference.read_text(encoding="utf-8")
    chapter.reference.write_text(
        source.replace("shapes_quiz = {", "shapes_quiz = {\n    # tf.unheard(x)"), encoding="utf-8"
    )
    [finding] = path_findings(copy, [chapter])
    assert "shapes_quiz needs tf.unheard" in finding
