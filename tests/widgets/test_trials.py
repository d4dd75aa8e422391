"""The trial browser: what it reads from tuners and pairs, its picture, words and controls."""

from __future__ import annotations

import itertools
import warnings
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import keras_tuner
import numpy as np
import pytest
import tensorflow as tf
import traitlets
from hypothesis import given, settings
from hypothesis import strategies as st

from tfcourse_utils.widgets import TrialBrowser
from tfcourse_utils.widgets.trials.picture import draw
from tfcourse_utils.widgets.trials.reading import MOST_AXES, MOST_TRIALS, read_search
from tfcourse_utils.widgets.trials.search import Axis, Range, Trial, fifth, kept
from tfcourse_utils.widgets.trials.words import describe, describe_range

PAIRS = [
    ({"units": 8, "rate": 0.001, "optimizer": "sgd", "momentum": 0.9}, 0.5),
    ({"units": 16, "rate": 0.01, "optimizer": "adam"}, 0.25),
    ({"units": 64, "rate": 0.1, "optimizer": "adam"}, None),
    ({"units": 32, "rate": 0.002, "optimizer": "sgd", "momentum": 0.5}, 0.4),
]

plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text('aé<&\x1b\ud800 \n"', max_size=70)
)
pairs = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(["a", "b<c>", "score", ""]), plain),
        st.none() | st.floats() | st.integers(-5, 5),
    ),
    min_size=1,
    max_size=12,
)
places = st.floats(0, 1)


@settings(max_examples=150)
@given(given=pairs, objective=st.sampled_from(["min", "max"]), ends=st.tuples(places, places))
def test_any_trials_have_a_sound_picture(
    given: Any, objective: str, ends: tuple[float, float]
) -> None:
    search = read_search(given, objective)
    for axis in (*search.axes, search.score):
        ranges = [Range(axis, min(ends), max(ends))]
        shown = kept(search, ranges)
        words = describe(search, ranges, shown, len(shown) - 1)
        text = draw(search, ranges, shown, len(shown) - 1, words)
        label = ElementTree.fromstring(text).attrib["aria-label"]
        assert label == words and '="nan' not in text and "Mnan" not in text


@given(given=pairs, objective=st.sampled_from(["min", "max"]))
def test_the_best_come_first_and_those_without_a_score_last(given: Any, objective: str) -> None:
    search = read_search(given, objective)
    scores = [trial.score for trial in search.finished]
    assert scores == sorted(scores, reverse=objective == "max")
    assert list(search.finished) == list(search.trials[: len(scores)])
    assert len(search.trials) == len(given)
    assert all(bool(trial.problem) == (trial.score is None) for trial in search.trials)
    classes = fifth(search)
    assert list(classes.values()) == sorted(classes.values()) and len(classes) == len(scores)


@given(low=st.floats(-1e6, 1e6), side=st.floats(1e-3, 1e6), place=places)
def test_a_place_on_an_axis_leads_to_its_value_and_back(
    low: float, side: float, place: float
) -> None:
    linear = Axis("a", low, low + side)
    assert linear.place(linear.at(place)) == pytest.approx(place, abs=1e-6)
    log = Axis("a", 1e-5, 1e-5 + side, log=True)
    assert log.place(log.at(place)) == pytest.approx(place, abs=1e-6)


def test_a_search_keeps_what_was_set_and_tells_kinds_apart() -> None:
    units, rate, optimizer, momentum = read_search(PAIRS, None).axes
    assert (units.low, units.high, units.whole, units.log) == (8, 64, True, False)
    assert rate.log and (rate.low, rate.high) == (0.001, 0.1)
    assert optimizer.categories == ("adam", "sgd")
    assert momentum.value(read_search(PAIRS, None).trials[0]) is None


@pytest.mark.parametrize(
    ("values", "log"),
    [
        ([1e-4, 1e-3, 1e-2], True),
        ([1e-4, 1e-2], True),
        ([0.1, 0.3, 0.5], False),
        ([0.01, 0.3, 0.4, 0.5], False),  # one small one of a uniform range
        ([0.0, 1e-3, 1e-2], False),
        ([-1.0, 5.0, 100.0], False),
        ([3.0], False),
    ],
)
def test_an_axis_is_logarithmic_where_numbers_would_crowd(values: list[float], log: bool) -> None:
    assert read_search([({"a": value}, 1.0) for value in values], None).axes[0].log is log


class Searching(keras_tuner.RandomSearch):
    """A search that trains nothing."""

    def run_trial(self, trial: Any, *args: Any, **kwargs: Any) -> dict[str, float]:
        number, values = int(trial.trial_id), trial.hyperparameters
        if number == 3:
            raise ValueError("no <luck> today")
        rate = values.get("rate")
        return {"val_accuracy": float("nan") if number == 4 else 1 - abs(np.log10(rate) + 2) / 4}


