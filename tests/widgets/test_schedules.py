"""The schedule explorer: its schedules against Keras, its picture, words and controls."""

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

from tfcourse_utils.widgets import ScheduleExplorer
from tfcourse_utils.widgets.schedules.named import NAMED, SHAPES, Curve, Settings
from tfcourse_utils.widgets.schedules.own import PATIENCE
from tfcourse_utils.widgets.schedules.picture import draw
from tfcourse_utils.widgets.schedules.plateau import plateau
from tfcourse_utils.widgets.schedules.words import Shown, describe

SCHEDULES = {schedule.name: schedule for schedule in NAMED}
schedules = keras.optimizers.schedules

ORACLES = {
    "constant": schedules.PiecewiseConstantDecay([1000], [0.2, 0.0]),
    "step decay": schedules.ExponentialDecay(0.2, 7, 0.3, staircase=True),
    "exponential": schedules.ExponentialDecay(0.2, 1, 0.8),
    "cosine": schedules.CosineDecay(0.2, 30),
    "warm-up": schedules.CosineDecay(0.0, 30 - 6, warmup_target=0.2, warmup_steps=6),
}


@pytest.mark.parametrize("name", ORACLES)
def test_schedules_agree_with_keras(name: str) -> None:
    curve = SCHEDULES[name].look(Settings(0.2, 30, factor=0.3, every=7, decay=0.8, warmup=6))
    expected = [float(ORACLES[name](epoch)) for epoch in range(30)]
    np.testing.assert_allclose(curve.rates, expected, rtol=1e-4, atol=1e-7)


@settings(max_examples=20)
@given(factor=st.floats(0.1, 0.95), patience=st.integers(1, 8), epochs=st.integers(2, 60))
def test_a_plateau_is_what_keras_takes_for_one(factor: float, patience: int, epochs: int) -> None:
    rates, losses = plateau(epochs, 0.5, factor, patience)
    callback = keras.callbacks.ReduceLROnPlateau(factor=factor, patience=patience)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.5), "mse")
    callback.set_model(model)
    callback.on_train_begin()
    for epoch, (rate, loss) in enumerate(zip(rates, losses)):
        assert float(model.optimizer.learning_rate) == pytest.approx(rate, rel=1e-4)
        callback.on_epoch_end(epoch, {"val_loss": loss})


@settings(max_examples=80)
@given(
    name=st.sampled_from(sorted(SCHEDULES)),
    chosen=st.builds(
        Settings,
        peak=st.floats(1e-8, 100),
        epochs=st.integers(2, 200),
        factor=st.floats(0.01, 0.99),
        every=st.integers(1, 200),
        decay=st.floats(0.01, 1),
        warmup=st.integers(0, 200),
        after=st.sampled_from(sorted(SHAPES)),
        patience=st.integers(1, 100),
    ),
    log=st.booleans(),
)
def test_every_setting_gives_rates_up_to_the_peak(name: str, chosen: Settings, log: bool) -> None:
    schedule = SCHEDULES[name]
    curve = schedule.look(chosen)
    assert curve.along.shape == curve.rates.shape == (chosen.epochs,)
    assert (curve.rates >= 0).all() and curve.rates.max() <= chosen.peak * (1 + 1e-9)
    shown = [Shown("<name>", schedule.formula(chosen), curve, float(curve.rates[1]), False)]
    _sound(1, chosen.epochs, log, shown)


odd = st.floats(1e-30, 1e30) | st.floats(-1e30, -1e-30) | st.sampled_from([0.0, np.nan])


@settings(max_examples=80)
@given(rates=st.lists(odd, min_size=2, max_size=12), log=st.booleans(), per_batch=st.booleans())
def test_odd_rates_leave_a_sound_picture(rates: list[float], log: bool, per_batch: bool) -> None:
    curve = Curve(np.arange(float(len(rates))), np.array(rates))
    _sound(1, len(rates), log, [Shown("<a>", "<b> & c", curve, rates[1], per_batch)] * 3)


