"""The threshold explorer: its measures against scikit-learn, its picture, words and controls."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
import traitlets
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from tfcourse_utils.widgets import ThresholdExplorer
from tfcourse_utils.widgets.threshold.measures import (
    Counts,
    average_precision,
    count,
    look,
    measures,
    precision_recall,
    roc,
    roc_area,
)
from tfcourse_utils.widgets.threshold.picture import draw
from tfcourse_utils.widgets.threshold.samples import Samples, generate
from tfcourse_utils.widgets.threshold.words import describe

CURVES = ("ROC curve", "precision and recall")

# Few values, so that scores are often equal.
pairs = st.tuples(st.sampled_from([-2.0, 0.0, 0.25, 0.5, 1.0, 7.5]), st.booleans())
samples = st.lists(pairs, min_size=1, max_size=40).map(
    lambda rows: Samples(np.array([s for s, _ in rows]), np.array([t for _, t in rows]))
)
both = samples.filter(lambda s: s.positive.any() and not s.positive.all())


@given(samples=both, threshold=st.floats(-3, 8))
def test_measures_agree_with_scikit_learn(samples: Samples, threshold: float) -> None:
    called, counts = samples.scores > threshold, count(samples, threshold)
    expected = metrics.confusion_matrix(samples.positive, called, labels=[False, True])
    assert list(counts) == expected.ravel().tolist()
    precision, recall, f1, accuracy, rate = (one.value for one in measures(counts))
    if called.any():
        assert precision == pytest.approx(metrics.precision_score(samples.positive, called))
    else:
        assert precision is None
    assert recall == pytest.approx(metrics.recall_score(samples.positive, called))
    assert f1 == pytest.approx(metrics.f1_score(samples.positive, called))
    assert accuracy == pytest.approx(metrics.accuracy_score(samples.positive, called))
    assert rate == pytest.approx(called[~samples.positive].mean())


@given(samples=both)
def test_areas_agree_with_scikit_learn(samples: Samples) -> None:
    roc_curve, other = roc(samples), precision_recall(samples)
    assert roc_curve is not None and other is not None
    expected = metrics.roc_auc_score(samples.positive, samples.scores)
    assert roc_area(roc_curve) == pytest.approx(expected)
    expected = metrics.average_precision_score(samples.positive, samples.scores)
    assert average_precision(other) == pytest.approx(expected)


@given(samples=both, threshold=st.floats(-3, 8))
def test_the_point_lies_on_the_roc_curve(samples: Samples, threshold: float) -> None:
    curve, found = roc(samples), measures(count(samples, threshold))
    assert curve is not None
    recall, rate = found.recall.value, found.false_positive_rate.value
    assert min(np.hypot(curve.across - rate, curve.up - recall)) < 1e-12


@settings(max_examples=60)
@given(samples=samples, threshold=st.floats(-2e6, 2e6), curve=st.sampled_from(CURVES))
def test_the_picture_is_always_sound_svg_with_its_description(
    samples: Samples, threshold: float, curve: str
) -> None:
    shown = look(samples, threshold)
    words = describe(shown)
    text = draw(shown, curve, words)
    assert ElementTree.fromstring(text).attrib["aria-label"] == words
    assert "nan" not in text.lower() and "inf" not in text


@given(
    number=st.integers(10, 2000),
    share=st.floats(0, 1),
    separation=st.floats(0, 10),
)
def test_generated_samples_have_both_classes(number: int, share: float, separation: float) -> None:
    made = generate(number, share, separation)
    assert len(made.scores) == number and made.limits == (0.0, 1.0)
    assert 1 <= made.positive.sum() <= number - 1
    assert abs(made.positive.sum() - share * number) <= 1.5


def test_separation_and_imbalance_do_what_they_say() -> None:
    areas = [roc_area(roc(generate(2000, 0.5, d))) for d in (0, 1, 2, 4)]
    assert areas[0] == pytest.approx(0.5, abs=0.05) and areas == sorted(areas)
    precisions = [measures(count(generate(2000, s, 2), 0.5)).precision.value for s in (0.05, 0.5)]
    assert precisions[0] < precisions[1] - 0.3


@pytest.fixture
def explorer():
    made = ThresholdExplorer()
    yield made
    made.close()


def test_moving_the_threshold_refreshes_everything(explorer: ThresholdExplorer) -> None:
    before, called = explorer.picture, explorer.counts.called_1
    explorer.set_state({"threshold": 0.8})
    assert explorer.counts.called_1 < called and explorer.picture != before
    assert explorer.words.startswith(f"At threshold 0.80, {explorer.counts.called_1} of 400")
    explorer.set_state(explorer.start)
    assert explorer.picture == before


def test_undefined_precision_is_said_to_be(explorer: ThresholdExplorer) -> None:
    for curve in CURVES:
        explorer.set_state({"threshold": 1.0, "curve": curve})
        assert "Precision is undefined, as nothing is called 1." in explorer.words
        assert ["Precision", "undefined"] in explorer.numbers and "undefined" in explorer.picture


def test_one_class_alone_leaves_measures_undefined() -> None:
    for target, said in ((0, "Recall is undefined"), (1, "False positive rate is undefined")):
        made = ThresholdExplorer([0.2, 0.7], [target, target])
        assert said in made.words and "all targets are the same" in made.words
        assert ["AUC", "undefined"] in made.numbers
        made.close()


def test_the_counts_of_the_picture_are_those_of_the_matrix(explorer: ThresholdExplorer) -> None:
    texts = [e.text for e in ElementTree.fromstring(explorer.picture).iter() if e.text]
    assert all(str(one) in texts for one in explorer.counts)


def test_a_rare_class_is_seen_beside_a_common_one() -> None:
    made = ThresholdExplorer([0.1] * 400 + [0.8] * 2, [0] * 400 + [1] * 2)
    bars = [e for e in ElementTree.fromstring(made.picture).iter() if e.get("fill") is None]
    heights = [float(e.get("height", 0)) for e in bars if "stroke-width: 1.5" in e.get("style", "")]
    assert heights[0] > 80 and heights[1] > 40
    assert not [e.text for e in bars if e.text and e.text in ("0.5", "1.5")]
    made.close()


@pytest.mark.parametrize("wrap", [np.asarray, tf.constant, lambda x: np.asarray(x).tolist()])
@pytest.mark.parametrize("shape", [(4,), (4, 1)])
@pytest.mark.parametrize("kind", ["float32", "int64", "bool"])
def test_arrays_tensors_and_lists_are_read_alike(wrap: Any, shape: Any, kind: str) -> None:
    scores = np.array([0.1, 0.4, 0.6, 0.9], "float32").reshape(shape)
    targets = np.array([0, 1, 0, 1], kind).reshape(shape)
    made = ThresholdExplorer(wrap(scores), wrap(targets))
    assert made.counts == Counts(1, 1, 1, 1) and made.threshold == 0.5
    assert [c["name"] for c in made.controls if c["shown"]] == ["threshold", "curve"]
    made.close()


@pytest.mark.parametrize(("scores", "start"), [([-3, 5], 0.0), ([2, 4], 3.0), ([0.2, 0.3], 0.5)])
def test_a_threshold_starts_inside_the_scores(scores: Any, start: float) -> None:
    made = ThresholdExplorer(scores, [0, 1])
    assert made.threshold == pytest.approx(start)
    made.close()


class Odd:
    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("<b>no</b>")


@pytest.mark.parametrize(
    ("scores", "targets", "said"),
    [
        ([0.1], None, "the targets are missing"),
        (None, [1], "the scores are missing"),
        ([0.1, 0.2], [1], "there are 1 targets and 2 scores"),
        (np.zeros((4, 2)), [0, 1, 0, 1], "but have (4, 2): take the column of one class, [:, 1]."),
        (np.zeros(4), np.eye(4), "Targets should have the shape (n,) or (n, 1)"),
        (0.5, 1, "Scores should have the shape (n,) or (n, 1), but have ()."),
        ([], [], "There should be 1 to 100000 scores, but there are 0."),
        ([0.5, np.nan], [0, 1], "Scores should be finite"),
        ([0.5, 1e9], [0, 1], "between −1e6 and 1e6"),
        ([0.5, 0.1], [0, 2], "Targets should be 0 or 1, but one is 2."),
        (["a", "b"], [0, 1], "Scores should be an array of numbers, but are list."),
        (["0.5", "0.6"], [0, 1], "Scores should be an array of numbers"),
        ([[1], [2, 3]], [0, 1], "Scores should be an array of numbers"),
        (Odd(), [0, 1], "Scores should be an array of numbers, but are Odd."),
    ],
)
def test_what_cant_be_used_gives_one_sentence(scores: Any, targets: Any, said: str) -> None:
    made = ThresholdExplorer(scores, targets)
    assert said in made.words and "\n" not in made.words and made.numbers == []
    assert ElementTree.fromstring(made.picture).attrib["aria-label"] == made.words
    assert not any(control["shown"] for control in made.controls)
    made.threshold = 0.3
    assert said in made.words
    made.close()


@pytest.mark.parametrize(
    "state",
    [{"threshold": float("nan")}, {"share": 1.5}, {"samples": 3}, {"curve": "DET"}],
)
def test_a_state_that_is_no_use_is_refused(explorer: ThresholdExplorer, state: Any) -> None:
    before = explorer.words
    with pytest.raises(traitlets.TraitError):
        explorer.set_state(state)
    assert explorer.words == before
