""" "Show me the Keras code": a script that by itself trains what the playground did."""

from __future__ import annotations

from dataclasses import fields
from pprint import pformat
from textwrap import indent

from .network import OUTPUT_ACTIVATIONS
from .parts import LOSSES, OPTIMIZERS
from .points import draw
from .state import DataState, NetworkState, State

__all__ = ["script"]

# As in `FEATURES`, of x and y.
_EXPRESSIONS = {
    "x": "x",
    "y": "y",
    "x²": "x**2",
    "y²": "y**2",
    "xy": "x * y",
    "sin x": "np.sin(x)",
    "sin y": "np.sin(y)",
}

_SCRIPT = '''\
"""{title}"""

import keras
import numpy as np

from tfcourse_utils.playground import DataState, draw

train, test = draw({data})


def features(points):
    """Return what the network sees of points (n, 2)."""
    x, y = points[:, 0], points[:, 1]
    return np.stack([{features}], axis=1)


model = keras.Sequential(
    [
        keras.Input(({inputs},)),
{layers}
    ]
)
model.compile(
    optimizer=keras.optimizers.{optimizer},
    loss="{loss}",
)
{fit}
for name, points in [("train", train), ("test", test)]:
    if len(points.inputs):
        loss = model.evaluate(features(points.inputs), points.targets, verbose=0)
        print(f"{evaluated} on the points to {{name}} on: {{loss:.4f}}")
'''

_FIT = """
# Each epoch takes the points in another order; what fills no whole batch is left out of it.
count, batch_size = len(train.inputs), {batch_size}
whole = count // batch_size * batch_size
rows = np.concatenate(
    [np.random.default_rng(({seed}, epoch)).permutation(count)[:whole] for epoch in range({epochs})]
)
model.fit(
    features(train.inputs)[rows],
    train.targets[rows],
    batch_size=batch_size,
    shuffle=False,  # they have been
    verbose=0,
)
"""


def script(state: State, epochs: int) -> str:
    """Return a Python script that trains as `Trainer(state).train(epochs)` does.

    It draws the same points, begins with the same weights and takes the same batches, so it ends
    with the same boundary but for rounding. Own points stand in it; the learner's own parts and
    what was changed on the way do not.

    Raises:
        ValueError: there are no points to train on, or `epochs` is below 0.
    """
    if epochs < 0:
        raise ValueError(f"epochs should be 0 or more, but is {epochs}")
    if len(draw(state.data).train.inputs) == 0:
        raise ValueError("there are no points to train on, so there is no script to show")
    network, training = state.network, state.training
    many = "epoch" if epochs == 1 else "epochs"
    return _SCRIPT.format(
        title=f"A network for {state.data.task}, trained for {epochs} {many}.",
        data=_call_of_data(state.data),
        features=", ".join(_EXPRESSIONS[name] for name in network.features),
        inputs=len(network.features),
        layers="\n".join(_layers(state)),
        optimizer=_optimizer(state),
        loss=LOSSES[state.data.task][training.loss].__name__,
        evaluated="loss" if training.regularization == "none" else "loss with penalties",
        fit=_fit(state, epochs) if epochs else "",
    )


def _call_of_data(data: DataState) -> str:
    """Return the call that makes the data's state, without what is as usual."""
    usual = DataState()
    pairs = ((each.name, getattr(data, each.name)) for each in fields(data))
    said = [f"{n}={_value(v)}" for n, v in pairs if n == "kind" or v != getattr(usual, n)]
    return f"DataState({', '.join(said)})"


def _value(value: object) -> str:
    """Return a field as Python reads it, many points in several lines."""
    text = pformat(value, width=90, compact=True).replace("'", '"')
    return "\n" + indent(text, "    ") if "\n" in text else text


def _layers(state: State) -> list[str]:
    network: NetworkState = state.network
    units = [*network.hidden, state.data.outputs]
    last = OUTPUT_ACTIVATIONS[state.data.task]
    activations = [network.activation] * len(network.hidden) + [last]
    penalty, first = _penalty(state), "keras.initializers.GlorotUniform"
    return [
        f"        keras.layers.Dense(\n"
        f"            {number},\n"
        f'            activation="{activation}",\n'
        f"            kernel_initializer={first}({network.seed + place}),\n"
        f"{penalty}"
        f"        ),"
        for place, (number, activation) in enumerate(zip(units, activations))
    ]


def _penalty(state: State) -> str:
    kind, rate = state.training.regularization, state.training.rate
    line = f"            kernel_regularizer=keras.regularizers.{kind}({rate!r}),\n"
    return "" if kind == "none" else line


def _optimizer(state: State) -> str:
    part = OPTIMIZERS[state.training.optimizer]
    settings = [f"{name}={value!r}" for name, value in part.settings.items()]
    return f"{part.kind.__name__}({', '.join([repr(state.training.learning_rate), *settings])})"


def _fit(state: State, epochs: int) -> str:
    training, count = state.training, len(draw(state.data).train.inputs)
    size = min(training.batch_size, count)
    return _FIT.format(batch_size=size, seed=training.seed, epochs=epochs)