def _sound(epoch: int, epochs: int, log: bool, shown: list[Shown]) -> None:
    words = describe(epoch, epochs, shown, log)
    text = draw(epoch, epochs, log, shown, words)
    assert ElementTree.fromstring(text).attrib["aria-label"] == words
    assert "nan" not in text and "inf" not in text.replace("finite", "")


@pytest.fixture
def explorer():
    made = ScheduleExplorer()
    yield made
    made.close()


def names(explorer: ScheduleExplorer) -> list[str]:
    return [control["name"] for control in explorer.controls if control["shown"]]


def test_every_change_refreshes_everything(explorer: ScheduleExplorer) -> None:
    before = explorer.picture
    assert explorer.numbers == [
        ["constant", "0.01"], ["step decay", "0.005"], ["warm-up, then cosine", "0.00812"],
    ]  # fmt: skip
    explorer.set_state({"peak": 0.1, "after": "constant"})
    assert "from 0 to 0.1; 0.1 at epoch 15" in explorer.words.splitlines()[-1]
    explorer.set_state({"scale": "logarithmic"})
    assert "no place for a rate of 0" in explorer.words
    explorer.set_state(explorer.start)
    assert explorer.picture == before


def test_each_state_shows_the_controls_it_needs(explorer: ScheduleExplorer) -> None:
    common = ["first", "second", "third", "scale", "epoch", "epochs", "peak"]
    assert names(explorer) == [*common, "warmup", "after", "factor", "every"]
    explorer.set_state({"second": "none", "after": "exponential"})
    assert names(explorer) == [*common, "warmup", "after", "decay"]
    explorer.set_state({"third": "on a plateau"})
    assert names(explorer) == [*common, "factor", "patience"]
    assert "reduced at epoch" in explorer.words and "made up" in explorer.picture


def test_the_epoch_stays_within_the_training(explorer: ScheduleExplorer) -> None:
    explorer.epochs = 10
    assert explorer.epoch == 9 and explorer.words.startswith("10 epochs, from 0 to 9.")
    explorer.set_state({"epoch": 150})
    assert "at epoch 9." in explorer.words


def test_the_same_schedule_twice_is_shown_once(explorer: ScheduleExplorer) -> None:
    explorer.set_state({"second": "constant", "third": "none"})
    assert explorer.numbers == [["constant", "0.01"]]


def halving(epoch):
    return 0.1 * 0.5**epoch


def from_before(epoch, rate):
    return rate * 0.5


def with_controls(epoch, warmup, total, peak):
    return peak * (epoch - warmup) / total


@pytest.mark.parametrize(
    ("own", "rates"),
    [
        (halving, [0.1, 0.05, 0.025]),
        (lambda epoch: np.float32(0.5), [0.5] * 3),
        (from_before, [0.05, 0.025, 0.0125]),
        (lambda epoch, *others: others[0] + 1, [1.1, 2.1, 3.1]),
        (with_controls, [-0.1 / 3 * 2, -0.1 / 3, 0.0]),
        (keras.callbacks.LearningRateScheduler(halving), [0.1, 0.05, 0.025]),
    ],
)
def test_own_functions_are_called_as_keras_calls_them(own: Any, rates: list[float]) -> None:
    made = ScheduleExplorer(own, epochs=3, peak=0.1, warmup=2)
    np.testing.assert_allclose(made.chosen[0].look(made.settings).rates, rates, atol=1e-9)
    made.close()


class Steps(schedules.LearningRateSchedule):
    def __call__(self, step):
        return tf.cast(step, tf.float32) / 10


@pytest.mark.parametrize("own", [Steps(), schedules.PolynomialDecay(0.0, 30, 3.0)])
def test_own_schedule_objects_are_called_with_steps(own: Any) -> None:
    made = ScheduleExplorer(own, epochs=3, batches=10, epoch=2)
    assert made.numbers[0][1] == "2" and "batches" in names(made)
    curve = made.chosen[0].look(made.settings)
    assert len(curve.along) == 30 and curve.rates[-1] == pytest.approx(2.9, rel=1e-5)
    made.set_state({"epochs": 200, "batches": 100_000})
    assert len(made.chosen[0].look(made.settings).along) < 400
    made.close()


