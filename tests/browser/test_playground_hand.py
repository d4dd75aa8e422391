"""The playground's picture in a browser without a kernel: drawn in, pointed at, and looked into."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.widgets.playground.test_encoding import seen_of
from tfcourse_utils.playground import DataState, NetworkState, Shown, State
from tfcourse_utils.widgets.playground.encoding import encode
from tfcourse_utils.widgets.playground.session import Seen
from tfcourse_utils.widgets.playground.view import Canvas

STATE = State(DataState("rings", samples=40), NetworkState(hidden=(3, 2)))
SHOW = """async ([source, style, traits]) => {
  const { default: view } = await import("data:text/javascript," + encodeURIComponent(source));
  const listeners = {};
  const bytes = (text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
  const read = (value) => (value?.bytes === undefined ? value : bytes(value.bytes));
  const model = {
    get: (name) => read(traits[name]),
    on: (events, action) =>
      events.split(" ").forEach((each) => (listeners[each] ??= []).push(action)),
    off: () => {},
    send: (message) => window.sent.push(message),
  };
  const tell = (event, ...args) => (listeners[event] || []).forEach((action) => action(...args));
  Object.assign(window, { sent: [] });
  window.set = (name, value) => { traits[name] = value; tell(`change:${name}`); };
  window.draw = ([content, data]) => tell("msg:custom", content, [bytes(data)]);
  document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
  view.render({ model, el: document.body });
}"""
BRIGHTNESS = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, value, i) => sum + (i % 4 < 3 ? value : 0), 0) / (0.75 * data.length);
}"""
INKED = """canvas => canvas.width > 0 && canvas.getContext("2d")
  .getImageData(0, 0, canvas.width, canvas.height).data.some(value => value > 0)"""
BYTES = """canvas => [...canvas.getContext("2d")
  .getImageData(0, 0, canvas.width, canvas.height).data].join()"""

Open = Callable[[State], Page]


def traits_of(canvas: Canvas) -> dict[str, Any]:
    """Return what the browser gets of a canvas, bytes as text."""
    names = ("points", "palettes", "inputs", "scene", "words")
    return {name: plain(getattr(canvas, name)) for name in names}


def plain(value: Any) -> Any:
    return {"bytes": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def draw(page: Page, seen: Seen, number: int = 1) -> None:
    content, data = encode(number, seen)
    page.evaluate("draw", [content, base64.b64encode(data).decode()])


@pytest.fixture
def open_view(page: Page) -> Iterator[Open]:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def show(state: State) -> Page:
        seen = seen_of(state)
        canvas = Canvas(lambda _: None, seen)
        page.set_viewport_size({"width": 1000, "height": 900})
        page.goto("about:blank")
        page.set_content("<body data-jp-theme-light='true' style='margin: 0'></body>")
        page.evaluate(SHOW, [str(Canvas._esm), str(Canvas._css), traits_of(canvas)])
        draw(page, seen)
        expect(page.locator(".playground-progress")).to_contain_text("Epoch 0")
        canvas.close()
        return page

    yield show
    assert errors == []


@pytest.fixture
def view(open_view: Open) -> Page:
    return open_view(STATE)


def square(page: Page) -> Locator:
    return page.get_by_role("application", name="Square")


def points(page: Page, count: int) -> list[list[float]]:
    """Wait until so many points are sent, and return them."""
    page.wait_for_function("n => sent.some(each => each.points?.length === n)", arg=count)
    found: list[list[float]] = page.evaluate("sent.findLast(each => each.points).points")
    return found


def pointer(page: Page, x: float, y: float) -> tuple[float, float]:
    """Return where a place of the plane is on the page."""
    box = square(page).bounding_box()
    assert box is not None
    across, up = (x + 6) / 12, (y + 6) / 12
    return box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"]


def test_a_point_is_drawn_where_the_pointer_is(view: Page) -> None:
    view.get_by_role("radio", name="Draw").check()
    view.get_by_label("Class to draw").select_option("class 1")
    view.mouse.click(*pointer(view, 3, -4.5))
    x, y, target = points(view, 41)[-1]
    assert (x, y, target) == (pytest.approx(3, abs=0.05), pytest.approx(-4.5, abs=0.05), 1)


def test_points_are_painted_erased_and_brought_back(view: Page) -> None:
    view.get_by_role("radio", name="Paint").check()
    view.mouse.move(*pointer(view, -5, 5))
    view.mouse.down()
    view.mouse.move(*pointer(view, -4, 5), steps=4)
    view.mouse.up()
    painted = points(view, 55)[40:]
    assert all(abs(x + 4.5) < 1.6 and abs(y - 5) < 1.1 for x, y, _ in painted)
    view.get_by_role("radio", name="Erase").check()
    view.get_by_label("Brush size").fill("2")
    view.mouse.click(*pointer(view, -4.5, 5))
    points(view, 40)
    view.get_by_role("button", name="Undo").click()
    expect(view.get_by_role("status")).to_contain_text("55 points")
    view.get_by_role("button", name="Clear").click()
    points(view, 0)


def test_what_erases_nothing_is_nothing_to_undo(view: Page) -> None:
    view.get_by_role("radio", name="Erase").check()
    view.mouse.click(*pointer(view, -5.9, 5.9))
    expect(view.get_by_role("button", name="Undo")).to_be_disabled()
    square(view).press("ArrowUp")
    for _ in range(13):
        square(view).press("Shift+ArrowLeft")
    square(view).press("Backspace")
    expect(view.get_by_role("status")).to_contain_text("no point near")
    expect(view.get_by_role("button", name="Undo")).to_be_disabled()


def test_points_are_drawn_and_erased_by_keys(view: Page) -> None:
    square(view).focus()
    for key in ("Shift+ArrowRight", "ArrowRight", "ArrowUp", "ArrowUp", "Space"):
        view.keyboard.press(key)
    expect(view.get_by_role("status")).to_contain_text("Put at x 1.2, y 0.4: 41 points")
    assert points(view, 41)[-1] == [1.2, 0.4, 0]
    view.keyboard.press("Backspace")
    expect(view.get_by_role("status")).to_contain_text("erased")
    view.keyboard.press("Control+z")
    view.keyboard.press("Control+z")
    expect(view.get_by_role("status")).to_contain_text("Undone: 40 points")
    view.keyboard.press("Control+z")
    expect(view.get_by_role("status")).to_contain_text("nothing to undo")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1, 2, 0\n1, two, 0", "Line 2 should be three numbers"),
        ("1, 2", "Line 1 should be three numbers"),
        ("\n7, 2, 0", "Line 2 lies outside the square"),
        ("1, 2, 0.5", "should have a class 0 to 7"),
        ("x, y, target", "There are no lines"),
        ("1,2,0\n" * 4961, "There can be up to 5000 points"),
    ],
    ids=["no number", "no target", "outside", "no class", "no lines", "too many"],
)
def test_bad_lines_are_said_and_nothing_is_lost(view: Page, text: str, said: str) -> None:
    view.get_by_role("button", name="Paste").click()
    field = view.get_by_label("Points, a line each")
    field.evaluate("(field, text) => (field.value = text)", text)
    view.get_by_role("button", name="Add").click()
    expect(view.get_by_role("alert").filter(has_text=said)).to_be_visible()
    assert field.input_value() == text
    assert view.evaluate("sent.filter(each => each.points)") == []


