"""What the check of `ticket_project` says of answers that go wrong in ways without a name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tfcourse_utils.checking import Verdict, check_answer, find_exercise, wrong_answers
from tfcourse_utils.exercises.end_to_end import tickets
from tfcourse_utils.exercises.end_to_end.wrong.tickets import project

TICKETS = find_exercise("end_to_end.ticket_project")
ROWS = "a fifth of the rows, and the seed decides which"
NUMBERS = "baseline and score of both, worked out again"


def _told(answer: Any) -> dict[str, str]:
    verdict: Verdict = check_answer(TICKETS, answer, seed=3)
    return {p.probe: p.reason for p in verdict.probes if p.reason}


def test_a_modest_model_is_enough() -> None:
    assert _told(project) == {}


@pytest.mark.parametrize("spoilt", ["tags", "department"])
def test_arrays_stay_as_they_are(spoilt: str) -> None:
    def spoiling(given: Any, seed: int) -> Any:
        result = project(given, seed)
        given[spoilt] += 1
        return result

    told = _told(spoiling)
    assert list(told) == [ROWS]
    assert "not what they were before" in told[ROWS]


@pytest.mark.parametrize("name", ["baseline", "score"])
def test_an_output_without_a_number_is_named(name: str) -> None:
    def without(given: Any, seed: int) -> Any:
        result = project(given, seed)
        del result[name]["department"]
        return result

    told = _told(without)
    assert list(told) == [NUMBERS]
    assert f"`{name}` is a dictionary with priority, department" in told[NUMBERS]


def test_other_tickets_are_drawn_for_every_seed_and_most_are_urgent() -> None:
    for seed in range(5):
        shown, kept = tickets._tickets(np.random.default_rng(seed))
        assert {name: x.shape for name, x in shown["inputs"].items()} == {
            "title": (520, 18),
            "text_body": (520, 24),
            "tags": (520, 6),
        }
        assert "unseen_targets" not in shown
        assert 0.55 < kept["targets"]["priority"].mean() < 0.7
        counts = kept["targets"]["department"].sum(axis=0)
        assert sorted(counts, reverse=True) == list(tickets.SIZES)


def test_every_wrong_answer_of_the_model_keeps_its_points_for_the_rows() -> None:
    for name in ("a list of inputs", "targets among the inputs"):
        verdict = check_answer(TICKETS, wrong_answers(TICKETS)[name].answer, seed=3)
        assert [p.probe for p in verdict.probes if not p.reason] == [ROWS]
        assert any("can't be called with such inputs" in p.reason for p in verdict.probes)
