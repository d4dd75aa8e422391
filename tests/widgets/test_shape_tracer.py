"""The shape tracer: its shapes against Keras's, what breaks, its picture, words and controls."""

from __future__ import annotations

import random
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
from keras import layers

from tfcourse_utils.widgets import ShapeTracer
from tfcourse_utils.widgets.shape_tracer.picture import MOST_ROWS
from tfcourse_utils.widgets.shape_tracer.presets import PRESETS
from tfcourse_utils.widgets.shape_tracer.sizes import activations, memory, whole, written
from tfcourse_utils.widgets.shape_tracer.tracing import trace
from tfcourse_utils.widgets.shape_tracer.words import describe

from .learners_layers import Does, Residual, Secret, SimpleDense, Stack


def texts(tracer: ShapeTracer) -> list[str]:
    root = ElementTree.fromstring(tracer.picture)
    return [element.text or "" for element in root.iter() if element.tag.endswith("text")]


@pytest.mark.parametrize("name", [name for name in PRESETS if "broken" not in name])
def test_shapes_and_parameters_are_those_of_a_built_model(name: str) -> None:
    preset = PRESETS[name]
    traced = trace(preset.layers(7), preset.input_shape)
    model = keras.Sequential([keras.Input(preset.input_shape), *preset.layers(7)])
    assert [step.shape for step in traced.steps] == [one.output.shape for one in model.layers]
    assert [step.parameters for step in traced.steps] == [
        one.count_params() for one in model.layers
    ]
    assert traced.broken is None and traced.parameters == model.count_params()


@pytest.mark.parametrize("name", [name for name in PRESETS if "broken" in name])
def test_what_is_said_to_break_breaks_in_keras(name: str) -> None:
    preset = PRESETS[name]
    traced = trace(preset.layers(8), preset.input_shape)
    assert traced.broken is not None
    parts = [keras.Input(preset.input_shape), *preset.layers(8)]
    keras.Sequential(parts[: traced.broken + 1])
    with pytest.raises(ValueError):
        keras.Sequential(parts[: traced.broken + 2])


@pytest.mark.parametrize(
    "layer",
    [
        SimpleDense(64, "relu"),
        SimpleDense(64, tf.nn.relu),
        SimpleDense(64, lambda x: x),
        Stack([SimpleDense(8), keras.layers.Dense(64)]),
        keras.Sequential([SimpleDense(64, tf.tanh)]),
        layers.Lambda(lambda x: tf.repeat(x[:, :1], 64, axis=1)),
        layers.Dense(64, kernel_initializer=lambda shape, dtype=None: tf.zeros(shape)),
    ],
)
def test_the_learners_own_layers_stay_as_they_are(layer: Any) -> None:
    after = layers.Dense(10)
    before = layer.built, len(layer.weights), random.getstate()
    tracer = ShapeTracer([layer, after], (3,))
    assert [step.shape for step in tracer.trace.steps] == [(None, 64), (None, 10)]
    assert (layer.built, len(layer.weights), random.getstate()) == before
    assert not [inner for inner in getattr(layer, "parts", []) if inner.built]


def test_a_layer_within_a_layer_is_copied_too() -> None:
    inner = layers.Dense(64)
    assert ShapeTracer([Residual(inner)], (64,)).trace.parameters == 64 * 64 + 64
    assert (
        "Dimensions must be equal, but are 32 and 64." in ShapeTracer([Residual(inner)], 32).words
    )
    assert not inner.built


def test_a_layer_used_again_is_counted_once() -> None:
    shared = layers.Dense(5)
    tracer = ShapeTracer([shared, shared], (5,))
    assert [step.parameters for step in tracer.trace.steps] == [30, 0]
    assert "shared weights, counted above" in texts(tracer)


def test_names_and_numbers_leave_room_for_each_other() -> None:
    class LayerWithAnUncommonlyLongName(layers.Layer):
        def call(self, inputs: Any) -> Any:
            return inputs

    found = texts(ShapeTracer([LayerWithAnUncommonlyLongName(), layers.Dense(1)], (3,)))
    assert "LayerWithAnUncommonlyLon…" in found
    assert "1 number each" in found and "for 32 samples: 512 B" in found


def test_weights_that_are_not_trained_are_told() -> None:
    tracer = ShapeTracer([layers.BatchNormalization()], (4, 6))
    assert (tracer.trace.parameters, tracer.trace.fixed) == (24, 12)
    assert "12 of them not trained" in texts(tracer)


