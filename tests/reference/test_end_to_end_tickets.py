"""`ticket_project` on the course's tickets, against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.metrics import accuracy_score

from tfcourse_utils import data
from tfcourse_utils.reference.end_to_end import ticket_project


def test_tickets_find_their_way() -> None:
    tickets = data.tickets(2000, seed=0)
    before = {name: array.copy() for name, array in tickets.items()}
    result = ticket_project(tickets, seed=1)
    assert tickets.keys() == before.keys()
    for name, array in tickets.items():
        np.testing.assert_array_equal(array, before[name])
    test = sorted(result["test_rows"])
    train = [row for row in range(2000) if row not in test]
    assert len(test) == 400
    found = result["model"].predict(
        {name: tickets[name][test] for name in ("title", "text_body", "tags")}, verbose=0
    )
    assert {name: found[name].shape for name in found} == {
        "priority": (400, 1),
        "department": (400, 4),
    }
    assert np.sum(found["department"], axis=1) == pytest.approx(np.ones(400), abs=1e-5)
    said = {"priority": np.round(found["priority"]), "department": found["department"].argmax(1)}
    right = {"priority": tickets["priority"][:, 0], "department": tickets["department"].argmax(1)}
    for name, least in (("priority", 0.75), ("department", 0.9)):
        commonest = DummyClassifier().fit(tickets["tags"][train], right[name][train])
        baseline = accuracy_score(right[name][test], commonest.predict(tickets["tags"][test]))
        assert result["baseline"][name] == pytest.approx(baseline)
        assert result["score"][name] == pytest.approx(accuracy_score(right[name][test], said[name]))
        assert result["score"][name] > least
