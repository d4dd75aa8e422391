"""The training monitor: its record, its pictures and words, stopping, and Keras in a terminal."""

from __future__ import annotations

import copy
import itertools
import math
import signal
import threading
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from tfcourse_utils.thinned import Thinned
from tfcourse_utils.widgets import TrainingMonitor
from tfcourse_utils.widgets.monitor.curves import panels, reach, share
from tfcourse_utils.widgets.monitor.look import look_at
from tfcourse_utils.widgets.monitor.recorder import MOST_BATCHES, MOST_EPOCHS, Recorder
from tfcourse_utils.widgets.monitor.words import Phase

INPUTS, TARGETS = np.linspace(-1, 1, 24).reshape(24, 1), np.linspace(0, 1, 24).reshape(24, 1)


@pytest.fixture(autouse=True)
def _interrupts_arrive() -> Iterator[None]:
    """Let interrupts be Python's own: a program that runs in the background ignores them."""
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, former)


def record(
    epochs: int = 3, steps: int | None = 4, *, first: int = 1, known: bool = True
) -> Recorder:
    """Return the record of a training whose loss is one over the batches so far."""
    made, count = Recorder(epochs, steps if known else None), itertools.count(1)
    for epoch in range(first, epochs + 1):
        made.begin_epoch(epoch)
        for batch in range(1, (steps or 0) + 1):
            loss = 1 / next(count)
            made.add_batch(batch, {"accuracy": 1 - loss, "loss": loss})
        logs = {"accuracy": 1 - loss, "loss": loss, "val_accuracy": 0.5, "val_loss": 1 + epoch}
        made.end_epoch(epoch, logs)
    return made


@given(count=st.integers(0, 3000), most=st.integers(1, 40))
def test_thinned_rows_are_few_evenly_spread_and_end_with_the_last(count: int, most: int) -> None:
    thinned = Thinned(most)
    for number in range(count):
        thinned.add(number)
    rows = thinned.rows()
    assert len(rows) <= 2 * most
    assert rows[:1] == list(range(count))[:1] and rows[-1:] == list(range(count))[-1:]
    assert len({after - before for before, after in zip(rows, rows[1:-1])}) <= 1
    assert len(rows) >= min(count, most)


def test_a_long_training_is_kept_within_bounds() -> None:
    long = record(epochs=2000, steps=9)
    assert len(long.batches.rows()) <= 2 * MOST_BATCHES
    assert all(len(one.rows()) <= 2 * MOST_EPOCHS for one in long.epochs.values())
    assert len(look_at(long, Phase.RUNNING, 1.0).picture) < 60_000


def test_the_loss_comes_first_and_hundreds_of_metrics_are_cut() -> None:
    many = Recorder(1, 1)
    many.add_batch(1, {**{f"a{number}": 1.0 for number in range(300)}, "loss": 2.0})
    assert many.shown == ("loss", "a0", "a1", "a2")
    assert look_at(many, Phase.RUNNING, 1.0).picture.count("<rect") == 3 + 4


def test_what_is_asked_for_is_shown_and_what_is_missing_said() -> None:
    made = Recorder(1, 2, ["val_nothing", "b", "nothing", "learning_rate"])
    made.add_batch(1, {"a": 1.0, "b": 2.0, "loss": 3.0})
    assert made.shown == made.measured == ("b",)
    made.end_epoch(1, {"a": 1.0, "b": 2.0, "loss": 3.0, "learning_rate": 0.1})
    assert made.shown == ("b", "learning_rate")
    words = look_at(made, Phase.ENDED, 1.0).words
    assert "Nothing is reported under validation nothing, nothing; there are a, b, loss" in words


