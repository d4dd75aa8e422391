"""Lessons: a prediction before anything is seen, drawn or picked, and what is said of it after."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

import numpy as np
import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.playground.panels.conftest import Opener, Waiter
from tests.widgets.playground.panels.test_handing_on import named
from tfcourse_utils.playground import Points
from tfcourse_utils.playground.presets import load, names
from tfcourse_utils.widgets import Playground
from tfcourse_utils.widgets.playground.panels import lessons
from tfcourse_utils.widgets.playground.panels.drawing import (
    agreement,
    cut,
    ended,
    regions,
    right,
)
from tfcourse_utils.widgets.playground.panels.lesson import verdict
from tfcourse_utils.widgets.playground.panels.pad import Pad

SIDES = Points(
    np.array([[-3, 0], [-2, 1], [3, 0], [2, 1]], np.float32),
    np.array([[0], [0], [1], [1]], np.float32),
)
UPRIGHT = np.array([[0.01, -3.0], [0.01, 3.0]])


def circle(radius: float, part: float = 0.97) -> np.ndarray:
    angles = np.linspace(0, 2 * np.pi * part, 60)
    return radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)


def test_a_line_goes_on_to_the_edge_and_parts_the_square() -> None:
    parts = cut([UPRIGHT])
    assert parts.max() == 2 and np.unique(parts[:, :49]).size == 1
    assert (parts == 0).sum() == 100, "a cell in each row"
    assert np.abs(ended(UPRIGHT)).max() > 6


def test_a_ring_that_is_nearly_closed_is_closed() -> None:
    assert cut([circle(3)]).max() == 2
    assert cut([circle(3, 0.7)]).max() == 3, "its ends go straight on, and cross outside"


def test_parts_are_of_the_class_of_their_points() -> None:
    drawn = regions([UPRIGHT], SIDES)
    assert drawn[50, 10] == 0 and drawn[50, 90] == 1 and drawn[50, 50] == -1
    assert right(drawn, SIDES) == 1.0
    three = regions([UPRIGHT, UPRIGHT + np.array([5, 0])], SIDES)
    assert three[50, 98] == 1, "no points there: as the nearest"


def test_agreement_is_the_share_of_the_square_without_the_stroke() -> None:
    drawn = regions([UPRIGHT], SIDES)
    outputs = np.zeros((100, 100, 1))
    outputs[:, 50:] = 1.0
    assert agreement(drawn, outputs) == 1.0
    assert agreement(drawn, 1 - outputs) == 0.0
    assert agreement(drawn, np.stack([1 - outputs[..., 0], outputs[..., 0]], axis=2)) == 1.0
    assert agreement(np.full((100, 100), -1), outputs) == 0.0


@given(
    st.lists(
        st.lists(st.tuples(*[st.floats(-6, 6)] * 2), min_size=2, max_size=6), min_size=1, max_size=3
    )
)
def test_whatever_is_drawn_every_cell_has_a_class_or_is_on_a_stroke(
    strokes: list[list[tuple[float, float]]],
) -> None:
    found = [np.array(stroke) for stroke in strokes]
    parts, drawn = cut(found, 40), regions(found, SIDES, 40)
    assert parts.min() >= 0 and ((drawn == -1) == (parts == 0)).all()
    across = np.diff(parts, axis=1)[(parts[:, 1:] > 0) & (parts[:, :-1] > 0)]
    assert (across == 0).all(), "neighbours are of one part"


@pytest.mark.parametrize(
    "sent", [[[[0, 7]]], [[1, 2, 3]], "x", [[["a", 1]]], [[[float("nan"), 0]]]]
)
def test_a_pad_takes_only_places_of_the_square(sent: object) -> None:
    pad = Pad(strokes=[[[0, 0], [1, 1]]])
    with pytest.raises(traitlets.TraitError, match="strokes should be"):
        pad.strokes = sent
    assert [line.tolist() for line in pad.lines] == [[[0, 0], [1, 1]]]
    pad.close()


def test_a_verdict_compares() -> None:
    assert verdict("two", "two") == "You expected: two. So it is."
    assert verdict("two", "three") == "You expected: two. It is: three."
    assert verdict("two", None) == "You expected: two."


def is_covered(playground: Playground) -> bool:
    shown = {each.layout.display for each in playground.children[1:]}
    assert len(shown) == 1
    return shown == {"none"}


def test_nothing_is_seen_before_an_answer_is_picked(open_playground: Opener, wait: Waiter) -> None:
    playground = open_playground(preset="steps_too_long")
    lesson = playground._lesson
    assert is_covered(playground)
    lesson._reveal.click()
    assert "Pick an answer first" in lesson._comment.value and is_covered(playground)
    lesson._answers.index = 0
    lesson._reveal.click()
    assert not is_covered(playground) and lesson._answers.disabled
    said = wait(lesson._comment, "value", lambda value: "You expected" in value)
    assert "it falls slowly. It is: it grows until training stops." in said
    assert "the lowest point" in said


def test_a_drawn_boundary_is_compared_with_the_networks(
    open_playground: Opener, wait: Waiter
) -> None:
    playground = open_playground(preset="line_for_two_clouds")
    lesson = playground._lesson
    lesson._reveal.click()
    assert "Draw a line first" in lesson._comment.value and is_covered(playground)
    lesson._pad.strokes = [[[-4, 4], [4, -4]]]
    lesson._reveal.click()
    said = unescape(wait(lesson._comment, "value", lambda value: "agree" in value))
    share = int(said.split("agree on ")[1].split("%")[0])
    assert share > 85 and "the network's 9" in said
    assert not lesson._pad.is_open and "<image" in lesson._pad.picture
    assert playground.seen.frame.epoch >= 30


@pytest.mark.parametrize("name", names())
def test_every_lesson_begins(name: str, open_playground: Opener) -> None:
    playground = open_playground()
    preset = load(name)
    playground.begin(preset)
    assert playground.state == preset.state
    assert is_covered(playground) is (preset.predict is not None)


def test_another_data_set_ends_the_waiting(open_playground: Opener, wait: Waiter) -> None:
    playground = open_playground(preset="too_few_points")
    playground._lesson._answers.index = 1
    playground._lesson._reveal.click()
    playground.begin(load("spiral"))
    assert not is_covered(playground) and playground._lesson._comment.value == ""


def test_an_instructors_folder_is_taken_in(open_playground: Opener, tmp_path: Path) -> None:
    playground = open_playground()
    playground._shelf._boxes["lessons"].value = True
    panel = playground._shelf._open["lessons"]
    count = len(panel._choice.options)
    for name in ("b", "a"):
        text = json.dumps({"title": f"Mine {name}", "prompt": "Why?"})
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
    panel._path.value = str(tmp_path)
    named(panel, "Take in").click()
    assert [title for title, _ in panel._choice.options[count:]] == ["Mine a", "Mine b"]
    named(panel, "Begin").click()
    assert "Mine a" in playground._lesson._words.html


@pytest.mark.parametrize(
    ("path", "said"),
    [("", "nothing to take in"), ("x.txt", "is no folder"), (".", "there is no file that ends")],
)
def test_what_cannot_be_taken_in_is_said(
    path: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=said):
        lessons.found(path)
