"""What all explorers share, on one that is as small as can be."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import traitlets

from tfcourse_utils.widgets.explorer import Choice, Control, Explorer, Slider, Text, View
from tfcourse_utils.widgets.svg import number, picture, ticks


class Doubler(Explorer):
    """Shows twice a number, or the number itself."""

    n = traitlets.CFloat(1.0).tag(sync=True)
    mode = traitlets.Enum(["double", "plain"], "double").tag(sync=True)
    note = traitlets.Unicode("").tag(sync=True)
    unit = traitlets.Unicode("m").tag(sync=True)

    def __init__(self, **state: object) -> None:
        super().__init__(**state)
        self.begin("unit")

    def controls_now(self) -> list[Control]:
        return [
            Slider("n", "n", high=10 if self.mode == "double" else 20, step=1),
            Choice("mode", "mode", options=("double", "plain")),
            Text("note", "note"),
        ]

    def view_now(self) -> View:
        value = f"{self.n * (2 if self.mode == 'double' else 1):g} {self.unit}"
        words = f"The value is {value}. {self.note}"
        return View(picture(10, 10, words), words, [("value", value)])


@pytest.fixture
def explorer():
    made = Doubler(n=3)
    yield made
    made.close()


def test_everything_follows_from_the_state(explorer: Doubler) -> None:
    assert explorer.numbers == [["value", "6 m"]]
    explorer.mode = "plain"
    explorer.unit = "km"
    assert explorer.numbers == [["value", "3 km"]] and "3 km" in explorer.words


def test_controls_may_depend_on_the_state(explorer: Doubler) -> None:
    assert explorer.controls[0] | {"high": 20} == {
        "kind": "slider", "name": "n", "label": "n", "role": "", "shown": True,
        "low": 0.0, "high": 20, "step": 1, "log": False,
    }  # fmt: skip
    explorer.mode = "plain"
    assert explorer.controls[0]["high"] == 20


def test_a_change_in_the_front_end_arrives(explorer: Doubler) -> None:
    explorer.set_state({"n": 4, "note": '<b>bold</b> & "quoted"'})
    assert explorer.numbers == [["value", "8 m"]]
    assert "<b>" in explorer.words and "<b>" not in explorer.picture


def test_there_is_a_way_back(explorer: Doubler) -> None:
    before = explorer.picture
    explorer.set_state({"n": 4, "mode": "plain", "note": "hello"})
    explorer.set_state(explorer.start)
    assert explorer.picture == before


def test_without_a_front_end_there_is_the_picture_and_the_words(explorer: Doubler) -> None:
    data, _ = explorer._repr_mimebundle_()
    assert data["image/svg+xml"] == explorer.picture
    assert data["text/plain"] == explorer.words
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.model_id


def test_the_view_asks_for_nothing_that_is_not_sent(explorer: Doubler) -> None:
    module = str(explorer._esm)
    asked = {name for pair in re.findall(r'get\("(\w+)"\)|"change:(\w+)"', module) for name in pair}
    assert asked - {""} == {"controls", "start", "picture", "words", "numbers"}
    assert asked - {""} <= set(explorer.keys)


def test_numbers_are_written_as_people_do() -> None:
    assert [number(-0.0), number(-1.5), number(1 / 3, 2), number(-0.001, 2), number(1e6)] == [
        "0", "−1.5", "0.33", "0.00", "1e+06",
    ]  # fmt: skip
    assert ticks(0, 1) == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1.0])


def test_importing_the_widgets_does_not_import_tensorflow() -> None:
    code = "import sys, tfcourse_utils.widgets; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
