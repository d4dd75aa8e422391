"""`batches`: data shuffled and cut into batches, epoch after epoch."""

from __future__ import annotations

from itertools import islice

import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import parts

__all__ = ["batches"]

batches = exercise("tensors.batches", kind="rebuild", section="Data in batches")


def _pairs(count):
    """Return samples that hold their own number twice, and targets that belong to them."""
    numbers = np.arange(count, dtype="float32")
    return tf.constant(np.stack([numbers, numbers], axis=1)), tf.constant(1000 - numbers)


def _seed(rng):
    return int(rng.integers(1, 1000))


def _dataset(result):
    """Return a result that is a dataset.

    Raises:
        TypeError: it is none; the message is for the learner.
    """
    if not isinstance(result, tf.data.Dataset):
        raise TypeError(f"the answer should be a tf.data.Dataset; it is a {type(result).__name__}")
    return result


def _epoch(dataset, at_most):
    """Return x and y of each batch of one epoch, or of the first ones if there is no end."""
    pairs = [parts(batch, 2) for batch in islice(dataset, at_most)]
    return {"x": [np.asarray(x) for x, _ in pairs], "y": [np.asarray(y) for _, y in pairs]}


def _order(epoch):
    return np.concatenate([np.reshape(x, (-1, 2))[:, 0] for x in epoch["x"]])


def _contents(epoch):
    return {frozenset(np.ravel(x).tolist()) for x in epoch["x"]}


def _in_order(epoch):
    numbers = _order(epoch)
    places = np.argsort(numbers)
    return {
        "batches": [np.shape(x)[0] for x in epoch["x"]],
        "samples, sorted": numbers[places],
        "their targets": np.concatenate([np.ravel(y) for y in epoch["y"]])[places],
        "shuffled": bool(np.any(np.diff(numbers) < 0)),
    }


@batches.probe("one epoch has every pair once", read=_in_order)
def _(answer, rng):
    return _epoch(_dataset(answer(*_pairs(22), 4, _seed(rng))), at_most=9)


def _what_decides(seen):
    first = _order(seen["first"])
    return {
        "same seed, same order": np.array_equal(first, _order(seen["again"])),
        "other seed, other order": not np.array_equal(first, _order(seen["other"])),
    }


@batches.probe("the seed decides", read=_what_decides)
def _(answer, rng):
    seed = _seed(rng)
    epochs = {}
    for name, its_seed in {"first": seed, "again": seed, "other": seed + 1}.items():
        epochs[name] = _epoch(_dataset(answer(*_pairs(22), 4, its_seed)), at_most=9)
        np.random.random(), tf.random.normal(())  # the global generators move on
    return epochs


def _what_changes(epochs):
    first, second = epochs
    return {
        "another order in each epoch": not np.array_equal(_order(first), _order(second)),
        "other pairs together in a batch": _contents(first) != _contents(second),
    }


@batches.probe("pairs are shuffled anew in each epoch", read=_what_changes)
def _(answer, rng):
    dataset = _dataset(answer(*_pairs(22), 4, _seed(rng)))
    return [_epoch(dataset, at_most=9) for _ in range(2)]


def _how_far(seen):
    """Look how far from its place a pair can come.

    The first 100 of 2000 shuffled pairs have one behind the 1600th, but for a chance of
    0.8 ** 100; the third of three pairs is first in one of 40 epochs, but for one of 1e-7.
    """
    many, few = seen
    return [
        {"pairs from the end of 2000 can come first": bool(np.max(many) >= 1600)},
        {"the last of 3 can come first": bool(2 in few[::3])},
    ]


@batches.probe("over all of the data", read=_how_far)
def _(answer, rng):
    many = _dataset(answer(*_pairs(2000), 100, _seed(rng)))
    few = _dataset(answer(*_pairs(3), 3, _seed(rng))).repeat(40)
    return [_order(_epoch(many, at_most=1)), _order(_epoch(few, at_most=40))]


batches.hint(
    "What has to be shuffled, pairs or batches? And which of the two steps comes first then?",
    "`tf.data.Dataset.from_tensor_slices((x, y))` goes through the pairs; `shuffle` takes the "
    "size of a buffer and a seed.",
    "A buffer of `len(x)` holds all of the data. `batch` keeps the last, smaller batch, and "
    "`shuffle` makes a new order each time, unless they are told otherwise.",
)
