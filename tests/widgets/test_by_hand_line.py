"""The line moved by hand: its arithmetic and drawing as functions, then the widget."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
import tensorflow as tf
import traitlets
from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.widgets import ByHandLine
from tfcourse_utils.widgets.by_hand_line.box import Box, ends, region
from tfcourse_utils.widgets.by_hand_line.classifier import Line, accuracy, loss, read_points
from tfcourse_utils.widgets.by_hand_line.picture import draw
from tfcourse_utils.widgets.by_hand_line.words import describe
from tfcourse_utils.widgets.svg import ticks

POINTS = np.array([[0.0, 0.0], [0.0, 2.0], [2.0, 0.0], [2.0, 2.0]])
POSITIVE = np.array([False, False, True, True])
UNIT = Box(0.0, 0.0, 1.0)

weights = st.floats(-1000, 1000)
lines = st.builds(Line, weights, weights, weights, weights)


def test_loss_and_accuracy_by_hand():
    line = Line(0.5, 0.5, 0.0)  # scores 0, 1, 1, 2
    assert loss(line, POINTS, POSITIVE) == pytest.approx((0 + 1 + 0 + 1) / 4)
    assert accuracy(line, POINTS, POSITIVE) == 0.75


@given(line=lines)
def test_the_line_scores_the_threshold_and_ends_on_the_edge(line):
    crossing = ends(line, UNIT)
    if crossing is None:
        corners = line.above(np.array(UNIT.corners()))
        assert corners.all() or not corners.any()
        return
    size = sum(map(abs, line)) + 1
    for x, y in crossing:
        assert line.w0 * x + line.w1 * y + line.b == pytest.approx(line.threshold, abs=1e-9 * size)
        assert min(abs(x), abs(y), abs(1 - x), abs(1 - y)) < 1e-9


def area(corners):
    x, y = np.array(corners).reshape(-1, 2).T
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


@given(line=lines)
def test_the_two_regions_share_out_the_box(line):
    parts = [region(line, UNIT, called) for called in (False, True)]
    assert area(parts[0]) + area(parts[1]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Line(0.5, -0.25, 0.5), "The line is rising, y = 2.00·x + 0.00; points below it"),
        (Line(0.5, 0.5, 0.0), "The line is falling, y = −1.00·x + 1.00; points above it"),
        (Line(0.0, 0.5, 1.0), "The line is level, y = 0.00·x − 1.00; points above it"),
        (Line(0.5, 0.0, 0.0), "The line is vertical, x = 1.00; points to its right"),
        (Line(-0.5, 0.0, 1.0), "The line is vertical, x = 1.00; points to its left"),
        (Line(0.5, 1e-308, 0.0), "The line is vertical, x = 1.00; points to its right"),
        (Line(0.0, 0.0, 0.6), "no line: both weights are 0, so every point is called 1"),
        (Line(0.0, 0.0, 0.5), "no line: both weights are 0, so every point is called 0"),
        (Line(0.1, 0.1, 90.0), "It lies outside the picture"),
    ],
)
def test_the_words_say_where_the_line_goes(line, words):
    assert words in describe(line, POINTS, POSITIVE)


def test_the_words_give_loss_and_count():
    words = describe(Line(0.5, 0.5, 0.0), POINTS, POSITIVE)
    assert words.startswith("Loss 0.500, accuracy 75%: 3 of 4 points on the right side.")


def test_a_hundred_percent_means_all():
    points = np.column_stack([np.arange(1000.0) - 0.5, np.zeros(1000)])
    positive = points[:, 0] > 0
    positive[-1] = False
    assert "accuracy 99%: 999 of 1000" in describe(Line(1.0, 0.0, 0.5), points, positive)


@given(line=lines)
def test_the_picture_is_always_sound_svg_with_its_description(line):
    picture = draw(line, POINTS, POSITIVE)
    root = ElementTree.fromstring(picture)
    assert root.attrib["aria-label"] == describe(line, POINTS, POSITIVE)
    assert "nan" not in picture and "inf" not in picture


def marks(line):
    """Count circles and triangles in the picture's plot: (filled, hollow) of each."""
    plot = ElementTree.fromstring(draw(line, POINTS, POSITIVE))[1]
    paths = [e.attrib for e in plot if e.tag.endswith("path")]
    counts = {}
    for path in paths:
        shape = "circles" if "a4" in path["d"] else "triangles"
        hollow = "stroke-width: 2.0" in path["style"]
        counts[shape, hollow] = path["d"].count("M")
    return counts


def test_shapes_tell_the_targets_and_hollow_marks_the_wrong_side():
    assert marks(Line(0.5, 0.0, 0.0)) == {("circles", False): 2, ("triangles", False): 2}
    assert marks(Line(0.5, 0.5, 0.0)) == {
        ("circles", False): 1,
        ("circles", True): 1,
        ("triangles", False): 2,
    }


