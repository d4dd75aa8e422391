"""Two graders at once never write to one gradebook."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.grade import Classroom
from grader.layout import Chapter
from grader.sample import answer_sources

from .commands import TFGRADE, tfgrade
from .processes import Places, places, until
from .small_class import NO_BIAS, gradebook_content, hand_in, small_chapter


@pytest.fixture
def here() -> Iterator[Places]:
    with places() as made:
        yield made


def test_the_second_is_refused_and_the_first_goes_on(
    chapter: Chapter, tmp_path: Path, here: Places
) -> None:
    classroom = Classroom(tmp_path / "classroom", small_chapter(chapter, tmp_path))
    right = answer_sources(chapter, "reference")
    hand_in(classroom, "ada", right)
    hand_in(classroom, "ben", right | {"dense": NO_BIAS})

    first = here.start(TFGRADE, "grade", "3", cwd=tmp_path)
    assert until(lambda: list(classroom.records.glob("run.json")))
    first.send_signal(signal.SIGSTOP)  # in the midst of it, for as long as it takes
    second = tfgrade(tmp_path, "grade", "3", "--workers", "2")
    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr == (
        f"Another tfgrade is grading in {classroom.folder}. Wait until it has finished, "
        f"or stop it.\n"
    )
    first.send_signal(signal.SIGCONT)
    _, errors = first.communicate()
    assert first.returncode == 0, errors
    content = gradebook_content(classroom)
    assert (content["ada"][0], content["ben"][0]) == (10, 7)  # type: ignore[index]
    assert until(lambda: here.nothing_is_left, 30), (here.processes, here.left)
