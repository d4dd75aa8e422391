"""The same class on a Dask cluster, one of whose workers is killed meanwhile."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client

from grader.grade import Classroom, Grading, grade_class, local_workers
from grader.layout import Chapter
from grader.sample import answer_sources

from .commands import TFGRADE, tfgrade
from .processes import Places, places, until
from .small_class import LIMITS, SCORES, SEED, gradebook_content, hand_in, shown_files, small_class

DASK = Path(sys.executable).parent / "dask"
MORE = [f"more{number}" for number in range(6)]


@pytest.fixture
def here() -> Iterator[Places]:
    with places() as made:
        del made.environment["PYTHONWARNINGS"]  # Dask's own are not ours
        yield made


class Cluster:
    """A scheduler and its workers, each a process of its own.

    Attributes:
        address: the scheduler's.
        workers: by their names.
    """

    def __init__(self, here: Places, *names: str) -> None:
        file = here.folder / "scheduler.json"
        quiet = ("--no-dashboard", "--scheduler-file", file)
        self._scheduler = here.start(DASK, "scheduler", "--host", "127.0.0.1", "--port", 0, *quiet)
        assert until(lambda: file.exists() and file.read_text().endswith("}"))
        self.address = json.loads(file.read_text())["address"]
        options = ("--nthreads", 1, "--no-nanny", "--local-directory", here.folder, *quiet)
        self.workers = {
            name: here.start(DASK, "worker", "--name", name, *options) for name in names
        }
        with Client(self.address, set_as_default=False) as client:
            if names:
                client.wait_for_workers(len(names), timeout=60)

    def kill_a_busy_worker(self) -> None:
        with Client(self.address, set_as_default=False) as client:
            known = client.scheduler_info()["workers"]
            busy = [address for address, tasks in client.processing().items() if tasks]
            name = known[busy[0]]["name"]
        self.workers[name].kill()

    def close(self) -> None:
        for process in (*self.workers.values(), self._scheduler):
            process.terminate()
            process.communicate()


@pytest.fixture
def cluster(here: Places) -> Iterator[Cluster]:
    with contextlib.closing(Cluster(here, "one", "two", "three")) as made:
        yield made


def whole_class(chapter: Chapter, root: Path) -> Classroom:
    classroom = small_class(chapter, root)
    for student in MORE:
        hand_in(classroom, student, answer_sources(chapter, "keras_style"))
    return classroom


def test_a_worker_is_killed(
    chapter: Chapter, tmp_path: Path, here: Places, cluster: Cluster
) -> None:
    classroom = whole_class(chapter, tmp_path / "cluster")
    limits = ("--cell-limit", LIMITS.cell_seconds, "--time-limit", LIMITS.total_seconds)
    grader = here.start(
        *(TFGRADE, "grade", "3", "--scheduler", cluster.address, "--seed", SEED, "--json", *limits),
        cwd=classroom.chapter.root,
    )
    assert until(
        lambda: list(classroom.folder.glob("feedback/*")) or grader.poll() is not None, 200
    )
    assert grader.poll() is None, grader.communicate()
    cluster.kill_a_busy_worker()
    said, errors = grader.communicate(timeout=300)
    assert grader.returncode == 0, errors
    scores = {one["learner"]: one["score"] for one in json.loads(said)["learners"]}
    assert scores == SCORES | dict.fromkeys(MORE, 10)
    assert sum(worker.poll() is None for worker in cluster.workers.values()) == 2

    local = whole_class(chapter, tmp_path / "local")
    with local_workers(2) as workers:
        grade_class(local, workers, Grading(seed=SEED, limits=LIMITS))
    assert gradebook_content(classroom) == gradebook_content(local)
    assert shown_files(classroom) == shown_files(local)

    cluster.close()
    assert until(lambda: not here.processes, 30), here.processes


def test_a_cluster_without_workers(chapter: Chapter, tmp_path: Path, here: Places) -> None:
    small_class(chapter, tmp_path)
    with contextlib.closing(Cluster(here)) as cluster:
        done = tfgrade(tmp_path, "grade", "3", "--scheduler", cluster.address)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"The Dask scheduler at {cluster.address} has no workers.\n"
