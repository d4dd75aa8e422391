"""What tests share: the course, Hypothesis's settings, and TensorFlow without its notices."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from grader.layout import Chapter, Course
from grader.warm_up import import_tensorflow

import_tensorflow()

# Few examples of much, and no deadline on shared machines.
settings.register_profile(
    "course",
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("course")


@pytest.fixture(scope="session")
def course() -> Course:
    return Course.find(Path(__file__).parent)


@pytest.fixture(scope="session")
def chapter(course: Course) -> Chapter:
    return course.chapter("03_linear_classifiers")


@pytest.fixture
def copy(course: Course, tmp_path: Path) -> Course:
    """Return the sources of the course, which a test may change."""
    for folder in ("course", "solutions", "tfcourse_utils/reference"):
        ignore = shutil.ignore_patterns("*.ipynb", "__pycache__")
        shutil.copytree(course.root / folder, tmp_path / folder, ignore=ignore)
    return Course(tmp_path)