def build(hp: Any) -> Any:
    hp.Float("rate", 1e-4, 1e-1, sampling="log")
    hp.Int("units", 8, 64, step=8)
    hp.Choice("width", [64, 16, 32])
    hp.Boolean("norm")
    hp.Choice("kind", ["dense", "conv"])
    with hp.conditional_scope("kind", "conv"):
        hp.Int("filters", 4, 8)


class Model(keras_tuner.HyperModel):
    def build(self, hp: Any) -> Any:
        return build(hp)


@pytest.fixture(scope="module")
def tuner(tmp_path_factory: pytest.TempPathFactory) -> Any:
    directory = tmp_path_factory.mktemp("search")
    made = _tuner(directory)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning, module="keras_tuner")
        made.search(verbose=0)
    return made


def _tuner(directory: Path) -> Any:
    space = keras_tuner.HyperParameters()
    build(space)
    return Searching(
        Model(),
        objective=keras_tuner.Objective("val_accuracy", "max"),
        max_trials=12,
        seed=1,
        hyperparameters=space,
        max_consecutive_failed_trials=20,
        directory=str(directory),
        project_name="search",
        overwrite=False,
    )


def test_a_tuner_that_has_searched_is_read(tuner: Any) -> None:
    browser = TrialBrowser(tuner)
    search = browser.search
    assert not search.lower and search.score.name == "val_accuracy"
    axes = {axis.name: axis for axis in search.axes}
    assert (axes["rate"].low, axes["rate"].high, axes["rate"].log) == (1e-4, 1e-1, True)
    assert (axes["units"].low, axes["units"].high, axes["units"].log) == (8, 64, False)
    assert axes["width"].categories == ("64", "16", "32")
    assert set(axes["norm"].categories) == {"True", "False"}
    best = tuner.oracle.get_best_trials(1)[0]
    assert browser.chosen is not None and browser.chosen.name == best.trial_id
    assert browser.chosen.values["rate"] == best.hyperparameters.get("rate")
    browser.close()


def test_trials_that_failed_and_values_that_had_no_meaning_are_told(tuner: Any) -> None:
    search = read_search(tuner, None)
    problems = {trial.name: trial.problem for trial in search.trials if trial.problem}
    assert list(problems) == ["03", "04"]
    assert all(problem.startswith("it failed") for problem in problems.values())
    assert "no <luck> today" in problems["03"]
    for trial in search.trials:
        assert ("filters" in trial.values) == (trial.values["kind"] == "conv")
    browser = TrialBrowser(tuner, rank=11)
    assert "no <luck> today" in browser.words and "<luck>" not in browser.picture
    assert ["chosen", "no score"] in browser.numbers
    browser.close()


def test_a_search_of_another_session_is_read_alike(tuner: Any) -> None:
    again = _tuner(Path(tuner.directory))
    assert len(read_search(again, None).trials) == 12
    assert read_search(again, None) == read_search(tuner, None)


def test_a_tuner_before_its_search_has_no_trials(tmp_path: Path) -> None:
    browser = TrialBrowser(_tuner(tmp_path), axis="rate")
    assert browser.words == "There are no trials yet: search first." and browser.numbers == []
    browser.close()


@pytest.fixture
def browser():
    made = TrialBrowser(PAIRS)
    yield made
    made.close()


def names(browser: TrialBrowser) -> list[str]:
    return [control["name"] for control in browser.controls if control["shown"]]


def test_ranges_keep_the_trials_that_lie_in_them(browser: TrialBrowser) -> None:
    before = browser.picture
    assert browser.numbers == [["kept", "4 of 4"], ["best", "0.25"], ["chosen", "0.25"]]
    browser.set_state({"axis": "optimizer", "low": 50})
    assert [trial.name for trial in browser.kept] == ["3", "0"]
    assert "Kept: optimizer sgd. That is 2 trials of 4." in browser.words
    browser.set_state({"other": "units", "other_high": 20, "rank": 2})
    assert [trial.name for trial in browser.kept] == ["0"] and browser.rank == 1
    assert "optimizer sgd and units from 8 to 19.2" in browser.words
    browser.set_state(browser.start)
    assert browser.picture == before


def test_a_range_that_is_not_whole_leaves_out_what_was_not_set(browser: TrialBrowser) -> None:
    browser.set_state({"axis": "momentum"})
    assert len(browser.kept) == 4
    browser.set_state({"low": 1})
    assert [trial.name for trial in browser.kept] == ["0"]
    browser.set_state({"axis": "score", "low": 60, "high": 0})  # from the top is as good
    assert [trial.name for trial in browser.kept] == ["1", "3"]


