"""The Formgrader, in a real Jupyter server, lists the chapters."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from grader.layout import Course
from tests.servers import serving

TOKEN = "a-token-for-the-tests"


@pytest.fixture(scope="module")
def server(tree: Path) -> Iterator[str]:
    """Start a Jupyter server in the tree; yield its address as it announces it."""
    programs = Path(sys.executable).parent
    env = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "JUPYTER_TOKEN": TOKEN,
        "JUPYTER_RUNTIME_DIR": str(tree / "runtime"),
    }
    command = [programs / "jupyter", "server", "--no-browser", "--allow-root"]
    with serving(command, tree, env) as address:
        yield address


def test_formgrader_lists_the_chapters(server: str, course: Course) -> None:
    session = requests.Session()
    # The server announces itself shortly before it listens.
    session.mount(server, HTTPAdapter(max_retries=Retry(connect=8, backoff_factor=0.1)))
    reply = session.get(
        f"{server}/formgrader/api/assignments",
        headers={"Authorization": f"token {TOKEN}"},
        timeout=60,
    )
    listed = {assignment["name"] for assignment in reply.json()}
    assert listed == {chapter.name for chapter in course.chapters}
