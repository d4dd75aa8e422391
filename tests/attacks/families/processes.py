"""Killing, stopping, tracing and looking into other processes."""

from __future__ import annotations

from ..attack import Attack, family

__all__ = ["ATTACKS"]

_new = family("processes")


def _at(name: str, what: str, body: str) -> Attack:
    return _new(name, what, f"# %% after setup\n{body}", right="dense", least=5)


ATTACKS = [
    _at("kills-the-parent", "Kills its parent, the grader and whoever it can name.", """
import os, signal
for process in {os.getppid(), here.grader, 1} - {0}:
    for number in (signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL):
        try:
            os.kill(process, number)
        except OSError:
            continue
        if process != 1:
            breach(f"sent signal {number} to {process}")
"""),
    _at("kills-its-group", "Kills its group and its session.", """
import os
os.killpg(0, 9)
"""),
    _at("kills-everybody", "Kills every process that it may.", """
import os
os.kill(-1, 9)
"""),
    _at("stops-everybody", "Stops every process that it may, and then itself.", """
import os, signal
os.kill(-1, signal.SIGSTOP)
os.kill(os.getpid(), signal.SIGSTOP)
"""),
    _at("signals-process-one", "Sends process 1 every signal there is.", """
import os
for number in range(1, 65):
    try:
        os.kill(1, number)
    except OSError:
        pass
"""),
    _at("kills-by-number", "Sends a signal to each of 100 000 numbers.", """
import os
for process in range(3, 100_000):
    if process != os.getpid():
        try:
            os.kill(process, 0)
        except OSError:
            continue
        if not os.path.exists(f"/proc/self/task/{process}"):
            breach(f"process {process} can be reached")
"""),
    _at("traces", "Attaches to its parent as a debugger does.", """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for process in (1, here.grader, os.getppid()):
    for request in (16, 0x4206):  # attach, seize
        if libc.ptrace(request, process, None, None) == 0:
            breach(f"traces {process}")
"""),
    _at("reads-memory", "Reads and writes the memory of its parent.", """
import ctypes, os
for process in (1, here.grader):
    for name in ("mem", "maps", "environ", "cwd", "root", "exe", "fd", "stack", "syscall", "auxv"):
        path = f"/proc/{process}/{name}"
        try:
            if name == "fd": os.listdir(path)
            elif name in ("cwd", "root", "exe"): os.readlink(path)
            else: open(path, "rb").read(1)
            breach(path)
        except OSError:
            pass
class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]
block = ctypes.create_string_buffer(8)
vector = Vector(ctypes.cast(block, ctypes.c_void_p), 8)
libc = ctypes.CDLL(None)
for process in (1, here.grader):
    if libc.process_vm_readv(process, ctypes.byref(vector), 1, ctypes.byref(vector), 1, 0) > 0:
        breach(f"memory of {process}")
"""),
    _at("limits-of-others", "Lowers the limits of process 1, and raises its own.", """
import resource
for process in (1, here.grader):
    try:
        resource.prlimit(process, resource.RLIMIT_NOFILE, (0, 0))
        breach(f"limits of {process}")
    except OSError:
        pass
for what in (resource.RLIMIT_DATA, resource.RLIMIT_NPROC, resource.RLIMIT_CPU):
    try:
        resource.setrlimit(what, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        breach("no limits")
    except (OSError, ValueError):
        pass
"""),
    _at("out-of-memory-score", "Asks the system to kill others first.", """
for path, value in (("/proc/self/oom_score_adj", "-1000"), ("/proc/1/oom_score_adj", "1000")):
    try:
        with open(path, "w") as file:
            file.write(value)
        breach(path)
    except OSError:
        pass
"""),
    _at("becomes-root", "Becomes root, by a call and by programs that may.", """
import os, shutil, subprocess
for become in (lambda: os.setuid(0), lambda: os.setresuid(0, 0, 0), lambda: os.setgroups([0])):
    try:
        become()
        breach("root")
    except OSError:
        pass
for command in (["su", "-c", "id -u"], ["sudo", "-n", "id", "-u"], ["newgrp", "root"]):
    if shutil.which(command[0]):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=2)
        if done.stdout.strip() == b"0":
            breach(command)
"""),
    _at("capabilities", "Asks for capabilities that it had before it was walled in.", """
status = open("/proc/self/status").read()
for name in ("CapPrm", "CapEff", "CapBnd", "CapAmb"):
    if int(status.split(name + ":")[1].split()[0], 16):
        breach(name)
if int(status.split("NoNewPrivs:")[1].split()[0]) != 1:
    breach("privileges can be gained")
"""),
]  # fmt: skip
