"""The playground as a widget: its controls, its picture without a front end, and its end."""

from __future__ import annotations

import base64
import io
import re
import threading
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

import ipywidgets as w
import keras
import matplotlib.image
import numpy as np
import pytest

from tfcourse_utils.playground import DataState, NetworkState, State
from tfcourse_utils.playground.presets import names
from tfcourse_utils.widgets import Playground
from tfcourse_utils.widgets.playground.controls import MAKERS, changed, make, value_of

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
    found, rest = set(), list(playground.children)
    while rest:
        each = rest.pop()
        rest += getattr(each, "children", ())
        found.add(getattr(each, "description", ""))
    return found


@pytest.mark.parametrize("path", MAKERS)
def test_a_control_says_what_the_state_says(path: str) -> None:
    control = make(path, STATE)
    part, name = path.split(".")
    value = value_of(path, control)
    assert value == getattr(getattr(STATE, part), name)
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
    called = {getattr(make(path, playground.state), "description", "") for path in hidden}
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
    rest = list(playground.children)
    while rest:
        each = rest.pop()
        rest += getattr(each, "children", ())
        if getattr(each, "description", "") == name:
            return each
    raise AssertionError(f"there is no {name}")


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
