"""`regression_project`: a number from measurements."""

from __future__ import annotations

from tfcourse_utils.checking import exercise

from .numbers import look_at_numbers

__all__ = ["regression_project"]

regression_project = exercise(
    "end_to_end.regression_project", kind="transfer", section="A number from measurements"
)
look_at_numbers(regression_project, samples=300)

regression_project.hint(
    "Write down the order first: split, scale, baseline, model, training, score. Which of these "
    "steps may use the test rows?",
    "A model that takes raw measurements has the scaling inside: "
    "`scale = keras.layers.Normalization()`, then `scale.adapt(…)` with the right rows, then "
    "`scale` as its first layer.",
    "`np.random.default_rng(seed).permutation(len(x))` puts the rows in an order that the seed "
    "decides. `keras.utils.set_random_seed(seed)` does the same for the weights and for `fit`.",
    "32 hidden units, Adam with a learning rate of 0.03 and some 40 epochs are enough; one epoch "
    "over `np.tile(x[train], (40, 1))`, and the same of y, is quicker.",
)