def test_places_on_the_axis() -> None:
    known, unknown = record(), record(known=False)
    for made in (known, unknown):
        loss = panels(made)[0]
        np.testing.assert_allclose(loss.batches.xs, np.arange(1, 13) / 4)
        np.testing.assert_allclose(loss.training.xs, [1, 2, 3])
        np.testing.assert_allclose(loss.validation.ys, [2, 3, 4])
        assert loss.batches.breaks.tolist() == [True, False, False, False] * 3
        assert reach(made, True) == (0, 3.06) and share(made) == 1
    later = record(epochs=12, first=11)
    assert panels(later)[0].training.xs.tolist() == [11, 12]
    assert reach(later, True)[0] == 10 and share(later) == 1


@given(done=st.integers(0, 5000))
def test_the_axis_goes_a_little_further_than_training(done: int) -> None:
    made = Recorder(None, 10)
    made.begin_epoch(1)
    made.add_batch(1, {"loss": 1.0})
    made.end_epoch(max(done, 1), {"loss": 1.0})
    left, right = reach(made, False)
    assert left == 0 and made.done <= right <= max(1.1, 3 * made.done)


def test_an_epoch_that_was_stopped_ends_where_it_was() -> None:
    made = Recorder(5, 4)
    made.begin_epoch(1)
    made.add_batch(3, {"loss": 1.0})
    made.end_epoch(1, {"loss": 1.0, "val_loss": 2.0}, was_stopped=True)
    assert made.is_cut and panels(made)[0].validation.xs.tolist() == [0.75]
    said = look_at(made, Phase.STOPPED, 1.0).verdict
    assert said.startswith("You stopped training in epoch 1 of 5, after batch 3 of 4.")
    said = look_at(made, Phase.ENDED, 1.0).verdict
    assert said.startswith("A callback ended training in epoch 1 of 5, after batch 3 of 4.")


@pytest.mark.parametrize("batches, is_cut", [(2, True), (4, False)])
def test_without_steps_the_epochs_before_tell_what_is_whole(batches: int, is_cut: bool) -> None:
    made = record(epochs=2, known=False)
    made.begin_epoch(3)
    made.add_batch(batches, {"loss": 1.0})
    made.end_epoch(3, {"loss": 1.0}, was_stopped=True)
    assert made.is_cut == is_cut


def test_a_loss_that_is_nan_is_shown_and_said() -> None:
    made = record(epochs=2)
    made.begin_epoch(3)
    made.add_batch(1, {"loss": math.nan, "accuracy": math.inf})
    look = look_at(made, Phase.RUNNING, 1.0)
    assert "loss became NaN in epoch 3, after batch 1 of 4; a smaller" in look.verdict
    assert "NaN here" in look.picture and "∞ here" in look.picture
    assert "nan" not in look.picture and "inf" not in look.picture


def test_the_lowest_validation_loss_is_said() -> None:
    assert "validation loss 4, lowest 2 after epoch 1." in look_at(record(), Phase.ENDED, 1).words


def test_hooks_without_batches_or_logs_are_sound() -> None:
    none = Recorder(0, None)
    assert look_at(none, Phase.ENDED, 0.0).verdict == "There was no epoch to train."
    empty = Recorder(2, 0)
    empty.begin_epoch(1)
    empty.end_epoch(1, {})
    assert "no batch yet" in look_at(empty, Phase.RUNNING, 0.0).picture
    empty.add_batch(1, {})
    empty.add_batch(2, {"loss": None, "word": "seven", "many": np.ones(3)})
    empty.end_epoch(2, {"loss": 3.0})
    assert ElementTree.fromstring(look_at(empty, Phase.ENDED, 0.0).picture) is not None


NAMES = st.text(max_size=40) | st.sampled_from(["loss", "val_loss", "val_", "<b>&\x00", "a" * 99])
VALUES = st.floats() | st.floats(0, 3) | st.none() | st.just(10**400) | st.text(max_size=3)
LOGS = st.dictionaries(NAMES, VALUES, max_size=9)
STEPS = st.tuples(st.sampled_from(["begin", "batch", "end"]), st.integers(1, 40), LOGS)


