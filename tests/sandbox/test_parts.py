"""The parts of the sandbox that need no kernel."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.sandbox import seccomp
from grader.sandbox.copying import copy_files, regular_files
from grader.sandbox.view import expose


def test_nothing_hidden_lies_below_what_is_exposed(tmp_path: Path) -> None:
    for name in ("a/b/hidden/x", "a/b/seen", "a/c/seen", "d/seen"):
        (tmp_path / name).mkdir(parents=True)
    shown = set(expose([tmp_path / "a", tmp_path / "d"], [tmp_path / "a/b/hidden"]))
    assert shown == {tmp_path / name for name in ("a/b/seen", "a/c", "d")}


def test_what_is_hidden_whole_or_absent_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert list(expose([tmp_path / "a", tmp_path / "none"], [tmp_path])) == []


def test_a_link_does_not_uncover_what_is_hidden(tmp_path: Path) -> None:
    (tmp_path / "hidden").mkdir()
    (tmp_path / "seen").mkdir()
    (tmp_path / "seen" / "link").symlink_to(tmp_path / "hidden")
    assert tmp_path / "hidden" not in expose([tmp_path / "seen/link"], [tmp_path / "hidden"])


def _decide(machine: str, number: int, *arguments: int, sockets: bool = True) -> int:
    """Return what the filter decides on a call, by running its program here."""
    steps = list(struct.iter_unpack("=HBBI", seccomp.program(machine, sockets=sockets)))
    audit = seccomp._ARCHITECTURES[machine][1]
    words = struct.pack("=iIQ6Q", number, audit, 0, *(*arguments, *[0] * 6)[:6])
    at, loaded = 0, 0
    while True:
        operation, if_true, if_false, constant = steps[at]
        at += 1
        if operation == seccomp._RETURN:
            return constant
        if operation == seccomp._LOAD:
            [loaded] = struct.unpack_from("=I", words, constant)
        elif operation == seccomp._AND:
            loaded &= constant
        else:
            holds = {
                seccomp._JUMP_EQUAL: loaded == constant,
                seccomp._JUMP_AT_LEAST: loaded >= constant,
                seccomp._JUMP_ANY_BIT: bool(loaded & constant),
            }[operation]
            at += if_true if holds else if_false


READ, PTRACE, SOCKET, CLONE, PRLIMIT = 0, 101, 41, 56, 302


@pytest.mark.parametrize(
    ("call", "allowed"),
    [
        ((READ,), True),
        ((PTRACE,), False),
        ((SOCKET, 1), True),
        ((SOCKET, 2), False),
        ((SOCKET, 10), False),
        ((SOCKET, 16), False),
        ((CLONE, 0x11), True),
        ((CLONE, 0x1000_0000), False),
        ((PRLIMIT, 0), True),
        ((PRLIMIT, 1), False),
        ((0x4000_0000 + READ,), False),
    ],
)
def test_the_filter_decides(call: tuple[int, ...], allowed: bool) -> None:
    assert (_decide("x86_64", *call) == seccomp._ALLOW) is allowed


def test_without_namespaces_there_are_no_sockets_at_all() -> None:
    assert _decide("x86_64", SOCKET, 1, sockets=False) != seccomp._ALLOW


@given(st.sampled_from(["x86_64", "aarch64"]), st.integers(0, 1000))
def test_the_filter_always_comes_to_an_end(machine: str, number: int) -> None:
    _decide(machine, number)


def test_an_unknown_architecture_is_said() -> None:
    with pytest.raises(NotImplementedError, match="vax"):
        seccomp.program("vax")


def test_copying_follows_nothing_and_keeps_to_its_bounds(tmp_path: Path) -> None:
    source, target = tmp_path / "from", tmp_path / "to"
    (source / "deep").mkdir(parents=True)
    (source / "deep" / "a").write_text("a")
    (source / "link").symlink_to("/etc/passwd")
    (source / "folder").symlink_to("/etc")
    (source / "large").write_bytes(bytes(1000))
    target.mkdir()
    copy_files(source, target, most_bytes=500)
    assert [path.name for path in target.rglob("*") if path.is_file()] == ["a"]
    below = source
    for _ in range(30):
        below = below / "x"
        below.mkdir()
    (below / "deepest").write_text("")
    assert all(path.name != "deepest" for path in regular_files(source, 10**6))
