"""How `ticket_project` goes wrong: in the way it goes, and in its numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import keras
import numpy as np

from ...projects import at, length
from ..tickets import ACCURACY, INPUTS, RULES, SIZES, accuracies, said, ticket_project
from .leaks import add
from .scores import add_baseline, add_score
from .solved import split, trained

ACTIVATIONS = {"priority": "sigmoid", "department": "softmax"}
_LOSSES = {"priority": "binary_crossentropy", "department": "categorical_crossentropy"}


def network(
    inputs: Any,
    targets: Any,
    activations: Any = ACTIVATIONS,
    made_of: Callable[..., Any] = keras.Model,
) -> Any:
    """Return a model with lines solved for that give the right answers the largest outputs.

    They are as good as a network here, and take no time.
    """
    places = {name: keras.Input(array.shape[1:], name=name) for name, array in inputs.items()}
    place = keras.layers.Concatenate()([*places.values()])
    x = np.hstack([*inputs.values()])
    outputs = {name: _line(x, y, activations[name])(place) for name, y in targets.items()}
    return made_of(places, outputs)


def _line(x: Any, y: Any, activation: str | None) -> Any:
    """Return a layer that fits targets of 0 and 1, and has a seed for the rest as a trained one."""
    with_ones = np.hstack([x, np.ones((len(x), 1))])
    weights = np.linalg.lstsq(with_ones, 20.0 * y - 10.0, rcond=None)[0]
    weights = weights + np.asarray(keras.initializers.RandomNormal(stddev=0.2)(weights.shape))
    layer = keras.layers.Dense(y.shape[1], activation)
    layer.build(x.shape)
    layer.set_weights([weights[:-1], weights[-1]])
    return layer


def _called(model: Any, inputs: Any) -> Any:
    return model(inputs)


def _result(
    model: Any, x: Any, y: Any, test: Any, train: Any, called: Callable[..., Any] = _called
) -> dict[str, Any]:
    return {
        "model": model,
        "test_rows": test,
        "baseline": RULES.baseline(x, y, train, test),
        "score": accuracies(at(y, test), called(model, at(x, test))),
    }


def _parts(tickets: Any, names: tuple[str, ...] = INPUTS) -> tuple[Any, Any]:
    """Return what goes into the model, and what should come out."""
    return {name: tickets[name] for name in names}, {name: tickets[name] for name in ACCURACY}


def project(
    tickets: Any,
    seed: int,
    rows: Any = split,
    names: tuple[str, ...] = INPUTS,
    is_seeded: bool = True,
    network: Callable[..., Any] = network,
    called: Callable[..., Any] = _called,
    other: Any = None,
) -> dict[str, Any]:
    """Return a project that is right but for what is said."""
    if is_seeded:
        keras.utils.set_random_seed(seed)
    x, y = _parts(tickets, names)
    test, train = rows(length(x), seed)
    model = network(at(x, train), at(y, train))
    changes = other(model, x, y, test, train) if other else {}
    return _result(model, x, y, test, train, called) | changes


def _trained_on_all(tickets: Any, seed: int) -> dict[str, Any]:
    keras.utils.set_random_seed(seed)
    x, y = _parts(tickets)
    test, train = split(length(x), seed)
    model = network(x, y)
    trained(model, _LOSSES, x, y)
    return _result(model, x, y, test, train)


def _stopped_by_test(tickets: Any, seed: int) -> dict[str, Any]:
    keras.utils.set_random_seed(seed)
    x, y = _parts(tickets)
    test, train = split(length(x), seed)
    known, kept_back = ((at(x, rows), at(y, rows)) for rows in (train, test))
    model = network(*known)
    stop = keras.callbacks.EarlyStopping(patience=1, restore_best_weights=True)
    trained(model, _LOSSES, *known, epochs=2, validation_data=kept_back, callbacks=[stop])
    return _result(model, x, y, test, train)


def _chosen_by_test(tickets: Any, seed: int) -> dict[str, Any]:
    rows = split(length(tickets), seed)
    tried = [project(tickets, start, lambda *_: rows) for start in (seed, seed + 1)]
    return max(tried, key=lambda one: sum(one["score"].values()))


def _history(tickets: Any, seed: int) -> dict[str, Any]:
    x, y = _parts(tickets)
    test, train = split(length(x), seed)
    model = network(at(x, train), at(y, train))
    history = trained(model, _LOSSES, at(x, train), at(y, train))
    return _result(model, x, y, test, train) | {"model": history}


_FAULTS: dict[str, Callable[..., Any]] = {
    "trained on all rows": _trained_on_all,
    "stopped by the test rows": _stopped_by_test,
    "chosen by the test rows": _chosen_by_test,
    "weights without a seed": partial(project, is_seeded=False),
    "rows without a seed": partial(project, rows=lambda count, _: split(count, None)),
    "the same rows for every seed": partial(project, rows=lambda count, _: split(count, 42)),
    "a tenth": partial(project, rows=partial(split, part=10)),
    "rows exchanged": partial(project, rows=lambda count, seed: split(count, seed)[::-1]),
    "returns the history": _history,
}
for _name, _answer in _FAULTS.items():
    add(ticket_project, _name, _answer)


def _with(name: str, value: Callable[[Any, Any], Any]) -> Callable[[Any, Any], dict[str, float]]:
    """Return a score of which one number is `value` of targets and predictions of the test."""

    def score(test: Any, _: Any) -> dict[str, float]:
        targets, predictions = test
        return accuracies(*test) | {name: float(value(targets[name], predictions[name]))}

    return score


def _share_of_both(test: Any, _: Any) -> float:
    right, found = map(said, test)
    return float(np.mean(np.all([right[name] == found[name] for name in right], axis=0)))


def _cross_entropies(test: Any, _: Any) -> dict[str, float]:
    targets, predictions = test
    losses = {name: getattr(keras.losses, loss) for name, loss in _LOSSES.items()}
    return {
        name: float(np.mean(loss(targets[name], predictions[name])))
        for name, loss in losses.items()
    }


for _name, _says, _score in (
    (
        "one number for both",
        "The score is a single number, the mean of both accuracies. A good department can hide a "
        "bad priority in it: give a dictionary with a number for each.",
        lambda test, training: float(np.mean([*accuracies(*test).values()])),
    ),
    (
        "both at once",
        "The score is a single number, the share of tickets where both answers are right. Two "
        "are asked for, one for each output.",
        _share_of_both,
    ),
    (
        "the largest of one column",
        "For the priority you looked for the largest of a row's numbers. There is only one, so "
        "that is always number 0. A single chance is compared with a half.",
        _with("priority", lambda y, chances: np.mean(np.argmax(chances, axis=1) == y[:, 0])),
    ),
    (
        "rows against columns",
        "For the priority every target was compared with every prediction: (n, 1) met (n,), and "
        "broadcasting made a table of them. Look at both shapes before you compare.",
        _with("priority", lambda y, chances: np.mean((chances[:, 0] > 0.5) == y)),
    ),
    (
        "cell by cell",
        "For the department the cells of the one-hot table were compared one by one. Most are 0 on "
        "both sides, even where the department is wrong. Which one is said in each row?",
        _with("department", lambda y, found: np.mean((found > 0.5) == y)),
    ),
    (
        "chances taken for answers",
        "For the priority the chances themselves were compared with 0 and 1, and hardly one is "
        "exactly that. Say first what is urgent: what has a chance of more than a half.",
        _with("priority", lambda y, chances: np.mean(chances == y)),
    ),
    (
        "score of the training rows",
        "The scores are accuracies on the rows that the model was trained on. Those it knows: take "
        "the rows that were kept back.",
        lambda test, training: accuracies(*training),
    ),
    (
        "the losses for scores",
        "The scores are the two losses. Accuracies are asked for: the share of rows where what the "
        "model says is right.",
        _cross_entropies,
    ),
):
    add_score(ticket_project, RULES, project, _name, _says, _score)


def _always(test: Any, known: Any) -> dict[str, float]:
    """Return how often what is commonest in some targets is right in those of the test."""
    right, commonest = said(test), said(known)
    return {k: float(np.mean(right[k] == np.bincount(commonest[k]).argmax())) for k in right}


for _name, _says, _baseline in (
    (
        "baseline from the test rows",
        "The baseline says what is commonest in the test rows, which nobody knows before the test. "
        "Count in the other rows.",
        lambda test, training: _always(test, test),
    ),
    (
        "baseline on the training rows",
        "The baseline is an accuracy on the rows that were trained on. It is compared with the "
        "score: take the same rows for both.",
        lambda test, training: _always(training, training),
    ),
    (
        "never urgent",
        "The baseline takes for granted that most tickets are not urgent. Here most are: count "
        "before you say which is commoner.",
        lambda test, training: (
            _always(test, training) | {"priority": float(np.mean(test["priority"] == 0))}
        ),
    ),
    (
        "baseline of a guess",
        "The baseline is that of blind guesses, one half and one divided by the number of "
        "departments. Always saying the commonest is right more often.",
        lambda test, training: {"priority": 1 / 2, "department": 1 / len(SIZES)},
    ),
    (
        "one baseline for both",
        "The baseline is a single number. Each output has its own: give a dictionary.",
        lambda test, training: float(np.mean([*_always(test, training).values()])),
    ),
):
    add_baseline(ticket_project, RULES, project, _name, _says, _baseline)


@ticket_project.wrong(
    "targets taken out",
    says="After the call, the dictionary of tickets is another one: something was taken out of it, "
    "or put in. It belongs to whoever called. Make new dictionaries of inputs and targets.",
    when=lambda seen, kept: (
        seen["first"]["arguments"].keys() != (kept["inputs"] | kept["targets"]).keys()
    ),
)
def _(tickets, seed):
    result = project(tickets, seed)
    del tickets["priority"], tickets["department"]
    return result