@settings(max_examples=150)
@given(
    steps=st.lists(STEPS, max_size=30),
    size=st.none() | st.integers(0, 30),
    planned=st.none() | st.integers(0, 30),
    asked=st.lists(NAMES, max_size=3),
    phase=st.sampled_from(Phase),
)
def test_whatever_is_reported_the_picture_is_sound_with_its_words(
    steps: list[tuple[str, int, dict[str, Any]]],
    size: int | None,
    planned: int | None,
    asked: list[str],
    phase: Phase,
) -> None:
    made = Recorder(planned, size, asked)
    for kind, number, logs in steps:
        if kind == "begin":
            made.begin_epoch(number)
        elif kind == "batch":
            made.add_batch(number, logs)
        else:
            made.end_epoch(number, logs, was_stopped=number % 2 == 0)
    look = look_at(made, phase, 61.0)
    assert ElementTree.fromstring(look.picture).attrib["aria-label"] == look.words
    paths = " ".join(one.attrib.get("d", "") for one in ElementTree.fromstring(look.picture).iter())
    assert "nan" not in paths and "inf" not in paths
    assert len(look.picture) < 60_000 and look.verdict in look.words


class At(keras.callbacks.Callback):
    """Does something after a batch of the first epoch, counted from 0."""

    def __init__(self, batch: int, action: Any) -> None:
        super().__init__()
        self.batch, self.action = batch, action

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        if batch == self.batch:
            self.action()


def interrupt() -> None:
    signal.raise_signal(signal.SIGINT)


def interrupt_twice() -> None:
    interrupt()
    interrupt()


def fail() -> None:
    raise ZeroDivisionError


@pytest.fixture(scope="module")
def model() -> keras.Model:
    made = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    made.compile("sgd", "mse", metrics=["mae"])
    return made


@pytest.fixture(autouse=True)
def former_handler() -> Iterator[None]:
    former = signal.getsignal(signal.SIGINT)
    yield
    assert signal.getsignal(signal.SIGINT) is former
    signal.signal(signal.SIGINT, former)


def fit(model: keras.Model, *callbacks: keras.callbacks.Callback, **more: Any) -> Any:
    """Train in six batches an epoch."""
    return model.fit(INPUTS, TARGETS, batch_size=4, callbacks=list(callbacks), **more)


def test_an_interrupt_ends_training_after_the_batch_and_keeps_the_history(
    model: keras.Model, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[int] = []
    counting = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: seen.append(batch)
    )
    monitors = TrainingMonitor(), TrainingMonitor()
    history = fit(model, At(2, interrupt), *monitors, counting, epochs=50, verbose=0)
    assert seen == [0, 1, 2] and len(history.history["loss"]) == 1
    said = "You stopped training in epoch 1 of 50, after batch 3 of 6."
    assert capsys.readouterr().out.count(said) == 1
    for monitor in monitors:
        assert said in monitor._repr_mimebundle_()["text/plain"]


def test_the_second_interrupt_is_as_usual(model: keras.Model) -> None:
    with pytest.raises(KeyboardInterrupt):
        fit(model, At(2, interrupt_twice), TrainingMonitor(), TrainingMonitor(), verbose=0)


def test_after_an_error_in_fit_interrupts_are_as_usual(model: keras.Model) -> None:
    with pytest.raises(ZeroDivisionError):
        fit(model, At(2, fail), TrainingMonitor(), verbose=0)
    with pytest.raises(KeyboardInterrupt):
        interrupt()


def test_after_an_error_the_next_training_gives_the_handler_back(model: keras.Model) -> None:
    with pytest.raises(ZeroDivisionError):
        fit(model, At(2, fail), TrainingMonitor(), verbose=0)
    fit(model, TrainingMonitor(), verbose=0)


def test_an_interrupt_in_a_training_within_one_stops_both(model: keras.Model) -> None:
    inner = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    inner.compile("sgd", "mse")
    lengths: list[int] = []

    def train() -> None:
        history = fit(inner, At(1, interrupt), TrainingMonitor(), epochs=9, verbose=0)
        lengths.append(len(history.history["loss"]))

    history = fit(model, At(2, train), TrainingMonitor(), epochs=9, verbose=0)
    assert lengths == [1] and len(history.history["loss"]) == 1


