"""How `solve_xor` and `fit_curve` go wrong."""

from __future__ import annotations

import keras
import numpy as np

from ..trained import fit_curve, kind_of, solve_xor


def _is_history(seen, _):
    return kind_of(seen["returned"]) == "History"


def _is_constant(seen, value):
    return np.max(np.abs(seen["predictions"] - value)) < 1e-6


def _is_flat(seen, targets):
    """Do both diagonals have the same mean, as in every affine function of the corners?"""
    outputs, odd = np.asarray(seen["predictions"], "float64"), targets > 0.5
    if outputs.shape != targets.shape or _is_constant(seen, 0) or _is_constant(seen, 1):
        return False
    if outputs.min() > 0 and outputs.max() < 1:
        outputs = np.log(outputs / (1 - outputs))
    return abs(outputs[odd].mean() - outputs[~odd].mean()) < 1e-3


def _xor_network(hidden, activation="tanh", swap=False, batches=400):
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], "float32")
    targets = np.array([[0], [1], [1], [0]], "float32")
    layers = [keras.layers.Dense(n, activation) for n in hidden]
    model = keras.Sequential([keras.Input((2,)), *layers, keras.layers.Dense(1, "sigmoid")])
    model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy")
    x, y = np.tile(corners, (batches, 1)), np.tile(1 - targets if swap else targets, (batches, 1))
    return model, model.fit(x, y, batch_size=8, verbose=0)


@solve_xor.wrong(
    "returns the history",
    says="`fit` gives back a History, which is what came back here. The model itself is the "
    "object that `fit` was called on.",
    when=_is_history,
)
def _(seed):
    keras.utils.set_random_seed(seed)
    return _xor_network([16], batches=2)[1]


@solve_xor.wrong(
    "softmax over one unit",
    says="The output is 1 everywhere: a softmax over a single unit divides it by itself. One "
    "output for yes or no ends in a sigmoid.",
    when=lambda seen, _: _is_constant(seen, 1),
)
def _(seed):
    keras.utils.set_random_seed(seed)
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, "softmax")])


@solve_xor.wrong(
    "dead output",
    says="The output is 0 everywhere: behind a relu that is never positive, no gradient comes "
    "through. One output for yes or no ends in a sigmoid.",
    when=lambda seen, _: _is_constant(seen, 0),
)
def _(seed):
    output = keras.layers.Dense(1, "relu", bias_initializer=keras.initializers.Constant(-9.0))
    return keras.Sequential([keras.Input((2,)), output])


@solve_xor.wrong(
    "one hidden unit",
    says="One hidden unit bends the plane once, and two bends are needed. More units than that "
    "help every seed to find them.",
    when=lambda seen, targets: (
        seen["predictions"].shape == targets.shape and 3 < seen["parameters"] < 9
    ),
)
def _(seed):
    keras.utils.set_random_seed(seed)
    return _xor_network([1])[0]


@solve_xor.wrong(
    "no hidden layer",
    says="The two diagonals get the same output on average, as from any affine map: nothing "
    "between input and output bends. It takes a hidden layer with a non-linear activation.",
    when=_is_flat,
)
def _(seed):
    keras.utils.set_random_seed(seed)
    return _xor_network([])[0]


@solve_xor.wrong(
    "hidden layer without activation",
    says="The two diagonals get the same output on average, as from any affine map: nothing "
    "between input and output bends. It takes a hidden layer with a non-linear activation.",
    when=_is_flat,
)
def _(seed):
    keras.utils.set_random_seed(seed)
    return _xor_network([16], activation=None)[0]


@solve_xor.wrong(
    "targets exchanged",
    says="All four points are on the wrong side: this is the opposite of the exclusive or.",
    when=lambda seen, targets: np.all((seen["predictions"] > 0.5) != (targets > 0.5)),
)
def _(seed):
    keras.utils.set_random_seed(seed)
    return _xor_network([16], swap=True)[0]


@solve_xor.wrong(
    "hardly trained",
    says="The outputs are still near where they began. Train for more steps, or with a larger "
    "learning rate.",
    when=lambda seen, targets: (
        seen["predictions"].shape == (4, 1)
        and 1e-6 < np.ptp(seen["predictions"]) < 0.6
        and not _is_flat(seen, targets)
    ),
)
def _(seed):
    keras.utils.set_random_seed(seed)
    return _xor_network([16], batches=2)[0]


@solve_xor.wrong(
    "two outputs",
    says="The model has two outputs, one for each class. One output is asked for.",
    when=lambda seen, _: np.shape(seen["predictions"]) == (4, 2),
)
def _(seed):
    keras.utils.set_random_seed(seed)
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(2, "softmax")])


def _curve_network(x, y, seed, hidden="tanh", output=None, copies=40):
    keras.utils.set_random_seed(seed)
    layers = [keras.layers.Dense(32, hidden), keras.layers.Dense(1, output)]
    model = keras.Sequential([keras.Input((1,)), *layers])
    model.compile(keras.optimizers.Adam(0.03), "mean_squared_error")
    return model, model.fit(np.tile(x, (copies, 1)), np.tile(y, (copies, 1)), verbose=0)


def _is_straight(seen, kept):
    x, predictions = kept["x"][:, 0], seen["predictions"][:, 0]
    line = np.polynomial.Polynomial.fit(x, predictions, 1)
    return predictions.shape == x.shape and np.allclose(line(x), predictions, atol=1e-3)


def _ends_at(low, high):
    """Recognise an output activation by predictions that press against an end of its range."""

    def when(seen, kept):
        predictions = seen["predictions"]
        inside = low <= predictions.min() and predictions.max() <= high
        pressing = predictions.min() < low + 0.1 or predictions.max() > high - 0.1
        return bool(inside and pressing and kept["y"].max() > high)

    return when


fit_curve.wrong(
    "returns the history",
    says="`fit` gives back a History, which is what came back here. The model itself is the "
    "object that `fit` was called on.",
    when=_is_history,
)(lambda x, y, seed: _curve_network(x, y, seed, copies=1)[1])

fit_curve.wrong(
    "two outputs",
    says="The predictions have two columns. One column, as in the targets, is asked for.",
    when=lambda seen, kept: np.shape(seen["predictions"]) == (len(kept["x"]), 2),
)(lambda x, y, seed: keras.Sequential([keras.Input((1,)), keras.layers.Dense(2)]))

fit_curve.wrong(
    "straight line",
    says="The predictions follow a straight line, the best that a model without a bent hidden "
    "layer can do. Give the hidden layer a non-linear activation.",
    when=_is_straight,
)(lambda x, y, seed: _curve_network(x, y, seed, hidden=None)[0])

fit_curve.wrong(
    "output cut off at 0",
    says="No prediction is below 0, but some targets are: an output activation like relu cuts "
    "them off. Regression ends in a layer without activation.",
    when=lambda seen, kept: seen["predictions"].min() == 0 and kept["y"].min() < 0,
)(lambda x, y, seed: _curve_network(x, y, seed, output="relu")[0])

fit_curve.wrong(
    "output between 0 and 1",
    says="All predictions lie between 0 and 1, as from a sigmoid. Regression ends in a layer "
    "without activation.",
    when=_ends_at(0, 1),
)(lambda x, y, seed: _curve_network(x, y, seed, output="sigmoid")[0])

fit_curve.wrong(
    "output between -1 and 1",
    says="All predictions lie between -1 and 1, as from tanh. Regression ends in a layer "
    "without activation.",
    when=_ends_at(-1, 1),
)(lambda x, y, seed: _curve_network(x, y, seed, output="tanh")[0])
