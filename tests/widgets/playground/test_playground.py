"""The playground as a widget: its controls, its picture without a front end, and its end."""

from __future__ import annotations

import base64
import io
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from xml.etree import ElementTree

import ipywidgets as w
import keras
import matplotlib.image
import numpy as np
import pytest

from tfcourse_utils.playground import CONTROLS, DataState, NetworkState, State
from tfcourse_utils.playground.presets import names
from tfcourse_utils.widgets import Playground
from tfcourse_utils.widgets.playground import flow
from tfcourse_utils.widgets.playground.controls import MAKERS, changed, field, make
from tfcourse_utils.widgets.playground.encoding import encode

STATE = State(DataState("xor", samples=60), NetworkState(hidden=(3,)))


@pytest.fixture
def open_playground() -> Iterator[Callable[..., Playground]]:
    opened: list[Playground] = []

    def opener(*args: object, **kwargs: object) -> Playground:
        opened.append(Playground(*args, **kwargs))  # type: ignore[arg-type]
        return opened[-1]

    yield opener
    for each in opened:
        each.close()


def labels(playground: Playground) -> set[str]:
    """Return what the controls are called."""
    return {getattr(each, "description", "") for each in walked(playground)}


def walked(playground: Playground) -> Iterator[w.Widget]:
    """Yield every widget in a playground."""
    rest = list(playground.children)
    while rest:
        each = rest.pop()
        rest += getattr(each, "children", ())
        yield each


@pytest.mark.parametrize("path", MAKERS)
def test_a_control_says_what_the_state_says(path: str) -> None:
    control = make(path, STATE)
    value = control.value()
    assert value == field(STATE, path)
    assert changed(STATE, path, value) == STATE


def test_another_task_gets_a_loss_that_it_has() -> None:
    plain = changed(STATE, "training.loss", "cross-entropy")
    assert changed(plain, "data.kind", "plane").training.loss == "usual"


@pytest.mark.parametrize("name", names())
def test_what_a_preset_hides_is_not_there(
    name: str, open_playground: Callable[..., Playground]
) -> None:
    playground = open_playground(preset=name)
    hidden = [path for path in playground.state.hidden if path in MAKERS]
    called = {getattr(make(path, playground.state).inputs[0], "description", "") for path in hidden}
    assert not (called - {""}) & labels(playground)
    assert "Play" in labels(playground)


def test_actions_can_be_hidden(open_playground: Callable[..., Playground]) -> None:
    found = labels(open_playground(State(hidden=("play", "step", "reset", "data.seed"))))
    assert not found & {"Play", "Step", "Reset", "New sample"}


def test_what_cannot_be_is_said_and_nothing_changes(
    open_playground: Callable[..., Playground],
) -> None:
    playground = open_playground(STATE)
    box = _named(playground, "Hidden layers")
    box.value = "3, <b>"
    assert playground.state == STATE
    assert 'role="alert"' in playground._message.value and "<b>" not in playground._message.value
    box.value = "5 2"
    assert playground.state.network.hidden == (5, 2) and playground._message.value == ""


def _named(playground: Playground, name: str) -> w.Widget:
    return next(each for each in walked(playground) if getattr(each, "description", "") == name)


def test_the_learners_own_parts_are_trained(open_playground: Callable[..., Playground]) -> None:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid")])
    x, y = np.array([[0.0, 1.0], [2.0, 3.0], [1.0, 1.0]]), [0, 1, 1]
    playground = open_playground(model=model, data=(x, y))
    assert playground.state.data.points[1] == (2.0, 3.0, 1.0)
    with pytest.raises(ValueError, match="the model should give outputs"):
        Playground(model=keras.Sequential([keras.Input((2,)), keras.layers.Dense(4)]))


@pytest.mark.parametrize("kind", ["xor", "three clouds", "hills"])
def test_there_is_a_picture_without_a_front_end(
    kind: str, open_playground: Callable[..., Playground]
) -> None:
    data = open_playground(State(DataState(kind, samples=60)))._repr_mimebundle_()
    svg = ElementTree.fromstring(data["image/svg+xml"])
    assert svg.attrib["aria-label"] == data["text/plain"]
    source = re.search(r"base64,([^\"]+)", data["image/svg+xml"])
    assert source is not None
    pixels = matplotlib.image.imread(io.BytesIO(base64.b64decode(source[1])), format="png")
    assert pixels.shape[:2] == (100, 100)


def test_another_sample_can_always_be_drawn(open_playground: Callable[..., Playground]) -> None:
    playground = open_playground(State(DataState(samples=60, seed=2**32 - 1)))
    _named(playground, "New sample").click()
    assert playground.state.data.seed == 0 and playground._message.value == ""


