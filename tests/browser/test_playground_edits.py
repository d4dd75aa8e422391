"""What is done in the playground's picture, in JupyterLab: the network learns of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from .notebooks import open_notebook, run

BEGIN = """from tfcourse_utils.playground import DataState, State
from tfcourse_utils.widgets import Playground
playground = Playground(State(DataState(samples=60)))
playground"""
DATA = "print(playground.state.data.kind, len(playground.state.data.points))"
WEIGHT = "print(playground.model.get_weights()[0][0, 0])"
PAPER = "canvas => canvas.getContext('2d').getImageData(0, 0, 100, 100).data[1]"


@pytest.fixture(scope="module")
def view(page: Page, lab: str, learner: Path) -> Locator:
    """Open a notebook with a playground, run it, return its output once it is drawn."""
    open_notebook(page, lab, learner, BEGIN, DATA, WEIGHT)
    view = run(page)
    expect(page.locator(".playground-progress")).to_contain_text("Epoch 0", timeout=120_000)
    return view


def prints(page: Page, number: int, expected: str) -> None:
    """Run a cell and wait until it prints what is expected."""
    output = run(page, number).locator(".jp-OutputArea-output")
    expect(output).to_contain_text(expected, timeout=30_000)


def test_points_drawn_by_keys_are_trained_on(page: Page, view: Locator) -> None:
    square = view.get_by_role("application", name="Square")
    for key in ("Shift+ArrowRight", "Space", "ArrowUp", "Space", "Backspace"):
        square.press(key)
    expect(view.get_by_role("status")).to_contain_text("erased")
    expect(square).to_have_attribute("aria-busy", "false", timeout=30_000)
    left = view.get_by_role("status").inner_text().split(": ")[1].split()[0]
    prints(page, 1, f"own classes {left}")


def test_another_class_is_drawn_by_the_pointer(page: Page, view: Locator) -> None:
    view.get_by_role("radio", name="Draw").check()
    view.get_by_label("Class to draw").select_option("class 2")
    view.get_by_role("application", name="Square").click(position={"x": 30, "y": 30})
    expect(view.locator(".playground-legend")).to_contain_text("class 2", timeout=30_000)
    expect(view.get_by_label("Class to draw")).to_have_value("2")
    weights = view.get_by_label("Weight", exact=True)
    expect(weights.locator("option", has_text="output 2").first).to_be_attached(timeout=30_000)


def test_a_weight_set_by_hand_is_the_networks(page: Page, view: Locator) -> None:
    weight = "input x → hidden layer 1, neuron 1"
    view.get_by_label("Weight", exact=True).select_option(weight)
    view.get_by_label("Its value").fill("2.5")
    view.get_by_role("button", name="Set", exact=True).click()
    view.get_by_role("button", name="Input x").focus()
    expect(view.get_by_label("Its value")).to_have_value("2.500", timeout=30_000)
    prints(page, 2, "2.5")


def test_the_dark_theme_of_the_page_is_the_pictures(page: Page, view: Locator) -> None:
    field = view.get_by_role("img", name="The square")
    before = field.evaluate(PAPER)
    page.keyboard.press("Control+Shift+C")
    page.keyboard.type("Use Theme: JupyterLab Dark")
    page.keyboard.press("Enter")
    page.wait_for_function(
        f"before => ({PAPER})(document.querySelector('.playground-field')) < before", arg=before
    )
