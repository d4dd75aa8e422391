"""Run an answer as a cell of a notebook is run, and have it judged."""

from __future__ import annotations

import linecache
from typing import Any

from tfcourse_utils.checking import Status, Verdict, check_answer, find_exercise

__all__ = ["failed", "run_answer", "verdict_on"]


def run_answer(source: str, name: str) -> Any:
    """Run the source as a cell, and return what it calls `name`."""
    namespace: dict[str, Any] = {}
    file = f"<{name} {hash(source)}>"
    setup = "import keras\nimport keras_tuner\nimport numpy as np\nimport tensorflow as tf\n"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)  # for AutoGraph
    exec(setup, namespace)
    exec(compile(source, file, "exec"), namespace)
    return namespace[name]


def verdict_on(topic: str, name: str, source: str) -> Verdict:
    """Run the source as a cell, and check what it calls `name`."""
    return check_answer(find_exercise(f"{topic}.{name}"), run_answer(source, name), seed=3)


def failed(verdict: Verdict) -> dict[str, str]:
    """Return the probes that an answer fails, with all that it is told of each."""
    return {
        probe.probe: f"{probe.reason} {probe.diagnosis} {probe.note}"
        for probe in verdict.probes
        if probe.status is not Status.RIGHT
    }
