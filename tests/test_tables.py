"""Tickets and houses: shapes, types, seeds, and that there is something to learn in them."""

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression

from tfcourse_utils import data


def columns(tickets, *names):
    return np.concatenate([tickets[name] for name in names], axis=1)


def department(tickets):
    return tickets["department"].argmax(axis=1)


def priority(tickets):
    return tickets["priority"][:, 0]


def accuracy(target, *names):
    """Return how often a linear model on these inputs is right, and how often the commonest is."""
    seen, new = data.tickets(600, seed=1), data.tickets(2000, seed=2)
    model = LogisticRegression(max_iter=1000).fit(columns(seen, *names), target(seen))
    commonest = np.bincount(target(seen).astype(int)).argmax()
    score = model.score(columns(new, *names), target(new))
    return score, np.mean(target(new) == commonest)


@pytest.mark.parametrize("samples", [1, 50])
def test_tickets_have_the_promised_shapes(samples):
    drawn = data.tickets(samples, seed=3)
    assert {name: array.shape for name, array in drawn.items()} == {
        "title": (samples, len(data.WORDS)),
        "text_body": (samples, len(data.WORDS)),
        "tags": (samples, len(data.TAGS)),
        "priority": (samples, 1),
        "department": (samples, len(data.DEPARTMENTS)),
    }
    assert {array.dtype for array in drawn.values()} == {np.dtype("float32")}
    assert set(np.unique(columns(drawn, *drawn))) == {0.0, 1.0}
    assert drawn["department"].sum(axis=1).tolist() == [1.0] * samples


def test_words_tags_and_departments_are_told_apart():
    for names in (data.WORDS, data.TAGS, data.DEPARTMENTS, data.HOUSE_COLUMNS):
        assert len(set(names)) == len(names)


def test_words_tell_the_department_and_tags_do_not():
    score, commonest = accuracy(department, "title", "text_body")
    assert 0.85 < score < 0.99 and commonest < 0.45
    assert accuracy(department, "tags")[0] < commonest + 0.05
    assert accuracy(department, "title")[0] < score


def test_tags_and_tone_tell_the_priority_together_better_than_alone():
    score, commonest = accuracy(priority, "title", "text_body", "tags")
    assert 0.8 < score < 0.95 and commonest < 0.6
    for alone in (["tags"], ["title", "text_body"]):
        assert commonest + 0.05 < accuracy(priority, *alone)[0] < score - 0.05


def test_houses_have_the_promised_shapes_and_unlike_scales():
    x, y = data.houses(300, seed=1)
    assert x.shape == (300, len(data.HOUSE_COLUMNS)) and x.dtype == np.float32
    assert y.shape == (300, 1) and y.dtype == np.float32
    assert y.min() >= 0.15 and y.max() <= 5.0
    scales = x.std(axis=0)
    assert scales.max() > 1000 * scales.min()


def test_columns_tell_the_price_of_a_house():
    (x, y), (new_x, new_y) = data.houses(1000, seed=1), data.houses(1000, seed=2)
    error = np.mean(np.abs(LinearRegression().fit(x, y).predict(new_x) - new_y))
    assert 0.1 < error < 0.6 * np.mean(np.abs(new_y - y.mean()))


@pytest.mark.parametrize("draw", [data.houses, lambda *args: [*data.tickets(*args).values()]])
def test_same_seed_same_rows_whatever_the_global_seed(draw):
    np.random.seed(5)
    expected = np.random.random()
    np.random.seed(5)
    first, again, other = draw(20, 7), draw(20, 7), draw(20, 8)
    assert np.random.random() == expected
    for one, same, another in zip(first, again, other, strict=True):
        np.testing.assert_array_equal(one, same)
        assert not np.array_equal(one, another)


@pytest.mark.parametrize("draw", [data.houses, data.tickets])
def test_no_samples_are_refused(draw):
    with pytest.raises(ValueError, match="samples should be 1 or more, but is 0"):
        draw(0, seed=1)
