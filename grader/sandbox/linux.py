"""The Linux system calls that Python has no functions for.

Numbers and structures are those of the kernel's user-space headers (linux/mount.h,
linux/sched.h, linux/prctl.h, linux/capability.h). Every function raises OSError.
"""

from __future__ import annotations

import ctypes
import os
import platform
from pathlib import Path

__all__ = [
    "CLONE_NEWIPC",
    "CLONE_NEWNET",
    "CLONE_NEWNS",
    "CLONE_NEWPID",
    "CLONE_NEWUSER",
    "CLONE_NEWUTS",
    "adopt_orphans",
    "bind",
    "die_with_parent",
    "drop_bounding_set",
    "drop_capabilities",
    "make_private",
    "make_read_only",
    "mount",
    "no_new_privileges",
    "pivot",
    "prctl",
    "set_dumpable",
    "syscall",
    "unshare",
]

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x0002_0000, 0x0400_0000, 0x0800_0000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x1000_0000, 0x2000_0000, 0x4000_0000

_MS_NOSUID, _MS_NODEV, _MS_BIND, _MS_REC, _MS_PRIVATE = 2, 4, 0x1000, 0x4000, 0x4_0000
_MNT_DETACH = 2
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_MOUNT_ATTR_RDONLY, _MOUNT_ATTR_NOSUID, _MOUNT_ATTR_NODEV = 1, 2, 4
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP = 1, 4, 24
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
_LAST_CAPABILITY = 63
_CAPABILITY_VERSION_3 = 0x2008_0522
_SIGKILL = 9
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}.get(platform.machine(), -1)
_MOUNT_SETATTR = 442

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, about: str = "") -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), about or None)
    return result


def syscall(number: int, *arguments: object) -> int:
    """Make a system call by its number."""
    return _checked(_libc.syscall(ctypes.c_long(number), *arguments), f"system call {number}")


def prctl(option: int, value: int = 0, third: object = 0) -> None:
    """Change something about this process."""
    unused = ctypes.c_ulong(0)
    _checked(_libc.prctl(option, ctypes.c_ulong(value), third, unused, unused), f"prctl {option}")


def unshare(flags: int) -> None:
    """Enter new namespaces; that of processes holds from the next fork on."""
    _checked(_libc.unshare(flags), "unshare")


def mount(kind: str, target: Path, options: str = "") -> None:
    """Mount a new file system of a kind, as "tmpfs"; nothing in it is a device or setuid."""
    _mount(kind, target, kind, _MS_NOSUID | _MS_NODEV, options)


def bind(source: Path, target: Path) -> None:
    """Let what lies at `source` appear at `target` too."""
    _mount(str(source), target, "", _MS_BIND | _MS_REC, "")


def make_private() -> None:
    """Keep the mounts of this namespace to it."""
    _mount("none", Path("/"), "", _MS_REC | _MS_PRIVATE, "")


def _mount(source: str, target: Path, kind: str, flags: int, options: str) -> None:
    arguments = (os.fsencode(text) or None for text in (source, str(target), kind))
    _checked(_libc.mount(*arguments, ctypes.c_ulong(flags), options.encode() or None), str(target))


class _MountAttr(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns")]


def make_read_only(target: Path, *, recursive: bool = True) -> None:
    """Make a mount, and those below it, read-only, without devices and setuid programs."""
    attr = _MountAttr(set=_MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID | _MOUNT_ATTR_NODEV)
    syscall(
        _MOUNT_SETATTR,
        _AT_FDCWD,
        os.fsencode(target),
        _AT_RECURSIVE if recursive else 0,
        ctypes.byref(attr),
        ctypes.c_size_t(ctypes.sizeof(attr)),
    )


def pivot(new_root: Path) -> None:
    """Make `new_root`, a mount, the root; the old one is nowhere any more."""
    os.chdir(new_root)
    syscall(_PIVOT_ROOT, b".", b".")
    _checked(_libc.umount2(b".", _MNT_DETACH), "umount2")
    os.chdir("/")


def die_with_parent(parent: int) -> None:
    """Have this process killed when its parent ends, however that happens.

    The system forgets it when the process becomes another user.
    """
    prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    if os.getppid() not in (parent, 0):  # it ended already; 0 is outside this namespace
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of what descends from this process, when its own parent ends."""
    prctl(_PR_SET_CHILD_SUBREAPER, 1)


def set_dumpable(value: bool) -> None:
    """Let others of this user look into this process through /proc, or not."""
    prctl(_PR_SET_DUMPABLE, int(value))


def no_new_privileges() -> None:
    """Let no program started from here gain privileges, by setuid for example."""
    prctl(_PR_SET_NO_NEW_PRIVS, 1)


class _CapHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


def drop_bounding_set() -> None:
    """Let no program started from here gain a capability; while it still has the right to."""
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            prctl(_PR_CAPBSET_DROP, capability)
        except OSError:  # this kernel has fewer, or there never was the right
            break


def drop_capabilities() -> None:
    """Give up every capability, for good."""
    prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    nothing = (ctypes.c_uint32 * 6)()
    header = _CapHeader(_CAPABILITY_VERSION_3, 0)
    _checked(_libc.capset(ctypes.byref(header), ctypes.byref(nothing)), "capset")
