"""The state of the playground: all that decides what is trained and what is shown of it.

It is plain, frozen data: the same state gives the same frames. Every part is checked when it is
made, and says in one sentence which field is wrong, what it was and what is allowed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any

from . import checks
from .features import FEATURES
from .kinds import KINDS, OWN_CLASSES, OWN_VALUES, SQUARE
from .parts import (
    ACTIVATIONS,
    LOSSES,
    OPTIMIZERS,
    PENALTIES,
    REGRESSION,
    SEVERAL_CLASSES,
    TWO_CLASSES,
)

__all__ = [
    "CONTROLS",
    "VERSION",
    "DataState",
    "NetworkState",
    "Shown",
    "State",
    "TrainingState",
    "without_hidden_layers",
]

VERSION = 1
MOST_POINTS, MOST_CLASSES = 5000, 8
MOST_LAYERS, MOST_NEURONS = 8, 16
LARGEST_SEED = 2**32 - 1

Point = tuple[float, float, float]


@dataclass(frozen=True)
class DataState:
    """The points.

    Args:
        kind: a name of `KINDS`.
        samples: points in all, 10 to 5000; rounded down to as many for each class.
        noise: standard deviation in units of the plane, 0 to 3.
        train_share: share of the points to train on, 0.1 to 1; the others are for testing.
        seed: of the draw and of the split.
        points: own points (x, y, target), up to 5000, x and y from -6 to 6, used by the kinds
            "own classes" (targets 0 to 7, whole) and "own values" (targets -1 to 1).
    """

    kind: str = "rings"
    samples: int = 500
    noise: float = 0.5
    train_share: float = 0.5
    seed: int = 0
    points: tuple[Point, ...] = ()

    def __post_init__(self) -> None:
        _settle(self, "kind", checks.one_of("data.kind", self.kind, KINDS))
        _settle(self, "samples", checks.whole("data.samples", self.samples, 10, MOST_POINTS))
        _settle(self, "noise", checks.number("data.noise", self.noise, 0, 3))
        _settle(self, "train_share", checks.number("data.train_share", self.train_share, 0.1, 1))
        _settle(self, "seed", checks.whole("data.seed", self.seed, 0, LARGEST_SEED))
        _settle(self, "points", _checked_points(self.points, self.kind))

    @property
    def outputs(self) -> int:
        """How many units the output layer has: 1, or as many as classes if there are over two."""
        kind = KINDS[self.kind]
        own = max((int(target) for _, _, target in self.points), default=0) + 1
        classes = own if self.kind == OWN_CLASSES else kind.classes
        return 1 if kind.is_regression or classes <= 2 else classes

    @property
    def task(self) -> str:
        """What the network has to do: a key of `LOSSES`."""
        if KINDS[self.kind].is_regression:
            return REGRESSION
        return TWO_CLASSES if self.outputs == 1 else SEVERAL_CLASSES


@dataclass(frozen=True)
class NetworkState:
    """The network.

    Args:
        features: names of `FEATURES`, one at least, what it sees of a point.
        hidden: neurons of each hidden layer, up to 8 layers of 1 to 16; () is a linear model.
        activation: of the hidden layers, a name of `ACTIVATIONS`.
        seed: of the first weights.
    """

    features: tuple[str, ...] = ("x", "y")
    hidden: tuple[int, ...] = (4, 2)
    activation: str = "tanh"
    seed: int = 0

    def __post_init__(self) -> None:
        features = checks.several_of("network.features", self.features, FEATURES)
        if not features:
            raise ValueError("network.features should be one feature or more, but are none")
        _settle(self, "features", features)
        _settle(self, "hidden", _checked_hidden(self.hidden))
        activation = checks.one_of("network.activation", self.activation, ACTIVATIONS)
        _settle(self, "activation", activation)
        _settle(self, "seed", checks.whole("network.seed", self.seed, 0, LARGEST_SEED))


@dataclass(frozen=True)
class TrainingState:
    """How the network is trained.

    Args:
        optimizer: a name of `OPTIMIZERS`.
        learning_rate: 1e-6 to 100.
        batch_size: points of a step, 1 to 1000; no more than there are to train on.
        loss: a name of `LOSSES[task]`; "usual" fits every task.
        regularization: a name of `PENALTIES`, of the kernels (not of the biases).
        rate: factor of the penalty, 0 to 10.
        seed: of the order of the points in every epoch.
    """

    optimizer: str = "SGD"
    learning_rate: float = 0.03
    batch_size: int = 10
    loss: str = "usual"
    regularization: str = "none"
    rate: float = 0.001
    seed: int = 0

    def __post_init__(self) -> None:
        names = dict.fromkeys(name for losses in LOSSES.values() for name in losses)
        checks.one_of("training.optimizer", self.optimizer, OPTIMIZERS)
        checks.one_of("training.loss", self.loss, names)
        checks.one_of("training.regularization", self.regularization, PENALTIES)
        speed = checks.number("training.learning_rate", self.learning_rate, 1e-6, 100)
        _settle(self, "learning_rate", speed)
        _settle(self, "batch_size", checks.whole("training.batch_size", self.batch_size, 1, 1000))
        _settle(self, "rate", checks.number("training.rate", self.rate, 0, 10))
        _settle(self, "seed", checks.whole("training.seed", self.seed, 0, LARGEST_SEED))


@dataclass(frozen=True)
class Shown:
    """What is shown besides the points to train on and the boundary; each True or False."""

    test_points: bool = False
    discretized: bool = False
    curves: bool = True
    neurons: bool = True
    weights: bool = True
    confusion: bool = False
    next_step: bool = False
    landscape: bool = False
    linear_model: bool = False

    def __post_init__(self) -> None:
        for each in fields(self):
            checks.flag(f"shown.{each.name}", getattr(self, each.name))


ACTIONS = (
    "play",
    "step",
    "reset",
    "scrub",
    "edit weights",
    "draw points",
    "share",
    "code",
    "lessons",
)
PARTS = {"data": DataState, "network": NetworkState, "training": TrainingState, "shown": Shown}

# What an instructor can hide: fields, as "data.noise", and what one can do.
CONTROLS: tuple[str, ...] = (
    *(f"{part}.{each.name}" for part, kind in PARTS.items() for each in fields(kind)),
    *ACTIONS,
)


@dataclass(frozen=True)
class State:
    """The whole state. `hidden` are names of `CONTROLS` that the view leaves out.

    Raises:
        ValueError: a field is not what it may be.
    """

    data: DataState = field(default_factory=DataState)
    network: NetworkState = field(default_factory=NetworkState)
    training: TrainingState = field(default_factory=TrainingState)
    shown: Shown = field(default_factory=Shown)
    hidden: tuple[str, ...] = ()
    version: int = VERSION

    def __post_init__(self) -> None:
        for part, kind in PARTS.items():
            if not isinstance(getattr(self, part), kind):
                came = type(getattr(self, part)).__name__
                raise ValueError(f"{part} should be a {kind.__name__}, but is {came}")
        _settle(self, "hidden", checks.several_of("hidden", self.hidden, CONTROLS))
        checks.whole("version", self.version, VERSION, VERSION)
        allowed = LOSSES[self.data.task]
        checks.one_of(f"training.loss for {self.data.task}", self.training.loss, allowed)


def without_hidden_layers(state: State) -> State:
    """Return the state of the linear model, to be trained beside the network on the same data."""
    return replace(state, network=replace(state.network, hidden=()))


def _settle(part: object, name: str, value: Any) -> None:
    object.__setattr__(part, name, value)


def _checked_hidden(hidden: object) -> tuple[int, ...]:
    if not isinstance(hidden, (tuple, list)) or len(hidden) > MOST_LAYERS:
        came = f"has {len(hidden)}" if isinstance(hidden, (tuple, list)) else f"is {hidden!r:.40}"
        raise ValueError(f"network.hidden should be up to {MOST_LAYERS} numbers, but {came}")
    return tuple(checks.whole("each of network.hidden", n, 1, MOST_NEURONS) for n in hidden)


def _checked_points(points: object, kind: str) -> tuple[Point, ...]:
    if not isinstance(points, (tuple, list)) or len(points) > MOST_POINTS:
        came = f"are {len(points)}" if isinstance(points, (tuple, list)) else f"are {points!r:.40}"
        raise ValueError(f"data.points should be up to {MOST_POINTS} rows, but {came}")
    return tuple(_checked_point(point, kind) for point in points)


def _checked_point(point: object, kind: str) -> Point:
    if not isinstance(point, (tuple, list)) or len(point) != 3:
        raise ValueError(f"each of data.points should be (x, y, target), but one is {point!r:.60}")
    x, y = (checks.number("x and y of data.points", value, -SQUARE, SQUARE) for value in point[:2])
    most = 1.0 if kind == OWN_VALUES else MOST_CLASSES - 1.0
    target = checks.number("the target of each of data.points", point[2], -1.0, most)
    if kind == OWN_CLASSES:
        whole = int(target) if target == int(target) else target
        checks.whole("the target of each of data.points", whole, 0, MOST_CLASSES - 1)
    return x, y, target
