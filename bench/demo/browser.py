"""Drive a playground in a real browser, and measure what its user would notice.

Times are taken in the page: from the press of a key to a picture that has changed.
"""

from __future__ import annotations

import re
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page, expect, sync_playwright

__all__ = [
    "Times",
    "answers",
    "classic_epochs",
    "epochs",
    "frames",
    "middle_and_worst",
    "open_in_lab",
    "open_page",
    "opened",
    "play",
]

WATCH = Path(__file__).with_name("watch.js")
MOST = 120_000  # milliseconds
QUIET = 600  # milliseconds without a change: then it has stopped
NOTEBOOK = (
    """from tfcourse_utils import quiet_start
with quiet_start():
    import tensorflow
    from tfcourse_utils.playground import from_link
    from tfcourse_utils.widgets import Playground""",
    "Playground(from_link({link!r}))",
)

OPTIONS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]

Times = list[float]  # milliseconds


@contextmanager
def opened(width: int = 1280, height: int = 1000) -> Iterator[Page]:
    """Open a page of Chromium in which `watch.js` watches."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("There is no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        page = browser.new_page(viewport={"width": width, "height": height})
        page.add_init_script(path=WATCH)
        yield page
        browser.close()


def open_in_lab(page: Page, address: str, folder: Path, link: str) -> float:
    """Open a playground in JupyterLab; return milliseconds from running its cell to a picture."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code.format(link=link)) for code in NOTEBOOK],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, folder / "my_course" / "bench.ipynb")
    page.goto(f"{address}/lab/tree/bench.ipynb?reset", timeout=MOST)
    expect(page.get_by_title("Switch kernel").first).to_contain_text("Python 3", timeout=MOST)
    idle = page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")
    expect(idle).to_be_attached(timeout=MOST)
    cells = page.locator(".jp-Cell")
    for number in range(2):
        cells.nth(number).locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        if number == 0:
            expect(cells.nth(0)).to_contain_text("[1]", timeout=MOST)
    return _first_picture(page)


def open_page(page: Page, address: str, link: str) -> float:
    """Open the stand-alone page; return milliseconds until there is a picture."""
    page.goto("about:blank")
    page.goto(f"{address}/{link}", wait_until="commit", timeout=MOST)
    return _first_picture(page)


def _first_picture(page: Page) -> float:
    page.wait_for_function("watch.first !== null", timeout=MOST)
    expect(page.locator(".playground-progress")).to_contain_text("Epoch 0", timeout=MOST)
    return float(page.evaluate("watch.first - watch.pressed"))


def play(page: Page) -> None:
    _button(page, "Play").press("Enter")
    expect(_button(page, "Pause")).to_be_visible(timeout=MOST)
    page.wait_for_timeout(1500)  # it settles


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(f"{name}$"))  # an icon comes before it


def frames(page: Page, seconds: int) -> list[int]:
    """Return how many pictures were shown in each second, while it trains."""
    began = page.evaluate("performance.now()")
    page.wait_for_timeout(1000 * seconds + 100)
    shown = page.evaluate("began => watch.shown.map(t => t - began)", began)
    return [sum(1000 * n <= t < 1000 * (n + 1) for t in shown) for n in range(seconds)]


def epochs(page: Page, seconds: int) -> float:
    """Return how many epochs a second it trains for, by its own words."""
    return _growth(page, "document.querySelector('.playground-progress').textContent", seconds)


def _growth(page: Page, text: str, seconds: int) -> float:
    """Return how fast the first number of a text in the page grows."""
    look = f"[performance.now(), {text}.match(/[\\d,.]+/)[0].replace(/[,.]/g, '')]"
    began, first = page.evaluate(look)
    page.wait_for_timeout(1000 * seconds)
    ended, last = page.evaluate(look)
    return float(1000 * (int(last) - int(first)) / (ended - began))


def stops(page: Page, rounds: int) -> Times:
    """Return the times from the press of the button to the last change; it trains before."""
    times = []
    for _ in range(rounds):
        _button(page, "Pause").press("Enter")
        pressed = page.evaluate("watch.pressed")
        page.wait_for_function(f"performance.now() - watch.shown.at(-1) > {QUIET}", timeout=MOST)
        times.append(max(page.evaluate("watch.shown.at(-1)") - pressed, 0.0))
        play(page)
    return times


def answers(page: Page, rounds: int) -> dict[str, Times]:
    """Return the times from using a control while it trains to what it does to the picture."""
    return {
        "stop": stops(page, rounds),
        "discretize output": _discretize(page, rounds),
        "reset": _begin_again(page, rounds, lambda _: _button(page, "Reset").press("Enter")),
        "another data set": _begin_again(page, rounds, lambda n: _choose_data(page, n)),
    }


def _discretize(page: Page, rounds: int) -> Times:
    box, times = page.get_by_label("Discretized output"), []
    for number in range(rounds):
        box.press("Space")
        kind = "many" if number % 2 else "few"
        times.append(_answer(page, f"watch.{kind}"))
        page.wait_for_timeout(300)
    return times


def _begin_again(page: Page, rounds: int, act: Callable[[int], None]) -> Times:
    times = []
    for number in range(rounds):
        act(number)
        times.append(_answer(page, "watch.began"))
        if _button(page, "Play").is_visible():
            play(page)
    return times


def _choose_data(page: Page, number: int) -> None:
    page.get_by_label("Data set").select_option("moons" if number % 2 == 0 else "rings")


def _answer(page: Page, list_of_times: str) -> float:
    """Return milliseconds from the last press to the first time in a list after it."""
    later = f"{list_of_times}.find(t => t > watch.pressed)"
    page.wait_for_function(later, timeout=MOST)
    return float(page.evaluate(f"{later} - watch.pressed"))


def classic_epochs(page: Page, address: str, hidden: str, seconds: int) -> float:
    """Return how many epochs a second the classic playground trains for, by its counter."""
    page.goto("about:blank")
    page.goto(
        f"{address}#activation=tanh&batchSize=10&dataset=circle&learningRate=0.03&noise=15"
        f"&networkShape={hidden}&percTrainData=50&seed=0.5",
        timeout=MOST,
    )
    page.locator("#play-pause-button").click()
    page.wait_for_timeout(1500)
    return _growth(page, "document.querySelector('#iter-number').textContent", seconds)


def middle_and_worst(times: Times) -> str:
    return f"{statistics.median(times):.0f} ms, worst {max(times):.0f}"
