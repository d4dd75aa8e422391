"""The panel that hands the whole state on, as a link, JSON, Python or a file, and takes it back."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import ipywidgets as w

from tfcourse_utils.playground import State, from_json, from_link, to_json, to_link

from ..session import Seen
from .copying import CopyBox
from .panel import Host, Panel, alert, said, sentence

__all__ = ["Share", "opened", "restored", "saved", "shared"]

FORMATS = ("Link", "JSON", "Python")
MOST_BYTES = 4_000_000  # of a file


class Share(Panel):
    """What to copy, where to paste, and a file beside the notebook."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, "Hand it on, take it back")
        self._format = w.Dropdown(options=FORMATS, description="As")
        self._box = CopyBox(label="The whole state", wraps=True)
        self._pasted = w.Textarea(
            placeholder="#data.kind=… or {…}",
            description="Paste here",
            layout=w.Layout(width="100%", height="64px"),
        )
        self._file = w.Text(value="playground.json", description="File")
        self._message, self._state = w.HTML(), host.state
        self._format.observe(lambda _: self._renew(), "value")
        hint = "Everything is in it, seeds included: whoever restores it sees the same training."
        self.fill(
            w.HTML(said(hint)), self._format, self._box, self._pasted,
            self._button("Restore", "Train what was pasted", self._restore),
            w.HBox([
                self._file,
                self._button("Save", "Write the state to that file", self._save),
                self._button("Open", "Train what that file holds", self._open),
            ], layout=w.Layout(flex_flow="row wrap")),
            self._message,
        )  # fmt: skip

    def show(self, seen: Seen) -> None:
        if seen.state != self._state or not self._box.text:
            self._state = seen.state
            self._renew()

    def _renew(self) -> None:
        self._box.put(shared(self._state, self._format.value))

    def _restore(self) -> None:
        self.host.restore(restored(self._pasted.value))
        self._say("Restored.")

    def _save(self) -> None:
        self._say(f"Saved as {saved(self.host.state, self._file.value)}.")

    def _open(self) -> None:
        self.host.restore(opened(self._file.value))
        self._say("Opened.")

    def _button(self, name: str, tooltip: str, act: Callable[[], None]) -> w.Button:
        button = w.Button(description=name, tooltip=tooltip)
        button.on_click(lambda _: self._try(act))
        return button

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except (ValueError, OSError) as error:
            self._message.value = alert(sentence(error))

    def _say(self, words: str) -> None:
        self._message.value = f'<p role="status">{escape(words)}</p>'


def shared(state: State, form: str) -> str:
    """Return a state as a name of `FORMATS` says."""
    if form == "JSON":
        return to_json(state)
    if form == "Link":
        return to_link(state)
    names = "from tfcourse_utils.playground import from_link"
    widget = "from tfcourse_utils.widgets import Playground"
    return f"{names}\n{widget}\n\nPlayground(from_link({to_link(state)!r}))"


def restored(text: str) -> State:
    """Return the state that a link or JSON holds.

    Raises:
        ValueError: it is neither, or of a newer version; in one sentence.
    """
    text = text.strip()
    if not text:
        raise ValueError("there is nothing to restore: paste a link or JSON first")
    return from_json(text) if text[0] in "{[" else from_link(text)


def saved(state: State, name: str) -> Path:
    """Write a state to a new file, beside the notebook if the name is no whole path; return it.

    Raises:
        ValueError: the name does not end with ".json", or there is such a file already.
        OSError: it can't be written there.
    """
    path = _path(name)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(to_json(state))
    except FileExistsError:
        raise ValueError(f"there is a {path} already: take another name") from None
    return path


def opened(name: str) -> State:
    """Return the state that a file holds.

    Raises:
        ValueError: there is no such file, or it holds no state.
        OSError: it can't be read.
    """
    path = _path(name)
    if not path.is_file():
        raise ValueError(f"there is no file {path}")
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path} is too large to be a state")
    try:
        return from_json(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise ValueError(f"{path} is no text, so no state") from None


def _path(name: str) -> Path:
    name = name.strip()
    if "\0" in name or not name.endswith(".json"):
        raise ValueError(f'the name of the file should end with ".json", but is {name!r:.60}')
    return Path(name)
