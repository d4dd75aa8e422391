"""The activation explorer: slopes against differences, layers against theory, picture and words."""

from __future__ import annotations

import math
import sys
import xml.etree.ElementTree as ElementTree
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
import traitlets
from hypothesis import given, settings
from hypothesis import strategies as st

from tfcourse_utils.widgets import ActivationExplorer
from tfcourse_utils.widgets.activation.calling import Activation, look
from tfcourse_utils.widgets.activation.functions import BUILT_IN, read_functions
from tfcourse_utils.widgets.activation.stack import (
    DEEPEST,
    SMALL,
    UNITS,
    inputs,
    stack,
)

FORMULAS = {
    "relu": lambda x: max(0.0, x),
    "leaky_relu": lambda x: max(0.2 * x, x),
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
    "softplus": lambda x: math.log(1 + math.exp(x)),
    "elu": lambda x: x if x > 0 else math.exp(x) - 1,
    "gelu": lambda x: x * (1 + math.erf(x / math.sqrt(2))) / 2,
    "silu": lambda x: x / (1 + math.exp(-x)),
    "linear": lambda x: x,
}


def texts(explorer: ActivationExplorer) -> list[str]:
    root = ElementTree.fromstring(explorer.picture)
    return [element.text or "" for element in root.iter() if element.tag.endswith("text")]


@pytest.mark.parametrize("name", BUILT_IN)
def test_values_and_slopes_are_those_of_the_formula(name: str) -> None:
    at = np.random.default_rng(0).uniform(-4, 4, size=40)
    f, seen = FORMULAS[name], look(BUILT_IN[name], at)
    np.testing.assert_allclose(seen.values, [f(x) for x in at], rtol=1e-4, atol=1e-3)
    measured = [(f(x + 1e-6) - f(x - 1e-6)) / 2e-6 for x in at]
    np.testing.assert_allclose(seen.slopes, measured, atol=2e-3)


