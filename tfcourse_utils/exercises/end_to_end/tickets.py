"""`ticket_project`: three inputs, two outputs."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfcourse_utils.checking import exercise

from ..project_rules import Rules, one_look, rows_by_seed, true_numbers, usable
from ..projects import parted, three_runs
from .kinds import are_shares, sum_to_1

__all__ = ["ACCURACY", "INPUTS", "RULES", "SIZES", "accuracies", "said", "ticket_project"]

INPUTS = ("title", "text_body", "tags")
ACCURACY = {"priority": 0.75, "department": 0.65}  # without one of the inputs: 0.69 and 0.5
SIZES = (120, 120, 100, 80, 60, 40)  # of the departments; two are the commonest, before the split
_UNSEEN = 300

ticket_project = exercise(
    "end_to_end.ticket_project", kind="transfer", section="Where a ticket goes"
)


def said(answers: Any) -> dict[str, np.ndarray]:
    """Return what targets or predictions say: urgent or not, and the number of a department."""
    return {
        "priority": np.ravel(answers["priority"]) > 0.5,
        "department": np.argmax(answers["department"], axis=1),
    }


def accuracies(targets: Any, predictions: Any) -> dict[str, float]:
    """Return the share of rows where the predictions say the same as the targets."""
    right, found = said(targets), said(predictions)
    return {name: float(np.mean(right[name] == found[name])) for name in right}


def _baseline(_: Any, targets: Any, train: Any, test: Any) -> dict[str, float]:
    return {
        name: float(np.mean(values[test] == np.bincount(values[train]).argmax()))
        for name, values in said(targets).items()
    }


RULES = Rules(
    score=accuracies,
    baseline=_baseline,
    shape=lambda count: {"priority": (count, 1), "department": (count, len(SIZES))},
)


def _draw(rng: np.random.Generator) -> tuple[Any, Any]:
    """Draw tickets of which each input tells a part.

    The department follows from the title's topic and that of the text together, the priority from
    the tone of the text and the tags. More are urgent than not.
    """
    labels = rng.permutation(np.repeat(rng.permutation(len(SIZES)), SIZES))
    department = np.concatenate([labels, rng.integers(len(SIZES), size=_UNSEEN)])
    tone = rng.integers(2, size=len(department))
    tags = rng.random((len(department), 6)) < 0.4
    urgency = tags @ [2.8, 1.6, 0.8, -0.8, -1.6, -2.8] + 3.2 * tone
    urgency += rng.normal(0, 0.4, len(department))
    texts = _words(rng, department // 3, 2, each=6), _words(rng, tone, 2, each=6)
    inputs = {
        "title": _words(rng, department % 3, 3, each=6),
        "text_body": np.hstack(texts),
        "tags": tags,
    }
    targets = {
        "priority": urgency[:, np.newaxis] > np.quantile(urgency, 0.38),
        "department": np.eye(len(SIZES))[department],
    }
    return (
        {name: rng.permutation(x, axis=1).astype("float32") for name, x in inputs.items()},
        {name: y.astype("float32") for name, y in targets.items()},
    )


def _words(rng: np.random.Generator, topic: Any, topics: int, each: int) -> np.ndarray:
    """Draw which words stand in texts: rather those of a text's topic, so many for each."""
    is_own = np.repeat(np.arange(topics), each) == topic[:, np.newaxis]
    return rng.random(is_own.shape) < np.where(is_own, 0.6, 0.06)


def _tickets(rng: np.random.Generator) -> tuple[Any, Any]:
    return parted(rng, *_draw(rng), samples=sum(SIZES))


def _look(answer, shown):
    def call(inputs, seed):
        tickets = inputs | {name: y.copy() for name, y in shown["y"].items()}
        result = answer(tickets, seed)
        inputs.clear()
        inputs.update(tickets)  # as the answer has left it
        return result

    return three_runs(call, shown, change=lambda array: 1 - array)


def _better(seen: Any, kept: Any) -> str | None:
    if reason := usable(seen, kept, RULES):
        return reason
    chances, probabilities = (seen["first"]["at_unseen"][name] for name in ACCURACY)
    if not are_shares(chances):
        return "`priority` is not a chance between 0 and 1"
    if np.min(probabilities) < 0 or not sum_to_1(probabilities):
        return "`department`: the predictions of a row are not probabilities that sum to 1"
    own = accuracies(kept["unseen_targets"], seen["first"]["at_unseen"])
    for name, share in own.items():
        if not share >= ACCURACY[name]:
            return (
                f"`{name}` is right on {share:.0%} of tickets that the model never saw, and "
                f"{ACCURACY[name]:.0%} are asked for"
            )
    return None


def _rows(seen: Any, kept: Any) -> str | None:
    """Compare as `rows_by_seed` does, and ask for the targets and the dictionary itself."""
    given, left = kept["inputs"] | kept["targets"], seen["first"]["arguments"]
    if left.keys() != given.keys():
        return f"`tickets` was left with the keys {', '.join(left)}"
    if not all(np.array_equal(left[name], y) for name, y in kept["targets"].items()):
        return "the targets that it was given are not what they were before"
    return rows_by_seed(seen, kept)


for _name, _points, _compare in (
    ("better than always saying the commonest, both times", 2, _better),
    ("a fifth of the rows, and the seed decides which", 1, _rows),
    ("baseline and score of both, worked out again", 1, true_numbers(RULES)),
    ("nothing of the test rows in the model", 2, one_look(RULES)),
):
    ticket_project.probe(_name, points=_points, compare=_compare, data=_tickets)(_look)


ticket_project.hint(
    "Draw the model first: three boxes on the left, two on the right. Which activation and which "
    "loss does each of the two need?",
    "All five arrays are cut by the same rows: `{name: array[train] for name, array in "
    "tickets.items()}`. How wide each box is stands in the array's shape.",
    "`keras.Model` takes dictionaries: one of `keras.Input`, by name, and one of outputs. Then "
    "`fit` takes such dictionaries too, and so does `compile(loss=…)`.",
    "A sigmoid with binary, a softmax with categorical cross-entropy. For the accuracy, compare "
    "answers, not chances: `chance > 0.5` for the one, `np.argmax(…, axis=1)` for the other, on "
    "targets and predictions alike, and look at the shapes.",
)
