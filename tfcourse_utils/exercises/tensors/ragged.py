"""`pad_ragged`: rows of unlike length in one tensor."""

from __future__ import annotations

from tfcourse_utils.checking import exercise

from .looking import same_dtype

__all__ = ["pad_ragged"]

pad_ragged = exercise("tensors.pad_ragged", kind="transfer", section="Rows of unlike length")


def _rows(rng, *lengths):
    return [rng.uniform(1, 9, length).round(1).tolist() for length in lengths]


@pad_ragged.probe("shorter rows are filled up at their end", compare=same_dtype)
def _(answer, rng):
    lengths = rng.permutation([1, 2, 3, 4])
    whole = [rng.integers(1, 9, length).tolist() for length in (2, 3)]
    return [answer(_rows(rng, *lengths)), answer(whole), answer(_rows(rng, 3))]


@pad_ragged.probe("with another value", compare=same_dtype)
def _(answer, rng):
    return answer(_rows(rng, 2, 1, 4), value=-float(rng.integers(1, 9)))


@pad_ragged.probe("empty rows, and no rows at all", compare=same_dtype)
def _(answer, rng):
    return [answer(_rows(rng, 0, 2, 0)), answer([[], [], []]), answer([])]


@pad_ragged.probe("the lists stay as they were")
def _(answer, rng):
    rows = _rows(rng, 1, 3, 2)
    return {"padded": answer(rows), "the lists afterwards": rows}


pad_ragged.hint(
    "What does a tensor need that a list of lists does not: which length has every row?",
    "`tf.ragged.constant` makes a ragged tensor, which has a method `to_tensor`.",
    "`tf.ragged.constant` takes a dtype, and `ragged_rank=1` for rows that may all be empty; "
    "`to_tensor` takes a `default_value`.",
)