def test_a_handler_of_somebody_else_is_called_by_the_second(model: keras.Model) -> None:
    calls: list[int] = []
    former = signal.signal(signal.SIGINT, lambda number, frame: calls.append(number))
    try:
        fit(model, At(0, interrupt_twice), TrainingMonitor(), verbose=0)
    finally:
        signal.signal(signal.SIGINT, former)
    assert calls == [signal.SIGINT]


def test_training_in_a_thread_ends_without_touching_interrupts(model: keras.Model) -> None:
    monitor = TrainingMonitor()
    thread = threading.Thread(target=fit, args=(model, monitor), kwargs={"verbose": 0})
    thread.start()
    thread.join()
    assert "Training is over, after epoch 1 of 1." in monitor._repr_mimebundle_()["text/plain"]


@pytest.mark.parametrize("verbose, bars", [(0, 1), (1, 1), (2, 0)])
def test_a_terminal_has_one_progress_bar(
    model: keras.Model, capsys: pytest.CaptureFixture[str], verbose: int, bars: int
) -> None:
    fit(model, TrainingMonitor(), TrainingMonitor(), verbose=verbose, epochs=2)
    out = capsys.readouterr().out
    assert out.count("Epoch 2/2") == 1
    assert out.count("1/6") == 2 * bars  # of each epoch, after its first batch


def test_each_training_has_curves_of_its_own(model: keras.Model) -> None:
    monitor = TrainingMonitor("mae")
    fit(model, monitor, epochs=2, verbose=0)
    fit(model, monitor, epochs=7, initial_epoch=5, validation_freq=2, verbose=0)
    words = monitor._repr_mimebundle_()["text/plain"]
    assert words.startswith("Training is over, after epoch 7 of 7.") and "loss" not in words
    assert "no training" not in copy.deepcopy(monitor)._repr_mimebundle_()["text/plain"]
    assert copy.deepcopy(monitor).metrics == ("mae",)


@pytest.mark.filterwarnings("ignore:Your input ran out of data")
@pytest.mark.parametrize("stops", [False, True])
def test_batches_that_nobody_has_counted(model: keras.Model, stops: bool) -> None:
    whole = tf.data.Dataset.from_tensor_slices((INPUTS, TARGETS)).batch(4)
    unknown, monitor = whole.filter(lambda x, y: True), TrainingMonitor()
    action = At(3, interrupt if stops else lambda: None)
    model.fit(unknown, epochs=2, callbacks=[action, monitor], verbose=0, shuffle=False)
    words = monitor._repr_mimebundle_()["text/plain"]
    assert words.startswith(
        "You stopped training in epoch 1 of 2, after batch 4."
        if stops
        else "Training is over, after epoch 2 of 2."
    )


def test_validation_at_some_epochs(model: keras.Model) -> None:
    monitor, data = TrainingMonitor(), (INPUTS, TARGETS)
    fit(model, monitor, epochs=5, verbose=0, validation_data=data, validation_freq=2)
    picture = ElementTree.fromstring(monitor._repr_mimebundle_()["image/svg+xml"])
    circles = [one for one in picture.iter() if one.tag.endswith("circle")]
    assert len(circles) == 2 * 5 + 1  # two quantities, and the legend


def test_a_loop_of_ones_own_may_call_the_hooks() -> None:
    monitor = TrainingMonitor()
    monitor.on_train_begin()
    for epoch in range(2):
        monitor.on_epoch_begin(epoch)
        monitor.on_train_batch_end(0, {"loss": 1.0})
        monitor.on_epoch_end(epoch, None)
    interrupt()
    monitor.on_train_batch_end(1, None)
    monitor.on_train_end()
    assert "You stopped training" in monitor._repr_mimebundle_()["text/plain"]


def test_a_monitor_is_a_sentence_before_it_has_seen_a_training() -> None:
    assert "callbacks=[monitor]" in TrainingMonitor()._repr_mimebundle_()["text/plain"]