def test_a_layer_larger_than_memory_is_no_trouble() -> None:
    tracer = ShapeTracer([layers.Dense(1_000_000)], (1_000_000,))
    assert tracer.trace.parameters == 10**12 + 10**6 and "3.64 TB" in tracer.words


@pytest.mark.parametrize("layer", [layers.Dense(3), SimpleDense(3, tf.nn.relu)])
def test_a_layer_built_for_other_inputs_breaks(layer: Any) -> None:
    layer(tf.ones((1, 7)))
    assert ShapeTracer([layer], (7,)).trace.broken is None
    said = ShapeTracer([layer], (5,)).words
    assert "with weights of the shape (7, 3), but (n, 5) comes in, which needs (5, 3)" in said
    assert tuple(layer.weights[0].shape) == (7, 3)


def _looks_up(x: Any) -> Any:
    return {"a": x}["b"]


def _raises(x: Any) -> Any:
    raise ValueError("<script>alert(1)</script>\nsecond \x1b\ud800 line")


@pytest.mark.parametrize(
    ("given", "shape", "why", "usually"),
    [
        (layers.Conv2D(3, 3), (28, 28), "four axes, (n, height", "(28, 28, 1), or a Reshape"),
        (layers.LSTM(3), (28, 28, 1), "takes three axes, (n, steps", "as to (28, 28)."),
        (layers.Dense(3), (), "at least two axes, but gets one axis, (n,)", "input shape (1,)"),
        (layers.MaxPooling2D(9), (4, 5, 2), "window of (9, 9) does not fit", "fewer pooling"),
        (layers.Conv1D(3, 9), (5, 2), "window of (9,) does not fit", 'padding="same"'),
        (layers.Reshape((7, 7)), (50,), "49 numbers for each sample, but gets (n, 50)", "−1"),
        (layers.Add(), (4,), "several inputs, but a list of layers passes on one", "functional"),
        (layers.MultiHeadAttention(2, 3), (4, 5), "several inputs", "functional"),
        (layers.LSTM(3, return_state=True), (4, 5), "gives 3 things", "functional"),
        (layers.GroupNormalization(3), (5,), "Number of groups (3) must be", "compare"),
        (layers.Dense, (3,), "Dense is a class, and not a layer yet", "as Dense(10)"),
        (tf.nn.relu, (3,), "no Keras layer, but something of type function", "Lambda"),
        ("relu", (3,), "something of type str", "Lambda"),
        (Secret(object()), (3,), "What it gives is not known", "get_config"),
        (Does(lambda x: None), (3,), "gives no tensor", "returns one tensor"),
        (Does(lambda x: x.values), (3,), "raises AttributeError in line", "through build"),
        (Does(lambda x: x.numpy()), (3,), "a NumPy array of a tensor", "keras.ops"),
        (Does(lambda x: x if x[0, 0] > 0 else -x), (3,), "decides by the value", "tf.where"),
        (Does(lambda x: sys.exit(3)), (3,), "raises SystemExit", "through build and call"),
        (Does(lambda x: x @ tf.ones((5, 2))), (3,), "but are 3 and 5.", "through build"),
        (Does(_looks_up), (3,), "raises KeyError in line", "through build"),
        (Does(_looks_up), (3,), ": 'b'.", "through build"),
        (Does(_raises), (3,), "raises ValueError in line", "through build and call"),
    ],
)  # fmt: skip
def test_what_breaks_is_said_with_its_shape_and_a_remedy(
    given: Any, shape: Any, why: str, usually: str
) -> None:
    tracer = ShapeTracer([given, layers.Dense(3)], shape)
    reason = tracer.trace.steps[0].reason
    assert reason and why in reason.why and usually in reason.usually
    assert reason.why in tracer.words and reason.usually in tracer.words
    assert "\n" not in tracer.words and "The one layer after it is not reached." in tracer.words
    assert "✕ breaks here" in texts(tracer) and "not reached" in texts(tracer)
    assert "<script>" not in tracer.picture
    assert ElementTree.fromstring(tracer.picture).attrib["aria-label"] == tracer.words


def test_a_lost_axis_of_samples_is_noticed_where_it_matters() -> None:
    tracer = ShapeTracer([Does(tf.reduce_mean), layers.Dense(3)], (3,))
    assert "gets no axis, (). What usually helps: keeping the axis of the samples" in tracer.words
    assert tracer.trace.activations is None and dict(tracer.numbers)["Activations"] == "–"


