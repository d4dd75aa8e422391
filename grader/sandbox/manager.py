"""jupyter_client's side: a kernel manager whose kernels are provisioned in the sandbox."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

import zmq
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Instance, Type, default
from zmq.asyncio import Context

from .sandbox import Sandbox

__all__ = ["PROVISIONER", "SandboxedKernelManager"]

#: The entry point's name, in the group jupyter_client.kernel_provisioners.
PROVISIONER = "tfcourse-sandbox"

# A kernel can send what it likes; what is larger, or more, waits on its own side.
_MAX_MESSAGE = 25_000_000  # bytes
_MAX_WAITING = 8  # messages


class SandboxedKernelClient(AsyncKernelClient):
    """Talks to a kernel that listens before it is started, and has no heartbeat."""

    def start_channels(self, *args: Any, **kwargs: Any) -> None:
        """Start all channels but the heartbeat's."""
        super().start_channels(hb=False)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel has replied and its outputs arrive.

        Raises:
            RuntimeError: it has died, or did not reply in time.
        """
        deadline = time.monotonic() + (timeout or 60)
        while time.monotonic() < deadline:
            asked = self.kernel_info()
            try:
                await self.shell_channel.get_msg(timeout=5)
                # The status `idle` comes last; it is lost while outputs are not subscribed to.
                while not _is_idle(await self.iopub_channel.get_msg(timeout=0.05), asked):
                    pass
                return
            except Empty:
                if not await self.parent.is_alive():
                    raise RuntimeError("the kernel died before it was ready") from None
        raise RuntimeError("the kernel did not reply in time")


def _is_idle(message: dict[str, Any], asked: str) -> bool:
    answers = message["parent_header"].get("msg_id") == asked
    return answers and message["content"].get("execution_state") == "idle"


class SandboxedKernelManager(AsyncKernelManager):
    """Starts Python kernels in the sandbox, whatever kernel a notebook names."""

    sandbox = Instance(Sandbox)
    client_class = "grader.sandbox.manager.SandboxedKernelClient"
    client_factory = Type(SandboxedKernelClient)

    @default("context")
    def _context_default(self) -> Context:
        context: Context = super()._context_default()
        context.setsockopt(zmq.MAXMSGSIZE, _MAX_MESSAGE)
        context.setsockopt(zmq.RCVHWM, _MAX_WAITING)
        return context

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(
            argv=["python"],  # not used: the zygote forks
            display_name="Python 3 in the sandbox",
            language="python",
            metadata={"kernel_provisioner": {"provisioner_name": PROVISIONER}},
        )
