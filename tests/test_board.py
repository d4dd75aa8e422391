"""TensorBoard opens where somebody reads along; a run without a reader gets the command."""

from __future__ import annotations

import re
import subprocess
import sysconfig
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client import KernelClient, KernelManager
from jupyter_client.manager import start_new_kernel
from tensorboard import manager

from tfcourse_utils.board import show_tensorboard

Kernel = tuple[KernelManager, KernelClient]


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    started, client = start_new_kernel()
    yield started, client
    client.stop_channels()
    if started.has_kernel:
        started.shutdown_kernel()


@pytest.fixture
def from_terminal(tmp_path: Path) -> Iterator[int]:
    """Return the port of a server that was started elsewhere."""
    command = Path(sysconfig.get_path("scripts"), "tensorboard")
    with subprocess.Popen(
        [command, "--logdir", tmp_path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as started:
        until = time.monotonic() + 60
        while not servers(tmp_path) and time.monotonic() < until:
            time.sleep(0.2)
        yield servers(tmp_path)[0]
        started.terminate()


def shown(client: KernelClient, code: str, reader: bool) -> str:
    """Run a cell as a front end does, with or without somebody to be asked; return its outputs."""
    texts: list[str] = []
    reply = client.execute_interactive(
        code,
        allow_stdin=reader,
        stdin_hook=lambda message: None,
        output_hook=lambda message: texts.append(str(message["content"])),
        timeout=60,
    )
    assert reply["content"]["status"] == "ok", texts
    return "\n".join(texts)


def opened(folder: Path) -> str:
    return f"from tfcourse_utils.board import show_tensorboard\nshow_tensorboard({str(folder)!r})"


def servers(folder: Path) -> list[int]:
    return [server.port for server in manager.get_all() if server.logdir == str(folder)]


def test_without_a_notebook_the_command_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs = tmp_path / "my logs"
    logs.mkdir()
    show_tensorboard(logs)
    assert capsys.readouterr().out == f"In a terminal:  tensorboard --logdir '{logs}'\n"


def test_the_command_is_quoted_as_windows_reads_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    logs = tmp_path / "my logs"
    logs.mkdir()
    monkeypatch.setattr("tfcourse_utils.board.sys.platform", "win32")
    show_tensorboard(logs)
    assert capsys.readouterr().out == f'In a terminal:  tensorboard --logdir "{logs}"\n'


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        show_tensorboard(tmp_path / "nowhere")


def test_without_a_reader_no_server_is_started(tmp_path: Path, kernel: Kernel) -> None:
    texts = shown(kernel[1], opened(tmp_path), reader=False)
    assert str(tmp_path) in texts
    assert "stderr" not in texts and "iframe" not in texts
    assert servers(tmp_path) == []


def test_a_reader_sees_it_until_the_kernel_ends(tmp_path: Path, kernel: Kernel) -> None:
    texts = shown(kernel[1], opened(tmp_path), reader=True)
    shown(kernel[1], opened(tmp_path), reader=True)  # finds the one that runs
    (port,) = servers(tmp_path)
    assert "stderr" not in texts and re.search(rf"const port = {port};", texts)
    with urllib.request.urlopen(f"http://localhost:{port}/", timeout=30) as page:
        assert "TensorBoard" in page.read().decode()
    kernel[1].stop_channels()
    kernel[0].shutdown_kernel()
    assert servers(tmp_path) == []


def test_a_server_that_ran_before_outlives_the_kernel(
    tmp_path: Path, kernel: Kernel, from_terminal: int
) -> None:
    texts = shown(kernel[1], opened(tmp_path), reader=True)
    assert "Reusing TensorBoard" in texts and f"const port = {from_terminal};" in texts
    kernel[1].stop_channels()
    kernel[0].shutdown_kernel()
    assert servers(tmp_path) == [from_terminal]
