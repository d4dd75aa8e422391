"""A server on this machine alone, with one page: Voilà runs its notebook anew for each visitor."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

__all__ = ["serve"]

HOST = "127.0.0.1"
TITLE = "Watch a network learn"
SENTENCES = (
    "Press Play: Keras trains a small network on the points, and the colours show what it says of "
    "every place. Change whatever you like while it learns; the address of this page holds the "
    "whole state, seeds included."
)
# Files are saved where the command was given: the notebook's own folder goes with the server.
CODE = """import os
os.chdir({folder!r})
from tfcourse_utils import quiet_start
with quiet_start():
    from tfcourse_utils.demo.page import Page
Page({start!r})"""


def _give_token(handler: Any, notebook: NotebookNode, cwd: str) -> None:
    """Set the cookie that a page needs to end its kernel when it is closed."""
    _ = handler.xsrf_token


SETTINGS = {
    "Voila": {
        "ip": HOST,
        "port_retries": 0,
        "config_file_paths": [],
        "log_level": "ERROR",
        # By default it is longer than the interval, and Tornado warns of that.
        "tornado_settings": {"ws_ping_timeout": 30_000},
    },
    "VoilaConfiguration": {
        "template": "playground",
        "allow_template_override": "NO",
        "allow_theme_override": "NO",
        "prelaunch_hook": _give_token,
        # Others are made for JupyterLab, and complain here of what they miss.
        "extension_allowlist": [
            "@jupyter-widgets/jupyterlab-manager",
            "@voila-dashboards/widgets-manager8",
            "anywidget",
        ],
    },
    # No other user of the machine can listen; sockets of files there are not on Windows.
    "KernelManager": {"transport": "tcp" if sys.platform == "win32" else "ipc"},
    # A browser that is closed says so, one that was killed does not.
    "MappingKernelManager": {"cull_idle_timeout": 600, "cull_interval": 60},
}


def serve(port: int, *, opens_browser: bool, start: str = "", link: str = "") -> None:
    """Serve the page until Ctrl-C; then no process of it is left.

    Args:
        port: 0 for any that is free.
        opens_browser: whether to show the page.
        start: what every visitor begins with, as `Page` takes it.
        link: end of the address that is announced and opened, with "#".

    Raises:
        OSError: the port is taken; in one sentence.
    """
    port = _free(port)
    package = Path(__file__).parent.parent
    paths = [str(package / "jupyter"), os.environ.get("JUPYTER_PATH", "")]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, paths))
    with tempfile.TemporaryDirectory(prefix="playground-") as folder:
        notebook = Path(folder, "playground.ipynb")
        _write_notebook(notebook, start)
        _run(notebook, port, f"http://{HOST}:{port}/{link}", opens_browser)


def _free(port: int) -> int:
    with socket.socket() as trial:
        if sys.platform != "win32":  # there, this would let two listen
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except (OSError, OverflowError):
            raise OSError(f"Port {port} can't be used. Choose another with --port.") from None
        return int(trial.getsockname()[1])


def _write_notebook(path: Path, start: str) -> None:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "title": TITLE, "sentences": SENTENCES}
    notebook = nbformat.v4.new_notebook(metadata=metadata)
    notebook.cells = [nbformat.v4.new_code_cell(CODE.format(start=start, folder=str(Path.cwd())))]
    nbformat.write(notebook, path)


def _run(notebook: Path, port: int, address: str, opens_browser: bool) -> None:
    from traitlets.config import Config

    try:
        from voila.app import Voila
    except ImportError:
        sys.exit("Voilà is not installed. Install the course again: see its README.")

    class Server(Voila):
        """Announces the address once it listens, and no other word of its own."""

        def launch_browser(self) -> None:
            print(f"The playground: {address} (Ctrl-C ends it)", flush=True)
            if opens_browser:
                webbrowser.open(address)

    server = Server(config=Config(SETTINGS), notebook_path=str(notebook), port=port)
    server.initialize([])
    server.start()
