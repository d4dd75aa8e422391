"""How `make_clouds` goes wrong."""

from __future__ import annotations

import numpy as np

from ..clouds import make_clouds

NEGATIVE, POSITIVE = [0.0, 3.0], [3.0, 0.0]
COVARIANCE = [[1.0, 0.5], [0.5, 1.0]]


def _clouds(rng, n, negative=NEGATIVE, positive=POSITIVE, covariance=COVARIANCE):
    clouds = [rng.multivariate_normal(mean, covariance, n) for mean in (negative, positive)]
    return np.concatenate(clouds).astype("float32")


def _targets(n):
    return np.repeat([[0.0], [1.0]], n, axis=0).astype("float32")


@make_clouds.wrong(
    "positives first",
    says="The rows of target 1 come first. The negatives, target 0, go into the first n rows.",
)
def _(samples_per_class, seed):
    rng = np.random.default_rng(seed)
    points = _clouds(rng, samples_per_class, POSITIVE, NEGATIVE)
    return points, 1 - _targets(samples_per_class)


@make_clouds.wrong(
    "means exchanged",
    says="Each cloud lies where the other one should. Which mean belongs to the negatives?",
)
def _(samples_per_class, seed):
    rng = np.random.default_rng(seed)
    return _clouds(rng, samples_per_class, POSITIVE, NEGATIVE), _targets(samples_per_class)


@make_clouds.wrong(
    "round clouds",
    says="The clouds are round: x and y vary independently. The covariance has 0.5 off its "
    "diagonal, which tilts them.",
    when=lambda seen, _: abs(seen["covariance of the negatives"][0, 1]) < 0.25,
)
def _(samples_per_class, seed):
    rng = np.random.default_rng(seed)
    points = _clouds(rng, samples_per_class, covariance=np.eye(2))
    return points, _targets(samples_per_class)


@make_clouds.wrong(
    "seed ignored",
    says="Two calls with one seed gave different points. Draw from a generator made of `seed` "
    "inside the function.",
    when=lambda seen, _: seen["same seed, same points"] is False,
)
def _(samples_per_class, seed):
    rng = np.random.default_rng()
    return _clouds(rng, samples_per_class), _targets(samples_per_class)


@make_clouds.wrong(
    "one seed for all",
    says="Two different seeds gave the same points, so `seed` is not used.",
    when=lambda seen, _: seen["other seed, other points"] is False,
)
def _(samples_per_class, seed):
    rng = np.random.default_rng(0)
    return _clouds(rng, samples_per_class), _targets(samples_per_class)


@make_clouds.wrong(
    "one draw for both",
    says="The positives are the negatives moved to another place. Make the generator once and "
    "draw from it twice.",
    when=lambda seen, _: seen["drawn apart"] is False,
)
def _(samples_per_class, seed):
    points = [
        np.random.default_rng(seed).multivariate_normal(mean, COVARIANCE, samples_per_class)
        for mean in (NEGATIVE, POSITIVE)
    ]
    return np.concatenate(points).astype("float32"), _targets(samples_per_class)


@make_clouds.wrong(
    "flat targets",
    says="The targets have shape (2n,). They need shape (2n, 1), one row for each point, or "
    "they will broadcast against predictions of shape (2n, 1) later.",
    when=lambda seen, _: seen["targets"].endswith("of shape (14,)"),
)
def _(samples_per_class, seed):
    rng = np.random.default_rng(seed)
    return _clouds(rng, samples_per_class), _targets(samples_per_class)[:, 0]


@make_clouds.wrong(
    "float64",
    says="NumPy draws float64 numbers. TensorFlow does not convert between the two by itself, "
    "so convert both arrays to float32.",
    when=lambda seen, _: "float64" in seen["inputs"] + seen["targets"],
)
def _(samples_per_class, seed):
    rng = np.random.default_rng(seed)
    points = _clouds(rng, samples_per_class)
    return points.astype("float64"), _targets(samples_per_class).astype("float64")
