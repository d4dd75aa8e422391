"""Play, pause, step, reset, and looking back."""

from __future__ import annotations

import threading
from collections.abc import Collection

import ipywidgets as w

from .session import Seen, Session

__all__ = ["Transport"]


class Transport:
    """Buttons that tell a session what to do, and a slider over what it has done.

    Args:
        session: that is told.
        hidden: of "play", "step", "reset" and "scrub".
        lock: held while the slider is read or written, in whatever thread.

    Attributes:
        shown: the widget to show.
    """

    def __init__(self, session: Session, hidden: Collection[str], lock: threading.RLock) -> None:
        self._session, self._lock, self._is_renewing = session, lock, False
        self._range: tuple[int, int | None] = (-1, None)  # rows and looking, as last shown
        self._play = _button("Play", "play", "Train, or wait")
        self._play.button_style, self._play.layout.width = "primary", "92px"  # also of "Pause"
        step = _button("Step", "step-forward", "Train on one batch")
        reset = _button("Reset", "undo", "Back to the first weights")
        self._play.on_click(lambda _: self._toggle())
        step.on_click(lambda _: session.step())
        reset.on_click(lambda _: session.reset())
        named = {"play": self._play, "step": step, "reset": reset, "scrub": self._scrub()}
        parts = [each for name, each in named.items() if name not in hidden]
        self.shown = w.Box(parts, layout=w.Layout(flex_flow="row wrap", align_items="center"))
        self.show(session.first)

    def _scrub(self) -> w.Widget:
        self._slider = w.IntSlider(
            min=0,
            max=1,
            value=1,
            description="Look back",
            readout=False,
            style={"description_width": "auto"},
            layout=w.Layout(flex="1 1 160px", min_width="160px", margin="2px 2px 2px 12px"),
        )
        self._slider.observe(self._look, "value")
        self._moment = w.Label(layout=w.Layout(min_width="6.5em"))
        self._back = _button("Back to the present", "fast-forward", "Leave what was")
        self._back.on_click(lambda _: self._session.look(None))
        self._go_on = _button(
            "Go on from here",
            "code-fork",
            "Make this moment the present; what came after it is forgotten",
        )
        self._go_on.on_click(lambda _: self._session.go_on())
        parts = [self._slider, self._moment, self._back, self._go_on]
        layout = w.Layout(flex="1 1 520px", flex_flow="row wrap", align_items="center")
        return w.Box(parts, layout=layout)

    def show(self, seen: Seen) -> None:
        """Show whether training goes on, and what there is to look back at once it does not."""
        name, icon = ("Pause", "pause") if seen.is_playing else ("Play", "play")
        if self._play.description != name:
            self._play.description, self._play.icon = name, icon
        self._slider.disabled = seen.is_playing or seen.rows == 0
        self._back.disabled = self._go_on.disabled = seen.looking is None
        # While training goes on nothing is said of what grows: that would be a message a frame.
        if not seen.is_playing:
            self._moment.value = f"Epoch {seen.frame.epoch:,}"
            if (seen.rows, seen.looking) != self._range:
                self._renew(seen)

    def _renew(self, seen: Seen) -> None:
        """Let the slider follow, unless it led: it may be further than what is shown."""
        has_led = seen.looking is not None and seen.rows == self._range[0]
        self._range = seen.rows, seen.looking
        if has_led:
            return
        with self._lock:
            self._is_renewing = True
            try:
                # Not in one message: a browser may put the value into the range of before. And a
                # range from 0 to 0 is none.
                self._slider.max = present = max(seen.rows, 1)
                self._slider.value = present if seen.looking is None else seen.looking
            finally:
                self._is_renewing = False

    def _look(self, _change: object) -> None:
        with self._lock:
            if not self._is_renewing:
                self._session.look(self._slider.value)

    def _toggle(self) -> None:
        (self._session.pause if self._session.is_playing else self._session.play)()


def _button(name: str, icon: str, tooltip: str) -> w.Button:
    layout = w.Layout(width="auto")
    return w.Button(description=name, icon=icon, tooltip=tooltip, layout=layout)
