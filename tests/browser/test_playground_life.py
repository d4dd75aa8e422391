"""The life of a playground in JupyterLab: cells run again, pages closed, kernels restarted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from .notebooks import cell, open_notebook, run, visit

BEGIN = """from tfcourse_utils.widgets import Playground
from tfcourse_utils.widgets.playground import flow
flow.PATIENCE = 0.5  # seconds
playground = Playground()
playground"""
ANOTHER = """other = Playground()
other"""
ASK = """import threading
shown = [playground, *([other] if "other" in globals() else [])]
playing = [each._session.is_playing for each in shown]
for each in shown:
    if each._session._thread and not each._session.is_playing:
        each._session._thread.join(30)
threads = [each.name for each in threading.enumerate()].count("playground")
print(f"playing: {playing}, threads: {threads}")"""
MOST = 30_000  # milliseconds


@pytest.fixture
def tab(page: Page, lab: str, learner: Path) -> Iterator[Page]:
    """Open a notebook in a tab of its own, run its first cell, and wait for the picture."""
    page.goto("about:blank")  # one page at a time holds the notebook
    assert page.context.browser is not None
    opened = page.context.browser.new_page(viewport={"width": 1200, "height": 900})
    open_notebook(opened, lab, learner, BEGIN, ANOTHER, ASK)
    run(opened)
    expect(progress(opened)).to_contain_text("Epoch 0", timeout=120_000)
    yield opened
    if not opened.is_closed():
        shut_down(opened)
        opened.close()


def choose(tab: Page, *names: str) -> None:
    """Choose an item of a menu of JupyterLab."""
    tab.get_by_role("menuitem", name=names[0], exact=True).click()
    exactly = re.compile(f"^{re.escape(names[1])}$")
    tab.locator(".lm-Menu-itemLabel").filter(has_text=exactly).click()


def shut_down(tab: Page) -> None:
    choose(tab, "Kernel", "Shut Down Kernel")
    expect(tab.get_by_title("Switch kernel").first).to_contain_text("No Kernel", timeout=MOST)


def progress(part: Page | Locator) -> Locator:
    return part.locator(".playground-progress")


def play(part: Locator, least: int = 5) -> None:
    """Press Play, and wait until some epochs are over."""
    part.get_by_role("button", name="Play").press("Enter")
    expect(progress(part)).to_have_text(re.compile(rf"Epoch ([{least}-9]|[\d,]{{2,}})\b"))


def answered(tab: Page, says: str) -> None:
    """Run the last cell until it says something."""
    run(tab, 2)
    expect(cell(tab, 2).locator(".jp-OutputArea-output")).to_contain_text(says, timeout=MOST)


def test_a_closed_page_pauses_training_and_the_next_shows_it(
    tab: Page, page: Page, lab: str
) -> None:
    tab.get_by_role("button", name="Save and create checkpoint").first.click()
    choose(tab, "File", "Save Notebook")
    play(cell(tab, 0))
    tab.close()
    visit(page, lab)
    expect(page.get_by_text("Training paused, because")).to_be_visible(timeout=60_000)
    expect(progress(page)).to_have_text(re.compile(r"Epoch \d\d+"))
    answered(page, "playing: [False], threads: 0")
    play(cell(page, 0))
    shut_down(page)


def test_two_at_once_go_their_own_ways(tab: Page) -> None:
    run(tab, 1)
    expect(progress(cell(tab, 1))).to_contain_text("Epoch 0", timeout=MOST)
    play(cell(tab, 0))
    play(cell(tab, 1))
    cell(tab, 0).get_by_role("button", name="Pause").press("Enter")
    expect(cell(tab, 0).get_by_role("button", name="Play")).to_be_visible()
    answered(tab, "playing: [False, True], threads: 1")
    before = progress(cell(tab, 1)).inner_text()
    expect(progress(cell(tab, 1))).not_to_have_text(before)
    cell(tab, 1).get_by_role("button", name="Pause").press("Enter")
    expect(cell(tab, 1).get_by_role("button", name="Play")).to_be_visible()
    answered(tab, "playing: [False, False], threads: 0")


def test_a_cell_run_again_leaves_no_training_behind(tab: Page) -> None:
    play(cell(tab, 0))
    run(tab, 0)
    expect(progress(tab)).to_contain_text("Epoch 0 ", timeout=MOST)
    answered(tab, "playing: [False], threads: 0")


def test_a_restarted_kernel_is_told_and_the_cell_can_be_run_again(tab: Page) -> None:
    play(cell(tab, 0))
    choose(tab, "Kernel", "Restart Kernel…")
    tab.get_by_role("button", name="Confirm Kernel Restart").click()
    expect(cell(tab, 0).get_by_text("The kernel was restarted")).to_be_visible(timeout=60_000)
    run(tab, 0)
    expect(progress(tab)).to_contain_text("Epoch 0 ", timeout=120_000)
    expect(tab.get_by_text("The kernel was restarted")).to_have_count(0)
    play(cell(tab, 0))


def test_the_past_is_looked_at_by_keyboard(tab: Page) -> None:
    part = cell(tab, 0)
    play(part)
    part.get_by_role("button", name="Pause").press("Enter")
    part.get_by_role("button", name="Step").press("Enter")
    expect(progress(part)).to_contain_text("batch 1")  # so it is the last picture
    slider, now = part.get_by_role("slider"), progress(part).inner_text()
    last = slider.get_attribute("aria-valuemax")
    assert last is not None and float(last) > 1
    expect(slider).to_have_attribute("aria-valuenow", last)
    slider.press("ArrowLeft")
    expect(progress(part)).not_to_have_text(now)
    slider.press("Home")
    expect(progress(part)).to_contain_text("Epoch 0 ")
    part.get_by_role("button", name="Back to the present").press("Enter")
    expect(progress(part)).to_have_text(now)
    slider.press("Home")
    go_on = part.get_by_role("button", name="Go on from here")
    expect(go_on).to_be_enabled()
    go_on.press("Enter")
    expect(slider).to_have_attribute("aria-valuenow", "1.0")
    play(part)
