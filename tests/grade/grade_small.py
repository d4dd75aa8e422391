"""Grade a small class: a process of its own, for tests that kill it.

Called as `python grade_small.py COURSE-FOLDER CHAPTER`. Says who was graded, and who run.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from grader.sandbox import shared_engine

if TYPE_CHECKING:
    from grader.grade import Result


def say(result: Result) -> None:
    print(result.student, "unchanged" if result.cell_seconds is None else "run", flush=True)


def main(root: Path, name: str) -> None:
    shared_engine()  # it imports TensorFlow while this process imports all it needs
    from small_class import LIMITS

    from grader.grade import Classroom, Grading, grade_class, local_workers
    from grader.layout import Chapter
    from grader.warm_up import import_tensorflow

    import_tensorflow()
    classroom = Classroom(root / "classroom", Chapter(root, name))
    with local_workers(2) as workers:
        grade_class(classroom, workers, Grading(limits=LIMITS), say)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
