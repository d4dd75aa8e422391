"""Chapter 6: other ways that are right, and what is said of ways that are not."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from tfcourse_utils.checking import Status, Verdict, check_answer, find_exercise

from .cells import verdict_on

_check = partial(verdict_on, "callbacks_and_tuning")


def said(verdict: Verdict) -> str:
    return "\n".join(f"{p.reason} {p.diagnosis} {p.note}" for p in verdict.probes)


WATCH = """
def training_callbacks(directory):
    import pathlib
    pathlib.Path(directory).mkdir(parents=True, exist_ok=True)
    return [
        keras.callbacks.EarlyStopping(patience={stop}, restore_best_weights=True),
        keras.callbacks.ReduceLROnPlateau(patience={slow}),
        keras.callbacks.ModelCheckpoint(f"{{directory}}/a.keras", save_best_only=True),
        keras.callbacks.CSVLogger("{log}".format(directory)),
        keras.callbacks.TensorBoard(directory),
    ]
"""
RIGHT = WATCH.format(stop=4, slow=2, log="{}/log")


@pytest.mark.parametrize(("stop", "slow"), [(20, 10), (3, 2)])
def test_patience_is_free_within_bounds(stop: int, slow: int) -> None:
    source = WATCH.format(stop=stop, slow=slow, log="{}/log")
    assert _check("training_callbacks", source).status is Status.RIGHT


def test_too_much_patience_is_seen() -> None:
    verdict = _check("training_callbacks", WATCH.format(stop=21, slow=3, log="{}/log"))
    assert verdict.points == verdict.possible - 1
    assert "after 2 to 20 epochs" in said(verdict)


def test_a_log_elsewhere_is_named_and_not_left_behind() -> None:
    before = sorted(Path().iterdir())
    verdict = _check("training_callbacks", WATCH.format(stop=4, slow=2, log="log.csv"))
    assert set(verdict.misconceptions) == {"the log elsewhere"}
    assert sorted(Path().iterdir()) == before


@pytest.mark.parametrize(
    "source",
    [
        "def training_callbacks(directory):\n    return []",
        RIGHT.replace(
            "return", "directory = 'logs'; pathlib.Path('logs').mkdir(exist_ok=True); return"
        ),
    ],
)
def test_where_nothing_is_kept_nobody_is_told_of_weights(source: str) -> None:
    named = set(_check("training_callbacks", source).misconceptions)
    assert {"nothing in the directory", "no model in the directory"} <= named
    assert "only weights in the file" not in named


@pytest.mark.parametrize(
    ("old", "new", "misconception"),
    [
        ('a.keras",', "a.keras\", mode='max',", "the greatest loss in the file"),
        ("parents=True, ", "", "only the last directory is made"),
    ],
)
def test_one_mistake_costs_one_probe(old: str, new: str, misconception: str) -> None:
    verdict = _check("training_callbacks", RIGHT.replace(old, new))
    assert list(verdict.misconceptions) == [misconception]
    assert verdict.points == verdict.possible - 1


def test_a_rate_that_is_lowered_by_the_clock_is_seen() -> None:
    clock = "LearningRateScheduler(lambda epoch, rate: rate if epoch < 7 else rate / 2)"
    verdict = _check("training_callbacks", RIGHT.replace("ReduceLROnPlateau(patience=2)", clock))
    assert list(verdict.misconceptions) == ["by the clock"]


DRAW = """
def plot_learning_curves(history):
    import matplotlib.pyplot as plt
    curves = getattr(history, "history", history)
    names = [name for name in curves if not name.startswith("val_")]
    figure, panels = plt.subplots(len(names), sharex=True, squeeze=False)
    for axes, name in zip(panels.flat, names):
        {draw}
        axes.set_ylabel(name)
    panels.flat[-1].set_xlabel("epoch")
    {end}
    return figure
"""
BOTH = """
        for key in (name, "val_" + name):
            if key in curves:
                axes.plot({x}curves[key]{look}, label=key)
"""


def _drawn(
    x: str = "", look: str = "", end: str = "[axes.legend() for axes in panels.flat]"
) -> str:
    return DRAW.format(draw=BOTH.format(x=x, look=look).strip(), end=end)


@pytest.mark.parametrize("x", ["", "range(1, 1 + len(curves[key])), "])
@pytest.mark.parametrize("look", ["", ", 'o--'"])
def test_many_ways_to_draw_are_right_and_none_stays_open(x: str, look: str) -> None:
    before = plt.get_fignums()
    verdict = _check("plot_learning_curves", _drawn(x, look))
    assert verdict.status is Status.RIGHT, said(verdict)
    assert plt.get_fignums() == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"look": ", color='black'"}, "like another one in the legend"),
        ({"end": "panels.flat[0].legend()"}, "not in the legend"),
        ({"x": "np.arange(len(curves[key])) / 10, "}, "not over the epochs"),
    ],
)
def test_what_a_figure_does_not_show_is_said(change: dict[str, str], says: str) -> None:
    verdict = _check("plot_learning_curves", _drawn(**change))
    assert verdict.status is Status.WRONG
    assert says in said(verdict)


SAVE = """
def save_everything(model, directory):
    model.save(f"{directory}/model.keras")
    model.save_weights(f"{directory}/model.weights.h5")
    with open(f"{directory}/model.json", "w") as file:
        json.dump(model.to_json(), file)
    model.export(f"{directory}/exported", verbose=False)
"""


def test_a_half_mended_function_gets_half_the_points() -> None:
    verdict = _check("save_everything", f"import json\n{SAVE}")
    assert verdict.points == verdict.possible - 2
    assert "JSON of JSON" in verdict.misconceptions
    assert "there is no `export` in the directory; there is `exported`" in said(verdict)


def test_nobody_is_told_what_the_quiz_expects() -> None:
    exercise = find_exercise("callbacks_and_tuning.training_quiz")
    verdict = check_answer(exercise, {"updates": 9, "rate": 0.025, "unwatched": "error"})
    assert list(verdict.misconceptions) == ["updates: 9", "unwatched: error"]
    assert not any(probe.expected for probe in verdict.probes)
    assert verdict.points == 1