@pytest.mark.parametrize("depth", [1, 3, 7])
def test_the_way_back_is_the_one_that_the_tape_takes(depth: int) -> None:
    found = stack(BUILT_IN["tanh"], 1.5)
    weights = np.random.default_rng(1).normal(size=(DEEPEST, UNITS, UNITS)) / 8
    numbers = tf.constant(inputs(), tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(numbers)
        layer = numbers
        for one in weights[:depth]:
            layer = tf.tanh(layer @ (1.5 * one))
    np.testing.assert_allclose(found.layers[depth - 1].values, layer, atol=1e-4)
    sent = np.random.default_rng(2).normal(size=layer.shape)
    arrived = tape.gradient(layer, numbers, output_gradients=tf.constant(sent))
    expected = np.linalg.norm(arrived) / np.linalg.norm(sent)
    assert found.back(depth) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(("factor", "kept"), [(1.0, 0.5), (math.sqrt(2), 1.0)])
def test_relu_halves_the_mean_square_and_the_factor_makes_up_for_it(
    factor: float, kept: float
) -> None:
    found = stack(BUILT_IN["relu"], factor)
    squares = [np.mean(np.square(layer.values)) for layer in found.layers[:5]]
    ratios = np.array(squares[1:]) / np.array(squares[:-1])
    assert np.exp(np.log(ratios).mean()) == pytest.approx(kept, rel=0.15)


def test_large_weights_saturate_tanh_and_leave_small_slopes() -> None:
    small, large = (stack(BUILT_IN["tanh"], factor).layers[2] for factor in (0.5, 4.0))
    assert small.small == 0 and large.small > 0.5
    assert np.mean(np.abs(large.values) > 0.95) > 0.5
    assert large.small == np.mean(np.abs(large.slopes) < SMALL)


def test_units_that_relu_leaves_without_a_slope_are_counted() -> None:
    layer = stack(BUILT_IN["relu"], 1.0).layers[9]
    assert layer.dead == np.sum(np.all(layer.values == 0, axis=0)) > 0
    assert f"{layer.dead} of 64 units are flat for every input" in ActivationExplorer("relu").words


@pytest.mark.parametrize(
    ("name", "factor", "said"),
    [
        ("relu", 1.0, ": they have shrunk."),
        ("relu", 3.0, ": they have grown."),
        ("relu", 0.0, "the spread 0: all are the same."),
        ("sigmoid", 1.0, "arrives with less than 0.1% of its size: it vanishes."),
        ("linear", 2.0, "times its size: it explodes."),
        ("linear", 1.0, "0% of the slopes are below 0.05."),
    ],
)
def test_the_words_say_what_becomes_of_the_numbers(name: str, factor: float, said: str) -> None:
    explorer = ActivationExplorer(name)
    explorer.factor = factor
    assert said in explorer.words and f"of the factor {factor:g}." in explorer.words
    explorer.close()


@pytest.fixture
def explorer() -> Any:
    made = ActivationExplorer("relu", "tanh")
    yield made
    made.close()


def test_two_functions_side_by_side(explorer: ActivationExplorer) -> None:
    explorer.x = -0.5
    assert explorer.numbers == [
        ["relu(−0.5)", "0"], ["slope", "0"], ["tanh(−0.5)", "−0.462"], ["slope", "0.786"],
    ]  # fmt: skip
    assert "relu, max(0, x), gives 0 with slope 0; tanh, tanh(x), gives" in explorer.words
    assert {"relu", "tanh", "after 1 layer", "after 10 layers"} <= set(texts(explorer))
    explorer.other = "relu"
    assert len(explorer.numbers) == 2
    explorer.set_state({"other": "none", "depth": 1})
    assert "tanh" not in explorer.words and "One layer of 64 units" in explorer.words
    assert "after 10 layers" not in texts(explorer)


def test_x_stays_within_the_picture(explorer: ActivationExplorer) -> None:
    explorer.set_state({"x": 9.0, "reach": 2.0})
    assert explorer.words.startswith("At x = 2,")
    by_name = {control["name"]: control for control in explorer.controls}
    assert (by_name["x"]["low"], by_name["x"]["high"]) == (-2, 2)


def test_there_is_a_way_back(explorer: ActivationExplorer) -> None:
    before = explorer.picture
    explorer.set_state({"function": "gelu", "other": "none", "factor": 3, "depth": 2, "x": 0.3})
    explorer.set_state(explorer.start)
    assert explorer.picture == before


def test_without_a_front_end_there_is_a_picture_and_words(explorer: ActivationExplorer) -> None:
    data, _ = explorer._repr_mimebundle_()
    assert data["image/svg+xml"] == explorer.picture
    assert data["text/plain"] == explorer.words


def _swish(x: Any) -> Any:
    return x * tf.sigmoid(2.0 * x)


def relu(x: Any) -> Any:
    return tf.where(x > 0, x, 0.0)


@pytest.mark.parametrize(
    ("functions", "names"),
    [
        ((), ["relu", "leaky_relu", "sigmoid"]),
        ((_swish,), ["_swish", "relu"]),
        ((relu, "relu"), ["your relu", "relu", "leaky_relu"]),
        ((lambda x: x, lambda x: -x), ["your function", "your function 2", "relu"]),
        (("mish", tf.nn.softmax), ["mish", "softmax", "relu"]),
        ((keras.layers.ReLU(name="mine"),), ["mine", "relu"]),
        (("tanh", "tanh"), ["tanh", "relu", "leaky_relu"]),
    ],
)
def test_functions_are_listed_by_name_those_handed_in_first(functions: Any, names: Any) -> None:
    assert list(read_functions(functions))[: len(names)] == names


def test_own_functions_are_compared_as_the_built_in_ones() -> None:
    explorer = ActivationExplorer(_swish, "silu")
    assert (explorer.function, explorer.other) == ("_swish", "silu")
    assert explorer.numbers[0] == ["_swish(1)", "0.881"]
    explorer.close()


def _undefined(x: Any) -> Any:
    return undefined_name + x  # noqa: F821


def _secret(x: Any) -> Any:
    raise ValueError("<script>alert(1)</script>\nsecond \x1b\ud800 line")


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda x: 3.0, "but gave float."),
        (np.square, "but gave ndarray."),
        (tf.reduce_sum, "shape of its input, (241,), but gave the shape ()."),
        (lambda x: tf.cast(x, tf.int32), "should give floating numbers, but gave int32."),
        (lambda x: max(0, x), "decides by the value of a tensor of many numbers"),
        (tf.nn.softmax, "does not take every number by itself"),
        ("softmax", "does not take every number by itself"),
        (lambda x: x - tf.reduce_mean(x**2), "does not take every number by itself"),
        (_undefined, "raised NameError in line"),
        (lambda: 1, "raised TypeError"),
        (sys.exit, "exit raised SystemExit"),
        (_secret, "<script>alert(1)</script> second line"),
    ],
)
def test_a_function_that_cant_be_used_gives_one_sentence(function: Any, said: str) -> None:
    explorer = ActivationExplorer(function)
    assert said in explorer.words and "\n" not in explorer.words
    assert ElementTree.fromstring(explorer.picture).attrib["aria-label"] == explorer.words
    assert "<script>" not in explorer.picture and explorer.numbers == []
    explorer.function = "relu"
    assert explorer.words.startswith("At x = 1, relu") and explorer.numbers
    explorer.close()


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (tf.round, "and the tape finds no slope.\n\n10 layers"),
        (tf.round, "Without a slope, no gradient comes back"),
        (tf.exp, "the numbers do not stay finite."),
        (lambda x: x * float("nan"), "gives no finite number.\n\n10 layers"),
        (lambda x: tf.math.log(x), "gives 0 with slope 1."),
        (lambda x: x * 0 + 5, "64 of 64 units are flat for every input"),
    ],
)
def test_odd_functions_are_drawn_as_far_as_they_go(function: Any, said: str) -> None:
    explorer = ActivationExplorer(function)
    assert said in explorer.words
    drawn = explorer.picture.split('aria-label="')[1].split('"', 1)[1]
    assert "nan" not in drawn and "inf" not in drawn
    explorer.close()


