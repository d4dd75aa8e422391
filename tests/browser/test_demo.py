"""The playground as a page of its own: it trains, asks nobody else for anything, and ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, expect

PROGRAM = Path(sys.executable).parent / "tfcourse"
PATIENCE = 60  # seconds that a kernel may take to start or to end
MOST = 1000 * PATIENCE
SPIRAL = "#version=1&data.kind=spiral&data.seed=3&network.hidden=8,8"
EPOCH = """least => {
  const progress = document.querySelector(".playground-progress").textContent;
  return Number(progress.match(/Epoch ([\\d,]+)/)[1].replace(",", "")) > least;
}"""


class Demo:
    """A running `tfcourse demo`, and where it is."""

    def __init__(self, *words: str) -> None:
        command = [PROGRAM, "demo", "--no-browser", "--port", "0", *words]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        first = self.process.stdout.readline()
        assert first.startswith("The playground: http://127.0.0.1:"), first
        self.address = first.split()[2]

    def __enter__(self) -> Demo:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.communicate(timeout=PATIENCE)

    def kernels(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with Demo() as running:
        yield running


@pytest.fixture(scope="module")
def asked(page: Page) -> list[str]:
    """Return a list that grows with every address that the page asks for, and what goes wrong."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("websocket", lambda socket: seen.append(socket.url))
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("console", lambda one: one.type == "error" and seen.append(f"error: {one.text}"))
    return seen


def open_page(page: Page, address: str, begins: str = "Epoch 0") -> None:
    page.goto("about:blank")  # another end of the same address would not load anything
    page.goto(address, wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_have_text("Watch a network learn", timeout=MOST)
    expect(page.locator(".playground-progress")).to_contain_text(begins, timeout=MOST)


def test_it_opens_and_trains_and_nothing_comes_from_elsewhere(
    page: Page, demo: Demo, asked: list[str]
) -> None:
    open_page(page, demo.address)
    expect(page).to_have_title("Watch a network learn")
    page.get_by_role("button", name="Play").press("Enter")
    page.wait_for_function(EPOCH, arg=70, timeout=MOST)
    page.get_by_role("button", name="Pause").press("Enter")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    home = demo.address.removeprefix("http:").rstrip("/")
    ours = tuple(kind + home for kind in ("http:", "ws:"))
    assert [one for one in asked if not one.startswith((*ours, "data:", "blob:", "about:"))] == []
    assert any(one.startswith("ws:") for one in asked)


def test_a_link_is_restored_and_the_address_follows(page: Page, demo: Demo) -> None:
    open_page(page, demo.address + SPIRAL)
    expect(page.get_by_label("Data set")).to_have_value("spiral", timeout=MOST)
    expect(page.get_by_label("Hidden layers")).to_have_value("8, 8")
    page.get_by_label("Learning rate").select_option("0.1")
    page.wait_for_url(f"{demo.address}{SPIRAL}&training.learning_rate=0.1")
    page.reload(wait_until="commit")
    expect(page.get_by_label("Learning rate")).to_have_value("0.1", timeout=MOST)


def test_a_broken_link_is_said_and_nothing_is_lost(page: Page, demo: Demo) -> None:
    open_page(page, demo.address)
    page.evaluate("location.hash = '#data.kind=squares'")
    expect(page.get_by_role("alert").filter(has_text="data.kind should be one of")).to_be_visible()
    expect(page.get_by_label("Data set")).to_have_value("rings")


def test_lessons_are_chosen_by_keyboard(page: Page, demo: Demo) -> None:
    open_page(page, demo.address)
    page.get_by_role("button", name="A line for a chessboard").press("Enter")
    expect(page.get_by_text("Can a network without hidden layers")).to_be_visible(timeout=MOST)
    expect(page.locator(".playground")).to_have_count(1)
    expect(page.get_by_label("Hidden layers")).to_have_count(0)
    page.get_by_role("button", name="Explore").press("Enter")
    expect(page.get_by_label("Hidden layers")).to_have_value("4, 2", timeout=MOST)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_follows_the_readers_theme_until_told_otherwise(
    scheme: str, page: Page, demo: Demo
) -> None:
    page.emulate_media(color_scheme=scheme)
    open_page(page, demo.address)
    body, button = page.locator("body"), page.get_by_role("button", name="Dark theme")
    expect(body).to_have_attribute("data-jp-theme-light", str(scheme == "light").lower())
    button.press("Enter")
    expect(body).to_have_attribute("data-jp-theme-light", str(scheme == "dark").lower())
    expect(button).to_have_attribute("aria-pressed", str(scheme == "light").lower())
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("width", [360, 800])
def test_everything_can_be_reached_by_scrolling_down(width: int, page: Page, demo: Demo) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_page(page, demo.address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    reach = "document.documentElement.scrollHeight - scrollY"  # nor cut off below
    bottom = page.locator(".jp-Cell").evaluate("cell => cell.getBoundingClientRect().bottom")
    assert bottom <= page.evaluate(reach)
    page.set_viewport_size({"width": 1200, "height": 900})


def test_closing_the_page_ends_its_training(page: Page, demo: Demo) -> None:
    open_page(page, demo.address)
    kernels = demo.kernels()
    assert kernels
    page.goto("about:blank")
    assert psutil.wait_procs(kernels, timeout=PATIENCE)[1] == []


def test_control_c_leaves_no_process(page: Page, tmp_path: Path) -> None:
    state = tmp_path / "mine.json"
    state.write_text('{"title": "Mine", "prompt": "?", "state": {"data": {"kind": "moons"}}}')
    with Demo("--preset", str(state)) as demo:
        open_page(page, demo.address)
        expect(page.get_by_label("Data set")).to_have_value("moons")
        page.get_by_role("button", name="Play").press("Enter")
        page.wait_for_function(EPOCH, arg=1, timeout=MOST)
        kernels = demo.kernels()
        assert kernels
        demo.process.send_signal(signal.SIGINT)
        said, _ = demo.process.communicate(timeout=PATIENCE)
        assert (demo.process.returncode, said.strip()) == (0, "")
        assert psutil.wait_procs(kernels, timeout=PATIENCE)[1] == []
