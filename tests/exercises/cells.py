"""Run an answer as a cell of a notebook is run."""

from __future__ import annotations

import linecache
from typing import Any

__all__ = ["run_answer"]


def run_answer(source: str, name: str) -> Any:
    """Run the source as a cell, and return what it calls `name`."""
    namespace: dict[str, Any] = {}
    file = f"<{name} {hash(source)}>"
    setup = "import keras\nimport numpy as np\nimport tensorflow as tf\n"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)  # for AutoGraph
    exec(setup, namespace)
    exec(compile(source, file, "exec"), namespace)
    return namespace[name]
