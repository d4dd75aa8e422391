"""A record that stays short: that it can be cut as if what came after had never come."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.thinned import Thinned


@given(st.integers(1, 5), st.integers(1, 60), st.integers(1, 60), st.integers(0, 30))
def test_a_cut_record_begins_as_it_did_and_goes_on(
    most: int, came: int, kept: int, more: int
) -> None:
    thinned = Thinned(most)
    for number in range(came):
        thinned.add(number)
    before = thinned.rows()
    thinned.cut(kept)
    rows = thinned.rows()
    assert rows == [row for row in before if row < max(kept, 1)]
    for number in range(kept, kept + more):
        thinned.add(number)
    rows = thinned.rows()
    assert rows == sorted(set(rows)) and rows[0] == 0 and len(rows) <= 2 * most + 1
    assert not more or rows[-1] == kept + more - 1