def test_closing_leaves_nothing_behind(open_playground: Callable[..., Playground]) -> None:
    playground = open_playground(STATE)
    playground._session.play()
    playground.close()
    assert not any(thread.name == "playground" for thread in threading.enumerate())
    assert playground._canvas.comm is None


def test_training_waits_once_the_last_view_is_gone(
    open_playground: Callable[..., Playground],
) -> None:
    playground = open_playground(STATE)
    canvas, session = playground._canvas, playground._session
    canvas._hear(canvas, "hello", [])
    canvas._hear(canvas, "hello", [])
    session.play()
    canvas._hear(canvas, "gone", [])
    assert session.is_playing
    canvas._hear(canvas, "gone", [])
    assert not session.is_playing


def test_a_state_can_be_set_and_the_controls_follow(
    open_playground: Callable[..., Playground],
) -> None:
    playground = open_playground(STATE)
    plain = replace(STATE.training, loss="huber", learning_rate=0.07)
    network = NetworkState(("xy",), (5, 2))
    other = State(DataState("hills", samples=80), network, plain)
    playground.state = other
    assert playground.state is other
    assert _named(playground, "Data set").value == "hills"
    assert _named(playground, "Hidden layers").value == "5, 2"
    assert _named(playground, "Learning rate").value == 0.07
    assert "huber" in dict(_named(playground, "Loss").options)
    assert _named(playground, "xy").value and not _named(playground, "x").value
    with pytest.raises(ValueError, match="should be a State, but is str"):
        playground.state = "hills"  # type: ignore[assignment]


def test_a_state_that_hides_something_else_shows_other_controls(
    open_playground: Callable[..., Playground],
) -> None:
    playground = open_playground(STATE)
    old = _named(playground, "Noise")
    playground.state = replace(STATE, hidden=("data.noise", "step", "scrub"))
    assert not labels(playground) & {"Noise", "Step", "Look back"}
    assert old.comm is None and _named(playground, "Points").comm is not None
    playground.state = STATE
    assert {"Noise", "Step", "Look back"} <= labels(playground)


def test_everything_can_be_hidden(open_playground: Callable[..., Playground]) -> None:
    playground = open_playground(STATE)
    everything = labels(playground)
    for path in CONTROLS:
        playground.state = replace(STATE, hidden=(path,))
        has_control = path in MAKERS or path in ("play", "step", "reset", "scrub")
        assert (labels(playground) < everything) == has_control, path


def test_another_problem_brings_its_data_and_losses(
    open_playground: Callable[..., Playground],
) -> None:
    playground = open_playground(changed(STATE, "training.loss", "cross-entropy"))
    radio = next(each for each in walked(playground) if isinstance(each, w.RadioButtons))
    radio.value = True
    assert (playground.state.data.kind, playground.state.training.loss) == ("plane", "usual")
    assert dict(_named(playground, "Data set").options).keys() == {"plane", "hills"}
    assert "cross-entropy" not in dict(_named(playground, "Loss").options)
    radio.value = False
    assert playground.state.data.kind == "rings"


def test_a_refused_change_goes_back_to_what_holds(
    open_playground: Callable[..., Playground],
) -> None:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid")])
    playground = open_playground(STATE, model=model)
    box = _named(playground, "xy")
    came = threading.Event()
    box.observe(lambda change: change["new"] or came.set(), "value")
    box.value = True
    assert came.wait(60.0)
    playground._session.close()
    assert playground.state == STATE and playground.seen.refused is not None


def test_the_last_feature_stays(open_playground: Callable[..., Playground]) -> None:
    playground = open_playground(State(network=NetworkState(("x",))))
    box = _named(playground, "x")
    box.value = False
    assert box.value and "one feature or more" in playground._message.value


def test_layers_come_and_go_by_buttons(open_playground: Callable[..., Playground]) -> None:
    playground = open_playground(State(network=NetworkState(hidden=(4, 2))))
    more, less = (_named(playground, name) for name in ("Add layer", "Remove layer"))
    more.click()
    assert playground.state.network.hidden == (4, 2, 2)
    for _ in range(3):
        less.click()
    assert playground.state.network.hidden == () and less.disabled
    more.click()
    assert playground.state.network.hidden == (4,)
    playground.state = State(network=NetworkState(hidden=(1,) * 8))
    assert more.disabled


