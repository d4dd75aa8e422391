"""Landlock: a process gives up its own access to files, network and other processes' signals.

After linux/landlock.h. Each version of it knows more; what the kernel does not know is left out.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from .linux import syscall

__all__ = ["restrict"]

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_RULE_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_TRUNCATE = 1 << 14
_ALL_OF_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1}  # from 3 on with truncate
_ALL = (1 << 15) - 1
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_TCP = 0b11  # bind and connect, from 4 on
_SCOPES = 0b11  # abstract sockets and signals, from 6 on


class _Ruleset(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("files", "network", "scoped")]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def restrict(readable: Iterable[Path], writable: Iterable[Path]) -> None:
    """Let this thread, and what it starts, only read below some paths and write below others.

    Network connections and signals to processes outside are given up too.

    Raises:
        OSError: this kernel has no Landlock, or it is switched off.
    """
    version = syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _ASK_VERSION)
    files = _ALL_OF_VERSION.get(version, _ALL)
    rules = _Ruleset(files, _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    size = 8 * (1 + (version >= 4) + (version >= 6))
    ruleset = syscall(_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    try:
        for path in readable:
            _allow(ruleset, path, files & _READ)
        for path in writable:
            _allow(ruleset, path, files)
        syscall(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, allowed: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # it is not here
        return
    try:
        rule = _PathBeneath(allowed if path.is_dir() else allowed & _ON_FILES, parent)
        syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)
