"""The loss explorer: its losses against Keras, its pictures, words and controls."""

from __future__ import annotations

import itertools
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

from tfcourse_utils.widgets import LossExplorer
from tfcourse_utils.widgets.losses.curves import REACH, REST, curve, here, lowest
from tfcourse_utils.widgets.losses.named import LOGIT, NUMBER, PREDICTED, PROBABILITY, Settings
from tfcourse_utils.widgets.losses.outlier import draw_pulls
from tfcourse_utils.widgets.losses.own import PATIENCE
from tfcourse_utils.widgets.losses.picture import Shown, draw
from tfcourse_utils.widgets.losses.words import Pull, describe, describe_pulls

LOSSES = {(predicted, one.name): one for predicted, few in PREDICTED.items() for one in few}
SETTINGS = Settings(threshold=0.7, quantile=0.8, gamma=1.5)
ORACLES = {
    (NUMBER, "squared"): keras.losses.mean_squared_error,
    (NUMBER, "absolute"): keras.losses.mean_absolute_error,
    (NUMBER, "Huber"): lambda t, p: keras.losses.huber(t, p, delta=0.7),
    (NUMBER, "log-cosh"): keras.losses.log_cosh,
    (NUMBER, "pinball"): lambda t, p: tf.maximum(0.8 * (t - p), -0.2 * (t - p)),
    (PROBABILITY, "cross-entropy"): keras.losses.binary_crossentropy,
    (PROBABILITY, "focal"): lambda t, p: keras.losses.binary_focal_crossentropy(t, p, gamma=1.5),
    (PROBABILITY, "squared"): keras.losses.mean_squared_error,
    (LOGIT, "cross-entropy"): lambda t, p: keras.losses.binary_crossentropy(t, p, from_logits=True),
    (LOGIT, "focal"): lambda t, p: keras.losses.binary_focal_crossentropy(
        t, p, gamma=1.5, from_logits=True
    ),
    (LOGIT, "hinge"): keras.losses.hinge,
    (LOGIT, "squared"): lambda t, p: keras.losses.mean_squared_error(t, tf.sigmoid(p)),
}


