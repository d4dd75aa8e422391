"""Panels that explain: mistakes, the next step, the linear model, the landscape."""

from __future__ import annotations

import queue
import re
from dataclasses import replace
from xml.etree import ElementTree

import keras
import numpy as np
import pytest

from tests.widgets.playground.panels.conftest import LONGEST, Opener, Waiter
from tfcourse_utils.playground import (
    Camera,
    DataState,
    LandscapeView,
    NetworkState,
    Shown,
    State,
    Trainer,
    TrainingState,
    without_hidden_layers,
)
from tfcourse_utils.widgets.playground.panels import confusion, landscape, next_step, square
from tfcourse_utils.widgets.playground.panels.compare import LinearTwin

STATE = State(
    DataState("xor", samples=60), NetworkState(hidden=(3,)), TrainingState("Adam", 0.03, 7)
)
KINDS = ("xor", "three clouds", "hills")
SVG = "{http://www.w3.org/2000/svg}"


def of_kind(kind: str) -> State:
    return replace(STATE, data=replace(STATE.data, kind=kind))


def test_a_table_has_true_classes_by_row_and_says_so_in_words() -> None:
    counts = np.array([[8, 2], [0, 5]])
    rows = ElementTree.fromstring(confusion.table("test", counts)).findall("./tbody/tr")
    cells = [[cell.text for cell in row.findall("td")] for row in rows]
    assert cells == [["8", "2"], ["0", "5"]]
    assert confusion.sentence("test", counts) == (
        "13 of 15 test points are right; most often class 0 is taken for class 1: 2 points."
    )
    assert confusion.sentence("training", np.diag([3, 4])) == "7 of 7 training points are right."


