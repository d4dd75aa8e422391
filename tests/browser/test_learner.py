"""What a learner sees in JupyterLab: a verdict with its diagnosis, a hint, the live widget."""

from __future__ import annotations

import json
import os
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, Page, expect

CHAPTER = "03_linear_classifiers"
WRONG = "def dense(inputs, W, b, activation=None):\n    return inputs @ W + b\n"
PROBABILITIES = """from tfcourse_utils.widgets import LossExplorer
LossExplorer(predicts="a probability")"""


def open_notebook(page: Page, lab: str, path: str) -> None:
    page.goto(f"{lab}/lab/tree/{path}?reset", timeout=120_000)
    expect(page.locator(".jp-Notebook")).to_be_visible(timeout=120_000)
    expect(page.get_by_title("Switch kernel").first).to_contain_text("Python 3", timeout=60_000)


def run_all(page: Page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


@pytest.fixture(scope="module")
def verdict(page: Page, lab: str, learner: Path) -> Locator:
    """Open the exercises with one wrong answer, run all, return that answer's verdict."""
    name = f"exercises/{CHAPTER}/{CHAPTER}.ipynb"
    path = learner / "my_course" / name
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] == "dense":
            cell["source"] = WRONG
    path.write_text(json.dumps(notebook), encoding="utf-8")
    open_notebook(page, lab, name)
    run_all(page)
    panel = page.locator(".tfc-wrong").filter(has_text="dense: not right yet").first
    expect(panel).to_be_attached(timeout=120_000)
    panel.scroll_into_view_if_needed()
    return panel


def test_a_wrong_answer_is_told_what_is_wrong_and_why(verdict: Locator) -> None:
    expect(verdict).to_contain_text("2 of 3 points")
    expect(verdict).to_contain_text("called")
    expect(verdict).to_contain_text("expected")
    expect(verdict).to_contain_text("the activation is never called on it")


def test_hints_open_one_after_the_other(verdict: Locator) -> None:
    first, second = verdict.get_by_text("A hint"), verdict.get_by_text("Another hint").first
    expect(second).not_to_be_visible()
    first.click()
    expect(verdict).to_contain_text("What shape must the result have")
    expect(second).to_be_visible()


def test_a_picture_for_the_documentation(verdict: Locator, tmp_path: Path) -> None:
    folder = Path(os.environ.get("TFCOURSE_PICTURES", tmp_path))
    verdict.screenshot(path=folder / "verdict.png")
    assert (folder / "verdict.png").stat().st_size > 10_000


def test_the_line_follows_its_slider(page: Page, lab: str) -> None:
    open_notebook(page, lab, f"course/{CHAPTER}.ipynb")
    run_all(page)
    slider = page.get_by_role("slider").first
    expect(slider).to_be_attached(timeout=180_000)
    words = page.get_by_text("on the right side.").first
    before = words.inner_text()
    slider.focus()
    slider.press("ArrowRight")
    expect(words).not_to_have_text(before)


def test_a_slider_ends_where_the_words_do(page: Page, lab: str, learner: Path) -> None:
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    notebook.cells = [nbformat.v4.new_code_cell(PROBABILITIES)]
    nbformat.write(notebook, learner / "my_course" / "sliders.ipynb")
    open_notebook(page, lab, "sliders.ipynb")
    run_all(page)
    slider = page.get_by_role("slider", name="prediction")
    for key, end in [("Home", "0.01"), ("End", "0.99")]:
        slider.press(key, timeout=60_000)
        expect(slider).to_have_value(end)
        expect(page.locator(".explorer p")).to_contain_text(end)


def test_nobody_is_asked_about_news(page: Page, lab: str) -> None:
    page.goto(f"{lab}/lab?reset", timeout=120_000)
    data = page.locator("#jupyter-config-data").text_content(timeout=120_000)
    assert "@jupyterlab/apputils-extension:announcements" in json.loads(data)["disabledExtensions"]