@pytest.mark.parametrize("text", ["x\ty\ttarget\n1,5\t-2\t1\n", "1.5, −2, 1", "1,5; -2; 1"])
def test_lines_of_a_spreadsheet_become_points(view: Page, text: str) -> None:
    view.get_by_role("button", name="Paste").click()
    view.get_by_label("Points, a line each").fill(text)
    view.get_by_role("button", name="Add").click()
    assert points(view, 41)[-1] == [1.5, -2, 1]
    expect(view.get_by_label("Points, a line each")).to_be_hidden()


def test_lines_are_pasted_into_the_square(view: Page) -> None:
    paste = """(element, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text", text);
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    }"""
    square(view).evaluate(paste, "1, 2, 0\n2, 3, 1")
    assert points(view, 42)[-2:] == [[1, 2, 0], [2, 3, 1]]
    square(view).evaluate(paste, "1, 2, oops")
    expect(view.get_by_label("Points, a line each")).to_have_value("1, 2, oops")


def test_what_comes_back_late_does_not_undo_what_is_drawn(view: Page) -> None:
    square(view).press("Space")
    first = points(view, 41)
    square(view).press("Space")
    points(view, 42)
    canvas = Canvas(lambda _: None, seen_of(own_state(first)))
    view.evaluate("([name, value]) => set(name, value)", ["points", plain(canvas.points)])
    canvas.close()
    square(view).press("Space")
    expect(view.get_by_role("status")).to_contain_text("43 points")


