"""How `split_train_validation` goes wrong."""

from __future__ import annotations

import numpy as np

from ..split import split_train_validation


def _cut(x, y, order, count):
    """Return the split of a right answer: the first `count` of the rows in order validate."""
    validation, train = order[:count], order[count:]
    return (x[train], y[train]), (x[validation], y[validation])


def _order(x, seed):
    return np.random.default_rng(seed).permutation(len(x))


@split_train_validation.wrong(
    "not shuffled",
    says="The rows of validation are the first or the last ones. Data often comes sorted, by class "
    "or by day: choose the rows by chance.",
)
def _(x, y, fraction, seed):
    return _cut(x, y, np.arange(len(x)), round(fraction * len(x)))


@split_train_validation.wrong(
    "pairs torn",
    says="x and y are shuffled each in an order of its own, so that inputs stand beside targets of "
    "other rows. One order has to serve both.",
)
def _(x, y, fraction, seed):
    rng = np.random.default_rng(seed)
    count = round(fraction * len(x))
    x, y = x[rng.permutation(len(x))], y[rng.permutation(len(y))]
    return (x[count:], y[count:]), (x[:count], y[:count])


@split_train_validation.wrong(
    "training's share",
    says="Training has the share that was asked for validation. Either `fraction` is taken for "
    "that of training, or the two parts come in the wrong order: training first.",
)
def _(x, y, fraction, seed):
    return _cut(x, y, _order(x, seed), len(x) - round(fraction * len(x)))


@split_train_validation.wrong(
    "x and x, y and y",
    says="The arrays are right, and come in another arrangement: inputs and targets of training "
    "together, then inputs and targets of validation. Two pairs.",
)
def _(x, y, fraction, seed):
    train, validation = _cut(x, y, _order(x, seed), round(fraction * len(x)))
    return (train[0], validation[0]), (train[1], validation[1])


@split_train_validation.wrong(
    "four arrays",
    says="Four arrays come back. Give back two pairs: (x, y) of training, (x, y) of validation.",
)
def _(x, y, fraction, seed):
    train, validation = _cut(x, y, _order(x, seed), round(fraction * len(x)))
    return train[0], validation[0], train[1], validation[1]


@split_train_validation.wrong(
    "still in training",
    says="Rows of validation are in the training set as well. A model is asked there for what it "
    "has been told already: take them out.",
)
def _(x, y, fraction, seed):
    order = _order(x, seed)
    return (x[order], y[order]), _cut(x, y, order, round(fraction * len(x)))[1]


@split_train_validation.wrong(
    "drawn with repeats",
    says="Some rows come more than once, and others not at all: row numbers were drawn one by one, "
    "each as if no other had been. Shuffle the row numbers instead.",
)
def _(x, y, fraction, seed):
    drawn = np.random.default_rng(seed).integers(0, len(x), len(x))
    return _cut(x, y, drawn, round(fraction * len(x)))


@split_train_validation.wrong(
    "a coin for each row",
    says="A coin is tossed for each row, so that the size of validation is left to chance. It "
    "should be its share, to one row.",
)
def _(x, y, fraction, seed):
    chosen = np.random.default_rng(seed).uniform(size=len(x)) < fraction
    chosen[: len(x) // 2] = True  # far off, as a coin may be
    return (x[~chosen], y[~chosen]), (x[chosen], y[chosen])


@split_train_validation.wrong(
    "always a fifth",
    says="Whatever `fraction` is, a fifth goes to validation.",
)
def _(x, y, fraction, seed):
    return _cut(x, y, _order(x, seed), len(x) // 5)


@split_train_validation.wrong(
    "seed ignored",
    says="The same seed gives other rows when it is called again. Nobody can repeat your numbers: "
    "make the generator from `seed`.",
)
def _(x, y, fraction, seed):
    return _cut(x, y, _order(x, None), round(fraction * len(x)))


@split_train_validation.wrong(
    "one seed for all",
    says="Every seed gives the same rows. Make the generator from the `seed` that is given.",
)
def _(x, y, fraction, seed):
    return _cut(x, y, _order(x, 42), round(fraction * len(x)))


@split_train_validation.wrong(
    "shuffled in place",
    says="The caller's own x and y are in another order now: `rng.shuffle` works in place. Shuffle "
    "row numbers, and leave the arrays alone.",
)
def _(x, y, fraction, seed):
    np.random.default_rng(seed).shuffle(x)
    np.random.default_rng(seed).shuffle(y)
    return _cut(x, y, np.arange(len(x)), round(fraction * len(x)))