@pytest.mark.parametrize("key", LOSSES)
@pytest.mark.parametrize("target", [0.0, 1.0])
def test_losses_and_gradients_agree_with_keras(key: tuple[str, str], target: float) -> None:
    along = np.linspace(*REACH[key[0]], 38)
    values, gradients = LOSSES[key].look(np.full(38, target), along, SETTINGS)
    y_pred = tf.constant(along.reshape(-1, 1), tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(y_pred)
        expected = ORACLES[key](tf.fill((38, 1), target), y_pred)
    np.testing.assert_allclose(values, np.ravel(expected), rtol=1e-4, atol=1e-5)
    slopes = np.ravel(tape.gradient(expected, y_pred))
    np.testing.assert_allclose(gradients, slopes, rtol=1e-3, atol=1e-4)


@given(outlier=st.floats(-3, 12), quantile=st.floats(0.05, 0.95), threshold=st.floats(0.1, 4))
def test_the_best_constants_are_mean_median_and_quantile(
    outlier: float, quantile: float, threshold: float
) -> None:
    targets, chosen = np.append(REST, outlier), Settings(threshold, quantile)
    low, high = lowest(LOSSES[NUMBER, "squared"], targets, chosen)
    assert low == pytest.approx(targets.mean(), abs=0.002) and low == high
    low, high = lowest(LOSSES[NUMBER, "absolute"], targets, chosen)
    assert low - 0.01 <= np.median(targets) <= high + 0.01
    low, high = lowest(LOSSES[NUMBER, "pinball"], targets, chosen)
    assert np.mean(targets < low - 0.01) <= quantile + 1e-9
    assert np.mean(targets > high + 0.01) <= 1 - quantile + 1e-9
    low, high = lowest(LOSSES[NUMBER, "Huber"], targets, chosen)
    slopes = [np.clip(c - targets, -threshold, threshold).sum() for c in (low - 0.01, high + 0.01)]
    assert slopes[0] <= 1e-6 and slopes[1] >= -1e-6


def test_without_the_outlier_the_median_is_a_range() -> None:
    low, high = lowest(LOSSES[NUMBER, "absolute"], REST, SETTINGS)
    assert (low, high) == pytest.approx((-0.5, 0.2), abs=0.01)


@settings(max_examples=80)
@given(
    key=st.sampled_from(sorted(LOSSES)),
    label=st.booleans(),
    share=st.floats(0, 1),
    threshold=st.floats(0.05, 8),
    quantile=st.floats(0.01, 0.99),
    gamma=st.floats(0, 10),
)
def test_the_picture_is_always_sound_svg_with_its_description(
    key: tuple[str, str], label: bool, share: float, threshold: float, quantile: float, gamma: float
) -> None:
    predicted, loss, chosen = key[0], LOSSES[key], Settings(threshold, quantile, gamma)
    low, high = REACH[predicted]
    at, target = low + share * (high - low), float(label)
    found = here(loss, target, at, chosen)
    words = describe(target, at, [("<loss>", found)])
    shown = Shown("<loss>", *curve(loss, predicted, target, chosen), found, False)
    text = draw(predicted, target, at, [shown], words)
    assert ElementTree.fromstring(text).attrib["aria-label"] == words
    assert "nan" not in text and "inf" not in text


@given(outlier=st.floats(-3, 12), a=st.floats(-3, 12), b=st.floats(-3, 12))
def test_the_picture_of_an_outlier_is_always_sound(outlier: float, a: float, b: float) -> None:
    best = min(a, b), max(a, b)
    odd, none = Pull("odd", None, None, "odd & <b>"), Pull("no", None, None)
    pulls = [Pull("<loss>", best, best), odd, none]
    words = describe_pulls(outlier, pulls)
    text = draw_pulls(outlier, pulls, words)
    assert ElementTree.fromstring(text).attrib["aria-label"] == words


@pytest.fixture
def explorer():
    made = LossExplorer()
    yield made
    made.close()


def names(explorer: LossExplorer) -> list[str]:
    return [control["name"] for control in explorer.controls if control["shown"]]


def test_moving_the_prediction_refreshes_everything(explorer: LossExplorer) -> None:
    before = explorer.picture
    assert explorer.numbers == [
        ["squared: loss", "4"], ["squared: gradient", "4"],
        ["Huber: loss", "1.5"], ["Huber: gradient", "1"],
    ]  # fmt: skip
    explorer.set_state({"number_at": -1.0})
    assert "squared: loss 1, gradient −2: it pulls the prediction up." in explorer.words
    explorer.set_state(explorer.start)
    assert explorer.picture == before


def test_each_state_shows_the_controls_it_needs(explorer: LossExplorer) -> None:
    common = ["predicts", "view"]
    number = ["number_loss", "number_other", "number_at", "number_target"]
    assert names(explorer) == [*common, *number, "threshold"]
    explorer.set_state({"number_other": "none"})
    assert names(explorer) == [*common, *number]
    explorer.set_state({"view": "one outlier"})
    assert names(explorer) == [*common, "outlier", "threshold", "quantile"]
    explorer.set_state({"predicts": LOGIT, "logit_other": "focal"})
    assert names(explorer) == [
        "predicts", "logit_loss", "logit_other", "logit_at", "label", "gamma",
    ]  # fmt: skip


def test_a_kink_has_two_slopes(explorer: LossExplorer) -> None:
    explorer.set_state({"number_loss": "absolute", "number_at": 0.0})
    assert "the slope jumps from −1 to 1" in explorer.words
    assert explorer.numbers[1] == ["absolute: gradient", "−1 | 1"]


def per_sample(y_true, y_pred):
    assert y_true.shape == y_pred.shape and y_true.shape[1:] == (1,)
    assert y_true.dtype == y_pred.dtype == tf.float32
    return tf.square(y_true - y_pred)


class Mine(keras.losses.Loss):
    def call(self, y_true, y_pred):
        return keras.ops.square(y_true - y_pred)


OWN = [
    per_sample,
    lambda t, p: tf.reshape(tf.square(t - p), -1),
    lambda t, p: tf.reduce_mean(tf.square(t - p)),
    Mine(),
    Mine(reduction=None),
    keras.losses.MeanSquaredError(),
    tf.function(lambda t, p: tf.square(t - p)),
]


@pytest.mark.parametrize("own", OWN)
def test_own_losses_of_each_shape_give_the_same(own: Any) -> None:
    made = LossExplorer(own)
    assert made.numbers[0][1] == "4" and float(made.numbers[1][1]) == pytest.approx(4, abs=1e-3)
    made.set_state({"view": "one outlier"})
    low, _ = lowest(made.chosen[0], np.append(REST, 8.0), SETTINGS)
    assert low == pytest.approx(1.44, abs=0.03)
    made.close()


def test_own_losses_join_every_choice_by_their_names() -> None:
    made = LossExplorer(per_sample, per_sample, Mine(name="<i>mine</i>"))
    options = {c["name"]: c["options"] for c in made.controls if c["kind"] == "choice"}
    for key in ("number", "probability", "logit"):
        assert options[f"{key}_loss"][-3:] == (
            "per_sample (yours)", "per_sample (yours)′", "<i>mine</i> (yours)",
        )  # fmt: skip
    assert [loss.name for loss in made.chosen] == list(options["number_loss"][-3:-1])
    made.number_other = "<i>mine</i> (yours)"
    assert "<i>" in made.words and "<i>" not in made.picture
    made.close()


@pytest.mark.parametrize(
    ("own", "name"),
    [
        (Mine(), "Mine (yours)"),
        (Mine(name="softer"), "softer (yours)"),
        (keras.losses.CategoricalCrossentropy(), "CategoricalCrosse… (yours)"),  # and no warning
        (lambda t, p: tf.square(t - p), "your loss"),
    ],
)
def test_own_losses_have_the_names_that_learners_gave(own: Any, name: str) -> None:
    made = LossExplorer(own)
    assert made.chosen[0].name == name
    made.close()


def test_a_metric_without_gradient_is_shown_as_one() -> None:
    made = LossExplorer(lambda t, p: tf.cast(tf.abs(t - p) < 1, tf.float32))
    assert "no gradient: training learns nothing" in made.words
    assert ["your loss: gradient", "None"] in made.numbers and "no gradient" in made.picture
    made.close()


def test_a_gradient_that_is_not_a_number_is_not_called_none() -> None:
    made = LossExplorer(lambda t, p: tf.sqrt(tf.square(t - p) * 0.0))
    assert "not finite" in made.words and "None" not in made.words
    ElementTree.fromstring(made.picture)
    made.close()


def _raises(t, p):
    raise ValueError("<script>alert(1)</script>\nsecond \x1b\ud800 line")


def factory(threshold=1.0):
    return per_sample


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (3, "your loss should be a function or a Loss object, and this one is of type int."),
        ("mse", "your loss should be a function or a Loss object, and this one is of type str."),
        (Mine, "is a class: make an object of it first, Mine()."),
        (factory, "factory (yours) raised TypeError"),
        (lambda t, p: 1.0, "your loss should give a tensor, made with TensorFlow"),
        (lambda t, p: None, "but gave NoneType."),
        (lambda t, p: np.square(t - p), "but gave ndarray."),
        (lambda t, p: tf.constant(1), "should give floating numbers, but gave int32."),
        (lambda t, p: t - tf.transpose(p), "it gave the shape (161, 161)."),
        (_raises, "raised ValueError: <script>alert(1)</script> second line"),
        (lambda t, p: sys.exit(), "raised SystemExit"),
    ],
)
def test_a_loss_that_cant_be_used_gives_one_sentence(own: Any, said: str) -> None:
    made = LossExplorer(own)
    assert said in made.words and "\n" not in made.words and made.numbers == []
    assert ElementTree.fromstring(made.picture).attrib["aria-label"] == made.words
    assert "<script>" not in made.picture
    made.view = "one outlier"
    assert "squared −0.20 → 1.44" in made.words and "used" in made.picture
    made.set_state({"view": "one sample", "number_loss": "squared"})
    assert made.words.startswith("Target 0, prediction 2. squared: loss 4")
    made.close()


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 3e38, -3e38, 1e-45, 0.0])
@pytest.mark.parametrize("scale", [0.0, 1.0, 1e30])
def test_odd_values_leave_a_sound_picture(value: float, scale: float) -> None:
    made = LossExplorer(lambda t, p: value + scale * (p - t), number_other="none")
    for view in ("one outlier", "one sample"):
        made.view = view
        text = made.picture
        assert ElementTree.fromstring(text).attrib["aria-label"] == made.words
        assert "nan" not in text and "inf" not in text
    made.close()


def test_a_slow_loss_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.count(step=PATIENCE / 10)  # as if each call took that long
    monkeypatch.setattr("tfcourse_utils.widgets.losses.own.time.monotonic", lambda: next(clock))
    calls = []

    def slow(t, p):
        calls.append(p)
        return tf.reduce_mean(p - t)

    made = LossExplorer(slow)
    assert "slow (yours) takes too long" in made.words and len(calls) < 20
    made.close()


@pytest.mark.parametrize(
    "state",
    [{"number_at": float("nan")}, {"gamma": -1}, {"number_loss": "none"}, {"logit_other": "?"}],
)
def test_a_state_that_is_no_use_is_refused(explorer: LossExplorer, state: Any) -> None:
    before = explorer.words
    with pytest.raises(traitlets.TraitError):
        explorer.set_state(state)
    assert explorer.words == before
