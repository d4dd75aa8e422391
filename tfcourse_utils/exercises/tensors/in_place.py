"""`replace_row` and `mend_update`: a variable changed in place."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from .looking import whole

__all__ = ["mend_update", "replace_row"]

replace_row = exercise("tensors.replace_row", kind="rebuild", section="What stays and what changes")
mend_update = exercise("tensors.mend_update", kind="mend", section="What stays and what changes")


@replace_row.probe("the row is replaced, and nothing comes back")
def _(answer, rng):
    numbers = whole(rng, (8,))
    variable = tf.Variable(tf.reshape(numbers[:6], (3, 2)))
    returned = answer(variable, int(rng.integers(1, 3)), numbers[6:])
    return {"the variable": variable, "returned": returned}


@replace_row.probe("the first row and the last, one after the other")
def _(answer, rng):
    numbers = whole(rng, (15,))
    variable = tf.Variable(tf.reshape(numbers[:9], (3, 3)))
    for index, row in zip((0, 2), tf.split(numbers[9:], 2)):
        answer(variable, index, row)
    return {"the variable": variable}


replace_row.hint(
    "After `variable = something`, which object does the caller's own name stand for?",
    "A slice of a variable has a method `assign`, which the slice of a tensor has not.",
    "`variable[index]` is the row. A function that only changes something needs no `return`.",
)


@mend_update.probe("one step, and nothing comes back")
def _(answer, rng):
    variable = tf.Variable(whole(rng, (3, 2)))
    returned = answer(variable, whole(rng, (3, 2)) - 50, 0.25)
    return {"the variable": variable, "returned": returned}


@mend_update.probe("three steps of unlike lengths")
def _(answer, rng):
    variable = tf.Variable(whole(rng, (4,)))
    for learning_rate in (0.5, 0.25, 1.5):
        answer(variable, whole(rng, (4,)) - 50, learning_rate)
    return {"the variable": variable}


mend_update.hint(
    "It stops before anything has changed. What does the error message say about the keyword?",
    "`weights += …` on a tensor makes a new tensor. Does the variable hear of it?",
    "A variable subtracts in place with a method of its own, without any list of indices. "
    "The old lines need not stay.",
)
