"""What the training monitor costs: the same `fit` with it and without, in turns, in one kernel."""

from __future__ import annotations

import ast
import os
import random
import statistics
import subprocess
from typing import Any

from jupyter_client.manager import start_new_kernel

__all__ = ["compare_monitor"]

#: Without a monitor, Keras's own progress bar is on, as by default, or nothing is.
USUAL, SILENT, WATCHED = "usual", "silent", "watched"

CODE = """
import time
import keras
from tfcourse_utils.widgets import TrainingMonitor

keras.utils.set_random_seed(0)
x = keras.random.normal(({steps} * 64, 64)).numpy()
y = keras.random.randint(({steps} * 64,), 0, 10).numpy()
model = keras.Sequential([keras.Input((64,))])
for _ in range({layers}):
    model.add(keras.layers.Dense({width}, activation="relu"))
model.add(keras.layers.Dense(10, activation="softmax"))
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
validation = x[:6400], y[:6400]


def fit(kind):
    callbacks = [TrainingMonitor()] if kind == "watched" else None
    verbose = 0 if kind == "silent" else "auto"
    began = time.perf_counter(), time.process_time()
    model.fit(
        x, y, batch_size=64, epochs=4, validation_data=validation,
        callbacks=callbacks, verbose=verbose,
    )
    return time.perf_counter() - began[0], time.process_time() - began[1]
"""


def compare_fits(name: str, rounds: int, **sizes: int) -> None:
    """Print how much longer `fit` takes with the monitor, with a kernel that sends all it shows.

    On the clock, and in processor time of the kernel, which a busy machine hardly changes.

    Args:
        sizes: steps of an epoch, hidden layers and their width.
    """
    seconds = _measure(CODE.format(**sizes), rounds)
    for clock, what in enumerate(("on the clock", "of the processor")):
        watched, usual, silent = (
            statistics.median(fit[clock] for fit in seconds[kind])
            for kind in (WATCHED, USUAL, SILENT)
        )
        print(
            f"{name}, {rounds} rounds, {what}: fit takes {watched:.2f} s with it, {usual:.2f} s "
            f"with Keras's progress bar ({100 * (watched / usual - 1):+.1f} %), {silent:.2f} s "
            f"with neither ({100 * (watched / silent - 1):+.1f} %)",
            flush=True,
        )


def _measure(code: str, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Fit in each way in turns; the first round is not counted.

    The order is another in each round: what follows a fit may feel what it has left.
    """
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
    manager, client = start_new_kernel(env=environment, stderr=subprocess.DEVNULL)
    seconds: dict[str, list[tuple[float, float]]] = {USUAL: [], SILENT: [], WATCHED: []}
    try:
        _run(client, code)
        order = random.Random(0)
        for _ in range(rounds + 1):
            for kind in order.sample(list(seconds), 3):
                seconds[kind].append(_run(client, f"fit({kind!r})"))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return {kind: some[1:] for kind, some in seconds.items()}


def _run(client: Any, code: str) -> Any:
    """Return the value of the last line of what a kernel runs."""
    results: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        if message["msg_type"] == "execute_result":
            results.append(message["content"]["data"]["text/plain"])

    reply = client.execute_interactive(code, output_hook=hear, timeout=600)
    if reply["content"]["status"] != "ok":
        raise RuntimeError("\n".join(reply["content"]["traceback"]))
    return ast.literal_eval(results[0]) if results else None


def compare_monitor(rounds: int) -> None:
    """Compare on a model as small as they get, where a batch takes a millisecond, and a larger."""
    compare_fits("the monitor, small model", rounds, steps=300, layers=1, width=32)
    compare_fits("the monitor, larger model", rounds, steps=40, layers=2, width=1024)
