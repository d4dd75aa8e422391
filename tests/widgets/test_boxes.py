"""Small tensors as boxes: where the elements go, and how much room drawings take."""

from __future__ import annotations

import itertools
import math
import xml.etree.ElementTree as ElementTree

from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.widgets.boxes import Drawing, fits, flow, notice, places

shapes = st.lists(st.integers(1, 3), max_size=5).map(tuple)


@given(shape=shapes)
def test_every_element_has_a_place_of_its_own_inside_the_whole(shape):
    points, (width, height) = places(shape, 30, 20)
    assert len(points) == math.prod(shape)
    for (x, y), (other_x, other_y) in itertools.combinations(points, 2):
        assert abs(x - other_x) >= 30 or abs(y - other_y) >= 20
    assert max(x for x, _ in points) + 30 == width and max(y for _, y in points) + 20 == height


def test_rows_run_to_the_right_and_matrices_stand_side_by_side():
    points, _ = places((2, 2, 3), 30, 20)
    assert points[:4] == [(0, 0), (30, 0), (60, 0), (0, 20)]
    assert points[6][0] > 90 and points[6][1] == 0


def test_a_scalar_has_one_place_and_an_empty_tensor_none():
    assert places((), 30, 20) == ([(0.0, 0.0)], (30, 20))
    assert places((0, 3), 30, 20)[0] == []


def test_what_is_small_enough_is_a_matter_of_both_directions():
    assert fits((10, 16)) and fits((2, 10, 8)) and fits(()) and fits((0, 9))
    assert not fits((17,)) and not fits((11, 1)) and not fits((3, 10, 8))
    assert not fits((0, 0, 999_999, 999_999))


def test_drawings_begin_a_new_line_where_one_is_full():
    square = Drawing(100, 100, "")
    assert flow([square] * 3, limit=250, gap=20)[:2] == (220, 210)
    assert flow([], limit=250)[:2] == (0, 0)


@given(sentence=st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=300))
def test_a_sentence_of_any_length_has_a_picture(sentence):
    assert ElementTree.fromstring(notice(sentence)).attrib["aria-label"] == sentence