def test_recurrent_layers_need_every_step() -> None:
    words = ShapeTracer("broken: one step left").words
    assert "letting LSTM(64) give every step, with return_sequences=True" in words


def test_after_flatten_the_order_is_what_helps() -> None:
    words = ShapeTracer([layers.Flatten(), layers.Conv2D(3, 3)], (8, 8, 1)).words
    assert "this layer before Flatten(), or a Reshape" in words


def test_where_nothing_breaks_and_yet_a_flatten_is_forgotten() -> None:
    tracer = ShapeTracer("no Flatten")
    assert (
        tracer.trace.broken is None and "If one row is meant, Flatten comes first." in tracer.words
    )
    assert "Nothing breaks" not in ShapeTracer("dense network").words


@pytest.mark.parametrize(
    "given",
    [
        [keras.Input((4,)), layers.Dense(3)],
        [layers.InputLayer((4,)), layers.Dense(3)],
        keras.Sequential([keras.Input((4,)), layers.Dense(3)]),
    ],
)
def test_an_input_in_the_list_tells_the_shape(given: Any) -> None:
    tracer = ShapeTracer(given)
    assert tracer.shape == "(4,)" and tracer.trace.output_shape == (None, 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "here is nothing yet."),
        ("(None, 3)", "“(None, 3)” is not."),
        ("<b>", "“<b>” is not."),
        ("(0, 3)", "A size of 0 leaves no number"),
        ("1,1,1,1,1,1,1", "has 7 axes"),
    ],
)
def test_a_text_that_is_no_shape_gives_one_sentence(text: str, said: str) -> None:
    tracer = ShapeTracer(input_shape=text)
    assert said in tracer.words and tracer.numbers == [["Output", "—"]]
    assert ElementTree.fromstring(tracer.picture).attrib["aria-label"] == tracer.words
    tracer.shape = "(28, 28, 1)"
    assert tracer.words.startswith("The input (n, 28, 28, 1) goes through")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((3,), ValueError, "layers should be a list of Keras layers, but is int"),
        ((layers.Dense(3),), ValueError, "but is Dense"),
        (([layers.Dense(1)] * 101,), ValueError, "at most 100 layers, but are 101"),
        (("a network",), traitlets.TraitError, "'a network' is none of the presets"),
        ((None, 3.5), ValueError, "input_shape should be a tuple of sizes, but is float"),
    ],
)
def test_arguments_that_are_no_use_are_refused(arguments: Any, error: Any, message: str) -> None:
    with pytest.raises(error, match=message):
        ShapeTracer(*arguments)


@pytest.fixture
def tracer() -> Any:
    made = ShapeTracer("dense network", (8, 8))
    yield made
    made.close()


def test_controls_change_widths_memory_and_what_is_left_out(tracer: ShapeTracer) -> None:
    tracer.set_state({"units": 5, "batch": 2})
    assert dict(tracer.numbers) == {
        "Output": "(n, 10)", "Parameters": "385", "Weights": "1.50 KB", "Activations": "672 B",
    }  # fmt: skip
    tracer.without = 1
    assert "Layer 1, Flatten(), is left out." in tracer.words and "left out" in texts(tracer)
    assert tracer.trace.output_shape == (None, 8, 10)
    tracer.without = 99
    assert tracer.trace.output_shape == (None, 10)


def test_another_network_brings_its_shape_and_there_is_a_way_back(tracer: ShapeTracer) -> None:
    before = tracer.picture
    tracer.set_state({"without": 2, "units": 3})
    tracer.set_state({"preset": "text network"})
    assert (tracer.shape, tracer.without) == ("(200,)", 0)
    tracer.shape = "(50,)"
    tracer.set_state(tracer.start)
    assert tracer.picture == before and tracer.shape == "(8, 8)"


def test_own_layers_have_no_width_to_choose_and_presets_beside_them() -> None:
    tracer = ShapeTracer([layers.Dense(3)], (2,))
    shown = {control["name"]: control["shown"] for control in tracer.controls}
    assert not shown["units"] and tracer.controls[0]["options"][0] == "your layers"
    tracer.preset = "image network"
    assert tracer.controls[2]["shown"] and tracer.trace.output_shape == (None, 10)
    tracer.preset = "your layers"
    assert tracer.shape == "(2,)" and tracer.trace.parameters == 9


