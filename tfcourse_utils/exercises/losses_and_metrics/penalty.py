"""`PenalizedModel` and `penalized_loss`: large weights cost something."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..tools import normal
from ..weights import known_seed, set_known, shapes

__all__ = ["PenalizedModel", "penalized_loss"]

PenalizedModel = exercise(
    "losses_and_metrics.PenalizedModel",
    kind="transfer",
    section="Penalties",
    answer_kind="class",
)
penalized_loss = exercise("losses_and_metrics.penalized_loss", kind="mend", section="Penalties")


# PenalizedModel. What the size of weights is, and how it gets into the loss, is the answer's own
# affair. So the loss is looked at as training reports it, with a learning rate of 0.


def _known(model, x, seed, factor=1.0, biases=None):
    """Give the trainable weights of a model known values; the model is built by a first call.

    Args:
        factor: for all of them.
        biases: a factor for the biases, where it is another.
    """
    model(x)
    set_known(SimpleNamespace(weights=model.trainable_weights), seed)
    for weight in model.trainable_weights:
        is_bias = len(weight.shape) == 1
        weight.assign((biases if is_bias and biases is not None else factor) * weight)
    return model


def _trained(model, x, y, learning_rate, loss="mse"):
    """Let a model take the step that `fit` takes for a batch; return the loss it reports."""
    model.compile(keras.optimizers.SGD(learning_rate), loss, jit_compile=False)
    return model.train_step((x, y))["loss"]


def _losses(model, x, y):
    """Return the loss that a model trains on, and the plain mean squared error."""
    return [_trained(model, x, y, 0.0), tf.reduce_mean(tf.square(y - model(x)))]


def _absolute_losses(model, x, y):
    """Return the same with another loss: the mean absolute error."""
    return [_trained(model, x, y, 0.0, "mae"), tf.reduce_mean(tf.abs(y - model(x)))]


def _added(losses):
    return float(losses[0]) - float(losses[1])


@PenalizedModel.probe("one hidden layer, one output")
def _(answer, rng):
    seen = {}
    for units in (5, 2):
        model = answer(units, 0.1)
        output = model(normal(rng, (6, 3)))
        kernels = [weight for weight in model.trainable_weights if len(weight.shape) == 2]
        seen[f"{units} units"] = {"kernels": shapes(kernels), "output": list(output.shape)}
    return seen


def _proportion(value: Any) -> Any:
    """Say what strength adds to the mean absolute error: nothing, some, three times as much."""
    nothing, some, more = (_added(value[f"strength {strength}"]) for strength in (0.0, 0.2, 0.6))
    return {
        "added to the mean absolute error at strength 0": round(nothing, 3),
        "something is added at strength 0.2": some > _LEAST,
        # Both are differences of losses in float32; a strength to the power of 1.02 gives 3.1.
        "how many times as much at strength 0.6": (
            round(more / some, 1) if abs(some) > _LEAST else None
        ),
    }


_LEAST = 1e-3  # a hundred times what float32 makes of no penalty at all


@PenalizedModel.probe("in proportion to strength", read=_proportion)
def _(answer, rng):
    x, y, seed = normal(rng, (8, 3)), normal(rng, (8, 1)), known_seed(rng)
    return {
        f"strength {strength}": _absolute_losses(_known(answer(4, strength), x, seed), x, y)
        for strength in (0.0, 0.2, 0.6)
    }


def _dependence(value: Any) -> Any:
    """Say what the penalty of a model depends on."""
    one, larger, kernels, later, inputs, negative = (_added(losses) for losses in value)
    return {
        "grows with the kernels": kernels > 1.05 * one + _LEAST,
        "grows with the model's own weights": larger > 1.1 * one + _LEAST,
        "stays while another model changes": _about(one, later),
        "stays for other inputs": _about(one, inputs),
        "stays when all weights change their sign": _about(one, negative),
        "is positive": one > _LEAST,
    }


def _about(one: float, other: float) -> bool:
    return bool(np.isclose(one, other, rtol=1e-2, atol=1e-4))


@PenalizedModel.probe("the penalty is of its own weights", read=_dependence)
def _(answer, rng):
    x, y, seed = normal(rng, (8, 3)), normal(rng, (8, 1)), known_seed(rng)
    one, other = (_known(answer(4, 0.5), x, seed) for _ in range(2))
    first = _losses(one, x, y)
    larger = _losses(_known(other, x, seed, factor=2.0), x, y)
    kernels = _losses(_known(other, x, seed, factor=2.0, biases=1.0), x, y)
    later, inputs = _losses(one, x, y), _losses(one, 2 * x, y)
    negative = _losses(_known(one, x, seed, factor=-1.0), x, y)
    return [first, larger, kernels, later, inputs, negative]


def _shrinks(value: Any) -> Any:
    before, after = value
    return {"the weights get smaller": float(after) < 0.99999 * float(before)}


@PenalizedModel.probe("training feels it", read=_shrinks)
def _(answer, rng):
    x = normal(rng, (8, 3))
    model = _known(answer(4, 1.0), x, known_seed(rng))
    before = _size(model)
    _trained(model, x, model(x), 0.01)  # all predictions are right: only the penalty pulls
    return [before, _size(model)]


def _size(model):
    return sum(tf.reduce_sum(tf.square(weight)) for weight in model.trainable_weights)


PenalizedModel.hint(
    "What is 0 when all weights are 0, and larger the larger they are, whatever their sign?",
    "Three ways lead there: a `kernel_regularizer` for the layers, `self.add_loss(…)` in `call`, "
    "or a train step of your own. With the first, the layers do all of it.",
    "`keras.regularizers.L2(strength)` is strength times the sum of the squares. "
    "`keras.layers.Dense` takes it as `kernel_regularizer`.",
)


# penalized_loss


def _model(seed=None):
    """Return a small classifier of two classes; without a seed, all weights are alike."""
    start = {"kernel_initializer": keras.initializers.Constant(0.3)}
    model = keras.Sequential(name="model")
    model.add(keras.Input((3,)))
    model.add(keras.layers.Dense(4, "tanh", **start))
    model.add(keras.layers.Dense(2, "softmax", **start))
    if seed is not None:
        set_known(model, seed)
    return model


def _labels(rng, count):
    return tf.one_hot(rng.permutation(np.arange(count) % 2), 2)


def _pair(rng, count=5):
    return _labels(rng, count), tf.nn.softmax(normal(rng, (count, 2)))


def _means(value: Any) -> Any:
    """Return the mean of each result: whether one came for each sample is looked at elsewhere."""
    return {name: float(np.mean(result)) for name, result in value.items()}


@penalized_loss.probe("cross-entropy and penalty, for each sample")
def _(answer, rng):
    model, pair = _model(known_seed(rng)), _pair(rng)
    return {
        f"losses with strength {strength}": answer(model, strength)(*pair)
        for strength in (0.0, 0.01, 0.5)
    }


@penalized_loss.probe("the weights as they are now", read=_means)
def _(answer, rng):
    model, other, pair = _model(), _model(), _pair(rng)
    loss, other_loss = answer(model, 0.1), answer(other, 0.1)
    seen = {}
    for when in ("first", "later"):
        set_known(model, known_seed(rng)), set_known(other, known_seed(rng))
        seen[f"mean loss of one model, {when}"] = loss(*pair)
        seen[f"mean loss of the other model, {when}"] = other_loss(*pair)
    return seen


@penalized_loss.probe("frozen layers don't count", read=_means)
def _(answer, rng):
    model, pair = _model(known_seed(rng)), _pair(rng)
    model.layers[0].trainable = False
    return {"mean loss with the first layer frozen": answer(model, 0.1)(*pair)}


@penalized_loss.probe("the gradient for every weight")
def _(answer, rng):
    model, x, labels = _model(known_seed(rng)), normal(rng, (6, 3)), _labels(rng, 6)
    loss = answer(model, 0.1)
    with tf.GradientTape() as tape:
        mean = tf.reduce_mean(loss(labels, model(x)))
    return tape.gradient(mean, [weight.value for weight in model.trainable_weights])


penalized_loss.hint(
    "Change a weight of your model by hand, with `assign`, and call the loss before and after. "
    "Does it change?",
    "Whose weights are in `squares`? `clone_model` makes a model of the same layers, with new "
    "weights that nobody trains.",
    "The function inside remembers what it is built with: let it read the weights of `model` "
    "itself, each time it is called.",
)