def test_own_schedules_join_the_choice_by_their_names() -> None:
    made = ScheduleExplorer(halving, halving, schedules.CosineDecay(0.1, 10), lambda epoch: 1.0)
    assert made.controls[0]["options"][-4:] == (
        "halving (yours)", "halving (yours)′", "CosineDecay (yours)", "your schedule",
    )  # fmt: skip
    assert [one.name for one in made.chosen] == list(made.controls[0]["options"][-4:-1])
    made.close()


def test_a_control_that_has_no_part_in_the_rates_calls_nothing() -> None:
    calls = []
    made = ScheduleExplorer(lambda epoch: float(calls.append(epoch) or 1), epochs=5)
    made.set_state({"epoch": 3})
    made.set_state({"scale": "logarithmic"})
    assert calls == [0, 1, 2, 3, 4]
    made.close()


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300, -1e300, 5e-324, -0.5, 0.0])
def test_own_rates_that_are_no_use_are_told(value: float) -> None:
    made = ScheduleExplorer(lambda epoch: value if epoch % 2 else 0.1)
    for scale in ("logarithmic", "linear"):
        made.scale = scale
        assert ElementTree.fromstring(made.picture).attrib["aria-label"] == made.words
        assert "nan" not in made.picture
    said = "which climb" if value == -0.5 else "not finite"
    assert (said in made.words) == (not 0 <= value < 1)
    made.close()


def _raises(epoch):
    raise ValueError("<script>alert(1)</script>\nsecond \x1b\ud800 line")


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (3, "this one is of type int."),
        (None, "this one is of type NoneType."),
        (Steps, "is a class: make an object of it first, Steps(…)."),
        (lambda epoch: 1, "takes; for epoch 0 it returned int."),
        (lambda epoch: None, "it returned NoneType."),
        (lambda epoch: tf.constant(0.1), "it returned"),
        (lambda epoch, decay, start: 0.1, "raised TypeError"),
        (lambda: 0.1, "raised TypeError"),
        (_raises, "ValueError in line"),
        (lambda epoch: sys.exit(), "raised SystemExit"),
    ],
)
def test_a_schedule_that_cant_be_used_gives_one_sentence(own: Any, said: str) -> None:
    made = ScheduleExplorer(own)
    assert said in made.words and "\n" not in made.words and made.numbers == []
    assert ElementTree.fromstring(made.picture).attrib["aria-label"] == made.words
    assert "<script>" not in made.picture
    made.first = "constant"
    assert "0.01 throughout" in made.words
    made.close()


def test_a_schedule_object_that_gives_a_tensor_of_several_is_told() -> None:
    class Wide(schedules.LearningRateSchedule):
        def __call__(self, step):
            return tf.ones(2)

    made = ScheduleExplorer(Wide())
    assert made.words == (
        "Wide (yours) should give one number for a step, but gave the shape (2,)."
    )
    made.close()


def test_a_slow_schedule_is_given_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.count(step=PATIENCE / 10)  # as if each call took that long
    monkeypatch.setattr("tfcourse_utils.widgets.schedules.own.time.monotonic", lambda: next(clock))
    calls = []
    made = ScheduleExplorer(lambda epoch: float(calls.append(epoch) or 1))
    made.set_state({"epoch": 3})
    assert "takes too long" in made.words and len(calls) < 20
    made.close()


@pytest.mark.parametrize(
    "state",
    [{"peak": float("nan")}, {"decay": 2}, {"first": "none"}, {"second": "?"}, {"epochs": 0}],
)
def test_a_state_that_is_no_use_is_refused(explorer: ScheduleExplorer, state: Any) -> None:
    before = explorer.words
    with pytest.raises(traitlets.TraitError):
        explorer.set_state(state)
    assert explorer.words == before
