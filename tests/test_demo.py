"""The page of the playground without a browser: what it begins with, and what it refuses."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tfcourse_utils.demo.page import Page
from tfcourse_utils.playground import DataState, State, from_link, to_json, to_link
from tfcourse_utils.playground.presets import load, names

MOONS = State(DataState("moons", samples=60))


@pytest.fixture
def open_page() -> Iterator[Callable[..., Page]]:
    opened: list[Page] = []

    def opener(start: str = "") -> Page:
        opened.append(Page(start))
        return opened[-1]

    yield opener
    for each in opened:
        each.close()
    assert not any(thread.name == "playground" for thread in threading.enumerate())


@pytest.mark.parametrize("name", names())
def test_it_begins_with_a_lesson(name: str, open_page: Callable[..., Page]) -> None:
    page = open_page(name)
    assert page.playground.state == load(name).state and page.lessons.value == name


@pytest.mark.parametrize(
    "text", [to_json(MOONS), f'{{"title": "Mine", "prompt": "?", "state": {to_json(MOONS)}}}']
)
def test_it_begins_with_a_file(text: str, open_page: Callable[..., Page], tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(text, encoding="utf-8")
    assert open_page(str(path)).playground.state == MOONS


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "this is no JSON"),
        (b'{"state": 3}', "a state should be a dictionary"),
        (b'{"state": {}}', "title should be a text"),
        (b'{"version": 99}', "made by a newer playground"),
        (b"\xff", "this is no JSON"),
        (None, "No such file"),
    ],
)
def test_a_file_that_is_no_state_is_said(
    content: bytes | None, sentence: str, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    path = tmp_path / "mine.json"
    if content is not None:
        path.write_bytes(content)
    page = open_page(str(path))
    assert sentence in page._message.value and "alert" in page._message.value
    assert page.playground.state == State()


def test_the_address_restores_a_state_and_holds_it(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.address.asked = to_link(MOONS)
    assert page.playground.state == MOONS
    page.address._hear(page.address, "done", [])
    assert from_link(page.address.link) == MOONS


def test_a_broken_address_loses_nothing(open_page: Callable[..., Page]) -> None:
    page = open_page("spiral")
    before = page.playground
    page.address.asked = "#data.kind=<b>"
    assert page.playground is before and "<b>" not in page._message.value
    assert "data.kind should be one of" in page._message.value
    page.address.asked = to_link(MOONS)
    assert page._message.value == ""