def test_other_points_take_the_place_of_what_is_drawn(view: Page) -> None:
    square(view).press("Space")
    points(view, 41)
    canvas = Canvas(lambda _: None, seen_of(replace(STATE, data=DataState("xor", samples=60))))
    view.evaluate("([name, value]) => set(name, value)", ["points", plain(canvas.points)])
    canvas.close()
    square(view).press("Space")
    expect(view.get_by_role("status")).to_contain_text("61 points")


def own_state(rows: list[list[float]]) -> State:
    data = DataState("own classes", points=tuple((x, y, target) for x, y, target in rows))
    return replace(STATE, data=data)


def test_a_value_is_drawn_in_a_regression(open_view: Open) -> None:
    view = open_view(replace(STATE, data=DataState("plane", samples=40)))
    view.get_by_role("radio", name="Draw").check()
    view.get_by_label("Value to draw").fill("-0.3")
    view.mouse.click(*pointer(view, 0, 0))
    assert points(view, 41)[-1][2] == -0.3


def test_a_neuron_is_looked_at_by_pointer_and_by_keys(view: Page) -> None:
    field = view.get_by_role("img", name="The square")
    caption = view.locator(".playground-caption b")
    before = field.evaluate(BYTES)
    view.get_by_role("button", name="Hidden layer 2, neuron 2").hover()
    expect(caption).to_have_text("Hidden layer 2, neuron 2")
    assert field.evaluate(BYTES) != before
    view.mouse.move(0, 0)
    expect(caption).to_have_text("Output")
    assert field.evaluate(BYTES) == before
    view.get_by_role("button", name="Input x").focus()
    expect(caption).to_have_text("Input x")
    view.keyboard.press("ArrowRight")
    view.keyboard.press("ArrowDown")
    expect(caption).to_have_text("Hidden layer 1, neuron 2")


def test_a_weight_is_set_from_the_list(view: Page) -> None:
    view.get_by_label("Weight", exact=True).select_option(
        "hidden layer 1, neuron 3 → hidden layer 2, neuron 1"
    )
    expect(view.get_by_label("Its value")).not_to_have_value("")
    view.get_by_label("Its value").fill("-1.5")
    view.get_by_label("Its value").press("Enter")
    view.wait_for_function("sent.some(each => each.weight)")
    sent = view.evaluate("sent.find(each => each.weight)")
    assert sent == {"weight": [2, 2, 0], "value": -1.5}


def test_a_weight_is_chosen_by_its_line(view: Page) -> None:
    first, last = (
        view.get_by_role("button", name=name).bounding_box()
        for name in ("Input x", "Hidden layer 1, neuron 1")
    )
    assert first and last
    x = (first["x"] + first["width"] + last["x"]) / 2
    middles = [box["y"] + box["height"] / 2 for box in (first, last)]
    view.mouse.click(x, sum(middles) / 2)
    chosen = view.get_by_label("Weight", exact=True).locator("option:checked")
    expect(chosen).to_have_text("input x → hidden layer 1, neuron 1")
    expect(view.get_by_label("Its value")).to_be_focused()


