"""The view of the explorers in a browser, on the state of one of them and without a kernel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tfcourse_utils.widgets import ScheduleExplorer

SHOW = """async ([source, state]) => {
  const { default: view } = await import("data:text/javascript," + encodeURIComponent(source));
  const listeners = {};
  const model = {
    get: (name) => state[name],
    set: (name, value) => {
      state[name] = value;
      (listeners[`change:${name}`] || []).forEach((action) => action());
    },
    on: (event, action) => (listeners[event] ??= []).push(action),
    save_changes: () => {},
  };
  window.state = state;
  view.render({ model, el: document.body });
}"""


@pytest.fixture
def shown(page: Page) -> Iterator[Page]:
    explorer = ScheduleExplorer()
    names = ["controls", "start", "picture", "words", "numbers", *explorer.start]
    page.set_content("<body></body>")
    page.evaluate(SHOW, [str(explorer._esm), {name: getattr(explorer, name) for name in names}])
    yield page
    explorer.close()


def test_every_control_is_made_and_named(shown: Page) -> None:
    made = shown.locator(".explorer-control :is(input, select)")
    expect(made).to_have_count(shown.evaluate("state.controls.length"))
    expect(shown.get_by_label("beside it")).to_have_value("step decay")
    expect(shown.locator(".explorer p")).to_contain_text("40 epochs")
    expect(shown.locator(".explorer-picture > svg")).to_have_count(1)


def test_a_slider_of_powers_moves_by_keys_and_gives_the_number(shown: Page) -> None:
    slider, number = shown.get_by_label("peak"), "() => state.peak"
    expect(slider).to_have_attribute("aria-valuetext", "0.01")
    slider.press("ArrowRight")
    assert shown.evaluate(number) == 0.011
    expect(slider).to_have_attribute("aria-valuetext", "0.011")
    slider.press("ArrowLeft")
    assert shown.evaluate(number) == 0.01
    slider.press("End")
    assert shown.evaluate(number) == 1
    slider.press("Home")
    assert shown.evaluate(number) == 1e-5


def test_an_even_slider_gives_the_number(shown: Page) -> None:
    slider = shown.get_by_label("factor of a drop")
    slider.press("ArrowRight")
    assert shown.evaluate("() => state.factor") == 0.55
    expect(slider).to_have_attribute("aria-valuetext", "0.55")
