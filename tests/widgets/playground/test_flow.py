"""Flow control: the browser gets no more than it keeps up with, and the newest in the end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.widgets.playground.flow import WINDOW, Flow


def made() -> tuple[Flow[int], list[tuple[int, int]]]:
    sent: list[tuple[int, int]] = []
    return Flow(lambda number, item: sent.append((number, item))), sent


def test_nothing_is_sent_where_nobody_looks() -> None:
    flow, sent = made()
    flow.offer(1)
    flow.offer(2)
    assert sent == []
    flow.open()
    assert sent == [(1, 2)]
    flow.close()
    flow.offer(3)
    assert sent == [(1, 2)]


def test_a_slow_browser_skips_frames_and_gets_the_newest() -> None:
    flow, sent = made()
    flow.open()
    for item in range(1000):
        flow.offer(item)
    assert [item for _, item in sent] == list(range(WINDOW))
    flow.drawn(30)
    assert sent[-1] == (WINDOW + 1, 999)


def test_a_new_browser_gets_the_newest_at_once() -> None:
    flow, sent = made()
    flow.open()
    for item in range(WINDOW):
        flow.offer(item)
    flow.open()
    assert sent[-1] == (WINDOW + 1, WINDOW - 1)


@given(st.lists(st.one_of(st.just("offer"), st.integers(-5, 500)), max_size=300))
def test_never_more_than_the_window_is_under_way(events: list[str | int]) -> None:
    flow, sent = made()
    flow.open()
    drawn = 0
    for item, event in enumerate(events):
        if event == "offer":
            flow.offer(item)
        else:
            flow.drawn(int(event))
            drawn = min(max(drawn, int(event)), len(sent))
        assert len(sent) - drawn <= WINDOW
    assert [number for number, _ in sent] == list(range(1, len(sent) + 1))