def test_the_batch_alone_calls_no_layer_anew() -> None:
    calls = []
    tracer = ShapeTracer([Does(lambda x: calls.append(1) or x)], (3,))
    before = len(calls)
    tracer.batch = 7
    assert len(calls) == before and "batch of 7" in tracer.words


@pytest.mark.parametrize("state", [{"units": 0}, {"batch": -1}, {"without": -1}, {"preset": "x"}])
def test_a_state_that_is_no_use_is_refused(tracer: ShapeTracer, state: Any) -> None:
    before = tracer.words
    with pytest.raises(traitlets.TraitError):
        tracer.set_state(state)
    assert tracer.words == before


def test_the_controls_change_nothing_of_later_layers(tracer: ShapeTracer) -> None:
    first, state = int(layers.Dense(1).name.rpartition("_")[2] or 0), random.getstate()
    for preset in PRESETS:
        tracer.preset = preset
    assert random.getstate() == state
    assert int(layers.Dense(1).name.rpartition("_")[2]) == first + 1


def test_many_layers_are_folded_round_the_one_that_breaks() -> None:
    many: list[Any] = [layers.Dense(2) for _ in range(30)]
    assert "⋮ 14 more layers are not shown" in texts(ShapeTracer(many, (2,)))
    many[25] = layers.Conv2D(2, 2)
    shown = texts(ShapeTracer(many, (2,)))
    assert "✕ breaks here" in shown and "⋮ 11 more layers are not shown" in shown
    assert sum(text.startswith("Dense(") for text in shown) == MOST_ROWS - 1


@pytest.mark.parametrize(
    ("shape", "text", "numbers"),
    [
        ((None, 28, 28, 1), "(n, 28, 28, 1)", 784),
        ((None,), "(n,)", 1),
        ((None, None, 3), "(n, ?, 3)", None),
        ((), "()", None),
        ((3, 4), "(3, 4)", None),
    ],
)
def test_shapes_are_written_with_n(shape: Any, text: str, numbers: int | None) -> None:
    assert written(shape) == text and activations(shape) == numbers


def test_memory_is_written_as_summary_does() -> None:
    written_here = [memory(n) for n in (0, 10, 256, 101_770, 10**9, 10**18, 10**30, None)]
    assert written_here == [
        "0 B", "40 B", "1.00 KB", "397.54 KB", "3.73 GB", "3552.71 PB", "4e15 PB", "–",
    ]  # fmt: skip
    assert [whole(n) for n in (None, 906, 1_234_567, 10**15)] == [
        "–",
        "906",
        "1,234,567",
        "1.00e15",
    ]


_LAYERS = [
    lambda: layers.Dense(3), lambda: layers.Flatten(), lambda: layers.Conv2D(2, 3),
    lambda: layers.MaxPooling2D(), lambda: layers.LSTM(2), lambda: layers.Embedding(9, 2),
    lambda: layers.Reshape((-1, 2)), lambda: layers.GlobalAveragePooling1D(), lambda: "x",
    lambda: SimpleDense(2, tf.nn.relu), lambda: Residual(layers.Dense(3)), lambda: Secret(object()),
    lambda: Does(np.square), lambda: layers.Permute((2, 1)), lambda: layers.BatchNormalization(),
    lambda: Does(lambda x: tf.reduce_sum(x, axis=0)), lambda: layers.Dropout(0.5),
    lambda: layers.TimeDistributed(layers.Dense(2)), lambda: layers.Concatenate(),
]  # fmt: skip


@given(
    made=st.lists(st.sampled_from(_LAYERS), max_size=5),
    shape=st.lists(st.integers(1, 12), max_size=4),
    without=st.integers(0, 6),
    batch=st.integers(1, 1000),
)
@settings(max_examples=60, deadline=None)
def test_whatever_the_layers_there_is_a_sound_picture(
    made: Any, shape: list[int], without: int, batch: int
) -> None:
    tracer = ShapeTracer([make() for make in made], shape)
    tracer.set_state({"without": without, "batch": batch})
    assert ElementTree.fromstring(tracer.picture).attrib["aria-label"] == tracer.words
    assert tracer.words == describe(tracer.trace, batch) and len(tracer.trace.steps) == len(made)
    tracer.close()
