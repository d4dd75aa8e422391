"""The playground in JupyterLab: it trains, draws and answers while other cells run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from .notebooks import open_notebook, run

BEGIN = """from tfcourse_utils.widgets import Playground
playground = Playground()
playground"""
OTHER = """print("epochs:", playground._newest.frame.epoch > 0, playground._session.is_playing)"""
MOST = 30_000  # milliseconds
DRAWN = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum = (31 * sum + data[i] + data[i + 2]) % 1000003;
  return sum;
}"""


@pytest.fixture
def view(page: Page, lab: str, learner: Path, errors: list[str]) -> Locator:
    """Open a notebook with a playground, run it, return its output once it is drawn."""
    open_notebook(page, lab, learner, BEGIN, OTHER)
    errors.clear()
    view = run(page)
    expect(progress(page)).to_contain_text("Epoch 0", timeout=120_000)
    return view


def progress(page: Page) -> Locator:
    return page.locator(".playground-progress")


def epoch_beyond(page: Page, least: int) -> None:
    page.wait_for_function(
        "least => parseInt(document.querySelector('.playground-progress').textContent"
        ".replace(/[^0-9 ]/g, '').trim()) > least",
        arg=least,
        timeout=MOST,
    )


def test_it_trains_and_draws_while_other_cells_run_and_stops(
    page: Page, view: Locator, errors: list[str]
) -> None:
    canvas = view.get_by_role("img", name="The square")
    before = canvas.evaluate(DRAWN)
    view.get_by_role("button", name="Play").press("Enter")
    epoch_beyond(page, 70)  # more frames than are sent without an answer
    assert canvas.evaluate(DRAWN) != before
    run(page, 1)
    expect(page.get_by_text("epochs: True True")).to_be_visible(timeout=MOST)
    view.get_by_role("button", name="Pause").press("Enter")
    expect(view.get_by_role("button", name="Play")).to_be_visible()
    assert re.match(r"Epoch [\d,]+ · loss 0\.\d+", progress(page).inner_text())
    expect(page.locator(".playground-words")).to_contain_text("Class 0 holds")
    assert errors == []


def test_controls_are_named_and_change_what_is_drawn(
    page: Page, view: Locator, errors: list[str]
) -> None:
    view.get_by_label("Data set").select_option("three clouds")
    expect(page.locator(".playground-words")).to_contain_text("Class 2 holds", timeout=MOST)
    view.get_by_label("Hidden layers").fill("3, x")
    view.get_by_label("Hidden layers").press("Enter")
    expect(view.get_by_role("alert").filter(has_text="should be numbers")).to_be_visible()
    view.get_by_label("Learning rate").select_option("0.1")
    view.get_by_role("button", name="Step").click()
    expect(progress(page)).to_contain_text("batch 1")
    assert errors == []


def test_a_loss_that_explodes_is_explained_and_training_stops(
    page: Page, view: Locator, errors: list[str]
) -> None:
    view.get_by_label("Regression").check()
    view.get_by_label("Learning rate").select_option("10")
    view.get_by_role("button", name="Play").press("Enter")
    expect(page.locator(".playground-reason")).to_contain_text("Training stopped", timeout=MOST)
    expect(view.get_by_role("button", name="Play")).to_be_visible()
    assert errors == []


def test_training_waits_when_the_output_is_cleared(page: Page, view: Locator) -> None:
    view.get_by_role("button", name="Play").press("Enter")
    epoch_beyond(page, 5)
    page.get_by_role("menuitem", name="Edit", exact=True).click()
    page.get_by_role("menuitem", name="Clear Outputs of All Cells", exact=True).click()
    expect(page.locator(".playground")).to_have_count(0)
    run(page, 1)
    expect(page.get_by_text("epochs: True False")).to_be_visible(timeout=MOST)
