"""Looking at weights: which there are, what follows from known ones, what a gradient reaches.

Nothing here asks for a weight's name, its place among the others or its first value: those are
the answer's own affair. Weights are told apart by their shape. Where two have the same one, as
scale and offset of a normalisation, each is tried in the place of the other.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

__all__ = [
    "assign_known",
    "at_known_weights",
    "known_seed",
    "reached",
    "set_all",
    "set_known",
    "shapes",
]


def shapes(variables: Iterable[Any]) -> list[list[int]]:
    """Return the shapes of some variables, in an order of their own."""
    return sorted([int(length) for length in variable.shape] for variable in variables)


def set_all(layer: Any, value: float) -> None:
    """Give every weight of a layer or model this value, throughout."""
    for weight in layer.weights:
        weight.assign(keras.ops.full_like(weight, value))


def known_seed(rng: np.random.Generator) -> int:
    """Draw a seed for known weights: the same one, the same weights."""
    return int(rng.integers(2**31))


def set_known(layer: Any, seed: int) -> None:
    """Give the weights of a layer known values: see `assign_known`."""
    assign_known(layer.weights, seed)


def assign_known(variables: Sequence[Any], seed: int) -> None:
    """Give variables normally distributed values.

    Each follows from the variable's shape and how many of that shape came before it.
    """
    came = dict.fromkeys((tuple(variable.shape) for variable in variables), 0)
    for variable in variables:
        shape = tuple(variable.shape)
        drawn = np.random.default_rng([seed, came[shape], *shape]).normal(size=shape)
        variable.assign(tf.cast(drawn, variable.dtype))
        came[shape] += 1


def at_known_weights(layer: Any, use: Callable[[], Any], seed: int) -> list[Any]:
    """Return what `use()` gives when the weights of a layer are known.

    Weights of one shape could stand for one another, so there is a result for each order of
    them; the results are sorted, so that it does not matter which weight was made first.

    Raises:
        ValueError: there are more orders than are worth trying; the message is for the author.
    """
    weights = list(layer.weights)
    if (count := _how_many_orders(weights)) > _MOST_ORDERS:
        raise ValueError(
            f"{count} orders of weights of one shape; at most {_MOST_ORDERS} are tried"
        )
    results = []
    for variables in _orders(weights):
        assign_known(variables, seed)
        results.append(np.asarray(use()))
    return sorted(results, key=lambda result: _place(result, seed))


def _place(result: np.ndarray, seed: int) -> float:
    """Return a number that all values of a result go into, each with a random factor.

    Sums would not do: the rows of every softmax sum to 1. Nor would the values one by one: where
    the first are equal but for float noise, noise would sort them.
    """
    factors = np.random.default_rng([seed, result.size]).normal(size=result.size)
    return float(factors @ np.ravel(result))


def _how_many_orders(variables: Iterable[Any]) -> int:
    alike = Counter(tuple(variable.shape) for variable in variables)
    return math.prod(math.factorial(count) for count in alike.values())


def _orders(variables: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the variables by shape, in every order of those that have the same one."""
    alike: dict[tuple[int, ...], list[Any]] = {}
    for variable in variables:
        alike.setdefault(tuple(variable.shape), []).append(variable)
    groups = [itertools.permutations(alike[shape]) for shape in sorted(alike)]
    for order in itertools.product(*groups):
        yield [variable for group in order for variable in group]


_MOST_ORDERS = 24  # of four weights of one shape


def reached(model: Any, loss: Callable[[], Any]) -> list[list[int]]:
    """Return the shapes of the trainable weights that the gradient of `loss()` reaches."""
    with tf.GradientTape() as tape:
        value = loss()
    weights = model.trainable_variables
    gradients = tape.gradient(value, [weight.value for weight in weights])
    return shapes(
        weight
        for weight, gradient in zip(weights, gradients)
        if gradient is not None and bool(tf.reduce_any(tf.not_equal(gradient, 0)))
    )
