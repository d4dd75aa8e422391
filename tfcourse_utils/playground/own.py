"""The learner's own model, layer, loss or optimizer, looked at before it is trained with."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from tfcourse_utils.checking.observation import without_frame
from tfcourse_utils.checking.plain import printable

from .network import build
from .parts import LOSSES, OPTIMIZERS, REGRESSION, SEVERAL_CLASSES, TWO_CLASSES, Loss
from .state import State

__all__ = ["Own", "Usable", "said", "short_name", "usable"]

_BATCH = 9  # rows that own parts are tried with: more than there can be classes
# What compiling a model makes of "accuracy"; alone, Keras takes it for one of equal numbers.
_ACCURACY = {
    TWO_CLASSES: "binary_accuracy",
    SEVERAL_CLASSES: "sparse_categorical_accuracy",
    REGRESSION: "accuracy",
}
_MOST_SAID = 160  # characters of somebody else's message


class Own(NamedTuple):
    """What the learner brings; None is the state's.

    Attributes:
        model: takes features, (n, f), and gives outputs, (n, k). It is trained itself, no copy.
        layer: makes each hidden layer from its number of neurons: a class, or a function.
        loss: of targets and outputs, to (n,) or (): a function, a Loss or a name of Keras.
        optimizer: an optimizer, of which a copy is used; or a class or function that makes one
            from the learning rate.
        metric: a Metric, a class that makes one, a function of targets and outputs or a name of
            Keras; it is taken after every epoch, of all points at once.
        callback: whose hooks around epochs are called, as `fit` does; `model.stop_training` ends
            training.
    """

    model: keras.Model | None = None
    layer: Callable[[int], keras.layers.Layer] | None = None
    loss: Any = None
    optimizer: Any = None
    metric: Any = None
    callback: keras.callbacks.Callback | None = None


class Usable(NamedTuple):
    """Parts that fit each other, ready to train.

    Attributes:
        untrained: names of weights that no gradient reaches.
    """

    model: keras.Model
    loss: Loss
    optimizer: keras.optimizers.Optimizer
    untrained: tuple[str, ...] = ()
    metric: keras.metrics.Metric | None = None


def usable(state: State, own: Own) -> Usable:
    """Return the parts to train a state with.

    Raises:
        ValueError: something of the learner's can't be called, or does not fit; one sentence,
            with both shapes where it is about them.
    """
    if own.model is not None and own.layer is not None:
        raise ValueError("give a model or a layer, not both: a model has layers already")
    if own.callback is not None:
        _check_callback(own.callback)
    model = own.model if own.model is not None else _model(state, own)
    loss, optimizer = _loss(state, own.loss), _optimizer(state, own.optimizer)
    if own[:3] == (None, None, None) and own.metric is None:
        return Usable(model, loss, optimizer)
    outputs = _outputs(state, model, "layer" if own.layer else "model")
    _check_loss(loss, _targets(state), outputs)
    metric = None if own.metric is None else _metric(state, own.metric, outputs)
    return Usable(model, loss, optimizer, _untrained(state, model, loss), metric)


def _check_callback(callback: Any) -> None:
    if not isinstance(callback, keras.callbacks.Callback):
        raise ValueError(f"the callback should be a keras.callbacks.Callback, {_but(callback)}")


def short_name(path: str) -> str:
    """Return the name of a weight with that of its layer, without those of what they are in."""
    return "/".join(path.split("/")[-2:])


def _model(state: State, own: Own) -> keras.Model:
    if isinstance(own.layer, keras.layers.Layer):
        kind = _kind(own.layer)
        raise ValueError(f"the layer should be made from its number of neurons: give {kind} itself")
    try:
        return build(state, own.layer)
    except Exception as error:  # whatever a learner's layer raises
        if own.layer is None:
            raise
        sizes = state.network.hidden
        raise ValueError(f"the layer can't be used with {sizes} neurons: {said(error)}") from error


def _features(state: State) -> tf.Tensor:
    rows = np.linspace(-1.0, 1.0, _BATCH * len(state.network.features), dtype=np.float32)
    return tf.constant(rows.reshape(_BATCH, -1))


def _targets(state: State) -> tf.Tensor:
    rows = np.arange(_BATCH) % 2
    if state.data.task == SEVERAL_CLASSES:
        return tf.constant(rows, tf.int32)
    return tf.constant(rows[:, None], tf.float32)


def _outputs(state: State, model: Any, name: str) -> tf.Tensor:
    if not isinstance(model, keras.Model):
        raise ValueError(f"the model should be a keras.Model, but is {_kind(model)}")
    inputs, wanted = _features(state), (_BATCH, state.data.outputs)
    try:
        outputs = model(inputs)
    except Exception as error:  # whatever a learner's model raises
        features = ", ".join(state.network.features)
        shape = f"a batch of shape {tuple(inputs.shape)} ({_BATCH} points, features {features})"
        raise ValueError(f"the {name} can't be called with {shape}: {said(error)}") from error
    found = _described(outputs)
    if found != f"the shape {wanted}":
        raise ValueError(
            f"the {name} should give outputs of the shape {wanted} for {_BATCH} points "
            f"({state.data.task}), but gave {found}"
        )
    return outputs


def _loss(state: State, own: Any) -> Loss:
    if own is None:
        return LOSSES[state.data.task][state.training.loss]
    try:
        found = keras.losses.get(own)
        found = found() if inspect.isclass(found) else found
    except Exception as error:
        raise ValueError(f"the loss is none that Keras knows: {said(error)}") from error
    if not callable(found):
        raise ValueError(f"the loss should be a function or a name, but is {_kind(own)}")
    return found


def _check_loss(loss: Loss, targets: tf.Tensor, outputs: tf.Tensor) -> None:
    shapes = f"targets {tuple(targets.shape)} and outputs {tuple(outputs.shape)}"
    try:
        found = _described(loss(targets, outputs))
    except Exception as error:  # whatever a learner's loss raises
        raise ValueError(f"the loss can't be called with {shapes}: {said(error)}") from error
    if found not in (f"the shape {(_BATCH,)}", "the shape ()"):
        wanted = f"one number for each point, {(_BATCH,)}, or one in all, ()"
        raise ValueError(f"the loss should give {wanted}, but gave {found} for {shapes}")


def _metric(state: State, own: Any, outputs: tf.Tensor) -> keras.metrics.Metric:
    targets = _targets(state)
    shapes = f"targets {tuple(targets.shape)} and outputs {tuple(outputs.shape)}"
    try:
        found = keras.metrics.get(_ACCURACY[state.data.task] if own == "accuracy" else own)
        if callable(found) and not isinstance(found, keras.metrics.Metric):
            name = getattr(found, "__name__", "metric")
            found = keras.metrics.MeanMetricWrapper(found, name)
    except Exception as error:
        raise ValueError(f"the metric is none that Keras knows: {said(error)}") from error
    if not isinstance(found, keras.metrics.Metric):
        raise ValueError(f"the metric should be a Metric or a name, {_but(own)}")
    try:
        found.update_state(targets, outputs)
        value = found.result()
        found.reset_state()
    except Exception as error:  # whatever a learner's metric raises
        raise ValueError(f"the metric can't be used with {shapes}: {said(error)}") from error
    if _described(value) != "the shape ()":
        raise ValueError(f"the metric should give one number, (), but gave {_described(value)}")
    return found


def _untrained(state: State, model: keras.Model, loss: Loss) -> tuple[str, ...]:
    """Return names of weights that no gradient reaches, seen by compiling a step and not run."""
    variables = model.trainable_variables
    if not variables:
        raise ValueError("the model should have weights to train, but has none")

    def gradients(x: tf.Tensor, y: tf.Tensor) -> list[tf.Tensor | None]:
        with tf.GradientTape() as tape:
            value = tf.reduce_mean(loss(y, model(x, training=True)))
        return tape.gradient(value, variables)

    # Any number of points, as in training: a batch may have more or fewer than were tried with.
    like = (
        tf.TensorSpec([None, *t.shape[1:]], t.dtype) for t in (_features(state), _targets(state))
    )
    try:
        found = tf.function(gradients).get_concrete_function(*like).structured_outputs
    except Exception as error:  # whatever the learner's parts raise
        raise ValueError(
            f"this can't be compiled, use TensorFlow's functions: {said(error)}"
        ) from error
    if all(gradient is None for gradient in found):
        raise ValueError("no gradient reaches any weight: compute the loss with TensorFlow alone")
    return tuple(short_name(w.path) for w, gradient in zip(variables, found) if gradient is None)


def _optimizer(state: State, own: Any) -> keras.optimizers.Optimizer:
    rate = state.training.learning_rate
    if own is None:
        part = OPTIMIZERS[state.training.optimizer]
        return part.kind(rate, **part.settings)
    try:
        if isinstance(own, keras.optimizers.Optimizer):
            # An optimizer keeps to the first weights it is used with: the learner's stays free.
            found = type(own).from_config(own.get_config())
        else:
            found = own(rate)
    except Exception as error:  # whatever a learner's optimizer raises
        raise ValueError(f"the optimizer can't be made: {said(error)}") from error
    if not isinstance(found, keras.optimizers.Optimizer):
        raise ValueError(f"the optimizer should be one of Keras's kind, but is {_kind(found)}")
    return found


def _described(value: Any) -> str:
    """Return "the shape (4, 1)", or what else a value is if it is no tensor of floats."""
    if not tf.is_tensor(value):
        return _kind(value)
    if not value.dtype.is_floating:
        return f"{value.dtype.name} of the shape {tuple(value.shape)}"
    return f"the shape {tuple(value.shape)}"


def _but(value: Any) -> str:
    if inspect.isclass(value):
        return f"but is a class: make one, as {printable(value.__name__)}(…)"
    return f"but is {_kind(value)}"


def _kind(value: Any) -> str:
    return printable(type(value).__name__)


def said(error: BaseException) -> str:
    """Return what an error says in one line, without what Keras and TensorFlow put around it."""
    message = error.args[0] if isinstance(error, KeyError) and error.args else error
    text = without_frame(str(message)).split(" for '{{node")[0].strip()
    if text.startswith("in user code:"):  # AutoGraph: the lines that led there, then the error
        kind, _, message = text.split("\n\n    ")[-1].replace("\n    ", "\n").partition(": ")
        text = f"{kind}: {without_frame(message)}"
    if text.startswith("Graph execution error:"):  # a running graph: the same
        text = text.split("\n\t [[{{")[0].split("\n\n")[-1]
    line = " ".join(printable(text).split())
    return line if len(line) <= _MOST_SAID else line[: _MOST_SAID - 1] + "…"