def test_where_nothing_is_finite_no_bar_is_the_highest() -> None:
    explorer = ActivationExplorer(lambda x: x * np.nan)
    assert explorer.picture.count("highest: ") == 1  # of the inputs
    explorer.close()


def test_a_function_that_fails_on_the_way_leaves_the_controls_alive() -> None:
    def picky(x: Any) -> Any:
        if tf.reduce_max(tf.abs(x)) > 5:
            raise ValueError("no large numbers here")
        return tf.tanh(x)

    explorer = ActivationExplorer(picky)
    assert explorer.words.startswith("At x = 1, picky gives 0.762")
    explorer.factor = 4.0
    assert "picky raised ValueError in line" in explorer.words
    explorer.factor = 1.0
    assert explorer.words.startswith("At x = 1, picky gives 0.762")
    explorer.close()


def test_a_slow_function_is_called_few_times() -> None:
    calls = []

    def counted(x: Any) -> Any:
        calls.append(x)
        return x * 2.0

    explorer = ActivationExplorer(counted)
    assert len(calls) <= DEEPEST + 4
    before = len(calls)
    explorer.x = 0.5
    explorer.depth = 3
    assert len(calls) <= before + 2
    explorer.close()


@pytest.mark.parametrize(
    ("functions", "message"),
    [
        ((3,), "functions or names of them, but one is int"),
        (("no such",), "'no such' is no activation of Keras"),
        ((relu,) * 13, "at most 12 functions, but are 13"),
    ],
)
def test_arguments_that_are_no_use_are_refused(functions: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ActivationExplorer(*functions)


@pytest.mark.parametrize(
    "state",
    [{"x": float("nan")}, {"factor": -1}, {"depth": 0}, {"function": "none"}, {"reach": 0}],
)
def test_a_state_that_is_no_use_is_refused(explorer: ActivationExplorer, state: Any) -> None:
    before = explorer.words
    with pytest.raises(traitlets.TraitError):
        explorer.set_state(state)
    assert explorer.words == before


_ODD = [
    *BUILT_IN.values(),
    Activation("<b>&", "<i>", tf.sin),
    Activation("round", "", tf.round),
    Activation("log", "", tf.math.log),
    Activation("exp", "", tf.exp),
    Activation("nan", "", lambda x: x * float("nan")),
    Activation("huge", "", lambda x: 1e28 * x),
    Activation("inverse", "", lambda x: 1 / x),
    Activation("five", "", lambda x: 0 * x + 5.0),
]


@given(
    chosen=st.lists(st.sampled_from(_ODD), min_size=1, max_size=2),
    x=st.floats(-1000, 1000),
    reach=st.floats(0.1, 1000),
    depth=st.integers(1, DEEPEST),
    factor=st.floats(0, 100),
)
@settings(max_examples=25, deadline=None)
def test_the_picture_is_always_sound_svg_with_its_description(
    chosen: Any, x: float, reach: float, depth: int, factor: float
) -> None:
    explorer = ActivationExplorer("relu")
    explorer._functions = {f"{i}": one for i, one in enumerate(chosen)} | {"none ": chosen[0]}
    explorer.set_state({"function": "0", "x": x, "reach": reach, "depth": depth, "factor": factor})
    if len(chosen) > 1:
        explorer.other = "1"
    root = ElementTree.fromstring(explorer.picture)
    assert root.attrib["aria-label"] == explorer.words
    explorer.close()
