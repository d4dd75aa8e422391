"""The training monitor in a real kernel, without a browser: what is shown, stopped and kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel

WIDGET = "application/vnd.jupyter.widget-view+json"
BEGIN = """
import threading
import keras
import numpy as np
from tfcourse_utils.widgets import TrainingMonitor

model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")


def fit(epochs, **more):
    monitor = TrainingMonitor()
    x = np.ones((64, 1))
    return model.fit(x, x, batch_size=1, epochs=epochs, callbacks=[monitor], **more)


def fail(epoch, logs):
    raise ZeroDivisionError
"""
Message = dict[str, Any]


class Kernel:
    """A kernel that has prepared a model."""

    def __init__(self, manager: KernelManager, client: BlockingKernelClient) -> None:
        self.manager, self.client = manager, client
        assert self.run(BEGIN)[-1]["content"]["execution_state"] == "idle"

    def begin(self, code: str) -> Iterator[Message]:
        """Run code; yield what it sends, as it comes, until it is over."""
        request = self.client.execute(code)
        while True:
            message = self.client.get_iopub_msg(timeout=120)
            if message["parent_header"].get("msg_id") == request:
                yield message
                if message["content"].get("execution_state") == "idle":
                    return

    def run(self, code: str) -> list[Message]:
        return list(self.begin(code))

    def printed(self, code: str) -> str:
        return "".join(
            message["content"]["text"]
            for message in self.run(code)
            if message["msg_type"] == "stream" and message["content"]["name"] == "stdout"
        )


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    manager, client = start_new_kernel()
    yield Kernel(manager, client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def shown(messages: list[Message], kind: str) -> list[dict[str, Any]]:
    return [message["content"]["data"] for message in messages if message["msg_type"] == kind]


def is_running(message: Message) -> bool:
    """Return whether a message tells the browser that batches are trained."""
    data = message["content"].get("data", {})
    return message["msg_type"] == "comm_msg" and data.get("state", {}).get("phase") == "running"


@pytest.mark.parametrize("verbose", [0, "'auto'"])
def test_a_live_view_gives_way_to_a_picture(kernel: Kernel, verbose: object) -> None:
    messages = kernel.run(f"history = fit(2, verbose={verbose})")
    [live], [kept] = shown(messages, "display_data"), shown(messages, "update_display_data")
    assert WIDGET in live and WIDGET not in kept
    assert kept["text/plain"].startswith("Training is over, after epoch 2 of 2.")
    assert "<svg" in kept["image/svg+xml"] and 'alt="Training is over' in kept["text/html"]
    assert not [message for message in messages if message["msg_type"] == "stream"]


def test_an_error_leaves_a_picture_too(kernel: Kernel) -> None:
    callback = "keras.callbacks.LambdaCallback(on_epoch_end=fail)"
    code = f"model.fit(np.ones((4, 1)), np.ones((4, 1)), callbacks=[{callback}, TrainingMonitor()])"
    messages = kernel.run(code)
    [kept] = shown(messages, "update_display_data")
    assert kept["text/plain"].startswith("Training was left in epoch 1 of 1, after batch 1 of 1")


def test_an_interrupt_stops_a_cell_that_trains(kernel: Kernel) -> None:
    messages = []
    for message in kernel.begin("history = fit(100_000); print(len(history.history['loss']))"):
        if is_running(message):
            kernel.manager.interrupt_kernel()
        messages.append(message)
    [kept] = shown(messages, "update_display_data")
    assert kept["text/plain"].startswith("You stopped training")
    assert not [message for message in messages if message["msg_type"] == "error"]
    epochs = [one["content"]["text"] for one in messages if one["msg_type"] == "stream"]
    assert 1 <= int("".join(epochs)) < 100_000


def test_a_message_stops_a_thread_that_trains(kernel: Kernel) -> None:
    messages = kernel.run("thread = threading.Thread(target=fit, args=(100_000,)); thread.start()")
    running = next(filter(is_running, messages), None)
    while running is None:  # the thread goes on when the cell is over
        message = kernel.client.get_iopub_msg(timeout=120)
        running = message if is_running(message) else None
    data = {"method": "custom", "content": "stop"}
    stop = {"comm_id": running["content"]["comm_id"], "data": data}
    kernel.client.shell_channel.send(kernel.client.session.msg("comm_msg", stop))
    assert kernel.printed("thread.join(60); print(thread.is_alive())") == "False\n"


def test_no_trace_is_left_in_the_shell(kernel: Kernel) -> None:
    code = "print(get_ipython().events.callbacks['post_run_cell'])"
    before = kernel.printed(code)
    kernel.run("fit(1)")
    assert kernel.printed(code) == before
