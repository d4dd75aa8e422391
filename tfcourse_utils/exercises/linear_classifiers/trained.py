"""`solve_xor` and `fit_curve`: small Keras networks, judged by what they predict."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import timed

__all__ = ["fit_curve", "solve_xor"]

SECONDS = 20
CURVE_ERROR = 0.1  # a straight line through the parabolas tried is wrong by 0.5 or more

solve_xor = exercise("linear_classifiers.solve_xor", kind="transfer", section="One hidden layer")
fit_curve = exercise(
    "linear_classifiers.fit_curve", kind="transfer", section="Curves instead of classes"
)


def _predict(train, inputs):
    """Return what the trained model predicts, and how long it took to make it."""
    model, seconds = timed(train)
    if not isinstance(model, keras.Model):
        return {"returned": model, "predictions": None, "parameters": 0, "seconds": seconds}
    return {
        "returned": "a Keras model",
        "predictions": model(tf.constant(inputs), training=False),
        "parameters": model.count_params(),
        "seconds": seconds,
    }


def _usable(seen, shape):
    """Return why these predictions can't be judged, or None."""
    if seen["returned"] != "a Keras model":
        return f"the answer gave back {_kind(seen['returned'])}, not a Keras model"
    if np.shape(seen["predictions"]) != shape:
        return f"predictions have shape {np.shape(seen['predictions'])}, expected {shape}"
    if not (np.isrealobj(seen["predictions"]) and np.all(np.isfinite(seen["predictions"]))):
        return "some predictions are not finite real numbers"
    if not seen["seconds"] <= SECONDS:
        return f"it took {seen['seconds']:.0f} s, and {SECONDS} s are allowed"
    return None


def _kind(value):
    return getattr(value, "type_name", type(value).__name__)


def _corners(rng):
    """Draw a seed for the answer and an order of the corners; keep their exclusive or."""
    corners = rng.permutation(np.array([[0, 0], [0, 1], [1, 0], [1, 1]], "float32"))
    shown = {"seed": int(rng.integers(10_000)), "corners": corners}
    return shown, (corners[:, :1] != corners[:, 1:]).astype("float32")


def _xor(seen, targets):
    if reason := _usable(seen, targets.shape):
        return reason
    wrong = int(np.sum((seen["predictions"] > 0.5) != (targets > 0.5)))
    return f"{wrong} of the 4 points are on the wrong side of 0.5" if wrong else None


for _name in ("all four points", "all four points, another seed"):

    @solve_xor.probe(_name, points=2, compare=_xor, data=_corners)
    def _(answer, shown):
        return _predict(lambda: answer(shown["seed"]), shown["corners"])


def _is_history(seen, _):
    return _kind(seen["returned"]) == "History"


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


solve_xor.hint(
    "Why can't a model without a hidden layer be right on all four points?",
    "A hidden layer of a handful of units with a bent activation is enough; more units than "
    "needed make it work for every seed. `keras.utils.set_random_seed(seed)` comes first.",
    "An epoch over four samples is one step, and every epoch costs time. Repeat the four a few "
    "hundred times with `np.tile`, so that a single epoch has many steps. Adam with a learning "
    "rate of 0.05 is quick here.",
)


def _parabola(rng):
    """Draw noisy points of a parabola and a seed; keep what is true at unseen x."""
    width, height = rng.uniform(0.9, 1.1), rng.uniform(-1.2, -0.8)
    x, unseen = (rng.uniform(-2, 2, (n, 1)).astype("float32") for n in (200, 100))
    y = width * x**2 + height + rng.normal(0, 0.2, x.shape)
    shown = {"x": x, "y": y.astype("float32"), "seed": int(rng.integers(10_000)), "unseen": unseen}
    return shown, {"x": unseen, "y": width * unseen**2 + height}


def _near(seen, kept):
    if reason := _usable(seen, kept["y"].shape):
        return reason
    error = float(np.mean((seen["predictions"] - kept["y"]) ** 2))
    if not error <= CURVE_ERROR:
        return f"mean squared error {error:.2g} on unseen x, and {CURVE_ERROR} is allowed"
    return None


@fit_curve.probe("error on unseen x", points=3, compare=_near, data=_parabola)
def _(answer, shown):
    x, y = tf.constant(shown["x"]), tf.constant(shown["y"])
    return _predict(lambda: answer(x, y, shown["seed"]), shown["unseen"])


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

fit_curve.hint(
    "What is different from `solve_xor`: the last layer, the loss, or both?",
    "The hidden layer bends, the output layer is left without activation, and the loss is the "
    "mean squared error.",
    "32 units, Adam with a learning rate of 0.02 and some 40 epochs are enough; one epoch over "
    "40 copies of the data is quicker. Return the model, not what `fit` returns.",
)
