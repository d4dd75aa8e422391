"""The picture without a front end: what is where, and that colour is not all."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from tfcourse_utils.playground import DataState, NetworkState, Shown, State
from tfcourse_utils.widgets.playground.still import SHAPES, still

from .test_encoding import seen_of

PATH = "{http://www.w3.org/2000/svg}path"


def marks(state: State) -> list[dict[str, str]]:
    """Return the attributes of the elements that show points."""
    tree = ElementTree.fromstring(still(seen_of(state), "words"))
    return [path.attrib for path in tree.iter(PATH)]


def shape(mark: dict[str, str]) -> str:
    return re.sub(r"M[\d.]+ [\d.]+", "", mark["d"].split("z")[0]) + "z"


@pytest.mark.parametrize(("kind", "count"), [("rings", 2), ("three clouds", 3)])
def test_each_class_has_a_shape_of_its_own(kind: str, count: int) -> None:
    found = marks(State(DataState(kind, samples=60), NetworkState(hidden=(2,))))
    assert [shape(mark) for mark in found] == list(SHAPES[:count])
    assert sum(mark["d"].count("M") for mark in found) == 30


def test_values_point_up_and_down() -> None:
    found = {shape(mark) for mark in marks(State(DataState("plane", samples=60)))}
    assert found == {SHAPES[0], SHAPES[1], SHAPES[4]}


def test_points_to_test_on_are_hollow() -> None:
    found = marks(State(DataState(samples=60), shown=Shown(test_points=True)))
    assert len(found) == 4 and len([mark for mark in found if mark["fill"] == "#ffffff"]) == 2
