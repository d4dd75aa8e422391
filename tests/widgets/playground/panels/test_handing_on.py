"""Panels that hand a state on: link, JSON, Python, file and script; and the shelf they stand on."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import ipywidgets as w
import keras
import pytest

from tests.widgets.playground.panels.conftest import Opener, Waiter
from tfcourse_utils.playground import DataState, NetworkState, Own, Shown, State, script
from tfcourse_utils.widgets.playground.panels import code, share
from tfcourse_utils.widgets.playground.panels.shelf import ENTRIES

STATE = State(DataState("xor", samples=60, seed=7), NetworkState(hidden=(3,), seed=9))


@pytest.mark.parametrize("form", ["Link", "JSON"])
def test_what_is_copied_restores_the_whole_state(form: str) -> None:
    assert share.restored(f" {share.shared(STATE, form)}\n") == STATE


def test_the_python_lines_restore_it_too() -> None:
    *_, last = ast.parse(share.shared(STATE, "Python")).body
    assert isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)
    (inner,) = last.value.args
    assert isinstance(inner, ast.Call) and isinstance(inner.args[0], ast.Constant)
    assert share.restored(inner.args[0].value) == STATE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing to restore"),
        ("hello", "the link is broken"),
        ("#version=9&data.kind=xor", "newer playground"),
        ('{"version": 9}', "newer playground"),
        ('{"data": {"seed": "x"}}', "data.seed should be"),
        ("[1]", "a state should be a dictionary"),
        ("{", "no json"),
    ],
)
def test_what_is_broken_is_said_and_nothing_is_lost(
    text: str, said: str, open_playground: Opener
) -> None:
    playground = open_playground(STATE)
    playground._shelf._boxes["share"].value = True
    panel = playground._shelf._open["share"]
    panel._pasted.value = text
    named(panel, "Restore").click()
    assert said in unescape(panel._message.value).lower()
    assert playground.state == STATE and panel._pasted.value == text


def named(panel: w.Widget, name: str) -> w.Widget:
    rest = list(panel.children)
    while rest:
        each = rest.pop()
        rest += getattr(each, "children", ())
        if getattr(each, "description", "") == name:
            return each
    raise AssertionError(f"there is no {name}")


def test_a_pasted_link_is_trained_seed_and_all(open_playground: Opener, wait: Waiter) -> None:
    playground = open_playground()
    playground._shelf._boxes["share"].value = True
    panel = playground._shelf._open["share"]
    panel._pasted.value = "http://localhost:8888/x" + share.shared(STATE, "Link")
    named(panel, "Restore").click()
    assert playground.state == STATE and "Restored" in panel._message.value
    wait(panel._box, "text", lambda text: share.restored(text) == STATE)
    panel._format.value = "JSON"
    assert share.restored(panel._box.text) == STATE


def test_a_file_is_written_once_and_opened(
    open_playground: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    playground = open_playground(STATE)
    playground._shelf._boxes["share"].value = True
    panel = playground._shelf._open["share"]
    named(panel, "Save").click()
    assert "Saved as playground.json" in panel._message.value
    written = (tmp_path / "playground.json").read_text(encoding="utf-8")
    playground.state = State()
    named(panel, "Save").click()
    assert "already" in panel._message.value
    assert (tmp_path / "playground.json").read_text(encoding="utf-8") == written
    named(panel, "Open").click()
    assert playground.state == STATE


def test_a_file_that_is_no_state_is_said(tmp_path: Path) -> None:
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    for name, said in [
        ("none.json", "there is no file"),
        ("none.txt", 'should end with ".json"'),
        ("bytes.json", "is no text"),
    ]:
        with pytest.raises(ValueError, match=re.escape(said)):
            share.opened(str(tmp_path / name))
    with pytest.raises(OSError, match="No such file"):
        share.saved(STATE, str(tmp_path / "nowhere" / "x.json"))


def test_the_code_follows_and_says_what_it_cannot_give(
    open_playground: Opener, wait: Waiter
) -> None:
    playground = open_playground(STATE)
    playground._shelf._boxes["code"].value = True
    panel = playground._shelf._open["code"]
    assert wait(panel._box, "text", bool) == script(STATE, 0)
    assert "the boundary seen here" in panel._words.value
    playground._session.step()
    wait(panel._words, "value", lambda words: "1 batch before what is seen" in words)
    faster = replace(STATE, training=replace(STATE.training, learning_rate=0.1))
    playground.state = faster
    wait(panel._words, "value", lambda words: "changed on the way" in words)
    assert panel._box.text == script(faster, 0)
    playground.state = replace(STATE, data=DataState("own classes"))
    wait(panel._words, "value", lambda words: "no points to train on" in words)
    assert panel._box.text == "" == panel._box.html


def test_own_parts_are_named_as_missing() -> None:
    own = Own(loss=keras.losses.MeanSquaredError(), optimizer=keras.optimizers.SGD())
    assert "your own loss and optimizer stand in your notebook" in code.limits(own, False, 0)


def test_code_is_coloured_and_stays_the_same_text() -> None:
    text = script(STATE, 3)
    html = code.coloured(text)
    assert unescape(re.sub(r"<[^>]+>", "", html)) == text and 'class="kn"' in html


def test_what_is_shown_is_part_of_the_state(open_playground: Opener) -> None:
    playground = open_playground(replace(STATE, shown=Shown(confusion=True)))
    shelf = playground._shelf
    assert list(shelf._open) == ["shown.confusion"]
    shelf._boxes["shown.landscape"].value = True
    assert playground.state.shown == Shown(confusion=True, landscape=True)
    shelf._boxes["shown.confusion"].value = False
    assert playground.state.shown == Shown(landscape=True) and list(shelf._open) == [
        "shown.landscape"
    ]


def test_a_state_opens_and_hides_panels(open_playground: Opener, wait: Waiter) -> None:
    playground = open_playground(replace(STATE, hidden=("share", "shown.next_step")))
    boxes = playground._shelf._boxes
    hidden = [control for control, box in boxes.items() if box.layout.display == "none"]
    assert sorted(hidden) == ["share", "shown.next_step"]
    playground.state = replace(STATE, shown=Shown(confusion=True))
    wait(boxes["shown.confusion"], "value", bool)
    assert [each.layout.display for each in boxes.values()] == [None] * len(ENTRIES)
    boxes["share"].value = True
    playground.state = replace(STATE, hidden=("share",))
    wait(boxes["share"], "value", lambda value: not value)
    assert "share" not in playground._shelf._open


def test_closing_a_panel_closes_all_that_it_is_made_of(open_playground: Opener) -> None:
    playground = open_playground(STATE)
    box = playground._shelf._boxes["share"]
    box.value = True
    panel = playground._shelf._open["share"]
    parts = [panel, panel._box, panel._pasted, named(panel, "Save")]
    box.value = False
    assert all(part.comm is None for part in parts)
