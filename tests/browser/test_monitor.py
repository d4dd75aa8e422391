"""The training monitor in JupyterLab: it draws and stops while a cell is busy with `fit`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from .notebooks import go_to, open_notebook

BEGIN = """import keras, numpy as np
from tfcourse_utils.widgets import TrainingMonitor
x = np.linspace(-1, 1, 3000).reshape(-1, 1)
model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(8), keras.layers.Dense(1)])
model.compile("sgd", "mse", metrics=["mae"])"""
FIT = """history = model.fit(
    x, x, batch_size=1, epochs=100_000, validation_data=(x[::9], x[::9]),
    callbacks=[TrainingMonitor()])
print("epochs:", len(history.history["loss"]))"""
MOST = 30_000  # milliseconds until a cell ends; it takes less than one where nothing else is busy


@pytest.fixture
def training(page: Page, lab: str, learner: Path, errors: list[str]) -> Locator:
    """Open a notebook that trains without end, run it, return the view once curves are drawn."""
    open_notebook(page, lab, learner, BEGIN, FIT)
    errors.clear()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    view = page.locator(".monitor")
    expect(view.locator("circle").nth(2)).to_be_attached(timeout=120_000)
    return view


def kept(page: Page) -> Locator:
    return page.get_by_role("img", name="You stopped training in epoch")


def test_the_button_stops_training_by_the_keyboard(
    page: Page, training: Locator, errors: list[str]
) -> None:
    picture = training.get_by_role("img").first
    before = picture.get_attribute("aria-label")
    expect(picture).not_to_have_attribute("aria-label", before or "")
    training.get_by_role("button", name="Stop training").press("Enter")
    expect(page.get_by_text(re.compile(r"^epochs: \d+\s*$"))).to_be_visible(timeout=MOST)
    expect(kept(page)).to_be_visible()
    expect(training).not_to_be_attached()
    assert errors == []


def test_so_does_the_notebooks_own_button(page: Page, training: Locator) -> None:
    page.get_by_role("button", name="Interrupt the kernel").click()
    expect(page.get_by_text(re.compile(r"^epochs: \d+\s*$"))).to_be_visible(timeout=MOST)
    expect(kept(page)).to_be_visible()


def test_the_curves_are_there_when_the_notebook_is_opened_without_its_kernel(
    page: Page, training: Locator, lab: str
) -> None:
    training.get_by_role("button", name="Stop training").click()
    expect(kept(page)).to_be_visible(timeout=MOST)
    page.get_by_role("button", name="Save and create checkpoint").click()
    expect(page.locator(".lm-TabBar-tab.jp-mod-dirty")).to_have_count(0)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Shut Down Kernel", exact=True).click()
    go_to(page, lab)
    expect(kept(page)).to_be_visible(timeout=60_000)