def test_data_and_model_are_handed_back(open_playground: Callable[..., Playground]) -> None:
    x, y = open_playground(State(DataState("three clouds", samples=60))).data
    assert (x.shape, y.shape, y.dtype) == ((60, 2), (60,), np.int32)
    assert set(y) == {0, 1, 2}
    playground = open_playground(State(DataState("plane", samples=60, train_share=1.0)))
    x, y = playground.data
    assert y.dtype == np.float32 and np.abs(y).max() <= 1.0
    outputs = playground.model(np.zeros((4, 2), np.float32))
    assert outputs.shape == (4, 1)


def test_points_drawn_in_the_picture_are_data(open_playground: Callable[..., Playground]) -> None:
    playground = open_playground(STATE)
    playground._hear({"points": [[1, 2, 0], [-1.5, 0, 1], [3, 3, 2]]})
    data = playground.state.data
    assert data.points == ((1, 2, 0), (-1.5, 0, 1), (3, 3, 2))
    assert (data.kind, data.samples, data.task) == ("own classes", 60, "several classes")
    _named(playground, "Data set").value = "rings"
    assert playground.state.data.points == data.points
    _named(playground, "Data set").value = "own classes"
    playground._hear({"points": []})
    assert playground.state.data.points == ()


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ({"points": [[9, 0, 0]]}, "between -6 and 6"),
        ({"points": [[1, 0, 0.5]]}, "whole number"),
        ({"points": [[float("nan"), 0, 0]]}, "finite"),
        ({"points": [[0, 0, 0]] * 5001}, "up to 5000"),
    ],
)
def test_points_that_cannot_be_are_refused(
    message: dict, says: str, open_playground: Callable[..., Playground]
) -> None:
    playground = open_playground(STATE)
    playground._hear(message)
    assert playground.state == STATE and says in playground._message.value


def test_a_page_that_is_lost_pauses_training_and_says_so(
    open_playground: Callable[..., Playground], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "PATIENCE", 0.0)
    playground = open_playground(STATE)
    canvas = playground._canvas
    canvas._hear(canvas, "hello", [])
    came = threading.Event()
    playground._message.observe(lambda _: came.set(), "value")
    playground._session.play()
    assert came.wait(60.0) and "Training paused" in playground._message.value
    assert not playground._session.is_playing


def test_the_slider_looks_back(open_playground: Callable[..., Playground]) -> None:
    playground = open_playground(STATE)
    slider = _named(playground, "Look back")
    assert slider.disabled
    came = threading.Event()
    slider.observe(lambda _: came.set(), "disabled")
    playground._session.step()
    assert came.wait(60.0)
    back, looked = _named(playground, "Back to the present"), threading.Event()
    back.observe(lambda _: looked.set(), "disabled")
    slider.value = 0
    assert looked.wait(60.0)
    assert playground.seen.looking == 0 and playground.seen.frame.batch == 0
    looked.clear()
    back.click()
    assert looked.wait(60.0)
    playground._session.close()
    assert playground.seen.looking is None and slider.value == slider.max == 1


def test_what_is_restored_begins_anew(open_playground: Callable[..., Playground]) -> None:
    playground, batches = open_playground(STATE), []

    def ask() -> None:
        answered = threading.Event()
        playground.ask(lambda trainer: batches.append(trainer.batch), lambda _: answered.set())
        assert answered.wait(60.0)

    playground._session.step()
    ask()
    playground.restore(STATE)
    ask()
    assert batches == [1, 0]


def test_the_learners_metric_and_callback_take_part(
    open_playground: Callable[..., Playground],
) -> None:
    class Stop(keras.callbacks.Callback):
        def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
            self.model.stop_training = epoch >= 2

    playground = open_playground(STATE, metric="accuracy", callback=Stop())
    stopped = threading.Event()
    playground._canvas.observe(
        lambda change: "callback stopped" in change["new"] and stopped.set(), "words"
    )
    playground._session.play()
    assert stopped.wait(60.0)
    assert playground.seen.frame.epoch == 3 and not playground.seen.is_playing
    content, _ = encode(1, playground.seen)
    assert "· binary_accuracy 0." in content["progress"]


def test_controls_are_those_of_the_learners_parts(
    open_playground: Callable[..., Playground],
) -> None:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "sigmoid")])
    playground = open_playground(model=model, loss="mse", optimizer=keras.optimizers.SGD(0.2))
    assert not labels(playground) & {"Hidden layers", "Activation", "Loss", "Optimizer"}
    assert _named(playground, "Learning rate").value == 0.2
    schedule = keras.optimizers.schedules.CosineDecay(0.1, 50)
    playground = open_playground(optimizer=keras.optimizers.SGD(schedule))
    assert "Learning rate" not in labels(playground)
    playground = open_playground(optimizer=keras.optimizers.SGD)
    assert _named(playground, "Learning rate").value == State().training.learning_rate
