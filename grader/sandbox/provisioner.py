"""Where jupyter_client gets the kernels from: its extension point for other kinds of processes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import KernelProvisionerBase

from .kernel import CHANNELS

__all__ = ["SandboxProvisioner"]


class SandboxProvisioner(KernelProvisionerBase):
    """Provides a warm kernel in a sandbox; jupyter_client finds it by its entry point.

    Its kernel manager, the `parent`, has a `sandbox` that says what the kernel may use.
    """

    @property
    def has_process(self) -> bool:
        return self.parent.sandbox.process is not None

    async def poll(self) -> int | None:
        process = self.parent.sandbox.process
        return process.poll() if process else 0

    async def wait(self) -> int | None:
        while (code := await self.poll()) is None:
            await asyncio.sleep(0.005)
        return code

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Open the sockets on which the kernel will listen."""
        manager = self.parent
        path, self._listening = manager.sandbox.engine.listen(len(CHANNELS))
        manager.transport, manager.ip = "ipc", path
        manager.connection_file = f"{path}.json"  # goes with the engine, if that is killed
        for port, channel in enumerate((*CHANNELS, "hb"), start=1):
            setattr(manager, f"{channel}_port", port)
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel.

        Raises:
            SandboxError: there is no kernel to be had.
        """
        info = self.parent.get_connection_info()
        readable = info | {"key": info["key"].decode()}
        try:
            self.parent.sandbox.launch(self._listening, readable)
        finally:
            for listening in self._listening:
                listening.close()
        return info

    async def send_signal(self, signum: int) -> None:
        if process := self.parent.sandbox.process:
            process.signal(signum)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and all that it started; when this returns, they are gone."""
        self.parent.sandbox.end()

    async def terminate(self, restart: bool = False) -> None:
        await self.kill()

    async def cleanup(self, restart: bool = False) -> None:
        """End what is left of it, keep its files if they are asked for, remove its sockets."""
        self.parent.sandbox.end()
        for port in range(1, len(CHANNELS) + 1):
            Path(f"{self.parent.ip}-{port}").unlink(missing_ok=True)
