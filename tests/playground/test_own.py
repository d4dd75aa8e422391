"""The learner's own parts: what fits is used, what does not is said in one sentence."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfcourse_utils.playground.own import Own, usable
from tfcourse_utils.playground.state import DataState, NetworkState, State

STATE, SMALL = State(), State(network=NetworkState(hidden=(3,)))
dense = keras.layers.Dense


def model(features: int, *layers: keras.layers.Layer) -> keras.Model:
    return keras.Sequential([keras.Input((features,)), *layers])


class Scaled(keras.layers.Layer):
    def __init__(self, units: int, wrong: bool = False) -> None:
        super().__init__()
        self.units, self.wrong = units, wrong

    def build(self, shape: tuple[int, ...]) -> None:
        self.w = self.add_weight(shape=(shape[-1] + self.wrong, self.units))

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        return tf.matmul(inputs, self.w)


class Idle(Scaled):
    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        return inputs + 0.0


def squared(y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
    return tf.reduce_mean((y_true - y_pred) ** 2, axis=-1)


FITTING = [
    Own(),
    Own(model=model(2, dense(5), dense(1, "sigmoid"))),
    Own(layer=Scaled),
    Own(layer=lambda units: keras.layers.Dense(2 * units)),
    Own(loss=squared),
    Own(loss="mse"),
    Own(loss=keras.losses.Hinge),
    Own(loss=lambda y_true, y_pred: tf.reduce_mean(squared(y_true, y_pred))),
    Own(optimizer=keras.optimizers.Lion(0.01)),
    Own(optimizer=keras.optimizers.Nadam),
    Own(optimizer=keras.optimizers.SGD(keras.optimizers.schedules.CosineDecay(0.1, 50))),
    Own(metric="accuracy"),
    Own(metric=keras.metrics.AUC),
    Own(metric=keras.metrics.Recall(thresholds=0.3)),
    Own(metric=squared),
    Own(callback=keras.callbacks.EarlyStopping()),
]

UNFITTING: list[tuple[Own, str]] = [
    (Own(model=model(3, dense(1))), r"model can't be called with .* \(9, 2\) .*features x, y.*: "),
    (Own(model=model(2, dense(2))), r"\(9, 1\) for 9 points \(two classes\), .* \(9, 2\)"),
    (Own(model=keras.Sequential([keras.layers.Flatten()])), "outputs of the shape"),
    (Own(model=model(2, keras.layers.Lambda(lambda x: x[:, :1]))), "weights to train, but has non"),
    (Own(model=squared), "model should be a keras.Model, but is function"),
    (Own(layer=lambda units: Scaled(units, wrong=True)), "layer can't be used with .* neurons: "),
    (Own(layer=lambda units: None), "layer can't be used"),
    (Own(layer=dense(3)), "made from its number of neurons: give Dense itself"),
    (Own(model=model(2, dense(1)), layer=dense), "a model or a layer, not both"),
    (Own(loss="msee"), "loss is none that Keras knows"),
    (Own(loss=3), "loss"),
    (Own(loss=lambda y: y), r"loss can't be called with targets \(9, 1\) and outputs \(9, 1\)"),
    (Own(loss=lambda y, p: (tf.reshape(y, [-1]) - p) ** 2), r"\(9,\), .* gave the shape \(9, 9\)"),
    (Own(loss=lambda y, p: 0.5), "loss should give .* but gave float"),
    (Own(loss=lambda y, p: tf.cast(p > 0.5, tf.int32)[:, 0]), "gave int32 of the shape"),
    (Own(loss=lambda y, p: tf.constant(p.numpy()[:, 0])), "can't be compiled, .*numpy"),
    (Own(loss=lambda y, p: tf.reshape(p, [-1]) * np.ones(y.shape[0])), "can't be compiled, "),
    (Own(loss=lambda y, p: tf.reduce_mean(y)), "no gradient reaches any weight"),
    (Own(optimizer=3), "optimizer can't be made"),
    (Own(optimizer=lambda rate: "Adam"), "optimizer should be one of Keras's kind, but is str"),
    (Own(metric="accurracy"), "metric is none that Keras knows"),
    (Own(metric=3), "metric"),
    (Own(metric=lambda y: y), r"metric can't be used with targets \(9, 1\) and outputs \(9, 1\): "),
    (Own(metric=keras.metrics.F1Score()), "metric should give one number, .* shape \\(1,\\)"),
    (Own(callback=keras.callbacks.EarlyStopping), r"callback .* a class: make one, as EarlySt"),
    (Own(callback=print), "callback should be a keras.callbacks.Callback, but is builtin_function"),
]


@pytest.mark.parametrize("own", FITTING)
def test_what_fits_is_used(own: Own) -> None:
    parts = usable(STATE, own)
    assert parts.untrained == ()
    assert parts.model(tf.zeros((4, 2))).shape == (4, 1)
    assert own.model is None or parts.model is own.model


@pytest.mark.parametrize(("own", "says"), UNFITTING)
def test_what_does_not_fit_is_said_in_a_sentence(own: Own, says: str) -> None:
    with pytest.raises(ValueError, match=says) as caught:
        usable(SMALL, own)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 330


def test_an_optimizer_is_copied_and_stays_free() -> None:
    mine = keras.optimizers.Adam(0.02, beta_1=0.5)
    found = usable(STATE, Own(optimizer=mine)).optimizer
    assert found is not mine and not mine.built
    assert found.get_config() == mine.get_config()


def test_a_class_of_optimizers_gets_the_learning_rate() -> None:
    assert float(usable(STATE, Own(optimizer=keras.optimizers.Adam)).optimizer.learning_rate) == (
        pytest.approx(STATE.training.learning_rate)
    )


def test_a_weight_that_no_gradient_reaches_is_named() -> None:
    parts: Any = usable(State(network=NetworkState(hidden=(2,))), Own(layer=Idle))
    assert len(parts.untrained) == 1 and parts.untrained[0].startswith("idle")


def test_several_classes_and_values_are_wanted_in_their_shape() -> None:
    for kind, outputs in [("three clouds", 3), ("hills", 1)]:
        state = State(DataState(kind))
        assert usable(state, Own()).model.output_shape == (None, outputs)
    with pytest.raises(ValueError, match=r"\(9, 3\) .*several classes.* \(9, 1\)"):
        usable(State(DataState("three clouds")), Own(model=model(2, dense(1))))


def test_a_layer_that_raises_only_while_training_is_refused_in_its_own_words() -> None:
    class Careless(keras.layers.Dense):
        def call(self, inputs: tf.Tensor, training: bool = False) -> tf.Tensor:
            if training:
                raise RuntimeError("not yet written")
            return super().call(inputs)

    with pytest.raises(ValueError, match=r"RuntimeError: not yet written$"):
        usable(State(), Own(layer=Careless))
