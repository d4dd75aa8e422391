"""Flow control: the browser gets no more than it keeps up with, and the newest in the end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.widgets.playground.flow import PATIENCE, WINDOW, Flow


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


class Silence:
    """A flow to a browser that draws nothing, the losses it told of, and its clock."""

    def __init__(self) -> None:
        self.sent: list[int] = []
        self.losses, self.now = 0, 0.0
        self.flow = Flow(lambda _, item: self.sent.append(item), self._lose, lambda: self.now)
        self.flow.open()

    def _lose(self) -> None:
        self.losses += 1

    def offer(self, seconds: float, items: int = WINDOW + 1) -> None:
        self.now += seconds
        for _ in range(items):
            self.flow.offer(len(self.sent))


def test_a_browser_that_draws_nothing_for_long_is_lost_once() -> None:
    silence = Silence()
    silence.offer(0.0)
    silence.offer(PATIENCE - 0.1)
    assert silence.losses == 0
    silence.offer(0.2)
    silence.offer(PATIENCE)
    assert silence.losses == 1 and len(silence.sent) == WINDOW


def test_a_browser_that_has_drawn_all_may_wait_for_ever() -> None:
    silence = Silence()
    silence.offer(0.0, items=WINDOW)
    silence.offer(9 * PATIENCE, items=0)
    silence.flow.drawn(30)
    silence.offer(9 * PATIENCE, items=30)
    assert silence.losses == 0


def test_a_word_is_enough_to_be_waited_for_again() -> None:
    silence = Silence()
    silence.offer(0.0)
    silence.flow.drawn(30)
    silence.offer(PATIENCE + 1)
    assert silence.losses == 0


def test_a_lost_browser_that_draws_again_gets_the_newest() -> None:
    silence = Silence()
    silence.offer(0.0)
    silence.offer(PATIENCE)
    before = len(silence.sent)
    silence.flow.drawn(30)
    assert len(silence.sent) == before + 1
    silence.offer(0.0, items=1)
    assert len(silence.sent) == before + 2


def test_nobody_is_lost_who_has_gone() -> None:
    silence = Silence()
    silence.offer(0.0)
    silence.flow.close()
    silence.offer(PATIENCE + 1)
    assert silence.losses == 0
