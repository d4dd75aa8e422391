"""The corpus graded once, for all tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from grader.layout import Course

from .corpus import EVERYBODY
from .grade import Graded, grade_corpus
from .honest import HONEST
from .world import World, world

if sys.platform != "linux":
    pytest.skip("there is no sandbox but on Linux", allow_module_level=True)


@pytest.fixture(scope="session")
def attacked(course: Course) -> Iterator[World]:
    with world(course.root) as attacked:
        yield attacked


@pytest.fixture(scope="session")
def graded(course: Course, attacked: World, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Return a class of honest learners and everybody else."""
    return grade_corpus(EVERYBODY, tmp_path_factory.mktemp("attacked"), course, attacked)


@pytest.fixture(scope="session")
def peaceful(course: Course, attacked: World, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Return the honest learners alone, graded on the same data."""
    return grade_corpus(HONEST, tmp_path_factory.mktemp("peaceful"), course, attacked)
