"""What is sent to where a learner's code runs: enough to be looked at, nothing to win by."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfcourse_utils.checking import (
    Exercise,
    Questions,
    ask,
    check_answer,
    decode_questions,
    encode_questions,
    expectation,
    find_exercise,
    judge,
    observe,
    to_plain,
    topic_exercises,
    wrong_answers,
)
from tfcourse_utils.checking.notebook import QUESTIONS_FILE, questions_text
from tfcourse_utils.checking.questions import _generator, kept

SEED = 11
EXERCISES = list(topic_exercises("linear_classifiers").values())
OPEN = [
    (one, probe) for one in EXERCISES for probe in one.probes.values() if probe.data is not None
]
every_open_probe = pytest.mark.parametrize(
    ("one", "probe"), OPEN, ids=[f"{one.name}: {probe.name}" for one, probe in OPEN]
)


def _sent(questions: Questions) -> Questions:
    """Return the questions as they arrive."""
    return decode_questions(json.loads(json.dumps(encode_questions(questions))))


def _same(left: Any, right: Any) -> bool:
    try:
        np.testing.assert_equal(left, right)
    except AssertionError:
        return False
    return True


@given(st.integers(0, 2**128), st.integers(0, 2**128))
def test_the_seed_of_questions_is_another_for_each_seed_of_the_judge(one: int, other: int) -> None:
    dense = find_exercise("linear_classifiers.dense")
    assert ask(dense, one).seed != one
    assert (ask(dense, one).seed == ask(dense, other).seed) == (one == other)


@every_open_probe
def test_what_is_shown_is_drawn_with_what_is_kept(one: Exercise, probe: Any) -> None:
    shown, hidden = probe.data(_generator(probe, SEED))
    assert _same(ask(one, SEED).shown[probe.name], to_plain(shown))
    assert _same(expectation(one, SEED).right(probe), hidden)
    assert not _same(ask(one, SEED + 1).shown[probe.name], to_plain(shown))


@every_open_probe
def test_the_seed_of_questions_does_not_draw_what_is_shown_and_kept(
    one: Exercise, probe: Any
) -> None:
    derived = ask(one, SEED).seed
    assert not _same(probe.data(_generator(probe, derived)), probe.data(_generator(probe, SEED)))


# What `solve_xor` keeps is known to everyone: the exclusive or of the corners that it shows.
@pytest.mark.parametrize(
    ("one", "probe"), [(one, probe) for one, probe in OPEN if one.name != "solve_xor"]
)
def test_no_target_that_is_kept_is_sent_or_drawn(one: Exercise, probe: Any) -> None:
    assert not _same(kept(probe, ask(one, SEED).seed), kept(probe, SEED))
    targets = kept(probe, SEED)["y"]
    shown = [v for v in ask(one, SEED).shown[probe.name].values() if isinstance(v, np.ndarray)]
    assert shown
    assert not any(_same(array.ravel()[: len(targets)], targets.ravel()) for array in shown)


@pytest.mark.parametrize("one", EXERCISES, ids=lambda one: one.name)
def test_questions_arrive_as_they_were_sent(one: Exercise) -> None:
    questions = ask(one, SEED)
    assert "opaque" not in json.dumps(encode_questions(questions))
    assert _same(vars(_sent(questions)), vars(questions))


def _fits(inputs: Any, targets: Any, num_classes: int, *_: Any) -> Any:
    """Classify by the nearest mean, after writing over the data."""
    x, y = inputs.numpy(), targets.numpy()
    means = [x[y == label].mean(axis=0) for label in np.unique(y)]
    W, b = np.zeros((2, num_classes)), np.full(num_classes, -1e6)
    for label, mean in enumerate(means):
        W[:, label], b[label] = 2 * mean, -mean @ mean
    x[:] = 0
    return W, b


def test_an_answer_is_judged_alike_whether_its_questions_were_sent_or_not() -> None:
    one = find_exercise("linear_classifiers.train_softmax")
    sent = judge(one, observe(one, _fits, _sent(ask(one, SEED))), expectation(one, SEED))
    assert sent == check_answer(one, _fits, SEED)
    assert sent.points == one.points


def test_an_exercise_that_is_not_in_a_package_has_the_wrong_answers_it_was_given() -> None:
    one = Exercise("a_topic.answer", "rebuild", "")
    one.wrong("nothing", says="…")(lambda: None)
    assert list(wrong_answers(one)) == ["nothing"]


CHECK_ALL = """
import sys
from tfcourse_utils.checking import check, topic_exercises

for one in topic_exercises("linear_classifiers").values():
    check(one.id, {} if one.answer_kind == "dictionary" else lambda *args, **kwargs: 0)
ours = [name.split(".") for name in sys.modules if name.startswith("tfcourse_utils.")]
print(*(".".join(parts) for parts in ours if {"reference", "wrong"} & {*parts}))
"""


def test_where_a_learners_code_is_observed_no_answer_is_imported(tmp_path: Path) -> None:
    (tmp_path / "questions.json").write_text(questions_text(EXERCISES, SEED))
    done = subprocess.run(
        [sys.executable, "-c", CHECK_ALL],
        env=os.environ | {QUESTIONS_FILE: str(tmp_path / "questions.json")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, done.stdout.split()) == (0, []), done
