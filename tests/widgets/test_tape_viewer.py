"""The tape viewer: its ladder against TensorFlow's own tape, its picture, words and controls."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
import traitlets
from hypothesis import given, settings
from hypothesis import strategies as st

from tfcourse_utils.widgets import TapeViewer
from tfcourse_utils.widgets.tape_viewer.ladder import Ladder, Role
from tfcourse_utils.widgets.tape_viewer.numbers import short
from tfcourse_utils.widgets.tape_viewer.picture import MOST_ROWS
from tfcourse_utils.widgets.tape_viewer.words import describe

VECTOR = tf.constant([0.5, 1.0, 2.0])
WEIGHT = tf.Variable(2.0)


def line(x: Any, w: Any) -> Any:
    prediction = x * w + 1.0
    error = prediction - 4.0
    return error**2


def rungs_of(f: Callable[..., Any], *inputs: Any) -> Ladder:
    rungs = TapeViewer(f, *inputs).ladder
    assert isinstance(rungs, Ladder), rungs
    return rungs


def texts(viewer: TapeViewer) -> list[str]:
    root = ElementTree.fromstring(viewer.picture)
    return [element.text or "" for element in root.iter() if element.tag.endswith("text")]


def test_each_operation_has_its_expression_value_and_line() -> None:
    rungs = rungs_of(line, 3.0, tf.Variable(2.0)).rungs
    shown = [(one.name, one.expression, None if one.value is None else float(one.value), one.role)
             for one in rungs]  # fmt: skip
    assert shown == [
        ("x", "", 3.0, Role.WATCHED),
        ("w", "", 2.0, Role.VARIABLE),
        ("t1", "x * w", 6.0, Role.RECORDED),
        ("t2", "t1 + 1", 7.0, Role.RECORDED),
        ("t3", "t2 - 4", 3.0, Role.RECORDED),
        ("result", "t3 ** 2", 9.0, Role.RECORDED),
    ]
    assert [one.line.text for one in rungs if one.line] == [
        "prediction = x * w + 1.0",
        "prediction = x * w + 1.0",
        "error = prediction - 4.0",
        "return error**2",
    ]


def test_gradients_arrive_one_operation_at_a_time() -> None:
    rungs = rungs_of(line, 3.0, tf.Variable(2.0))
    seen = [[None if g is None else float(g) for g in rungs.gradients(back)] for back in range(6)]
    none = None
    assert seen == [
        [none] * 6,
        [none, none, none, none, none, 1.0],
        [none, none, none, none, 6.0, 1.0],
        [none, none, none, 6.0, 6.0, 1.0],
        [none, none, 6.0, 6.0, 6.0, 1.0],
        [12.0, 18.0, 6.0, 6.0, 6.0, 1.0],
    ]


def model(x: Any, W: Any, b: Any) -> Any:
    hidden = tf.nn.relu(x @ W + b)
    return tf.reduce_mean(tf.square(hidden - 1.0))


FUNCTIONS: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
    (line, (3.0, tf.Variable(2.0))),
    (model, (tf.ones((4, 2)), tf.Variable(tf.ones((2, 3))), tf.Variable([0.1, -3.0, 0.0]))),
    (lambda x: keras.ops.mean(keras.ops.sigmoid(x) * keras.ops.exp(-x)), (VECTOR,)),
    (lambda x: x * x * x, (2.0,)),
    (lambda v: v * v + v, (tf.Variable(3.0),)),
    (lambda v: tf.reduce_sum(v * v), (keras.Variable([1.0, 2.0]),)),
    (lambda x: tf.reduce_sum(x[1:] / x[:-1]), (VECTOR,)),
    (lambda x: tf.reduce_sum(tf.stack(tf.unstack(x)[:2]) ** 2), (VECTOR,)),
    (lambda x: tf.gather(x, [0, 0, 2]), (VECTOR,)),
    (lambda x: x, (2.0,)),
]


@pytest.mark.parametrize(("f", "inputs"), FUNCTIONS)
def test_the_last_gradients_are_those_of_tensorflows_tape(f: Any, inputs: Any) -> None:
    rungs = rungs_of(f, *inputs)
    given = [tf.constant(v) if isinstance(v, float) else v for v in inputs]
    with tf.GradientTape() as tape:
        tape.watch([v for v in given if isinstance(v, tf.Tensor)])
        result = f(*given)
    expected = tape.gradient(result, given)
    np.testing.assert_allclose(rungs.result.value, result, rtol=1e-6)
    for found, wanted in zip(rungs.gradients(rungs.steps), expected):
        np.testing.assert_allclose(found, tf.convert_to_tensor(wanted), rtol=1e-5)


def test_an_operation_without_a_slope_stops_the_gradient() -> None:
    viewer = TapeViewer(lambda x, w: tf.reduce_sum(tf.round(x) * w), VECTOR, tf.Variable([1.0] * 3))
    viewer.back = 4
    assert "x gets nothing" in viewer.words and "The tape answers x: None, w:" in viewer.words
    assert "✕ no gradient goes on" in texts(viewer)


def test_what_is_not_watched_is_not_on_the_tape() -> None:
    viewer = TapeViewer(lambda x, w: tf.exp(x) * w, 0.0, tf.Variable(2.0), back=3)
    assert "not watched" not in texts(viewer)
    viewer.tensors = "not watched"
    assert "The tape answers x: None, w: 1. The tape does not watch x." in viewer.words
    assert "not watched" in texts(viewer) and "not on the tape" in texts(viewer)
    alone = TapeViewer(lambda x: x * x, 3.0)
    alone.set_state({"tensors": "not watched", "back": 2})
    assert "no gradient goes back" in alone.words


@pytest.mark.parametrize(
    ("value", "role"),
    [
        (tf.constant([1, 2]), Role.UNWATCHED),
        (tf.Variable([1, 2]), Role.UNWATCHED),
        (tf.Variable(1.0, trainable=False), Role.UNWATCHED),
        (tf.Variable(1.0), Role.VARIABLE),
        (2, Role.WATCHED),
        ([1.0, 2.0], Role.WATCHED),
    ],
)
def test_inputs_are_told_apart(value: Any, role: Role) -> None:
    rungs = rungs_of(lambda x: tf.cast(x, tf.float32) * WEIGHT, value)
    assert [one.role for one in rungs.rungs[:2]] == [role, Role.VARIABLE]
    assert rungs.rungs[1].name == "variable 1"


def test_an_input_that_is_not_used_gets_no_gradient() -> None:
    viewer = TapeViewer(lambda x, y: x * 2.0, 1.0, 2.0, back=2)
    assert "The tape answers x: 2, y: None." in viewer.words


def test_many_operations_are_folded_round_the_present_one() -> None:
    def long(x: Any) -> Any:
        for _ in range(30):
            x = tf.sin(x) + 0.1
        return x

    viewer = TapeViewer(long, 0.5)
    assert "⋮ 40 more operations here are not shown" in texts(viewer)
    for back in (2, 31, 61):
        viewer.back = back
        shown = [text for text in texts(viewer) if " = " in text and not text.startswith("line")]
        assert len(shown) == MOST_ROWS
        assert isinstance(viewer.ladder, Ladder)
        current = viewer.ladder.rungs[viewer.ladder.current(back) or 0]
        assert f"{current.name} = {current.expression}" in shown


@pytest.mark.parametrize(
    ("f", "sentence"),
    [
        (lambda x: float(x) * 2, "takes a number or a NumPy array out of a tensor in line"),
        (lambda x: x.numpy(), "takes a number or a NumPy array out of a tensor in line"),
        (lambda x: np.square(x), "takes a number or a NumPy array out of a tensor in line"),
        (lambda x: x.values, "raised AttributeError in line"),
        (lambda x: x if x > 0 else -x, "decides by the value of a tensor in line"),
        (lambda x: None, "gives back no tensor, but something of type NoneType."),
        (lambda x: [x, x], "gives back no tensor, but something of type list."),
        (lambda x: 1 / 0, "raised ZeroDivisionError in line"),
        (lambda: None, "raised TypeError"),
        (lambda x: x[5], "raised "),
        ("no function", "raised TypeError"),
    ],
)
def test_what_can_not_be_drawn_is_said_in_one_sentence(f: Any, sentence: str) -> None:
    viewer = TapeViewer(f, 3.0)
    assert sentence in viewer.words and "\n" not in viewer.words
    root = ElementTree.fromstring(viewer.picture)
    assert root.attrib["aria-label"] == viewer.words
    assert " ".join(texts(viewer))[:60] == viewer.words[:60]


def test_a_tf_function_is_looked_into() -> None:
    rungs = rungs_of(tf.function(lambda x: tf.sin(x) * x), 2.0).rungs
    assert [one.expression for one in rungs] == ["", "tf.sin(x)", "t1 * x"]

    @tf.function
    def needs_autograph(x: Any) -> Any:
        for _ in tf.range(3):
            x = x * 2.0
        return x

    assert rungs_of(needs_autograph, 1.0).rungs[-1].expression == "a tf.function of x"


def test_what_a_custom_gradient_steps_over_gets_none() -> None:
    @tf.custom_gradient
    def double(z: Any) -> Any:
        return tf.exp(z), lambda up: 2 * up

    viewer = TapeViewer(lambda z: double(z), 1.0, back=2)
    assert "z gets 2" in viewer.words
    viewer.back = 3
    assert "no gradient arrives there" in viewer.words and "z: 2" in viewer.words


def test_too_many_operations_are_not_drawn() -> None:
    def endless(x: Any) -> Any:
        for _ in range(500):
            x = x + 1.0
        return x

    assert "too many operations" in TapeViewer(endless, 1.0).words


def test_texts_of_the_learners_are_escaped_and_odd_characters_left_out() -> None:
    def shouts(x: Any) -> Any:
        raise ValueError("<script>alert(1)</script>\x00\ud800")

    viewer = TapeViewer(shouts, 1.0)
    assert "<script>" in viewer.words and "<script>" not in viewer.picture
    ElementTree.fromstring(viewer.picture)


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ((), "one to three inputs, but there are 0"),
        ((1.0,) * 4, "one to three inputs, but there are 4"),
        (("text",), "x should hold numbers, but holds text"),
        ((object(),), "x should be a tensor or a number, but is object"),
        ((tf.zeros(2000),), "x should have at most 1000 entries"),
    ],
)
def test_inputs_that_are_no_use_are_refused(inputs: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        TapeViewer(lambda x: x, *inputs)


@pytest.fixture
def viewer() -> Any:
    made = TapeViewer(line, 3.0, WEIGHT)
    yield made
    made.close()


def test_there_is_a_control_for_each_single_number(viewer: TapeViewer) -> None:
    assert [(one["name"], one["label"]) for one in viewer.controls] == [
        ("back", "steps back"), ("tensors", "tensors"), ("first", "x"), ("second", "w"),
    ]  # fmt: skip
    assert viewer.controls[0]["high"] == 5
    only = TapeViewer(lambda v: tf.reduce_sum(v), tf.Variable([1.0, 2.0]))
    assert [one["name"] for one in only.controls] == ["back"]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e9])
def test_a_number_out_of_reach_has_no_slider(number: float) -> None:
    viewer = TapeViewer(lambda x: x * 2.0, number, back=2)
    assert [one["name"] for one in viewer.controls] == ["back", "tensors"]
    ElementTree.fromstring(viewer.picture)


def test_a_moved_number_is_recorded_anew_and_a_variable_left_alone(viewer: TapeViewer) -> None:
    viewer.set_state({"first": 1.0, "second": 0.5, "back": 5})
    assert viewer.numbers[0] == ["Result", "6.25"]
    assert "The tape answers x: −2.5, w: −5." in viewer.words
    assert float(WEIGHT.numpy()) == 2.0
    viewer.set_state(viewer.start)
    assert viewer.numbers[0] == ["Result", "9"]


def test_steps_alone_record_nothing_anew() -> None:
    calls = []

    def counted(x: Any) -> Any:
        calls.append(x)
        return x * 2.0

    viewer = TapeViewer(counted, 1.0)
    viewer.back = 1
    viewer.back = 1000
    assert len(calls) == 1 and "That was the last one." in viewer.words


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), 1e9, "much"])
def test_numbers_that_are_no_use_are_refused(viewer: TapeViewer, bad: Any) -> None:
    with pytest.raises(traitlets.TraitError):
        viewer.first = bad
    assert viewer.first == 3.0


def test_without_a_live_front_end_there_is_a_picture_and_words(viewer: TapeViewer) -> None:
    data, _ = viewer._repr_mimebundle_()
    assert data["image/svg+xml"] == viewer.picture
    assert data["text/plain"] == viewer.words


@pytest.mark.parametrize(
    ("array", "text"),
    [
        (None, "–"),
        (np.array(-0.0), "0"),
        (np.array(-1.23456), "−1.235"),
        (np.array([1.0, 2.5]), "[1, 2.5]"),
        (np.array([[1, 2], [3, 4]]), "[[1, 2], [3, 4]]"),
        (np.zeros((4, 3)), "(4, 3): 0, 0, 0, …"),
        (np.full((4, 3), 1 / 3), "(4, 3): 0.333, …"),
        (np.array([True, False]), "[True, False]"),
        (np.zeros((0, 2)), "[]"),
        (np.zeros((1,) * 12), "(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)"),
    ],
)
def test_tensors_are_written_short(array: Any, text: str) -> None:
    assert short(array, 20) == text


_PARTS: list[Callable[[Any], Any]] = [
    tf.sin, tf.exp, tf.round, tf.math.log, tf.nn.relu, tf.stop_gradient, tf.reduce_sum, tf.sign,
    lambda x: x * x, lambda x: x + WEIGHT, lambda x: 1.0 - x, lambda x: x / 0.0, lambda x: x > 0,
    lambda x: tf.cast(x, tf.float32), lambda x: tf.cast(x, tf.int32), lambda x: x[:1],
    lambda x: x.numpy(), tf.strings.as_string, keras.ops.softmax, tf.argmax, tf.unstack,
    lambda x: tf.stack([x, x]), lambda x: tf.Variable(x), tf.linalg.diag, lambda x: x[None] @ x,
]  # fmt: skip


@given(
    parts=st.lists(st.sampled_from(_PARTS), max_size=4),
    number=st.floats(-100, 100, width=32),
    is_vector=st.booleans(),
    back=st.integers(0, 8),
    tensors=st.sampled_from(["watched", "not watched"]),
)
@settings(max_examples=60, deadline=None)
def test_whatever_the_function_does_there_is_a_sound_picture(
    parts: Any, number: float, is_vector: bool, back: int, tensors: str
) -> None:
    def chain(x: Any) -> Any:
        for part in parts:
            x = part(x)
        return x

    viewer = TapeViewer(chain, tf.constant([number, 2.0]) if is_vector else number, back=back)
    viewer.tensors = tensors
    root = ElementTree.fromstring(viewer.picture)
    assert root.attrib["aria-label"] == viewer.words
    if isinstance(viewer.ladder, Ladder):
        assert viewer.words == describe(viewer.ladder, min(back, viewer.ladder.steps))


@pytest.mark.parametrize(
    ("f", "said"),
    [(tf.square, "Forward, 1 operation gives"), (line, "Forward, 4 operations give")],
)
def test_as_many_steps_back_as_the_words_and_the_slider_say(
    f: Callable[..., tf.Tensor], said: str
) -> None:
    viewer = TapeViewer(f, *[tf.Variable(2.0)] * (1 if f is tf.square else 2))
    slider = viewer.controls[0]
    assert viewer.words.startswith(said)
    assert "1 the result itself, then one for each operation" in slider["role"]
    assert slider["high"] == 1 + int(dict(viewer.numbers)["Operations"])
    viewer.close()
