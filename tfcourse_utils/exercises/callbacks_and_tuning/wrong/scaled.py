"""How `prepare` goes wrong; it was found with a leak at two places."""

from __future__ import annotations

import numpy as np

from ..scaled import prepare


@prepare.found(
    says="It still behaves as it was found. Take one test row, and follow it through the function: "
    "into which of the results does it go, as a row or by way of a mean?",
)
def _(x, y, seed):
    scaled = (x - x.mean(axis=0)) / x.std(axis=0)
    rows = np.arange(len(x))
    np.random.default_rng(seed).shuffle(rows)
    test, train = np.split(rows, [len(x) // 5])
    held_out = scaled[test], y[test]
    # train on the first, stop early and choose settings by the second, report on the third
    return (scaled[train], y[train]), held_out, held_out


def _three(x, seed):
    """Return the row numbers of the three parts."""
    order = np.random.default_rng(seed).permutation(len(x))
    return np.split(order, [3 * len(x) // 5, 4 * len(x) // 5])


def _scaled(x, y, parts, by):
    """Return the parts, all scaled by the mean and deviation of the rows `by`."""
    mean, deviation = x[by].mean(axis=0), x[by].std(axis=0)
    return tuple(((x[rows] - mean) / deviation, y[rows]) for rows in parts)


@prepare.wrong(
    "scaled by all rows",
    says="The parts are apart now, but the mean and the deviation still come from all rows: what "
    "the test rows are like goes into the training.",
)
def _(x, y, seed):
    return _scaled(x, y, _three(x, seed), slice(None))


@prepare.wrong(
    "scaled by training and validation",
    says="Mean and deviation come from training and validation together. A model is then judged on "
    "rows that had a say in its inputs: the training rows alone may have one.",
)
def _(x, y, seed):
    train, validation, test = _three(x, seed)
    return _scaled(x, y, (train, validation, test), np.concatenate([train, validation]))


@prepare.wrong(
    "each part by itself",
    says="Each part is scaled by its own mean and deviation. The same raw number means something "
    "else in each of them then: one scale, taken from training, is for all three.",
)
def _(x, y, seed):
    return tuple(part for rows in _three(x, seed) for part in _scaled(x, y, [rows], rows))


@prepare.wrong(
    "only training scaled",
    says="The training rows are scaled and the others are as they came. A model that has learnt on "
    "one scale can do nothing with another.",
)
def _(x, y, seed):
    train, *others = _three(x, seed)
    return (*_scaled(x, y, [train], train), *((x[rows], y[rows]) for rows in others))


@prepare.wrong(
    "not scaled",
    says="The columns are as they came: nothing is scaled.",
)
def _(x, y, seed):
    return tuple((x[rows], y[rows]) for rows in _three(x, seed))


@prepare.wrong(
    "not column by column",
    says="These are not columns of mean 0 and deviation 1. Each column of training has a mean and "
    "a deviation of its own: take the one away, divide by the other, and mind the axis.",
)
def _(x, y, seed):
    parts = _three(x, seed)
    known = x[parts[0]]
    return tuple(((x[rows] - known.mean()) / known.std(), y[rows]) for rows in parts)


@prepare.wrong(
    "stopped by the test set",
    says="The scale is right, and validation and test are still the same rows. Whoever stops and "
    "chooses by the test set has no honest number left to report.",
)
def _(x, y, seed):
    rows = np.random.default_rng(seed).permutation(len(x))
    test, train = np.split(rows, [len(x) // 5])
    return _scaled(x, y, (train, test, test), train)


@prepare.wrong(
    "validation still in training",
    says="Validation is taken from the training rows and is still among them. A model is asked "
    "there for what it has been told: take these rows out.",
)
def _(x, y, seed):
    train, validation, test = _three(x, seed)
    both = np.concatenate([train, validation])
    return _scaled(x, y, (both, validation, test), both)


@prepare.wrong(
    "the wrong order",
    says="Training has a fifth of the rows and the test most of them: the parts come in the wrong "
    "order. Training is first, then validation, then the test.",
)
def _(x, y, seed):
    train, validation, test = _three(x, seed)
    return _scaled(x, y, (test, validation, train), test)


@prepare.wrong(
    "a fifth of what is left",
    says="Validation has a fifth of the rows that the test left over. That is less than a fifth of "
    "all, and training gets too many.",
)
def _(x, y, seed):
    rows = np.random.default_rng(seed).permutation(len(x))
    test, rest = np.split(rows, [len(x) // 5])
    validation, train = np.split(rest, [len(rest) // 5])
    return _scaled(x, y, (train, validation, test), train)


@prepare.wrong(
    "not shuffled",
    says="The rows are taken as they came, the last for the test. Data often comes sorted: choose "
    "by chance, as it was.",
)
def _(x, y, seed):
    parts = np.split(np.arange(len(x)), [3 * len(x) // 5, 4 * len(x) // 5])
    return _scaled(x, y, parts, parts[0])


@prepare.wrong(
    "one seed for all",
    says="Every seed gives the same rows. Make the generator from the `seed` that is given.",
)
def _(x, y, seed):
    parts = _three(x, 0)
    return _scaled(x, y, parts, parts[0])


@prepare.wrong(
    "scaled in place",
    says="The caller's own x is changed: `x -= ...` and `x[:] = ...` work in place. Put what is "
    "scaled into an array of its own.",
)
def _(x, y, seed):
    parts = _three(x, seed)
    mean, deviation = x[parts[0]].mean(axis=0), x[parts[0]].std(axis=0)
    x -= mean
    x /= deviation
    return tuple((x[rows], y[rows]) for rows in parts)