def test_two_views_have_tools_of_their_own(view: Page) -> None:
    canvas = Canvas(lambda _: None, seen_of(STATE))
    view.evaluate(SHOW, [f"{Canvas._esm}// a module of its own", "", traits_of(canvas)])
    canvas.close()
    draws = view.get_by_role("radio", name="Draw")
    draws.nth(0).check()
    draws.nth(1).check()
    expect(draws.nth(0)).to_be_checked()


def test_what_is_hidden_is_not_there(open_view: Open) -> None:
    view = open_view(replace(STATE, hidden=("data.points", "edit weights")))
    expect(view.get_by_role("group", name="Points")).to_be_hidden()
    expect(view.get_by_label("Weight", exact=True)).to_be_hidden()
    square(view).press("Space")
    square(view).press("ArrowRight")
    expect(view.get_by_role("status")).to_contain_text("x 0.2, y 0.0: class")
    assert view.evaluate("sent.filter(each => each.points)") == []


def test_the_dark_theme_has_dark_paper(view: Page) -> None:
    field = view.get_by_role("img", name="The square")
    light = field.evaluate(BRIGHTNESS)
    view.evaluate("document.body.dataset.jpThemeLight = 'false'")
    view.wait_for_function(
        f"light => ({BRIGHTNESS})(document.querySelector('.playground-field')) < light / 2",
        arg=light,
    )
    view.evaluate("document.body.dataset.jpThemeLight = 'true'")
    view.wait_for_function(
        f"light => ({BRIGHTNESS})(document.querySelector('.playground-field')) === light", arg=light
    )


@pytest.mark.parametrize(("kind", "shapes"), [("three clouds", 3), ("rings", 2), ("hills", 2)])
def test_classes_differ_in_shape_as_in_colour(open_view: Open, kind: str, shapes: int) -> None:
    view = open_view(replace(STATE, data=DataState(kind, samples=60)))
    paths = view.locator(".playground-legend path")
    expect(paths).to_have_count(shapes)
    found = paths.evaluate_all(
        "all => all.map(path => [path.getAttribute('d'), path.getAttribute('fill')])"
    )
    assert len({shape for shape, _ in found}) == len({colour for _, colour in found}) == shapes


def test_a_narrow_page_has_everything_below_each_other(view: Page) -> None:
    view.set_viewport_size({"width": 360, "height": 900})
    expect(view.locator(".playground-stacked")).to_have_count(1)
    assert view.evaluate("document.documentElement.scrollWidth") <= 360
    network, plot = view.get_by_role("group", name="Network"), square(view)
    above, below = plot.bounding_box(), network.bounding_box()
    assert above and below and above["y"] + above["height"] < below["y"]


@pytest.mark.parametrize(
    "state",
    [
        replace(STATE, network=NetworkState(hidden=())),
        replace(STATE, network=NetworkState(hidden=(16,) * 8)),
        replace(STATE, data=DataState("own classes")),
        replace(STATE, shown=Shown(weights=False, neurons=False, curves=False, discretized=True)),
    ],
    ids=["linear", "largest", "no points", "little shown"],
)
def test_any_state_can_be_seen(open_view: Open, state: State) -> None:
    view = open_view(state)
    inputs = view.get_by_role("button", name="Input x")
    expect(inputs).to_have_count(1 if state.shown.weights else 0)
    assert view.get_by_role("img", name="The square").evaluate(BRIGHTNESS) > 0


@pytest.mark.parametrize("part", ["curves", "lines"])
def test_what_is_shown_again_is_drawn_again(open_view: Open, part: str) -> None:
    view = open_view(replace(STATE, shown=Shown(weights=False, curves=False)))
    expect(view.locator(f".playground-{part}")).to_be_hidden()
    seen = seen_of(STATE)
    canvas = Canvas(lambda _: None, seen)
    view.evaluate("scene => set('scene', scene)", canvas.scene)
    canvas.close()
    draw(view, seen, 2)
    view.wait_for_function(f"() => ({INKED})(document.querySelector('.playground-{part}'))")
