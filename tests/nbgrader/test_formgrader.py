"""The Formgrader, in a real Jupyter server, lists the chapters."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from grader.layout import Course

TOKEN = "a-token-for-the-tests"


@pytest.fixture(scope="module")
def server(tree: Path) -> Iterator[str]:
    """Start a Jupyter server in the tree; yield its address as it announces it."""
    programs = Path(sys.executable).parent
    process = subprocess.Popen(
        [programs / "jupyter", "server", "--no-browser", "--allow-root"],
        cwd=tree,
        env=os.environ
        | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "JUPYTER_TOKEN": TOKEN,
            "JUPYTER_RUNTIME_DIR": str(tree / "runtime"),
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        said = []
        for line in process.stderr:
            said.append(line)
            if address := re.search(r"http://127\.0\.0\.1:\d+", line):
                break
        else:
            pytest.fail("the server did not start:\n" + "".join(said))
        yield address[0]
    finally:
        process.terminate()
        process.communicate()


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
