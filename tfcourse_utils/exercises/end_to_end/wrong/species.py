"""How `species_project` goes wrong."""

from __future__ import annotations

import numpy as np

from ..species import ACCURACY, RULES, SIZES, species_project
from .kinds import Project, add_faults, own_accuracy, scores_on_other_inputs
from .scores import add_baseline

_project = Project(RULES, features=60)
add_faults(species_project, _project)

for _name, _says, _baseline in (
    (
        "baseline of a guess",
        "The baseline is one divided by the number of kinds, as of blind guesses. Always saying "
        "the commonest kind is right more often.",
        lambda test, training: 1 / len(SIZES),
    ),
    (
        "baseline of the rarest",
        "The baseline always says the rarest kind. Which kind is right most often?",
        lambda test, training: np.mean(test == np.bincount(training).argmin()),
    ),
):
    add_baseline(species_project, RULES, _project, _name, _says, _baseline)

species_project.wrong(
    "scaling outside the model",
    says="The score is far better than what the model does with raw measurements: it was trained "
    "on scaled ones, and the scaling stayed outside. Make it the model's first layer.",
    when=lambda seen, kept: scores_on_other_inputs(seen, kept, ACCURACY),
)(_project.scaled_outside)

species_project.wrong(
    "unscaled",
    says="The model tells hardly any kinds apart. Are the inputs scaled, and were there enough "
    "steps? A column that is around 8000 drowns one that is around 1.",
    when=lambda seen, kept: (
        own_accuracy(seen, kept) < ACCURACY and not scores_on_other_inputs(seen, kept, ACCURACY)
    ),
)(_project.untrained)
