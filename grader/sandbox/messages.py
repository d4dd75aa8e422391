"""What engine and sandbox say to each other: one JSON object a packet."""

from __future__ import annotations

import json
import socket
from typing import Any

__all__ = ["MAX_PACKET", "receive", "send"]

MAX_PACKET = 2**17


def send(connection: socket.socket, **message: Any) -> None:
    """Send one message.

    Raises:
        OSError: nobody is there any more.
    """
    connection.send(json.dumps(message).encode())


def receive(connection: socket.socket) -> dict[str, Any]:
    """Return the next message; {} when the other side has gone.

    Raises:
        BlockingIOError: there is none yet, on a connection that does not wait.
    """
    try:
        packet = connection.recv(MAX_PACKET)
    except ConnectionError:
        return {}
    return json.loads(packet) if packet else {}
