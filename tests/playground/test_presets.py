"""The presets: each loads, trains, and shows what its question is about."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.playground import presets
from tfcourse_utils.playground.frames import Camera
from tfcourse_utils.playground.links import from_link, to_link
from tfcourse_utils.playground.state import State
from tfcourse_utils.playground.trainer import Trainer


def right(state: State, epochs: int) -> float:
    """Return the share of points to train on that are right in the end."""
    trainer = Trainer(state)
    trainer.train(epochs)
    counts = Camera(trainer, size=2).frame().train
    return float(counts.trace() / counts.sum())


@pytest.mark.parametrize("name", presets.names())
def test_each_preset_loads_and_asks(name: str) -> None:
    title, prompt, state, predict = presets.load(name)
    assert (title and "?" in title + prompt) or "Decide" in prompt
    assert from_link(to_link(state)) == state
    assert predict is None or "?" in predict.question or not predict.answers


def test_a_preset_that_is_not_there_is_said() -> None:
    with pytest.raises(ValueError, match=r"one of how_many.* but is '\.\./secret'"):
        presets.load("../secret")


GOOD = {
    "title": "Mine",
    "prompt": "What will happen?",
    "predict": {"question": "Which?", "answers": ["this", "that"], "comment": "Neither."},
}


def test_a_preset_of_ones_own_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    found = presets.load(path)
    assert found == presets.load(str(path)) and found.state == State()
    assert found.predict == presets.Prediction("Which?", ("this", "that"), None, 100, "Neither.")


def test_the_example_in_the_documentation_is_one() -> None:
    example = re.search(r"\n    \{.*\n    \}", str(presets.__doc__), re.DOTALL)
    assert example is not None
    found = presets.parsed(example[0])
    assert found.predict is not None and found.predict.right == "nearly all"


def changed(change: dict[str, Any], part: str | None = None) -> str:
    new = {**GOOD, part: {**GOOD[part], **change}} if part else {**GOOD, **change}
    return json.dumps(new)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "no JSON"),
        ("[]", "a preset should be a dictionary, but is list"),
        (changed({"title": " "}), "title should be a text"),
        (changed({"prompt": 3}), "prompt should be a text"),
        (changed({"version": 2}), "newer: update the course"),
        (changed({"version": "one"}), "version should be a whole number"),
        (changed({"answer": 1}), "a preset has no field 'answer'"),
        (changed({"state": {"data": {"noise": 9}}}), "data.noise should be"),
        (changed({"predict": []}), "predict should be a dictionary"),
        (changed({"right": "both"}, "predict"), "predict.right should be one of 'this', 'that'"),
        (changed({"answers": ["a", "a"]}, "predict"), "comes twice"),
        (changed({"answers": ["a", 1]}, "predict"), "predict.answers 2 should be a text"),
        (changed({"answers": "a"}, "predict"), "predict.answers should be up to"),
        (changed({"epochs": 0}, "predict"), "predict.epochs should be"),
        (changed({"comment": None}, "predict"), "predict.comment should be"),
        (
            json.dumps({**GOOD, "state": {"data": {"kind": "plane"}},
                        "predict": {"question": "Draw", "comment": "So."}}),
            "no boundary of values",
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_no_preset_is_said(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        presets.load(path)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no file"):
        presets.load(tmp_path / "none.json")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(ValueError, match="can't be read"):
        presets.load(tmp_path / "folder.json")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="is no text"):
        presets.load(tmp_path / "bytes.json")


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*GOOD, *GOOD["predict"], "state"]), inner)
        ),
    )
)
def test_whatever_a_file_holds_there_is_a_preset_or_a_sentence(found: object) -> None:
    with suppress(ValueError):
        assert presets.parsed(json.dumps(found)).title


def test_a_line_parts_clouds_but_no_chessboard_unless_it_sees_the_product() -> None:
    assert right(presets.load("line_for_two_clouds").state, 20) > 0.9
    xor = presets.load("line_for_xor").state
    assert right(xor, 20) < 0.75
    assert right(replace(xor, network=replace(xor.network, features=("xy",))), 20) > 0.9


def test_two_neurons_close_no_ring_and_three_or_four_do() -> None:
    few = presets.load("how_many_neurons_for_rings").state
    for neurons in (3, 4):
        many = replace(few, network=replace(few.network, hidden=(neurons,)))
        assert right(few, 150) < 0.95 < right(many, 150)


def test_steps_too_long_explode_and_shorter_ones_do_not() -> None:
    state = presets.load("steps_too_long").state
    trainer = Trainer(state)
    trainer.train(30)
    assert trainer.reason is not None
    trainer.adjust(replace(state, training=replace(state.training, learning_rate=0.03)))
    trainer.reset()
    trainer.train(30)
    assert trainer.reason is None and trainer.losses.train < trainer.history[0].losses.train


def test_much_network_for_few_points_fits_them_too_well() -> None:
    trainer = Trainer(presets.load("too_few_points").state)
    trainer.train(150)
    assert trainer.losses.test is not None and trainer.losses.test > 2 * trainer.losses.train
