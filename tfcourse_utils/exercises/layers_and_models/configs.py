"""`MyDense` and `MendedDense`: dense layers that can be made again from their config."""

from __future__ import annotations

import keras
import tensorflow as tf

from tfcourse_utils.checking import Exercise, exercise, noted

from ..copies import copied, drawn_name, forgotten_by_config, names_read
from ..layers import (
    gradient_reaches,
    in_functional,
    outputs,
    outputs_of_copies,
    saved_and_loaded,
    weights_by_build,
)
from ..tools import normal
from ..tracking import untracked
from ..weights import known_seed, set_known

__all__ = ["MendedDense", "MyDense"]

MyDense = exercise(
    "layers_and_models.MyDense",
    kind="rebuild",
    section="What a config remembers",
    answer_kind="class",
)
MendedDense = exercise(
    "layers_and_models.MendedDense",
    kind="mend",
    section="What a config remembers",
    answer_kind="class",
)


def _look_at_dense(dense: Exercise) -> None:
    """Add the probes of the contract that both exercises have."""

    @dense.probe("outputs, with an activation by name, as a function, and without")
    def _(answer, rng):
        x, seed = normal(rng, (4, 3)), known_seed(rng)
        activations = ("tanh", lambda z: tf.maximum(z, 0.1 * z), None)
        layers = [answer(2, activation) for activation in activations]
        return [outputs(layer, x, seed) for layer in layers]

    @dense.probe("a copy by its config has the name and gives equal outputs", read=names_read)
    def _(answer, rng):
        x, seed = normal(rng, (4, 3)), known_seed(rng)
        name = drawn_name(rng)
        layer, plain = answer(2, activation="sigmoid", name=name), answer(4)
        seen = {
            "names": [name, layer.name, copied(layer).name],
            "with a sigmoid": outputs_of_copies(layer, x, seed),
            "without an activation": outputs_of_copies(plain, x, seed),
        }
        return noted(seen, forgotten_by_config(layer))


_look_at_dense(MyDense)
_look_at_dense(MendedDense)


@MyDense.probe("two trainable weights, made by build")
def _(answer, rng):
    layer = answer(5, activation="softplus")
    reached = {"weights that a gradient reaches": gradient_reaches(layer, normal(rng, (4, 3)))}
    return noted(weights_by_build(lambda: answer(4), 3) | reached, untracked(layer))


@MyDense.probe("in a functional model")
def _(answer, rng):
    x, seed = normal(rng, (4, 3)), known_seed(rng)
    return in_functional(answer(2, activation="tanh"), x, seed)


@MendedDense.probe("the shape of the output")
def _(answer, rng):
    units, samples, width = (int(size) for size in rng.choice(range(2, 9), 3, replace=False))
    batches = [(None, width), (samples, width)]
    return [list(answer(units).compute_output_shape(batch)) for batch in batches]


@MendedDense.probe("saved in a model, and loaded")
def _(answer, rng):
    x = normal(rng, (4, 3))
    layer = answer(2, activation="tanh")
    model = keras.Sequential([keras.Input((3,)), layer])
    set_known(model, known_seed(rng))
    loaded = saved_and_loaded(model, {answer.__name__: answer})
    seen = {"output before saving": model(x), "output after loading": loaded(x)}
    return noted(seen, forgotten_by_config(layer))


MyDense.hint(
    "Someone has nothing but your config, and is to make such a layer again. What must it hold?",
    "`keras.activations.get` makes a function of a name, a function or None, and "
    "`keras.activations.serialize` makes a name of a function of Keras.",
    "`super().get_config()` is a dictionary with the name and what else every layer has. Add a "
    "key for each argument of your own `__init__`, spelled as it is there.",
    "The `**kwargs` go on to `super().__init__`: the name is among them.",
)

MendedDense.hint(
    "Three methods have a fault each. Only one of the three faults raises no error: which method "
    "is about something that has not happened yet?",
    "What does `add_weight` take first, in Keras 3? And of which type is the shape that "
    "`compute_output_shape` gets?",
    "Make the layer with an activation, look at its `get_config()`, and compare that with the "
    "arguments of `__init__`.",
)