@pytest.mark.parametrize("point", [(3.0, -4.0), (1e6, 1e6)])
def test_a_single_point_has_a_picture(point):
    ElementTree.fromstring(draw(Line(0.1, 0.2, 0.3), np.array([point]), np.array([True])))


@given(low=st.floats(-1e6, 1e6), side=st.floats(1e-3, 1e6))
def test_ticks_are_few_and_inside(low, side):
    found = ticks(low, low + side)
    assert 2 <= len(found) <= 7
    assert all(low - 1e-6 * side <= tick <= low + side + 1e-6 * side for tick in found)


@pytest.mark.parametrize(
    ("inputs", "targets", "message"),
    [
        (
            np.zeros(4),
            np.zeros(4),
            r"inputs should have the shape \(n, 2\), n ≥ 1, but have \(4,\)",
        ),
        (np.zeros((0, 2)), np.zeros(0), r"but have \(0, 2\)"),
        (np.zeros((3, 3)), np.zeros(3), r"but have \(3, 3\)"),
        (np.zeros((3, 2)), np.zeros(2), r"targets should have the shape \(3,\) or \(3, 1\)"),
        (np.zeros((3, 2)), np.zeros((1, 3)), r"but have \(1, 3\)"),
        (np.zeros((2, 2)), [0, 2], "targets should be 0 or 1, but one is 2"),
        (np.full((2, 2), np.nan), [0, 1], "inputs should be finite"),
        (np.full((2, 2), 1e9), [0, 1], "between -1e6 and 1e6"),
        (np.zeros((2, 2)), [0, np.inf], "targets should be finite"),
        ("points", [0, 1], "inputs should be an array of numbers, but are str"),
        ([[0, 1], [2]], [0, 1], "inputs should be an array of numbers, but are list"),
    ],
)
def test_bad_points_are_refused_in_one_sentence(inputs, targets, message):
    with pytest.raises(ValueError, match=message) as caught:
        ByHandLine(inputs, targets)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("wrap", [np.asarray, tf.constant, lambda x: np.asarray(x).tolist()])
@pytest.mark.parametrize("shape", [(4,), (4, 1)])
def test_arrays_tensors_and_lists_are_read_alike(wrap, shape):
    targets = POSITIVE.astype("float32").reshape(shape)
    points, positive = read_points(wrap(POINTS.astype("float32")), wrap(targets))
    np.testing.assert_array_equal(points, POINTS)
    np.testing.assert_array_equal(positive, POSITIVE)


@pytest.fixture
def widget():
    made = ByHandLine(POINTS, POSITIVE, w0=0.5, w1=0.5, b=0.0)
    yield made
    made.close()


def test_moving_a_slider_refreshes_everything(widget):
    before = widget.picture
    assert widget.accuracy == 0.75
    widget.w1 = 0.0
    assert widget.line == Line(0.5, 0.0, 0.0) and widget.accuracy == 1.0
    assert "vertical" in widget.words and widget.picture != before
    assert widget.picture == draw(widget.line, POINTS, POSITIVE)


def test_the_lowest_loss_is_remembered(widget):
    widget.w1 = 0.0
    best = widget.loss
    widget.w0 = -1.0
    assert widget.loss > best and widget.lowest == best


def test_a_move_in_the_front_end_arrives(widget):
    widget.set_state({"w0": 0.25, "b": -0.5})
    assert widget.line == Line(0.25, 0.5, -0.5)
    assert widget.loss == loss(widget.line, POINTS, POSITIVE)


def test_the_start_is_kept_for_the_way_back(widget):
    widget.w0 = 1.0
    assert widget.start == {"w0": 0.5, "w1": 0.5, "b": 0.0}


def test_weights_may_come_from_arrays_and_tensors():
    made = ByHandLine(POINTS, POSITIVE, w0=np.float32(0.5), w1=tf.constant(-0.25), b=1)
    assert made.line == Line(0.5, -0.25, 1.0)
    made.close()


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), 1001.0, "much"])
def test_weights_that_are_no_use_are_refused(widget, bad):
    with pytest.raises(traitlets.TraitError):
        widget.w0 = bad
    assert widget.w0 == 0.5


def test_without_a_live_front_end_there_is_a_picture_and_words(widget):
    data, _ = widget._repr_mimebundle_()
    assert data["image/svg+xml"] == widget.picture
    assert data["text/plain"] == widget.words
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == widget.model_id


def test_what_is_shown_beside_the_picture(widget):
    assert widget.numbers == [
        ["Loss", f"{widget.loss:.3f}"],
        ["Lowest so far", f"{widget.lowest:.3f}"],
        ["Accuracy", "75%"],
    ]
    assert [control["name"] for control in widget.controls] == ["w0", "w1", "b"]
