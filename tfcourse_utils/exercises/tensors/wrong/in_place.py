"""How `replace_row` and `mend_update` go wrong."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from ..in_place import mend_update, replace_row


def _same_variable(seen, expected):
    return np.allclose(seen["the variable"], expected["the variable"])


def _rows(gradient):
    return [[row] for row in range(len(gradient))]


@replace_row.wrong(
    "rebinds",
    says="The caller's variable is as it was. `variable = …` inside a function gives that name to "
    "something new, and `tf.Variable(variable)` is a copy: neither changes anything outside.",
)
def _(variable, index, row):
    variable = tf.tensor_scatter_nd_update(tf.convert_to_tensor(variable), [[index]], [row])


@replace_row.wrong(
    "returns a new tensor",
    says="A tensor with the new row comes back, and the variable is as it was. Change the "
    "variable itself, and return nothing.",
)
def _(variable, index, row):
    return tf.tensor_scatter_nd_update(tf.convert_to_tensor(variable), [[index]], [row])


@replace_row.wrong(
    "assigns to the brackets",
    says="Neither a tensor nor a variable lets you write `variable[index] = …`. The slice of a "
    "variable has a method that does it.",
)
def _(variable, index, row):
    variable[index] = row


@replace_row.wrong(
    "returns the variable",
    says="The row is right, but something comes back. What changes an argument in place returns "
    "nothing here, so that nobody takes it for a copy.",
    when=lambda seen, expected: seen["returned"] is not None and _same_variable(seen, expected),
)
def _(variable, index, row):
    return variable[index].assign(row)


@replace_row.wrong(
    "a column",
    says="A column has changed. `[:, index]` goes through all rows; a row is `[index]`.",
)
def _(variable, index, row):
    variable[:, index].assign(row)


@replace_row.wrong(
    "adds", says="The new numbers were added to the old ones. They should take their place."
)
def _(variable, index, row):
    variable.scatter_nd_add([[index]], [row])


@replace_row.wrong(
    "every row", says="Every row has the new numbers now. Only the one at `index` should."
)
def _(variable, index, row):
    variable.assign(tf.zeros_like(variable) + row)


@replace_row.wrong(
    "counts from 1", says="The row before the right one has changed. The first row is row 0."
)
def _(variable, index, row):
    variable[index - 1].assign(row)


@mend_update.found(
    says="It still behaves as it was found: it stops before anything has changed. Read its "
    "error message from the end, and look up what `scatter_nd_update` takes."
)
def _(variable, gradient, learning_rate):
    weights = tf.convert_to_tensor(variable)
    weights += learning_rate * gradient
    rows = [[row] for row in range(len(gradient))]
    variable.scatter_nd_update(rows, updated=learning_rate * gradient)
    return weights


@mend_update.wrong(
    "only the keyword mended",
    says="It runs, and the variable now holds learning_rate · gradient. `scatter_nd_update` puts "
    "new numbers in place of the old ones; it does not add or subtract.",
)
def _(variable, gradient, learning_rate):
    weights = tf.convert_to_tensor(variable) + learning_rate * gradient
    variable.scatter_nd_update(_rows(gradient), updates=learning_rate * gradient)
    return weights


@mend_update.wrong(
    "rebinds",
    says="The variable is as it was. Subtracting, with `-` or with `-=` on a tensor, makes a new "
    "tensor, and `=` gives it a name; the variable does not hear of it.",
)
def _(variable, gradient, learning_rate):
    weights = tf.convert_to_tensor(variable)
    weights -= learning_rate * gradient


@mend_update.wrong(
    "minus equals",
    says="A variable refuses `-=`, which would only give its name to a new tensor. The error "
    "message names a method like the one that is wanted.",
)
def _(variable, gradient, learning_rate):
    variable -= learning_rate * gradient


@mend_update.wrong(
    "new weights returned",
    says="The new weights come back, but the variable is as it was. It is the variable that "
    "should change.",
)
def _(variable, gradient, learning_rate):
    return variable - learning_rate * gradient


@mend_update.wrong(
    "uphill", says="The step is added: it goes along the gradient. An update goes against it."
)
def _(variable, gradient, learning_rate):
    variable.assign_add(learning_rate * gradient)


@mend_update.wrong(
    "uphill, and returned",
    says="The step is still added, and the weights still come back. An update goes against the "
    "gradient and returns nothing.",
)
def _(variable, gradient, learning_rate):
    variable.assign_add(learning_rate * gradient)
    return tf.convert_to_tensor(variable)


@mend_update.wrong(
    "returns the weights",
    says="The variable is right. But the weights still come back, as if they were new ones; an "
    "update in place returns nothing.",
    when=lambda seen, expected: seen["returned"] is not None and _same_variable(seen, expected),
)
def _(variable, gradient, learning_rate):
    variable.assign_sub(learning_rate * gradient)
    return tf.convert_to_tensor(variable)


@mend_update.wrong(
    "learning rate ignored",
    says="The whole gradient is subtracted. The learning rate says how much of it should be.",
)
def _(variable, gradient, learning_rate):
    variable.assign_sub(gradient)


@mend_update.wrong(
    "assigns the step",
    says="The variable now holds -learning_rate · gradient: its own numbers are lost. They should "
    "be moved, not replaced.",
)
def _(variable, gradient, learning_rate):
    variable.assign(-learning_rate * gradient)
