"""Jupyter servers of the tests: started, waited for, and ended whatever they are at."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import urllib3

PATIENCE = 30  # seconds; a server that has closed can wait for a thread of its own for ever


@contextlib.contextmanager
def serving(command: Sequence[str | Path], cwd: Path, env: Mapping[str, str]) -> Iterator[str]:
    """Start a server; yield the address that it announces, and end it afterwards."""
    with subprocess.Popen(
        command, cwd=cwd, env=os.environ | env, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield _listening(_announced(process))
        finally:
            _end(process)


def _announced(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if address := re.search(r"http://127\.0\.0\.1:\d+", line):
            return address[0]
    pytest.fail("the server did not start:\n" + "".join(said))


def _listening(address: str) -> str:
    """Return the address once somebody answers there: it is announced before."""
    urllib3.request("GET", address, retries=urllib3.Retry(connect=9, backoff_factor=0.1))
    return address


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
