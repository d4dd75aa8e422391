"""A session: that its thread obeys at once, shows what it does, and ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import keras
import numpy as np
import pytest

from tfcourse_utils.playground import DataState, NetworkState, Own, State, Trainer, TrainingState
from tfcourse_utils.widgets.playground.session import Seen, Session

STATE = State(
    DataState("xor", samples=60, seed=3), NetworkState(hidden=(3,)), TrainingState(batch_size=8)
)
LONGEST = 60.0  # seconds until something happens on a busy machine


class Watcher:
    """Keeps what a session shows, and waits for what should come."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self._came = threading.Condition()

    def __call__(self, seen: Seen) -> None:
        with self._came:
            self.seen.append(seen)
            self._came.notify_all()

    def wait(self, for_what: Callable[[Seen], bool]) -> Seen:
        """Return the first that is so, of those that come from now on and the last before."""
        start = max(len(self.seen) - 1, 0)
        with self._came:
            came = self._came.wait_for(lambda: any(map(for_what, self.seen[start:])), LONGEST)
            assert came, "nothing of the kind was shown"
            return next(seen for seen in self.seen[start:] if for_what(seen))


@pytest.fixture
def watcher() -> Watcher:
    return Watcher()


@pytest.fixture
def session(watcher: Watcher) -> Iterator[Session]:
    made = Session(STATE, None, watcher)
    yield made
    made.close()


def test_it_plays_until_it_is_paused(session: Session, watcher: Watcher) -> None:
    session.play()
    watcher.wait(lambda seen: seen.frame.epoch >= 3 and seen.is_playing)
    session.pause()
    last = watcher.wait(lambda seen: not seen.is_playing)
    session.step()
    after = watcher.wait(lambda seen: seen is not last and not seen.is_playing)
    steps = (after.frame.epoch - last.frame.epoch) * 3 + after.frame.batch - last.frame.batch
    assert steps == 1


def test_it_trains_as_a_trainer_alone_does(session: Session, watcher: Watcher) -> None:
    session.play()
    seen = watcher.wait(lambda seen: seen.frame.epoch >= 5 and seen.frame.batch == 0)
    trainer = Trainer(STATE)
    trainer.train(seen.frame.epoch)
    for mine, theirs in zip(seen.weights, trainer.weights, strict=True):
        np.testing.assert_allclose(mine.values, theirs.values, rtol=1e-5, atol=1e-6)


def test_what_may_change_on_the_way_does_and_training_goes_on(
    session: Session, watcher: Watcher
) -> None:
    session.play()
    before = watcher.wait(lambda seen: seen.frame.epoch > 1)
    faster = replace(STATE, training=replace(STATE.training, learning_rate=0.3))
    session.change(faster)
    after = watcher.wait(lambda seen: seen.state == faster)
    assert after.is_playing and after.frame.epoch >= before.frame.epoch


def test_a_new_network_waits_at_the_start(session: Session, watcher: Watcher) -> None:
    session.play()
    watcher.wait(lambda seen: seen.frame.epoch > 1)
    other = replace(STATE, network=NetworkState(hidden=(5, 2)))
    session.change(other)
    seen = watcher.wait(lambda seen: seen.state == other)
    assert (seen.is_playing, seen.frame.epoch) == (False, 0)
    assert [len(layer) for layer in seen.neurons] == [5, 2]


def test_play_pressed_after_a_change_is_kept(session: Session, watcher: Watcher) -> None:
    session.change(replace(STATE, network=NetworkState(hidden=(5,))))
    session.play()
    seen = watcher.wait(lambda seen: seen.frame.epoch > 0)
    assert seen.is_playing and seen.state.network.hidden == (5,)


def test_a_change_that_does_not_fit_is_refused_and_training_goes_on(watcher: Watcher) -> None:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid")])
    session = Session(STATE, Own(model=model), watcher)
    session.change(replace(STATE, network=NetworkState(features=("x",))))
    seen = watcher.wait(lambda seen: seen.refused is not None)
    assert seen.refused is not None and "can't be called with" in seen.refused
    assert seen.state == STATE
    session.play()
    watcher.wait(lambda seen: seen.frame.epoch > 0)
    session.close()


def test_reset_goes_back(session: Session, watcher: Watcher) -> None:
    session.play()
    watcher.wait(lambda seen: seen.frame.epoch > 1)
    session.reset()
    seen = watcher.wait(lambda seen: not seen.is_playing)
    np.testing.assert_array_equal(seen.frame.outputs, session.first.frame.outputs)
    assert len(seen.history) == 1


def test_a_loss_that_explodes_stops_it_and_the_history_stays(watcher: Watcher) -> None:
    plane = replace(STATE, data=DataState("plane", samples=60))
    wild = replace(plane, training=TrainingState(learning_rate=100.0))
    wild = replace(wild, network=NetworkState(hidden=(8,), activation="relu"))
    session = Session(wild, None, watcher)
    session.play()
    seen = watcher.wait(lambda seen: seen.frame.reason is not None)
    assert not seen.is_playing and not session.is_playing
    assert seen.frame.reason is not None and "Training stopped" in seen.frame.reason
    assert seen.history
    session.close()


def test_a_long_epoch_is_left_in_its_middle(watcher: Watcher) -> None:
    long = State(DataState(samples=5000, train_share=1.0), training=TrainingState(batch_size=1))
    session = Session(long, None, watcher)
    session.play()
    watcher.wait(lambda seen: seen.frame.batch > 0)
    session.pause()
    assert watcher.wait(lambda seen: not seen.is_playing).frame.epoch == 0
    session.close()


def test_two_at_once_end_alone(session: Session, watcher: Watcher) -> None:
    other = Session(STATE, None, Watcher())
    session.play()
    other.play()
    other.close()
    assert not other.is_alive and session.is_alive
    epoch = watcher.wait(lambda seen: seen.is_playing).frame.epoch
    watcher.wait(lambda seen: seen.frame.epoch > epoch)
    session.close()
    session.close()
    assert not any(thread.name == "playground" for thread in threading.enumerate())
