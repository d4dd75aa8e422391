"""Every control of the playground, by keyboard alone, in JupyterLab."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tfcourse_utils.playground import DataState, NetworkState, Shown, State, TrainingState

from .notebooks import open_notebook, run

BEGIN = """from tfcourse_utils.widgets import Playground
playground = Playground()
playground"""
ASK = """print(playground.state)"""
CHOSEN = State(
    DataState("hills", samples=90, noise=0.3, train_share=0.7, seed=1),
    NetworkState(("x", "xy"), (4, 2, 2), "relu", seed=7),
    TrainingState("Adam", 0.01, 5, "huber", "L2", 0.003, seed=3),
    Shown(test_points=True, discretized=True, curves=False, neurons=False, weights=False),
)
CHOICES = {
    "Data set": "hills",
    "Activation": "relu",
    "Optimizer": "Adam",
    "Learning rate": "0.01",
    "Loss": "huber",
    "Regularization": "L2",
    "Penalty rate": "0.003",
}
NUMBERS = {
    "Points": "90",
    "Noise": "0.3",
    "Share to train": "0.7",
    "Weight seed": "7",
    "Batch size": "5",
    "Order seed": "3",
}
BOXES = ("Test points", "Discretized output", "Loss curves", "What neurons see", "Network")
MOST = 30_000  # milliseconds


@pytest.fixture
def view(page: Page, lab: str, learner: Path) -> Locator:
    open_notebook(page, lab, learner, BEGIN, ASK)
    view = run(page)
    expect(page.locator(".playground-progress")).to_contain_text("Epoch 0", timeout=120_000)
    return view


def choose(view: Locator, name: str, wanted: str) -> None:
    """Choose with the arrow keys alone."""
    box = view.get_by_role("combobox", name=name, exact=True)
    box.press("Home")
    texts = box.locator("option").all_inner_texts()
    for _ in range(texts.index(wanted)):
        box.press("ArrowDown")
    expect(box.locator("option:checked")).to_have_text(wanted)


def write(field: Locator, text: str) -> None:
    field.press("ControlOrMeta+a")
    field.press_sequentially(text)
    field.press("Enter")


def test_every_control_is_named_and_driven_by_keyboard(page: Page, view: Locator) -> None:
    view.get_by_label("Regression").press("Space")
    expect(view.get_by_label("Data set")).to_have_value("plane")
    for name, wanted in CHOICES.items():
        choose(view, name, wanted)
    for name, text in NUMBERS.items():
        write(view.get_by_role("spinbutton", name=name, exact=True), text)
    for name in ("y", "xy", *BOXES):
        view.get_by_role("checkbox", name=name, exact=True).press("Space")
    write(view.get_by_label("Hidden layers"), "4 2")
    view.get_by_role("button", name="Add layer").press("Enter")
    expect(view.get_by_label("Hidden layers")).to_have_value("4, 2, 2")
    view.get_by_role("button", name="New sample").press("Enter")
    output = run(page, 1).locator(".jp-OutputArea-output")
    expect(output).to_have_text(str(CHOSEN), timeout=MOST)
    expect(page.locator(".playground-words")).to_contain_text("Values go from", timeout=MOST)
