"""The broadcasting explorer: its arithmetic and drawing as functions, then the widget."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
import tensorflow as tf
import traitlets
from hypothesis import given, settings
from hypothesis import strategies as st

from tfcourse_utils.widgets import BroadcastingExplorer
from tfcourse_utils.widgets.broadcasting.alignment import align, broadcast, source
from tfcourse_utils.widgets.broadcasting.picture import draw
from tfcourse_utils.widgets.broadcasting.words import describe
from tfcourse_utils.widgets.shapes import read_shape, write_shape

ONE_SENTENCE = r"^[^\n]*$"

shapes = st.lists(st.sampled_from([0, 1, 1, 2, 3, 5]), max_size=4).map(tuple)


def numpy_says(a, b):
    try:
        return np.broadcast_shapes(a, b)
    except ValueError:
        return None


@given(a=shapes, b=shapes)
def test_shapes_meet_as_numpy_says(a, b):
    assert broadcast(align(a, b)) == numpy_says(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [((3, 1), (4,)), ((7, 3, 4), (7,)), ((0, 3), (1,)), ((), (2, 0)), ((2,), (3,)), ((0,), (2,))],
)
def test_shapes_meet_as_tensorflow_says(a, b):
    try:
        wanted = tuple((tf.zeros(a) + tf.zeros(b)).shape)
    except tf.errors.InvalidArgumentError:
        wanted = None
    assert broadcast(align(a, b)) == wanted


@given(a=shapes, b=shapes)
def test_the_elements_that_meet_are_numpys(a, b):
    whole = numpy_says(a, b)
    for shape in (a, b) if whole is not None else ():
        numbers = np.arange(math.prod(shape)).reshape(shape)
        stretched = np.broadcast_to(numbers, whole)
        for index in list(np.ndindex(whole))[:50]:
            assert numbers[source(index, shape)] == stretched[index]


@given(a=shapes, b=shapes, element=st.integers(0, 200))
def test_the_picture_is_always_sound_svg_with_its_description(a, b, element):
    whole = numpy_says(a, b)
    places = list(np.ndindex(whole)) if whole is not None else []
    at = places[element % len(places)] if places else None
    root = ElementTree.fromstring(draw(a, b, at))
    words = describe(a, b, at)
    assert root.attrib["aria-label"] == words
    assert ("There is no result" in words) == (whole is None)
    if whole is not None:
        assert f"The result has the shape {write_shape(whole)}," in words


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ((3, 1), (4,), "Axis 0: b has no such axis and is repeated along the 3 of a."),
        ((3, 1), (4,), "Axis 1: the 1 of a is stretched to the 4 of b."),
        ((3, 1), (4,), "The result has the shape (3, 4), 12 elements. In result[1, 2], a[1, 0]"),
        ((2, 3), (2, 3), "Axis 1: both have 3."),
        ((), (), "The result has the shape (), 1 element. In result, a meets b."),
        ((7, 3, 4), (7,), "Axis 2: 4 meets 7, and neither is 1. There is no result: the shapes "),
        ((2, 3), (4, 5), "the shapes clash on axes 0 and 1."),
    ],
)
def test_the_words_say_how_shapes_meet(a, b, words):
    whole = numpy_says(a, b)
    element = tuple(min(1 + i, size - 1) for i, size in enumerate(whole)) if whole else ()
    assert words in describe(a, b, element if whole is not None else None)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("(3, 4)", (3, 4)),
        (" 3,4 ", (3, 4)),
        ("[7,3,4]", (7, 3, 4)),
        ("(5,)", (5,)),
        ("5", (5,)),
        ("()", ()),
        ("(0, 2)", (0, 2)),
    ],
)
def test_shapes_are_read_as_people_type_them(text, shape):
    assert read_shape(text) == shape


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "here is nothing yet"),
        ("(3, x)", "“(3, x)” is not"),
        ("-1", "“-1” is not"),
        ("3.0", "is not"),
        (",".join("1" * 7), "7 axes; 6 are the most"),
        ("10000000", "beyond 1000000"),
        ("9" * 5000, "beyond 1000000"),
    ],
)
def test_what_is_no_shape_is_refused_in_one_sentence(text, message):
    with pytest.raises(ValueError, match=ONE_SENTENCE) as caught:
        read_shape(text)
    assert message in str(caught.value)


@settings(deadline=None)
@given(text=st.text(max_size=60))
def test_whatever_is_typed_there_is_a_sound_picture(text):
    made = BroadcastingExplorer("(2, 3)", text)
    root = ElementTree.fromstring(made.picture)
    assert root.attrib["aria-label"] == made.words and made.words
    made.close()


@pytest.fixture
def widget():
    made = BroadcastingExplorer((3, 1), (4,))
    yield made
    made.close()


def test_typing_refreshes_everything(widget):
    assert widget.result == (3, 4)
    assert widget.numbers == [["Result", "(3, 4)"], ["Elements", "12"]]
    widget.set_state({"b": "(2, 4)"})
    assert widget.result is None and widget.numbers == [["Result", "clash"]]
    assert "✗ clash" in widget.picture
    widget.set_state({"b": "(2, "})  # nobody wants to be told off while typing
    assert widget.result == (3, 2)
    widget.set_state({"b": "two"})
    assert "“two” is not" in widget.words and widget.numbers == [["Result", "—"]]


def test_what_is_typed_is_escaped(widget):
    widget.b = "<b>&"
    assert "<b>" not in widget.picture and "&lt;b&gt;&amp;" in widget.picture


def test_the_element_is_followed_back(widget):
    widget.element = 6
    assert widget.words.endswith("In result[1, 2], a[1, 0] meets b[2].")
    widget.element = 10**30
    assert widget.words.endswith("In result[2, 3], a[2, 0] meets b[3].")
    widget.element = -5
    assert widget.words.endswith("In result[0, 0], a[0, 0] meets b[0].")


def test_the_slider_reaches_the_last_element(widget):
    assert [control["name"] for control in widget.controls] == ["a", "b", "element"]
    assert widget.controls[2]["high"] == 11
    widget.b = "4, 4"
    assert widget.controls[2]["high"] == 0


def test_large_shapes_are_not_drawn_element_by_element(widget):
    widget.a = "(1000000, 1000000, 1)"
    assert "too large" in widget.picture and widget.numbers[1] == ["Elements", str(4 * 10**12)]


def test_shapes_of_tensors_are_taken():
    made = BroadcastingExplorer(tf.zeros((2, 3)).shape, tf.zeros(3).shape)
    assert made.result == (2, 3)
    made.close()


def test_an_element_that_is_no_number_is_refused(widget):
    with pytest.raises(traitlets.TraitError):
        widget.element = "first"


def test_without_a_live_front_end_there_is_a_picture_and_words(widget):
    data, _ = widget._repr_mimebundle_()
    assert data["image/svg+xml"] == widget.picture
    assert data["text/plain"] == widget.words


def test_the_largest_shapes_that_are_read_are_described():
    widget = BroadcastingExplorer((1_000_000,) * 6, (1,), element=10**36)
    assert "In result[999999, 999999, 999999, 999999, 999999, 999999]" in widget.words
    assert BroadcastingExplorer((0, 0, 1_000_000, 1_000_000), ()).result == (0, 0, 10**6, 10**6)