def test_errors_of_values_are_means_and_the_largest() -> None:
    targets, outputs = np.array([[0.0], [1.0], [-1.0]]), np.array([[0.5], [1.0], [0.0]])
    found = confusion.errors(targets, outputs)
    assert found == (3, 0.5, pytest.approx(np.sqrt(1.25 / 3)), 1.0)
    html, words = confusion.errors_table({"training": found})
    assert (
        "0.645" in html and words == "On average the network is off by 0.5 on the training points."
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_panel_of_mistakes_follows(kind: str, open_playground: Opener, wait: Waiter) -> None:
    playground = open_playground(replace(of_kind(kind), shown=Shown(confusion=True)))
    text = playground._shelf._open["shown.confusion"]._text
    said = "On average the network" if kind == "hills" else "of 30 training points are right"
    before = wait(text, "value", lambda value: said in value)
    playground.state = replace(playground.state, data=DataState(kind, samples=100))
    assert "<caption>" in wait(text, "value", lambda value: said not in before or value != before)


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_is_drawn_with_its_batch_and_both_boundaries(kind: str) -> None:
    trainer = Trainer(of_kind(kind))
    trainer.train(5)
    effect = Camera(trainer, size=30).next_step()
    words = next_step.described(trainer.state, effect)
    svg = ElementTree.fromstring(next_step.drawn(trainer, effect, words))
    assert svg.attrib["aria-label"] == words
    assert "takes 7 points (ringed)" in words
    assert len(svg.findall(f"{SVG}g")) == 2, "light and dark"
    has_line = len(square.boundaries(trainer.state, effect.after.outputs)) > 0
    assert has_line or kind == "hills"
    assert sum("stroke-dasharray" in path.attrib.get("style", "") for path in svg) == has_line
    assert ("the dashed one" in words) is has_line
    paths = [path.attrib.get("d", "") for path in svg]
    (rings,) = [path for path in paths if "m-8 0a8" in path]
    x, y = (np.array(re.findall(r"M(\S+) ([\d.]+)m", rings), float) - (44, 8)).T
    found = np.stack([x / 400 * 12 - 6, 6 - y / 400 * 12], axis=1)
    batch = trainer.split.train.inputs[trainer.next_batch]
    np.testing.assert_allclose(np.sort(found, axis=0), np.sort(batch, axis=0), atol=0.01)
    (markers,) = [group for group in svg.findall(f"{SVG}g") if "light" in group.attrib["class"]]
    assert not any(path.attrib.get("fill") == "#ffffff" for path in markers), "a test point"
    moved = next_step.change(trainer.state, effect)
    differences = effect.after.outputs - effect.before.outputs
    np.testing.assert_allclose(np.abs(moved), np.abs(differences).max(axis=2))


def test_boundaries_lie_where_the_output_is_a_half() -> None:
    grid = np.linspace(0, 1, 25)[None, :, None].repeat(25, axis=0)
    (line,) = square.boundaries(STATE, grid)
    np.testing.assert_allclose(line[:, 0], 0, atol=1e-6)
    assert sorted(line[[0, -1], 1]) == [-6, 6]


def test_the_next_step_is_shown_as_training_goes_on_and_does_not_disturb_it(
    open_playground: Opener, wait: Waiter
) -> None:
    playground = open_playground(replace(STATE, shown=Shown(next_step=True)))
    text = playground._shelf._open["shown.next_step"]._text
    first = wait(text, "value", lambda value: "The next step takes 7 points" in value)
    playground.play()
    wait(text, "value", lambda value: value != first)
    playground.pause()
    answers: queue.Queue[tuple[int, int, np.ndarray]] = queue.Queue()
    playground.ask(
        lambda trainer: (trainer.epoch, trainer.batch, trainer.weights[0].values), answers.put
    )
    epoch, batch, weights = answers.get(timeout=LONGEST)
    alone = Trainer(STATE)
    alone.train(epoch)
    if batch:
        alone.advance(batch)
    np.testing.assert_allclose(weights, alone.weights[0].values, rtol=1e-4, atol=1e-5)


def follow(twin: LinearTwin, trainer: Trainer) -> None:
    for _ in range(1000):
        if twin.follow(trainer):
            return
    raise AssertionError("it is never there")


def test_the_linear_model_is_trained_as_far_as_the_network() -> None:
    trainer, twin = Trainer(STATE), LinearTwin()
    trainer.train(3)
    trainer.step()
    follow(twin, trainer)
    alone = Trainer(without_hidden_layers(STATE))
    alone.train(3)
    alone.step()
    np.testing.assert_allclose(twin.frame().outputs, Camera(alone).frame().outputs, atol=1e-5)
    trainer.reset()
    follow(twin, trainer)
    assert (twin.frame().epoch, twin.frame().batch) == (0, 0)
    trainer.train(1)
    other = Trainer(replace(STATE, data=replace(STATE.data, seed=5)))
    follow(twin, other)
    assert twin.frame().epoch == 0, "other points, so another model"


def test_both_are_shown_in_step(open_playground: Opener, wait: Waiter) -> None:
    playground = open_playground(replace(STATE, shown=Shown(linear_model=True)))
    text = playground._shelf._open["shown.linear_model"]._text
    wait(text, "value", lambda value: "The linear model, epoch 0" in value)
    playground.play()
    wait(text, "value", lambda value: "The linear model, epoch 0" not in value)
    playground.pause()

    def is_in_step(value: str) -> bool:
        epoch = playground.seen.frame.epoch
        return not playground.seen.is_playing and value.count(f", epoch {epoch:,}:") >= 4

    wait(text, "value", is_in_step)


@pytest.mark.parametrize("is_along", [True, False])
def test_a_landscape_is_drawn_with_the_way_that_was_gone(is_along: bool) -> None:
    trainer = Trainer(STATE)
    trainer.train(4)
    found = LandscapeView(trainer, 7).look(path=trainer.snapshots if is_along else [])
    words = landscape.described(found, trainer.epoch)
    svg = ElementTree.fromstring(landscape.drawn(found, words))
    assert svg.attrib["aria-label"] == words and "epoch 4" in words
    assert len(svg.findall(f".//{SVG}circle")) == is_along
    assert ("the way of training" in words) is is_along


def test_a_landscape_without_a_finite_loss_is_said() -> None:
    trainer = Trainer(STATE)
    found = LandscapeView(trainer, 3).look()
    found.losses[:] = np.nan
    assert "no finite number" in landscape.described(found, trainer.epoch)
    ElementTree.fromstring(landscape.drawn(found, "nothing"))
    found.losses[:] = 1.0
    assert len(landscape.heights(found.losses)[1]) == 0
    ElementTree.fromstring(landscape.drawn(found, "flat"))


class Refusing(keras.layers.Dense):
    """A layer that can be called no more once it is told so."""

    refuses = False

    def call(self, inputs: object, training: bool = False) -> object:
        if Refusing.refuses:
            raise RuntimeError("no more")
        return super().call(inputs, training)


def test_what_a_learners_layer_raises_is_said_and_training_goes_on(
    open_playground: Opener, wait: Waiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    playground = open_playground(STATE, layer=Refusing)
    playground.play()
    wait(playground._canvas, "words", lambda words: "Before training" not in words)
    playground.pause()
    monkeypatch.setattr(Refusing, "refuses", True)
    playground._shelf._boxes["shown.landscape"].value = True
    text = playground._shelf._open["shown.landscape"]._text
    wait(text, "value", lambda value: "RuntimeError: " in value and "no more" in value)
    epoch = playground.seen.frame.epoch
    playground.play()
    wait(playground._canvas, "words", lambda _: playground.seen.frame.epoch > epoch)


def test_panels_look_back_with_the_playground(open_playground: Opener, wait: Waiter) -> None:
    shown = Shown(confusion=True, next_step=True, landscape=True, linear_model=True)
    playground = open_playground(replace(of_kind("hills"), shown=shown))
    panels = playground._shelf._open
    texts = {name: panel._text for name, panel in panels.items()}
    first = wait(texts["shown.confusion"], "value", lambda value: "On average" in value)
    playground.play()
    wait(playground._canvas, "words", lambda words: int(re.findall(r"\d+", words)[0]) > 9)
    playground.pause()
    wait(texts["shown.confusion"], "value", lambda value: value != first)
    playground._session.look(0)
    wait(texts["shown.confusion"], "value", lambda value: value == first)
    wait(texts["shown.landscape"], "value", lambda value: "are seen (epoch 0)" in value)
    wait(texts["shown.linear_model"], "value", lambda value: value.count(", epoch 0:") >= 4)
    wait(texts["shown.next_step"], "value", lambda value: "Of the present, not" in value)


def test_the_landscape_is_looked_at_when_training_waits(
    open_playground: Opener, wait: Waiter
) -> None:
    playground = open_playground(replace(STATE, shown=Shown(landscape=True)))
    panel = playground._shelf._open["shown.landscape"]
    wait(panel._text, "value", lambda value: "epoch 0" in value)
    playground.play()
    wait(playground._canvas, "words", lambda words: int(re.findall(r"\d+", words)[0]) > 9)
    playground.pause()
    wait(panel._text, "value", lambda value: "the way of training" in value)
    panel._plane.value = landscape.RANDOM
    wait(panel._text, "value", lambda value: "one random direction" in value)


def test_where_there_are_no_points_each_panel_says_so(
    open_playground: Opener, wait: Waiter
) -> None:
    shown = Shown(confusion=True, next_step=True, landscape=True, linear_model=True)
    playground = open_playground(State(DataState("own classes"), shown=shown))
    for control, said in [
        ("shown.confusion", "no points to count"),
        ("shown.next_step", "no points to train on"),
        ("shown.landscape", "no points to train on"),
        ("shown.linear_model", "The linear model, epoch 0"),
    ]:
        wait(
            playground._shelf._open[control]._text, "value", lambda value, said=said: said in value
        )
