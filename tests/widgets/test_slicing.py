"""The slicing explorer: its arithmetic and drawing as functions, then the widget."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from tfcourse_utils.widgets import SlicingExplorer
from tfcourse_utils.widgets.slicing.expression import entry_text, read_index
from tfcourse_utils.widgets.slicing.picture import draw, taken_elements
from tfcourse_utils.widgets.slicing.taking import result, take
from tfcourse_utils.widgets.slicing.tensor import read_tensor, tensor_text
from tfcourse_utils.widgets.slicing.words import describe

ONE_SENTENCE = r"^[^\n]*$"

shapes = st.lists(st.integers(0, 4), max_size=3).map(tuple)
bounds = st.none() | st.integers(-6, 6)
steps = st.none() | st.integers(-3, 3).filter(bool)
entries = st.one_of(
    st.integers(-4, 3), st.builds(slice, bounds, bounds, steps), st.none(), st.just(...)
)
indices = st.lists(entries, max_size=4).map(tuple)


def tensorflow_takes(shape, index):
    """Return what TensorFlow takes from the numbered elements; None where it refuses."""
    numbers = tf.reshape(tf.range(math.prod(shape)), shape)
    try:
        return numbers[index].numpy()
    except tf.errors.InvalidArgumentError:
        return None


@settings(deadline=None)
@given(shape=shapes, index=indices)
def test_the_same_is_taken_as_by_tensorflow(shape, index):
    wanted = tensorflow_takes(shape, index)
    if wanted is None:
        with pytest.raises(ValueError, match=ONE_SENTENCE):
            take(shape, index)
        return
    parts = take(shape, index)
    assert result(parts) == wanted.shape
    assert taken_elements(shape, parts) == wanted.ravel().tolist()


@given(shape=shapes, index=indices)
def test_the_picture_is_always_sound_svg_with_its_description(shape, index):
    try:
        parts = take(shape, index)
    except ValueError:
        return
    texts = list(map(str, range(math.prod(shape))))
    words = describe(shape, parts)
    assert ElementTree.fromstring(draw(shape, texts, parts)).attrib["aria-label"] == words
    assert f"{math.prod(result(parts))} of {math.prod(shape)} elements" in words


@given(index=indices)
def test_entries_are_read_as_they_are_written(index):
    text = f"x[{', '.join(map(entry_text, index))},]" if index else "x[()]"
    assert read_index(text) == index


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("x[1:, ..., ::2]", (slice(1, None), ..., slice(None, None, 2))),
        ("x[:, tf.newaxis, -1]", (slice(None), None, -1)),
        (" weights[None] ", (None,)),
        ("x[np.newaxis, newaxis]", (None, None)),
        ("x[None:3]", (slice(None, 3),)),
        ("x[(0, 1)]", (0, 1)),
    ],
)
def test_expressions_are_read(text, index):
    assert read_index(text) == index


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "here is nothing yet"),
        ("x", "“x” is something else"),
        ("x[", "The closing bracket of “x[” is missing"),
        ("x[:, 1:", "The closing bracket of “x[:, 1:” is missing"),
        ("x[1, ", "The closing bracket of “x[1, ” is missing"),
        ("x[0][1", "The closing bracket"),
        ("[1, 2", "is something else"),
        ("x[]", "is something else"),
        ("x[0][1]", "one pair of brackets"),
        ("f()[0]", "Write a name"),
        ("x[0]; y[0]", "is something else"),
        ("x[[0, 2]]", "tf.gather"),
        ("x[1.5]", "“1.5” is no entry"),
        ("x[True]", "“True” is no entry"),
        ("x['a']", "is no entry"),
        ("x[__import__('os')]", "“__import__('os')” is no entry"),
        ("x[i]", "“i” is no entry"),
        ("x[1:n]", "“1:n” is no entry"),
        ("x[::0]", "never move on"),
        ("x[--1]", "is no entry"),
        ("x[99999999999]", "beyond 2147483647"),
        ("x[" + "1," * 80 + "]", "Only 120 letters"),
        ("x[" + "(" * 110, "is something else"),
        ("x[\x00]", "is something else"),
        ("x[\ud800]", "“x[\N{REPLACEMENT CHARACTER}]” is something else"),
        ("x[10**9**9]", "is no entry"),
        ("x['\\d']", "is no entry"),
    ],
)
def test_what_is_no_index_is_refused_in_one_sentence(text, message):
    with pytest.raises(ValueError, match=ONE_SENTENCE) as caught:
        read_index(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("shape", "text", "message"),
    [
        ((3,), "x[5]", "no position 5 on axis 0; it has 0 to 2, or −3 to −1 from the end"),
        ((0,), "x[0]", "it has none at all"),
        ((3, 4), "x[0, 1, 2]", "3 entries for 2 axes"),
        ((3,), "x[0, 1]", "2 entries for one axis"),
        ((), "x[0]", "1 entry for a tensor without axes"),
        ((3, 4), "x[..., ...]", "Only one ..."),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(shape, text, message):
    with pytest.raises(ValueError, match=ONE_SENTENCE) as caught:
        take(shape, read_index(text))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x[1:]", "“1:” on axis 0 takes positions 1 and 2; the axis stays, with size 2."),
        ("x[-1]", "“-1” on axis 0 takes position 2, and the axis disappears."),
        ("x[..., ::-1]", "“...” on axis 0 takes all 3 positions;"),
        ("x[..., ::-1]", "“::-1” on axis 1 takes positions 3, 2, 1 and 0;"),
        ("x[0:50]", "all 3 positions; the axis stays, with size 3; what lies beyond the ends"),
        ("x[2:2]", "takes nothing; the axis stays, with size 0."),
        ("x[0]", "Axis 1 has no entry and is taken whole."),
        ("x[tf.newaxis]", "“tf.newaxis” adds an axis of size 1."),
        ("x[:, 1]", "The result has the shape (3,), 3 of 12 elements."),
    ],
)
def test_the_words_say_what_each_part_does(text, words):
    assert words in describe((3, 4), take((3, 4), read_index(text)))


def test_many_positions_are_abbreviated():
    assert "positions 0, 1, … 98;" in describe((100,), take((100,), read_index("x[:-1]")))


@pytest.mark.parametrize(
    ("text", "shape", "texts"),
    [
        ("(2, 2)", (2, 2), ("0", "1", "2", "3")),
        ("[[1.5, -2], [3, 4]]", (2, 2), ("1.5", "−2", "3", "4")),
        ("[]", (0,), ()),
        ("[12345, -7]", (2,), ("12345", "−7")),
        ("[1e999, 0.12345678]", (2,), ("inf", "0.1235")),
        ("(50, 50)", (50, 50), None),
    ],
)
def test_tensors_are_read(text, shape, texts):
    assert read_tensor(text) == (shape, texts)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[1, 2], [3]]", "all rows equally long"),
        ("[1, 2", "numbers in brackets"),
        ("[x]", "“[x]” is not"),
        ("[1j]", "is not"),
        ("[" * 7 + "]" * 7, "7 axes; 6 are the most"),
        ("[" * 90 + "]" * 90, "is not"),
        ("[1" + "0" * 400 + "]", "is not"),
        ("[" + "1," * 400 + "]", "Only 600 letters"),
        ("three", "A shape is whole numbers"),
    ],
)
def test_what_is_no_tensor_is_refused_in_one_sentence(text, message):
    with pytest.raises(ValueError, match=ONE_SENTENCE) as caught:
        read_tensor(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("tensor", "text"),
    [
        ((2, 3), "(2, 3)"),
        ("(2, 3)", "(2, 3)"),
        (tf.zeros((2, 3)).shape, "(2, 3)"),
        ([[1, 2], [3, 4]], "[[1, 2], [3, 4]]"),
        (tf.constant([0.1, 2.0]), "[0.1, 2.0]"),
        (np.array([True, False]), "[1, 0]"),
        (np.array([12345, -7]), "[12345, -7]"),
        (np.array([0.123456]), "[0.1235]"),
        (np.zeros((50, 50)), "(50, 50)"),
        (np.zeros((0, 2)), "(0, 2)"),
        (tf.constant(["a", "b"]), "(2,)"),
        (np.array([1j]), "(1,)"),
        (np.array([1.0, np.nan]), "(2,)"),
        (np.array(3.0), "()"),
    ],
)
def test_tensors_are_written_as_they_are_typed(tensor, text):
    assert tensor_text(tensor) == text
    read_tensor(text)


@settings(deadline=None)
@given(tensor=st.text(max_size=40), index=st.text(max_size=40))
def test_whatever_is_typed_there_is_a_sound_picture(tensor, index):
    for state in ((tensor, "x[0]"), ("(2, 3)", index), ("(2, 3)", f"x[{index}]")):
        made = SlicingExplorer(*state)
        assert ElementTree.fromstring(made.picture).attrib["aria-label"] == made.words
        assert made.words
        made.close()


@pytest.fixture
def widget():
    made = SlicingExplorer((2, 3, 4), "x[1:, ..., ::2]")
    yield made
    made.close()


def test_typing_refreshes_everything(widget):
    assert widget.result == (1, 3, 2)
    assert widget.numbers == [["Result", "(1, 3, 2)"], ["Elements", "6 of 24"]]
    widget.set_state({"tensor": "[[1, 2], [3, 4]]", "index": "x[:, 0]"})
    assert widget.result == (2,) and widget.numbers[1] == ["Elements", "2 of 4"]
    widget.set_state({"index": "x[7]"})
    assert widget.result is None and "no position 7" in widget.words
    widget.set_state(widget.start)
    assert widget.result == (1, 3, 2)


def test_what_is_typed_is_escaped(widget):
    widget.index = "x['<b>&']"
    assert "<b>" not in widget.picture and "&lt;b&gt;&amp;" in widget.picture


@pytest.mark.parametrize("state", [((1000, 1000), "x[::2]"), ((10, 16), "x[:, tf.newaxis]")])
def test_large_results_have_a_picture_too(state):
    made = SlicingExplorer(*state)
    ElementTree.fromstring(made.picture)
    made.close()


def test_without_a_live_front_end_there_is_a_picture_and_words(widget):
    data, _ = widget._repr_mimebundle_()
    assert data["image/svg+xml"] == widget.picture
    assert data["text/plain"] == widget.words
