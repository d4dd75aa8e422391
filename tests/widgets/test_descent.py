"""The descent explorer: its arithmetic, its verdicts, its drawing, then the widget."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
import traitlets
from hypothesis import given, settings
from hypothesis import strategies as st

from tfcourse_utils.widgets import DescentExplorer
from tfcourse_utils.widgets.descent.curves import contour, heights, levels
from tfcourse_utils.widgets.descent.descent import Path, descend, judge
from tfcourse_utils.widgets.descent.landscapes import NAMED, Landscape
from tfcourse_utils.widgets.descent.picture import draw, ground
from tfcourse_utils.widgets.descent.words import describe
from tfcourse_utils.widgets.svg import short

LIMITS = (-4.0, 4.0)


def bowl(curvature: float) -> Landscape:
    """Return ½·curvature·x², on which a step multiplies x by 1 − rate·curvature."""

    def look(point: np.ndarray) -> tuple[float, np.ndarray]:
        return float(curvature * point[0] ** 2 / 2), curvature * point

    return Landscape("bowl", 1, look, lambda point: look(point)[0])


def descent(curvature: float, rate: float, steps: int = 40, momentum: float = 0.0) -> Path:
    return descend(bowl(curvature), np.array([-3.0]), rate, momentum, steps)


@pytest.mark.parametrize("name", NAMED)
def test_named_gradients_are_those_that_differences_give(name: str) -> None:
    landscape = NAMED[name]
    for point in np.random.default_rng(0).uniform(0.3, 3, size=(20, landscape.dimensions)):
        _, gradient = landscape.look(point)
        nudges = 1e-6 * np.eye(landscape.dimensions)
        measured = [
            (landscape.height(point + n) - landscape.height(point - n)) / 2e-6 for n in nudges
        ]
        np.testing.assert_allclose(gradient, measured, atol=1e-6)


def test_a_path_has_all_its_steps_and_starts_at_the_start() -> None:
    path = descent(1.0, 0.5, steps=3)
    np.testing.assert_allclose(path.points[:, 0], [-3, -1.5, -0.75, -0.375])
    np.testing.assert_allclose(path.values, path.points[:, 0] ** 2 / 2)
    assert path.ended == ""


def test_momentum_adds_part_of_the_last_step() -> None:
    path = descent(1.0, 0.1, steps=2, momentum=0.5)
    np.testing.assert_allclose(path.points[:, 0], [-3, -2.7, -2.7 + 0.27 + 0.15])


@given(curvature=st.floats(0.1, 100), product=st.floats(0.001, 3))
def test_verdicts_on_a_bowl_follow_from_rate_times_curvature(
    curvature: float, product: float
) -> None:
    verdict = judge(descent(curvature, product / curvature), product / curvature)
    left = abs(1 - product) ** 40  # of the slope, after 40 steps
    if product > 2.001:
        assert verdict.kind == "diverges"
    elif abs(1 - product) ** 39 < 0.0099:  # slopes and steps are both small
        assert verdict.kind == "converges"
    elif left > 0.0101 and 1 < product < 1.999:
        assert verdict.kind == "oscillates"
    elif left > 0.0101 and product < 0.099:
        assert verdict.kind == "crawls"
    if verdict.product is not None:
        assert verdict.product == pytest.approx(product, rel=1e-3)


@pytest.mark.parametrize(
    ("curvature", "rate", "momentum", "kind", "said"),
    [
        (2.0, 0.5, 0.0, "converges", "after step 1 "),
        (2.0, 0.9, 0.0, "converges", "side to side on the way, because learning rate × curvature"),
        (2.0, 0.002, 0.0, "crawls", "is 0.004 there, which is the share"),
        (2.0, 0.04, 0.0, "crawls", "4% of its largest slope is left"),
        (2.0, 0.99, 0.0, "oscillates", "is 1.98, above 1. Above 2.00 each would"),
        (2.0, 1.0, 0.0, "oscillates", "as steep, so the next step leads back"),
        (2.0, 0.05, 0.97, "oscillates", "momentum 0.97 carries it past the bottom"),
        (2.0, 1.05, 0.0, "diverges", "is 2.1, above 2.00"),
        (2.0, 2.0, 0.5, "diverges", "is 4, above 3.00"),
        (2.0, 0.0, 0.0, "stands", "because the learning rate is 0"),
        (0.0, 0.5, 0.0, "stands", "because the slope there is 0"),
        (-2.0, 0.1, 0.0, "falls", "the slope does not shrink"),
        (-2.0, 1e7, 0.0, "falls", "the slope does not shrink"),
        (2.0, 1e9, 0.0, "leaps", "Step 0 of 0"),
        (2.0, 1e9, 0.0, "leaps", "The first step already leads out of reach"),
    ],
)
def test_the_words_say_what_becomes_of_it_and_why(
    curvature: float, rate: float, momentum: float, kind: str, said: str
) -> None:
    path = descent(curvature, rate, momentum=momentum)
    assert judge(path, rate).kind == kind
    assert said in describe(path, 0, rate, momentum)


@pytest.mark.parametrize(
    ("name", "start", "said"),
    [
        ("saddle", (-3, 0), "It is on a ridge: across it the slope is 0"),
        ("saddle", (0, 0), "It is on a ridge"),
        (lambda x: -(x**2), 0, "It is on a top: the slope there is 0"),
    ],
)
def test_who_comes_to_rest_on_a_ridge_is_told(name: Any, start: Any, said: str) -> None:
    explorer = DescentExplorer(name, start, learning_rate=0.2, steps=60)
    assert said in explorer.words
    explorer.close()


@pytest.mark.parametrize(
    ("name", "start"),
    [("valley", 3), ("two valleys", 3), ("kink", 0), ("ravine", (2, 1)), ("saddle", (-3, 0.1))],
)
def test_nobody_in_a_valley_is_said_to_be_on_a_ridge(name: str, start: Any) -> None:
    explorer = DescentExplorer(name, start, learning_rate=0.05, steps=200)
    assert not explorer.path.on_ridge and "It is on a" not in explorer.words
    explorer.close()


@pytest.mark.parametrize(("name", "count"), [("saddle", 2), ("ravine", 1), ("hills", 1)])
def test_all_lowest_places_are_marked(name: str, count: int) -> None:
    assert GROUNDS[name].svg.count("h12M") == count


def test_a_path_stops_where_the_function_does() -> None:
    explorer = DescentExplorer(tf.math.log, start=1.0, learning_rate=0.3)
    assert explorer.path.ended == "undefined" and len(explorer.path.points) == 3
    assert "The path ends after step 2" in explorer.words
    explorer.close()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (2740.0, "2740"),
        (-1.5e9, "−1.5e9"),
        (1e-4, "0.0001"),
        (1 / 3, "0.333"),
        (float("inf"), "no finite number"),
    ],
)
def test_numbers_are_short(value: float, text: str) -> None:
    assert short(value) == text


def test_a_contour_is_where_the_height_is() -> None:
    along = np.linspace(*LIMITS, 33)
    field = heights(NAMED["ravine"], along)
    pieces = list(contour(field, 20.0, lambda column, row: (column, row)))
    assert pieces
    for end in np.array(pieces).reshape(-1, 2) / 32 * 8 - 4:
        assert NAMED["ravine"].height(end) == pytest.approx(20, abs=1.0)


def test_heights_that_are_no_numbers_leave_holes() -> None:
    holed = bowl(1.0)._replace(height=lambda point: np.nan if point[0] < 0 else 1e40)
    field = heights(holed, np.linspace(-1, 1, 5))
    assert np.isnan(field).all() and len(levels(field, 3)) == 0
    ElementTree.fromstring(ground(holed, LIMITS).svg)


@settings(max_examples=60)
@given(
    name=st.sampled_from(sorted(NAMED)),
    start=st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)),
    rate=st.floats(0, 1e6),
    momentum=st.floats(0, 0.999),
    step=st.integers(0, 40),
)
def test_the_picture_is_always_sound_svg_with_its_description(
    name: str, start: tuple[float, float], rate: float, momentum: float, step: int
) -> None:
    landscape = NAMED[name]
    path = descend(landscape, np.array(start)[: landscape.dimensions], rate, momentum, 40)
    words = describe(path, min(step, len(path.moves)), rate, momentum)
    text = draw(GROUNDS[name], path, min(step, len(path.moves)), "<f>", words)
    assert ElementTree.fromstring(text).attrib["aria-label"] == words
    assert "nan" not in text and "inf" not in text.replace("infin", "")


GROUNDS = {name: ground(landscape, LIMITS) for name, landscape in NAMED.items()}


@pytest.fixture
def explorer():
    made = DescentExplorer("valley", start=-3, learning_rate=0.25, steps=10)
    yield made
    made.close()


def test_the_slider_follows_the_path(explorer: DescentExplorer) -> None:
    assert explorer.numbers[0] == ["Place", "x = −0.00293"]
    explorer.set_state({"step": 1})
    assert explorer.numbers == [["Place", "x = −1.5"], ["Height", "2.25"], ["Slope", "−3"]]
    assert explorer.words.startswith("Step 1 of 10, at x = −1.5")


def test_another_function_shows_the_control_it_needs(explorer: DescentExplorer) -> None:
    assert [c["name"] for c in explorer.controls if c["shown"]] == [
        "step", "function", "learning_rate", "momentum", "x",
    ]  # fmt: skip
    explorer.set_state({"function": "ravine"})
    assert all(c["shown"] for c in explorer.controls)
    assert explorer.path.points.shape[1] == 2 and "½·x² + 10·y²" in explorer.picture


def test_a_place_outside_is_said_to_be(explorer: DescentExplorer) -> None:
    assert "outside" not in explorer.words
    explorer.learning_rate = 1.1
    assert explorer.words.endswith("outside the picture.")


@pytest.mark.parametrize(
    ("f", "start", "dimensions"),
    [
        (lambda x: x**2, None, 1),
        (lambda x: x**2, 2, 1),
        (lambda x: x[0] ** 2, None, 1),
        (lambda x: tf.reduce_sum(x**2, keepdims=True), [1.0], 1),
        (lambda p: p[0] ** 2 + 3 * p[1] ** 2, None, 2),
        (lambda p: tf.reduce_sum(p**2), (1, 2), 2),
        (lambda p: tf.reduce_sum(p**2), tf.constant([1.0, 2.0]), 2),
    ],
)
def test_own_functions_of_each_shape(f, start, dimensions: int) -> None:
    explorer = DescentExplorer(f, start=start, steps=2)
    assert explorer.landscape.dimensions == dimensions and "Step 2 of 2" in explorer.words
    assert explorer.controls[1]["options"][0] == "your function"
    explorer.close()


def _named_error(x):
    return undefined_name + x  # noqa: F821


def _secret(x):
    raise ValueError("<script>alert(1)</script>\nsecond \x1b\ud800 line")


@pytest.mark.parametrize(
    ("f", "start", "said"),
    [
        (3, None, "f should be a function, but is int."),
        (lambda x: 3.0, None, "but gave float."),
        (lambda x: np.square(x), None, "but gave float32."),
        (lambda x: x * 2, (1, 2), "f should give a single number, but gave the shape (2,)."),
        (tf.round, None, "f gives no gradient"),
        (lambda x: tf.cast(x, tf.int32), None, "f should give floating numbers, but gave int32."),
        (_named_error, None, "f raised NameError: name 'undefined_name' is not defined"),
        (lambda: 1, None, "f raised TypeError"),
        (sys.exit, None, "f raised SystemExit"),
        (_secret, None, "f raised ValueError: <script>alert(1)</script> second line"),
        (tf.sqrt, -1.0, "At the start the function has no finite value and slope."),
    ],
)
def test_a_function_that_cant_be_used_gives_one_sentence(f, start, said: str) -> None:
    explorer = DescentExplorer(f, start=start)
    assert said in explorer.words and "\n" not in explorer.words
    assert ElementTree.fromstring(explorer.picture).attrib["aria-label"] == explorer.words
    assert "<script>" not in explorer.picture and explorer.numbers == []
    explorer.function = "valley"
    assert explorer.words.startswith("Step 30 of 30") and explorer.numbers
    explorer.close()


def test_another_step_of_a_path_does_not_call_the_function_again() -> None:
    calls = []

    def counted(x):
        calls.append(x)
        return x**2

    explorer = DescentExplorer(counted, start=2.0)
    before = len(calls)
    explorer.step = 5
    assert "Step 5" in explorer.words and len(calls) == before
    explorer.momentum = 0.5
    assert len(calls) > before
    explorer.close()


def test_a_function_that_fails_on_the_way_leaves_the_controls_alive() -> None:
    def picky(x):
        if x < 0:
            raise ValueError("no negative numbers here")
        return x**2

    explorer = DescentExplorer(picky, start=2.0, learning_rate=0.4)
    assert "Step 30" in explorer.words
    explorer.learning_rate = 0.9
    assert explorer.words == "f raised ValueError: no negative numbers here"
    explorer.learning_rate = 0.4
    assert "Step 30" in explorer.words
    explorer.close()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"start": "here"}, "start should be one number or two, but is str"),
        ({"start": [1, 2, 3]}, r"start should be one number or two, but has the shape \(3,\)"),
        ({"start": float("nan")}, "start should lie between"),
        ({"limits": (1, 1)}, "limits should be a lower and a higher number"),
        ({"limits": 3}, "limits should be two numbers"),
        ({"limits": (-1e9, 1)}, "limits should lie between"),
    ],
)
def test_bad_arguments_are_refused_in_one_sentence(arguments, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DescentExplorer(**arguments)


@pytest.mark.parametrize(
    "state",
    [
        {"x": float("nan")},
        {"learning_rate": -1},
        {"momentum": 1.0},
        {"step": -1},
        {"function": "cliff"},
    ],
)
def test_a_state_that_is_no_use_is_refused(explorer: DescentExplorer, state) -> None:
    before = explorer.words
    with pytest.raises(traitlets.TraitError):
        explorer.set_state(state)
    assert explorer.words == before


def test_limits_hold_the_start_and_sliders_fit_the_rate() -> None:
    explorer = DescentExplorer("valley", start=7, learning_rate=0.001)
    by_name = {control["name"]: control for control in explorer.controls}
    assert by_name["x"]["high"] == 7 and by_name["learning_rate"]["high"] == pytest.approx(0.12)
    explorer.close()


def test_there_is_a_way_back(explorer: DescentExplorer) -> None:
    before = explorer.picture
    explorer.set_state({"function": "hills", "momentum": 0.5, "y": 2.0, "step": 3})
    explorer.set_state(explorer.start)
    assert explorer.picture == before
