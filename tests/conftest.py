"""What tests share: the course, and TensorFlow imported without its notices."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.layout import Chapter, Course
from grader.warm_up import import_tensorflow

import_tensorflow()


@pytest.fixture(scope="session")
def course() -> Course:
    return Course.find(Path(__file__).parent)


@pytest.fixture(scope="session")
def chapter(course: Course) -> Chapter:
    return course.chapter("03_linear_classifiers")
