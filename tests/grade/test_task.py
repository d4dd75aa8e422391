"""A notebook whose kernel is taken away is run once more; the class goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from grader.grade.task import Done, Task, do, lost
from grader.grade.workers import local_workers
from grader.sandbox import Engine, Limits, close_shared_engine, shared_engine

from .processes import until

if sys.platform != "linux":
    pytest.skip("there is no sandbox but on Linux", allow_module_level=True)

NOTEBOOK = nbformat.writes(
    new_notebook(cells=[new_code_cell("import time; time.sleep(2); x = 1"), new_code_cell("x")])
)
LIMITS = Limits(cell_seconds=20, total_seconds=60)


def task(student: str) -> Task:
    return Task(student, NOTEBOOK, (), "{}", LIMITS)


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = shared_engine()
    engine.wait()
    yield engine
    close_shared_engine()


def test_what_a_killed_engine_was_at_is_done_again(engine: Engine) -> None:
    zygote = psutil.Process(engine._process.pid)

    def kill() -> None:
        until(lambda: zygote.children(recursive=True))
        zygote.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    done = do(task("ada"))
    killer.join()
    assert not engine.is_alive and done.ended == ()
    assert nbformat.reads(done.notebook, as_version=4).cells[1].outputs[0].data == {
        "text/plain": "1"
    }


def test_one_that_cannot_be_run_stops_nobody_else(engine: Engine) -> None:
    broken = replace(task("mallory"), limits=cast(Limits, None))
    tasks = [task("ada"), broken, task("ben")]
    with local_workers(2) as workers:
        done = {done.student: done for done in workers.each(do, tasks, lost)}
    ended: dict[str, Done] = {name: one for name, one in done.items() if one.ended}
    assert set(done) == {"ada", "ben", "mallory"} and set(ended) == {"mallory"}
    assert ended["mallory"].ended[0].cell == -1
