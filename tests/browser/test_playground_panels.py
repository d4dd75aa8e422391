"""What stands beside the playground, in JupyterLab: by keyboard, and by pointer."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tfcourse_utils.playground import State, from_link

from .notebooks import open_notebook, run

MOST = 30_000  # milliseconds
BEGIN = """from tfcourse_utils.widgets import Playground
playground = Playground({})
playground"""


def start(page: Page, lab: str, learner: Path, arguments: str) -> Locator:
    """Open a notebook with a playground, and run it; return the cell."""
    open_notebook(page, lab, learner, BEGIN.format(arguments))
    return run(page)


def test_panels_are_opened_by_keyboard_and_follow_the_training(
    page: Page, lab: str, learner: Path, errors: list[str]
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view = start(page, lab, learner, "")
    expect(page.locator(".playground-progress")).to_contain_text("Epoch 0", timeout=120_000)
    errors.clear()
    for name in ("Mistakes", "Next step", "Linear model beside", "Loss landscape", "Keras code"):
        view.get_by_label(name, exact=True).press("Space")
    figure = view.get_by_role("img", name="The linear model")
    expect(figure).to_be_visible(timeout=MOST)
    expect(view.get_by_role("table").first).to_contain_text("Training points")
    for name in ("The next step takes 10 points", "Diamond: the weights"):
        expect(view.get_by_role("img", name=name)).to_be_visible(timeout=MOST)
    code = view.get_by_role("region", name="The Keras code")
    expect(code).to_contain_text("trained for 0 epochs", timeout=MOST)
    view.get_by_role("button", name="Play").press("Enter")
    expect(code).not_to_contain_text("trained for 0 epochs", timeout=MOST)
    view.get_by_role("button", name="Pause").press("Enter")
    expect(view.get_by_text("The linear model, epoch 0:")).to_have_count(0)
    view.get_by_label("Keras code", exact=True).press("Space")
    expect(code).to_have_count(0)
    assert errors == []


def test_a_link_is_copied_and_pasted(
    page: Page, lab: str, learner: Path, errors: list[str]
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view = start(page, lab, learner, "")
    expect(page.locator(".playground-progress")).to_contain_text("Epoch 0", timeout=120_000)
    errors.clear()
    view.get_by_label("Data set").select_option("spiral")
    view.get_by_label("Link and file").press("Space")
    expect(view.get_by_role("region", name="The whole state")).to_contain_text("spiral")
    view.get_by_role("button", name="Copy").press("Enter")
    expect(view.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert from_link(copied).data.kind == "spiral" != State().data.kind
    view.get_by_label("Data set").select_option("moons")
    view.get_by_label("Paste here").fill("#data.kind=spirals")
    view.get_by_role("button", name="Restore").press("Enter")
    expect(view.get_by_role("alert").filter(has_text="Data.kind should be")).to_be_visible()
    view.get_by_label("Paste here").fill(copied)
    view.get_by_role("button", name="Restore").press("Enter")
    expect(view.get_by_label("Data set")).to_have_value("spiral")
    assert errors == []


def test_a_boundary_is_drawn_by_keyboard_before_it_is_revealed(
    page: Page, lab: str, learner: Path, errors: list[str]
) -> None:
    view = start(page, lab, learner, "preset='line_for_two_clouds'")
    area = view.get_by_role("application", name="Draw the line")
    expect(area).to_be_visible(timeout=120_000)
    errors.clear()
    expect(view.get_by_role("button", name="Play")).to_be_hidden()
    view.get_by_role("button", name="Reveal").press("Enter")
    expect(view.get_by_role("alert").filter(has_text="Draw a line first")).to_be_visible()
    for keys in (["ArrowLeft", "ArrowUp"] * 8, ["Space"], ["ArrowRight", "ArrowDown"] * 16):
        for key in keys:
            area.press(key)
    area.press("Space")
    expect(view.get_by_text("Corner 2 at x 4.0, y −4.0")).to_be_visible()
    area.press("Escape")
    view.get_by_role("button", name="Reveal").press("Enter")
    expect(view.get_by_text("Your boundary and the network's agree on 9")).to_be_visible(
        timeout=MOST
    )
    expect(view.get_by_role("button", name="Play")).to_be_visible()
    assert errors == []


def test_a_lesson_begun_from_its_panel_comes_into_sight(
    page: Page, lab: str, learner: Path, errors: list[str]
) -> None:
    view = start(page, lab, learner, "")
    expect(page.locator(".playground-progress")).to_contain_text("Epoch 0", timeout=120_000)
    errors.clear()
    view.get_by_label("Small lessons").press("Space")
    view.get_by_label("Lesson", exact=True).select_option("Steps too long")
    view.get_by_role("button", name="Begin").press("Enter")
    heading = view.get_by_role("heading", name="Steps too long")
    expect(heading).to_be_in_viewport(timeout=MOST)
    expect(view.locator(":focus")).to_contain_text("Steps too long")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(view.get_by_label("it falls slowly")).to_be_checked()
    view.get_by_role("button", name="Reveal").press("Enter")
    expect(view.get_by_text("You expected: it falls slowly.")).to_be_visible(timeout=MOST)
    assert errors == []


def test_what_is_drawn_by_pointer_can_be_taken_back(
    page: Page, lab: str, learner: Path, errors: list[str]
) -> None:
    view = start(page, lab, learner, "preset='line_for_two_clouds'")
    area = view.get_by_role("application", name="Draw the line")
    expect(area).to_be_visible(timeout=120_000)
    errors.clear()
    box = area.bounding_box()
    assert box is not None
    for right in (0.3, 0.6):
        page.mouse.move(box["x"] + right * box["width"], box["y"] + 0.2 * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + right * box["width"], box["y"] + 0.7 * box["height"], steps=5)
        page.mouse.up()
    expect(view.get_by_text("Lines: 2")).to_be_visible()
    view.get_by_role("button", name="Undo").click()
    expect(view.get_by_text("Lines: 1")).to_be_visible()
    view.get_by_role("button", name="Clear").click()
    expect(view.get_by_text("Nothing is drawn")).to_be_visible()
    assert errors == []
