"""The vocabulary for layers, losses and metrics: what is seen, and what is noted beside it."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfcourse_utils.checking.note import without_note
from tfcourse_utils.exercises import layers, losses, metrics
from tfcourse_utils.exercises.copies import config_as_json, copied, forgotten_by_config
from tfcourse_utils.exercises.tools import normal
from tfcourse_utils.exercises.tracking import untracked
from tfcourse_utils.exercises.weights import at_known_weights, reached, set_known, shapes


def dense() -> keras.layers.Dense:
    return keras.layers.Dense(2, activation="tanh")


class Swapped(keras.layers.Layer):
    """What `dense` does, with the weights made in the other order and under other names."""

    def build(self, shape):
        self.shift = self.add_weight(shape=(2,), name="shift")
        self.slopes = self.add_weight(shape=(shape[-1], 2), name="slopes")

    def call(self, x):
        return tf.tanh(x @ self.slopes + self.shift)


class Untracked(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        self.slopes = tf.Variable(tf.ones((shape[-1], self.units)))

    def call(self, x):
        return x @ self.slopes

    def get_config(self):
        return {"name": self.name}


@pytest.fixture
def x(rng: np.random.Generator) -> tf.Tensor:
    return normal(rng, (4, 3))


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def test_order_and_names_of_weights_do_not_matter(x: tf.Tensor) -> None:
    one, other = (layers.outputs(layer, x, seed=1) for layer in (dense(), Swapped()))
    np.testing.assert_allclose(one, other, rtol=1e-6)
    assert len(one) == 1


def test_weights_of_one_shape_are_tried_in_every_order(x: tf.Tensor) -> None:
    layer = layers.built(keras.layers.LayerNormalization(), x)
    seen = at_known_weights(layer, lambda: layer(x), seed=1)
    layer.gamma, layer.beta = layer.beta, layer.gamma
    assert len(seen) == 2
    np.testing.assert_allclose(seen, at_known_weights(layer, lambda: layer(x), seed=1))


class TwoKernels(keras.layers.Layer):
    """A softmax behind two weights of one shape, which are made in either order."""

    def __init__(self, names):
        super().__init__()
        self.names = names

    def build(self, shape):
        made = {name: self.add_weight(shape=(shape[-1], 3), name=name) for name in self.names}
        self.bend, self.mix = made["bend"], made["mix"]

    def call(self, x):
        return tf.nn.softmax(tf.tanh(x @ self.bend) + x @ self.mix)


@pytest.mark.parametrize("seed", range(5))
def test_results_of_equal_sum_are_in_the_same_order(x: tf.Tensor, seed: int) -> None:
    one, other = (
        layers.outputs(TwoKernels(names), x, seed) for names in (["bend", "mix"], ["mix", "bend"])
    )
    np.testing.assert_allclose(one, other, rtol=1e-6)
    assert not np.allclose(*one)


def test_more_orders_than_are_tried_are_refused(x: tf.Tensor) -> None:
    deep = keras.Sequential([keras.layers.Dense(3) for _ in range(4)])
    with pytest.raises(ValueError, match="576 orders of weights"):
        layers.outputs(deep, x, 1)
    set_known(keras.Sequential([keras.Input((3,))] + [keras.layers.Dense(3) for _ in range(12)]), 1)


def test_other_seeds_give_other_weights(x: tf.Tensor) -> None:
    one, other = (layers.outputs(dense(), x, seed) for seed in (1, 2))
    assert not np.allclose(one, other)


def test_alone_and_in_models_a_layer_does_the_same(x: tf.Tensor) -> None:
    alone = layers.outputs(dense(), x, 1)
    for inside in (layers.in_sequential, layers.in_functional):
        np.testing.assert_allclose(inside(dense(), x, 1), alone, rtol=1e-6)


def test_weights_before_and_after_build() -> None:
    assert layers.weights_by_build(dense, 3) == {
        "trainable weights before build": [],
        "trainable weights after build": [[2], [3, 2]],
    }


def test_a_gradient_that_stops_reaches_nothing(x: tf.Tensor) -> None:
    layer = layers.built(dense(), x)
    assert layers.gradient_reaches(layer, x) == shapes(layer.weights)
    assert reached(layer, lambda: tf.reduce_sum(tf.stop_gradient(layer(x)))) == []


def test_only_a_functional_model_has_names_of_outputs() -> None:
    place = keras.Input((3,))
    assert layers.output_names(keras.Model(place, keras.layers.Dense(2, name="y")(place))) == ["y"]
    with pytest.raises(TypeError, match="should be a functional model"):
        layers.output_names(dense())


def test_copies_and_files_keep_outputs(x: tf.Tensor) -> None:
    seen = layers.outputs_of_copies(dense(), x, 1)
    np.testing.assert_allclose(*seen.values())
    model = keras.Sequential([keras.Input((3,)), dense()])
    np.testing.assert_allclose(layers.saved_and_loaded(model)(x), model(x))


def test_training_arrives_at_the_layers(x: tf.Tensor) -> None:
    seen = layers.forwards_training(keras.Sequential, x)
    np.testing.assert_allclose(seen["output with training=True"], x + 1)
    np.testing.assert_allclose(seen["output with training=False"], x)


def test_variables_that_are_not_tracked_are_named(x: tf.Tensor) -> None:
    assert "`self.slopes` is a tf.Variable" in untracked(layers.built(Untracked(2), x))
    assert untracked(layers.built(dense(), x)) == ""
    assert untracked(layers.built(keras.Sequential([dense()]), x)) == ""


def test_state_that_a_metric_does_not_reset_is_named() -> None:
    metric = keras.metrics.Mean()
    assert untracked(metric) == ""
    metric.highest = tf.Variable(0.0)
    assert "`reset_state` never sets it back" in untracked(metric)


def test_what_a_config_forgets_is_named() -> None:
    assert "`__init__` takes `units`" in forgotten_by_config(Untracked(2))
    assert forgotten_by_config(keras.regularizers.L2(0.1)) == ""
    with pytest.raises(TypeError, match="unexpected keyword"):
        copied(Untracked(2))


def test_a_config_has_to_be_written_as_json() -> None:
    class WithFunction(keras.layers.Layer):
        def get_config(self):
            return {"activation": tf.tanh}

    with pytest.raises(TypeError, match="can't be written as JSON"):
        config_as_json(WithFunction())


def squares(y_true, y_pred):
    return tf.square(y_true - y_pred)


@pytest.mark.parametrize("column", [True, False])
def test_a_loss_for_each_sample(rng: np.random.Generator, column: bool) -> None:
    y_true, y_pred = losses.pair(rng, column=column)
    seen, note = without_note(losses.per_sample(squares, y_true, y_pred))
    np.testing.assert_allclose(seen, np.ravel((y_true - y_pred) ** 2))
    assert note == ""


def test_losses_of_another_shape_are_explained(rng: np.random.Generator) -> None:
    y_true, y_pred = losses.pair(rng)
    _, note = without_note(losses.per_sample(keras.losses.Huber(), y_true, y_pred))
    assert "averaged or summed already" in note
    _, note = without_note(losses.per_sample(lambda t, p: squares(t[:, 0], p), y_true, y_pred))
    assert "A table of 6 by 6" in note


def test_losses_as_objects_and_in_evaluate(rng: np.random.Generator) -> None:
    y_true, y_pred = losses.pair(rng)
    weights = losses.sample_weights(rng, 6)
    seen = losses.as_object(keras.losses.MeanSquaredError(), y_true, y_pred, weights)
    each = np.ravel((y_true - y_pred) ** 2)
    assert float(seen["mean over the samples"]) == pytest.approx(each.mean(), rel=1e-5)
    assert float(seen["with sample weights"]) == pytest.approx((each * weights).mean(), rel=1e-5)
    evaluated = losses.evaluated_loss(losses.echo(), squares, y_pred, y_true)
    assert evaluated == pytest.approx(each.mean(), rel=1e-5)


class MeanOfBatches(keras.metrics.MeanSquaredError):
    def update_state(self, y_true, y_pred, sample_weight=None):
        self.total.assign_add(tf.reduce_mean(squares(y_true, y_pred)))
        self.count.assign_add(1.0)


def test_a_metric_that_averages_batches_is_told(rng: np.random.Generator) -> None:
    y_true, y_pred = (tensor.numpy() for tensor in losses.pair(rng))
    batches = metrics.cut(rng, y_true, y_pred)
    assert sorted(len(batch[0]) for batch in batches)[0] == 1
    right, note = without_note(metrics.streamed(keras.metrics.MeanSquaredError, batches))
    assert float(right) == pytest.approx(np.mean((y_true - y_pred) ** 2), rel=1e-5)
    assert note == ""
    _, note = without_note(metrics.streamed(MeanOfBatches, batches))
    assert "this is their mean" in note


def test_metrics_after_a_reset_and_in_evaluate(rng: np.random.Generator) -> None:
    y_true, y_pred = (tensor.numpy() for tensor in losses.pair(rng))
    each = np.ravel((y_true - y_pred) ** 2)
    batches = metrics.cut(rng, y_true, y_pred)
    seen = metrics.after_reset(keras.metrics.MeanSquaredError(), batches)
    last = each[-len(batches[-1][0]) :].mean()
    assert [float(value) for value in seen.values()] == pytest.approx([0, 0, last], rel=1e-5)
    weights = losses.sample_weights(rng, 6)
    metric = keras.metrics.MeanSquaredError()
    evaluated = metrics.evaluated_metric(metric, y_true, y_pred, weights)
    assert evaluated == pytest.approx(np.average(each, weights=weights), rel=1e-5)
    metric = keras.metrics.MeanSquaredError()
    assert float(metrics.in_graph(metric, y_true, y_pred, weights)) == pytest.approx(evaluated)


class LossOfEach(keras.metrics.MeanSquaredError):
    def update_state(self, y_true, y_pred, sample_weight=None):
        self.each = squares(y_true, y_pred)

    def result(self):
        return self.each


def test_a_metric_of_many_numbers_is_no_mean_of_batches(rng: np.random.Generator) -> None:
    batches = metrics.cut(rng, *losses.pair(rng))
    seen, note = without_note(metrics.streamed(LossOfEach, batches))
    assert np.shape(seen) == batches[-1][0].shape
    assert note == ""
