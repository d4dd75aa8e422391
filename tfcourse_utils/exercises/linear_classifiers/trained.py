"""`solve_xor` and `fit_curve`: small Keras networks, judged by what they predict."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import timed

__all__ = ["fit_curve", "kind_of", "solve_xor"]

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
        return f"the answer gave back {kind_of(seen['returned'])}, not a Keras model"
    if np.shape(seen["predictions"]) != shape:
        return f"predictions have shape {np.shape(seen['predictions'])}, expected {shape}"
    if not (np.isrealobj(seen["predictions"]) and np.all(np.isfinite(seen["predictions"]))):
        return "some predictions are not finite real numbers"
    if not seen["seconds"] <= SECONDS:
        return f"it took {seen['seconds']:.0f} s, and {SECONDS} s are allowed"
    return None


def kind_of(value):
    """Return the name of the type of what came back, also where only that name has come."""
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


fit_curve.hint(
    "What is different from `solve_xor`: the last layer, the loss, or both?",
    "The hidden layer bends, the output layer is left without activation, and the loss is the "
    "mean squared error.",
    "32 units, Adam with a learning rate of 0.02 and some 40 epochs are enough; one epoch over "
    "40 copies of the data is quicker. Return the model, not what `fit` returns.",
)
