"""How `batches` goes wrong."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from ..epochs import batches


def _pairs(x, y):
    return tf.data.Dataset.from_tensor_slices((x, y))


@batches.wrong(
    "not shuffled",
    says="The pairs come in the order in which they were given. Nothing shuffles them.",
)
def _(x, y, batch_size, seed):
    return _pairs(x, y).batch(batch_size)


@batches.wrong(
    "seed ignored",
    says="The same seed gave two different orders. Hand `seed` to what shuffles.",
)
def _(x, y, batch_size, seed):
    return _pairs(x, y).shuffle(len(x), seed=np.random.randint(2**31)).batch(batch_size)


@batches.wrong(
    "one seed for all",
    says="Two seeds gave the same order. Shuffle with the seed that is given.",
)
def _(x, y, batch_size, seed):
    return _pairs(x, y).shuffle(len(x), seed=1).batch(batch_size)


@batches.wrong(
    "shuffled once",
    says="Each epoch has the order of the first one. The pairs should be shuffled anew each time, "
    "as `shuffle` does unless it is told otherwise, or a `cache` after it keeps the first order.",
)
def _(x, y, batch_size, seed):
    pairs = _pairs(x, y).shuffle(len(x), seed=seed, reshuffle_each_iteration=False)
    return pairs.batch(batch_size)


@batches.wrong(
    "batches shuffled",
    says="Whole batches change places, and the same pairs stay together in each epoch. Which "
    "comes first, `shuffle` or `batch`?",
)
def _(x, y, batch_size, seed):
    return _pairs(x, y).batch(batch_size).shuffle(len(x), seed=seed)


@batches.wrong(
    "small buffer",
    says="The first pairs of the epoch all come from the beginning of the data. `shuffle` draws "
    "from a buffer, which should have room for all of them.",
)
def _(x, y, batch_size, seed):
    return _pairs(x, y).shuffle(batch_size, seed=seed).batch(batch_size)


@batches.wrong(
    "buffer without the last",
    says="The last of the pairs never comes first. `shuffle` draws from a buffer, which should "
    "have room for all of them.",
)
def _(x, y, batch_size, seed):
    return _pairs(x, y).shuffle(len(x) - 1, seed=seed).batch(batch_size)


@batches.wrong(
    "last batch dropped",
    says="The last batch, which is smaller, is missing. Its pairs belong to the epoch, too.",
    when=lambda seen, expected: seen["batches"] == expected["batches"][:-1],
)
def _(x, y, batch_size, seed):
    return _pairs(x, y).shuffle(len(x), seed=seed).batch(batch_size, drop_remainder=True)


@batches.wrong(
    "without end",
    says="The epoch has no end, or goes through the data more than once. Each pair should come "
    "once; who wants more epochs goes through the dataset again.",
    when=lambda seen, expected: len(seen["batches"]) > len(expected["batches"]),
)
def _(x, y, batch_size, seed):
    return _pairs(x, y).shuffle(len(x), seed=seed).batch(batch_size).repeat()


@batches.wrong(
    "torn apart",
    says="Samples have the targets of others: x and y were shuffled apart. Make pairs first, "
    "then shuffle the pairs.",
    when=lambda seen, expected: (
        np.array_equal(seen["samples, sorted"], expected["samples, sorted"])
        and not np.array_equal(seen["their targets"], expected["their targets"])
        and np.array_equal(np.sort(seen["their targets"]), np.sort(expected["their targets"]))
    ),
)
def _(x, y, batch_size, seed):
    halves = [
        tf.data.Dataset.from_tensor_slices(part).shuffle(len(x), seed=seed + number)
        for number, part in enumerate((x, y))
    ]
    return tf.data.Dataset.zip(tuple(halves)).batch(batch_size)


@batches.wrong(
    "pairs without batches",
    says="Single pairs come, one at a time. `batch` puts `batch_size` of them together.",
)
def _(x, y, batch_size, seed):
    return _pairs(x, y).shuffle(len(x), seed=seed)
