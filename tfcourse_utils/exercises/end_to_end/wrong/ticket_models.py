"""How `ticket_project` goes wrong: in what goes into the model, and in what comes out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import keras
import numpy as np

from ..kinds import are_shares, sum_to_1
from ..tickets import ACCURACY, INPUTS, SIZES, accuracies, ticket_project
from .tickets import ACTIVATIONS, network, project


def _unseen(seen: Any) -> Any:
    return seen["first"]["at_unseen"]


def _list_of_outputs(places: Any, outputs: Any) -> Any:
    return keras.Model(places, [*outputs.values()])


ticket_project.wrong(
    "a list of outputs",
    says="The model gives a list. With a dictionary of outputs nobody has to know their order: "
    "`keras.Model(inputs, outputs)` takes dictionaries for both.",
    when=lambda seen, kept: isinstance(_unseen(seen), list),
)(
    partial(
        project,
        network=partial(network, made_of=_list_of_outputs),
        called=lambda model, inputs: dict(zip(ACCURACY, model(inputs))),
    )
)


def _list_of_inputs(places: Any, outputs: Any) -> Any:
    unnamed = [keras.Input(place.shape[1:]) for place in places.values()]
    by_name = dict(zip(places, unnamed))
    return keras.Model(unnamed, keras.Model(places, outputs)(by_name))


def _is_asking_for_targets(seen: Any) -> bool:
    return isinstance(_unseen(seen), str) and any(f"'{name}'" in _unseen(seen) for name in ACCURACY)


ticket_project.wrong(
    "a list of inputs",
    says="The model can't be called with a dictionary of `title`, `text_body` and `tags`. Give "
    "each `keras.Input` its name, and hand them to `keras.Model` as a dictionary.",
    when=lambda seen, kept: isinstance(_unseen(seen), str) and not _is_asking_for_targets(seen),
)(
    partial(
        project,
        network=partial(network, made_of=_list_of_inputs),
        called=lambda model, inputs: model([*inputs.values()]),
    )
)

ticket_project.wrong(
    "targets among the inputs",
    says="The model wants the priority and the department before it says them: whoever loops over "
    "all keys makes inputs of the targets too. A new ticket has only its title, text and tags.",
    when=lambda seen, kept: _is_asking_for_targets(seen),
)(partial(project, names=(*INPUTS, *ACCURACY)))


def _widths(seen: Any) -> list[int]:
    return [_unseen(seen)[name].shape[1] for name in ACCURACY]


ticket_project.wrong(
    "outputs exchanged",
    says="Under `priority` stands the department, and under `department` the priority. Look at the "
    "shapes: (m, 1) and (m, k).",
    when=lambda seen, kept: _widths(seen) == [len(SIZES), 1],
)(
    partial(
        project,
        network=partial(
            network,
            made_of=lambda places, outputs: keras.Model(
                places, dict(zip(outputs, reversed(outputs.values())))
            ),
        ),
        called=lambda model, inputs: dict(zip(ACCURACY, reversed([*model(inputs).values()]))),
    )
)


def _is_always_1(chances: Any) -> bool:
    return bool(np.allclose(chances, 1))


def _by_outputs(when: Callable[[Any], object]) -> Callable[[Any, Any], object]:
    return lambda seen, kept: when(_unseen(seen))


for _name, _says, _activations, _when in (
    (
        "softmax of one unit",
        "The priority of every ticket is 1: a softmax shares 1 out among its units, and here there "
        "is one only. A single chance comes out of a sigmoid.",
        {"priority": "softmax"},
        lambda found: _is_always_1(found["priority"]),
    ),
    (
        "logits",
        "The outputs are logits, below 0 and above 1. A sigmoid makes a chance of one, and a "
        "softmax makes probabilities of several.",
        {"priority": None, "department": None},
        lambda found: not all(map(are_shares, found.values())),
    ),
    (
        "a sigmoid for each department",
        "The probabilities of a ticket's departments don't sum to 1, as from a sigmoid for each. "
        "A ticket goes to one department only: a softmax shares 1 out among them.",
        {"department": "sigmoid"},
        lambda found: are_shares(found["department"]) and not sum_to_1(found["department"]),
    ),
):
    ticket_project.wrong(_name, says=_says, when=_by_outputs(_when))(
        partial(project, network=partial(network, activations=ACTIVATIONS | _activations))
    )


def _is_hardly_better(seen: Any, kept: Any) -> bool:
    own = accuracies(kept["unseen_targets"], _unseen(seen))
    has_other_reply = _is_always_1(_unseen(seen)["priority"])
    return not has_other_reply and any(own[name] < ACCURACY[name] for name in own)


ticket_project.wrong(
    "an input left out",
    says="One of the outputs is hardly better than its baseline. Do all three inputs reach both "
    "outputs, does each have the loss that fits it, and were there enough steps?",
    when=_is_hardly_better,
)(
    partial(
        project,
        network=lambda x, y: network(x | {"tags": np.zeros_like(x["tags"])}, y),
    )
)
