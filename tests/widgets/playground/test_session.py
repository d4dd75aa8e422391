"""A session: that its thread obeys at once, shows what it does, and ends."""

from __future__ import annotations

import queue
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


def test_questions_are_answered_while_it_trains_and_nothing_is_shown(
    session: Session, watcher: Watcher
) -> None:
    answers: queue.Queue[tuple[str, int]] = queue.Queue()

    def ask(left: int) -> None:
        session.ask(
            lambda trainer: (threading.current_thread().name, trainer.epoch),
            lambda answer: (answers.put(answer), ask(left - 1) if left else None)[0],
        )

    ask(0)
    assert answers.get(timeout=LONGEST) == ("playground", 0)
    assert watcher.seen == []
    session.play()
    ask(50)  # each as soon as the one before is answered: training must go on between them
    epochs = [answers.get(timeout=LONGEST)[1] for _ in range(51)]
    assert epochs[-1] > 0 and epochs == sorted(epochs)


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


def alive(name: str = "playground") -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == name]


def test_there_is_a_thread_only_while_there_is_something_to_do(
    session: Session, watcher: Watcher
) -> None:
    for _ in range(2):
        session.play()
        watcher.wait(lambda seen: seen.is_playing and seen.frame.epoch > 1)
        assert session.is_alive
        session.pause()
        watcher.wait(lambda seen: not seen.is_playing)
        for thread in alive():
            thread.join(LONGEST)
        assert not session.is_alive and not alive()


def test_a_closed_session_does_nothing_any_more(session: Session, watcher: Watcher) -> None:
    session.close()
    session.play()
    session.step()
    assert not session.is_alive and watcher.seen == []


def trained(session: Session, watcher: Watcher, epochs: int = 3) -> Seen:
    """Play some epochs; return what is to be seen in the end."""
    session.play()
    watcher.wait(lambda seen: seen.frame.epoch >= epochs and seen.is_playing)
    session.pause()
    return watcher.wait(lambda seen: not seen.is_playing)


def test_looking_back_shows_what_was_and_training_stays(session: Session, watcher: Watcher) -> None:
    now = trained(session, watcher)
    session.look(0)
    then = watcher.wait(lambda seen: seen.looking == 0)
    np.testing.assert_array_equal(then.frame.outputs, session.first.frame.outputs)
    np.testing.assert_array_equal(then.weights[0].values, session.first.weights[0].values)
    np.testing.assert_array_equal(then.neurons[0], session.first.neurons[0])
    assert then.history == now.history and then.rows == now.rows
    session.look(None)
    again = watcher.wait(lambda seen: seen.looking is None)
    np.testing.assert_array_equal(again.frame.outputs, now.frame.outputs)


@pytest.mark.parametrize("place", [10_000, -1])
def test_a_moment_that_is_not_there_is_the_present(
    place: int, session: Session, watcher: Watcher
) -> None:
    now = trained(session, watcher)
    session.look(place)
    seen = watcher.wait(lambda seen: seen is not now)
    assert seen.looking is None and seen.frame.epoch == now.frame.epoch


def test_the_present_comes_after_all_there_is_to_look_back_at(
    session: Session, watcher: Watcher
) -> None:
    assert session.first.rows == 0
    session.step()
    seen = watcher.wait(lambda seen: seen.frame.batch == 1)
    assert seen.rows == 1
    session.step()
    session.step()
    seen = watcher.wait(lambda seen: seen.frame.epoch == 1)
    assert seen.rows == 1  # the end of the epoch is the present
    session.set_weight(0, (0, 0), 3.0)
    seen = watcher.wait(lambda seen: seen.weights[0].values[0, 0] == 3.0)
    assert seen.rows == 2


@pytest.mark.parametrize("act", [Session.play, Session.step, Session.reset])
def test_training_leaves_the_past(
    act: Callable[[Session], None], session: Session, watcher: Watcher
) -> None:
    trained(session, watcher)
    session.look(1)
    watcher.wait(lambda seen: seen.looking == 1)
    act(session)
    watcher.wait(lambda seen: seen.looking is None)


def test_what_is_shown_may_change_in_the_past(session: Session, watcher: Watcher) -> None:
    trained(session, watcher)
    session.look(1)
    plain = replace(STATE, shown=replace(STATE.shown, discretized=True))
    session.change(plain)
    assert watcher.wait(lambda seen: seen.state == plain).looking == 1


def test_looking_back_stops_training(session: Session, watcher: Watcher) -> None:
    session.play()
    watcher.wait(lambda seen: seen.frame.epoch > 2)
    session.look(1)
    seen = watcher.wait(lambda seen: seen.looking == 1)
    assert not seen.is_playing and seen.frame.epoch == 1


def test_going_on_from_the_past_forgets_what_came_after(session: Session, watcher: Watcher) -> None:
    trained(session, watcher)
    session.look(2)
    session.go_on()
    seen = watcher.wait(lambda seen: seen.rows == 2)
    assert seen.looking is None and seen.frame.epoch == 2 and len(seen.history) == 3


def test_a_weight_set_by_hand_is_shown_and_a_wrong_one_refused(
    session: Session, watcher: Watcher
) -> None:
    session.set_weight(0, (1, 2), -2.5)
    seen = watcher.wait(lambda seen: seen.weights[0].values[1, 2] == -2.5)
    assert seen.refused is None
    session.set_weight(0, (5, 5), 1.0)
    seen = watcher.wait(lambda seen: seen.refused is not None)
    assert seen.refused is not None and "no number at (5, 5)" in seen.refused
    session.step()
    watcher.wait(lambda seen: seen.refused is None)


def test_the_past_stays_as_it_was(session: Session, watcher: Watcher) -> None:
    trained(session, watcher)
    session.look(0)
    session.set_weight(0, (0, 0), 5.0)
    seen = watcher.wait(lambda seen: seen.refused is not None)
    assert seen.refused is not None and "only in the present" in seen.refused
    assert seen.looking == 0 and seen.weights[0].values[0, 0] != 5.0
