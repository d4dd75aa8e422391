"""`replace_row` and `mend_update`: a variable changed in place."""

from __future__ import annotations

import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal

__all__ = ["mend_update", "replace_row"]

replace_row = exercise("tensors.replace_row", kind="rebuild", section="What stays and what changes")
mend_update = exercise("tensors.mend_update", kind="mend", section="What stays and what changes")


@replace_row.probe("the row is replaced, and nothing comes back")
def _(answer, rng):
    variable = tf.Variable(normal(rng, (4, 4)))
    returned = answer(variable, int(rng.integers(1, 3)), normal(rng, (4,)))
    return {"the variable": variable, "returned": returned}


@replace_row.probe("the first row and the last, one after the other")
def _(answer, rng):
    variable = tf.Variable(normal(rng, (5, 2)))
    for index in (0, 4):
        answer(variable, index, normal(rng, (2,)))
    return {"the variable": variable}


replace_row.hint(
    "After `variable = something`, which object does the caller's own name stand for?",
    "A slice of a variable has a method `assign`, which the slice of a tensor has not.",
    "`variable[index]` is the row. A function that only changes something needs no `return`.",
)


@mend_update.probe("one step, and nothing comes back")
def _(answer, rng):
    variable = tf.Variable(normal(rng, (3, 2)))
    returned = answer(variable, normal(rng, (3, 2)), 0.3)
    return {"the variable": variable, "returned": returned}


@mend_update.probe("three steps of unlike lengths")
def _(answer, rng):
    variable = tf.Variable(normal(rng, (4,)))
    for learning_rate in (0.5, 0.1, 1.5):
        answer(variable, normal(rng, (4,)), learning_rate)
    return {"the variable": variable}


mend_update.hint(
    "It stops before anything has changed. What does the error message say about the keyword?",
    "`weights += …` on a tensor makes a new tensor. Does the variable hear of it?",
    "A variable subtracts in place with a method of its own, without any list of indices. "
    "The old lines need not stay.",
)