def test_where_nothing_is_kept_that_is_said(browser: TrialBrowser) -> None:
    browser.set_state({"axis": "units", "low": 95, "high": 96})
    assert browser.chosen is None and "0 trials of 4" in browser.words
    assert ElementTree.fromstring(browser.picture).attrib["aria-label"] == browser.words
    browser.set_state({"axis": "no axis"})
    assert browser.chosen is not None and browser.chosen.score == 0.25


def test_each_state_shows_the_controls_it_needs(browser: TrialBrowser) -> None:
    assert names(browser) == ["rank", "axis", "other"]
    browser.set_state({"axis": "units", "other": "score"})
    assert names(browser) == [
        "rank", "axis", "low", "high", "other", "other_low", "other_high",
    ]  # fmt: skip
    assert browser.controls[0]["high"] == 4
    browser.set_state({"other_low": 1})
    assert browser.controls[0]["high"] == 2  # the best lies at 0, and one failed


def test_one_trial_and_scores_to_maximise() -> None:
    made = TrialBrowser([({}, 0.5)])
    assert made.words.startswith("1 trial, scored by score: lower is better.\nBest: trial 0, 0.5.")
    made.close()
    made = TrialBrowser(PAIRS, objective="max")
    assert made.chosen is not None and made.chosen.score == 0.5
    made.close()


def test_hundreds_of_trials_and_many_axes_stay_within_bounds() -> None:
    rng = np.random.default_rng(0)
    hyper = [{f"parameter_{i}": rng.random() for i in range(15)} for _ in range(MOST_TRIALS + 20)]
    made = TrialBrowser([(values, rng.random()) for values in hyper])
    assert len(made.picture) < 400_000 and len(made.search.axes) == MOST_AXES
    assert "The last 20 are not shown." in made.words and "parameter_14" in made.words
    made.close()


@pytest.mark.parametrize("one", [np.float32(0.5), tf.constant(0.5), np.array(0.5), 0.5])
def test_scores_and_values_of_every_kind_of_number_are_read(one: Any) -> None:
    search = read_search([({"a": one}, one)], None)
    assert search.trials[0].score == 0.5 and search.trials[0].values == {"a": 0.5}


def test_hyperparameters_objects_stand_for_their_values() -> None:
    told = keras_tuner.HyperParameters()
    told.Int("units", 8, 16)
    assert read_search([(told, 1.0)], None).trials[0].values == {"units": 8.0}


class Odd:
    def __str__(self) -> str:
        raise RuntimeError

    def __float__(self) -> float:
        raise RuntimeError


class Broken:
    @property
    def oracle(self) -> Any:
        raise RuntimeError("broken <here>")


@pytest.mark.parametrize(
    ("trials", "said"),
    [
        ([], "There are no trials yet"),
        (None, "a tuner that has searched, or a list of pairs"),
        ("trials", "but are of type str."),
        ({"units": 3}, "but are of type dict."),
        ([3], "Trial 0 should be a pair of a dictionary of hyperparameters and a score, but is 3."),
        ([({}, 1), ({}, 1, 2)], "Trial 1 should be a pair"),
        ([(3, {})], "Trial 0 should begin with a dictionary of hyperparameters"),
        ([({}, "good")], "The score of trial 0 should be a number, or None if it failed"),
        ([({}, Odd())], "but is Odd."),
        (keras_tuner.RandomSearch, "This is the class RandomSearch: hand in a tuner made of it."),
        (Broken(), "The trials can’t be read: RuntimeError: broken <here>"),
    ],
)
def test_trials_that_cant_be_used_give_one_sentence(trials: Any, said: str) -> None:
    made = TrialBrowser(trials)
    assert said in made.words and "\n" not in made.words and names(made) == []
    assert ElementTree.fromstring(made.picture).attrib["aria-label"] == made.words
    made.close()


def test_an_objective_that_is_none_is_told() -> None:
    made = TrialBrowser(PAIRS, objective="accuracy")
    assert made.words == "The objective should be “min” or “max”, but is accuracy."
    made.close()


def test_endless_trials_are_not_read_for_ever() -> None:
    made = TrialBrowser(({"a": i}, i) for i in itertools.count())
    assert "more than" in made.words
    made.close()


@pytest.mark.parametrize("state", [{"low": float("nan")}, {"axis": "?"}, {"rank": 0}])
def test_a_state_that_is_no_use_is_refused(browser: TrialBrowser, state: Any) -> None:
    before = browser.words
    with pytest.raises(traitlets.TraitError):
        browser.set_state(state)
    assert browser.words == before


def test_the_words_name_the_categories_whose_trials_a_range_holds() -> None:
    axis = Axis("optimizer", categories=("sgd", "adam", "lion"))
    part = Range(axis, 0.0, 0.5 - 1e-12)  # as a slider may leave it
    assert part.holds(Trial("0", {"optimizer": "adam"}, 0.1))
    assert describe_range(part) == "optimizer sgd or adam"
