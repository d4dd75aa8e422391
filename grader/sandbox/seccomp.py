"""A filter of system calls: what no notebook needs is refused.

The filter is a program for the kernel's BPF machine (linux/filter.h, linux/seccomp.h): it loads
a word of the call, compares, and returns what is to happen.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
from collections.abc import Iterator

from .linux import prctl

__all__ = ["install", "program"]

_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_ANY_BIT = 0x15, 0x35, 0x45
_ALLOW, _REFUSE = 0x7FFF_0000, 0x0005_0000  # the latter with an error number
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
_X32 = 0x4000_0000  # the other numbering of x86-64
_NEW_NAMESPACES = 0x7E02_0080  # all CLONE_NEW… flags
_TIOCSTI = 0x5412  # types into a terminal
_SHARED_ANONYMOUS, _KIND_OF_MAPPING = 0x21, 0x2F

# name: (number on x86-64, number on arm64); None where the architecture has no such call
_CALLS: dict[str, tuple[int, int | None]] = {
    # other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    # file systems and namespaces
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "quotactl": (179, 60),
    "fanotify_init": (300, 262),
    "mknod": (133, None),
    "mknodat": (259, 33),
    # memory that no limit counts
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "io_setup": (206, 0),
    # a larger share of the cores: sessions and priorities decide who runs
    "setsid": (112, 157),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    # the kernel's less trodden paths
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "personality": (135, 92),
    "vhangup": (153, 58),
    # the machine
    "reboot": (169, 142),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "acct": (163, 89),
    "syslog": (103, 116),
}
_NO_FAMILY = 0xFFFF_FFFF  # of sockets
_SOCKET, _CLONE, _CLONE3 = (41, 198), (56, 220), (435, 435)
_PRLIMIT, _IOCTL, _MMAP = (302, 261), (16, 29), (9, 222)
# sched_setparam, sched_setscheduler, sched_setattr, sched_setaffinity
_SCHEDULING = ((142, 118), (144, 119), (314, 274), (203, 122))
_ARCHITECTURES = {"x86_64": (0, 0xC000_003E), "aarch64": (1, 0xC000_00B7)}


def program(machine: str, *, sockets: bool = True) -> bytes:
    """Return the filter for an architecture, as "x86_64".

    Args:
        sockets: whether local sockets can be made; those of other machines never can.

    Raises:
        NotImplementedError: the numbers of this architecture's calls are not known here.
    """
    if machine not in _ARCHITECTURES:
        raise NotImplementedError(f"no filter for {machine}")
    column, audit = _ARCHITECTURES[machine]
    family = socket.AF_UNIX if sockets else _NO_FAMILY
    return b"".join(struct.pack("=HBBI", *step) for step in _steps(column, audit, family))


_Step = tuple[int, int, int, int]  # operation, jump if true, jump if false, constant


def _steps(column: int, audit: int, family: int) -> Iterator[_Step]:
    yield _LOAD, 0, 0, _ARCHITECTURE
    yield _JUMP_EQUAL, 1, 0, audit
    yield _refuse(errno.ENOSYS)
    yield _LOAD, 0, 0, _NUMBER
    if column == 0:
        yield _JUMP_AT_LEAST, 0, 1, _X32
        yield _refuse(errno.ENOSYS)
    for numbers in _CALLS.values():
        number = numbers[column]
        if number is not None:
            yield _JUMP_EQUAL, 0, 1, number
            yield _refuse(errno.EPERM)
    yield _JUMP_EQUAL, 0, 1, _CLONE3[column]  # its flags lie in memory; without it C uses clone
    yield _refuse(errno.ENOSYS)
    yield from _when(_SOCKET[column], 0, (_JUMP_EQUAL, 1, 0, family))
    yield from _when(_CLONE[column], 0, (_JUMP_ANY_BIT, 0, 1, _NEW_NAMESPACES))
    yield from _when(_PRLIMIT[column], 0, (_JUMP_EQUAL, 1, 0, 0))  # 0 is the caller itself
    for numbers in _SCHEDULING:  # libzmq asks it of its own threads; process 1 must be let alone
        yield from _when(numbers[column], 0, (_JUMP_EQUAL, 0, 1, 1))
    yield from _when(_IOCTL[column], 1, (_JUMP_EQUAL, 0, 1, _TIOCSTI))
    # Shared memory without a file shows up in no process, once it has been forgotten.
    yield from _when(_MMAP[column], 3, (_JUMP_EQUAL, 0, 1, _SHARED_ANONYMOUS), _KIND_OF_MAPPING)
    yield _RETURN, 0, 0, _ALLOW


def _when(number: int, argument: int, test: _Step, mask: int = 0xFFFF_FFFF) -> Iterator[_Step]:
    """Refuse a call if the test of one of its arguments does not jump over the refusal."""
    yield _JUMP_EQUAL, 0, 5, number
    yield _LOAD, 0, 0, _FIRST_ARGUMENT + 8 * argument
    yield _AND, 0, 0, mask
    yield test
    yield _refuse(errno.EPERM)
    yield _LOAD, 0, 0, _NUMBER


def _refuse(error: int) -> _Step:
    return _RETURN, 0, 0, _REFUSE | error


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]


def install(*, sockets: bool = True) -> None:
    """Filter this process's calls from now on, and those of all it starts.

    Args:
        sockets: whether local sockets can be made.

    Raises:
        OSError: the kernel has no such filters, or this process may not install one.
        NotImplementedError: there is no filter for this architecture.
    """
    steps = program(platform.machine(), sockets=sockets)
    filter_ = _Program(len(steps) // 8, steps)
    prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(filter_))
