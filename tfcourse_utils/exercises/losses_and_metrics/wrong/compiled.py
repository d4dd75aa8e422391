"""How `compile_for` and `mend_compile` go wrong."""

from __future__ import annotations

import keras

from ..compiled import compile_for, mend_compile

_LOSSES = {
    "binary": "binary_crossentropy",
    "multiclass_one_hot": "categorical_crossentropy",
    "multiclass_sparse": "sparse_categorical_crossentropy",
    "regression": "mean_squared_error",
}


def _compile(model, task, metrics=("accuracy",), **others):
    """Compile rightly, but for what is given: other losses by task, other metrics of classes."""
    losses = _LOSSES | others
    if task not in losses:
        raise ValueError(f"no such task: {task}")
    chosen = ["mean_absolute_error"] if task == "regression" else list(metrics)
    model.compile(optimizer="adam", loss=losses[task], metrics=chosen)


@compile_for.wrong(
    "accuracy that reads 0",
    says="The accuracy reads 0: `Accuracy()` asks whether a probability equals the target exactly. "
    "Ask for one that turns probabilities into classes first.",
)
def _(model, task):
    _compile(model, task, metrics=[keras.metrics.Accuracy()])


@compile_for.wrong(
    "accuracy for regression",
    says="With real numbers, an accuracy counts predictions that are exactly right, and there are "
    "none. A metric for regression says how far off they are.",
)
def _(model, task):
    if task == "regression":
        model.compile(loss="mean_squared_error", metrics=["accuracy"])
    else:
        _compile(model, task)


@compile_for.wrong(
    "no metrics",
    says="There is a loss and nothing beside it. What would you like to read while the model "
    "trains?",
)
def _(model, task):
    if task not in _LOSSES:
        raise ValueError(task)
    model.compile(loss=_LOSSES[task])


@compile_for.wrong(
    "squared error for classes",
    says="The loss is the mean squared error for every task. Where the outputs are probabilities, "
    "a cross-entropy is asked for: it does not forgive being sure and wrong.",
)
def _(model, task):
    squared = dict.fromkeys(["binary", "multiclass_one_hot"], "mean_squared_error")
    _compile(model, task, **squared)


@compile_for.wrong(
    "binary cross-entropy for one class of several",
    says="With a softmax, the outputs are one question with several answers. The binary "
    "cross-entropy takes each of them for a question of its own.",
)
def _(model, task):
    _compile(model, task, multiclass_one_hot="binary_crossentropy")


@compile_for.wrong(
    "categorical for integer labels",
    says="The categorical cross-entropy wants a one-hot row for each sample. With one whole number "
    "for each, the shapes do not fit.",
)
def _(model, task):
    _compile(model, task, multiclass_sparse="categorical_crossentropy")


@compile_for.wrong(
    "sparse for one-hot rows",
    says="The sparse cross-entropy wants one whole number for each sample. Here a label is a row "
    "with a 1 in it.",
)
def _(model, task):
    _compile(model, task, multiclass_one_hot="sparse_categorical_crossentropy")


@compile_for.wrong(
    "from logits",
    says="The loss takes the outputs for logits and squashes them once more. The model ends in a "
    "sigmoid or a softmax, so they are probabilities.",
)
def _(model, task):
    _compile(
        model,
        task,
        binary=keras.losses.BinaryCrossentropy(from_logits=True),
        multiclass_one_hot=keras.losses.CategoricalCrossentropy(from_logits=True),
        multiclass_sparse=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )


@compile_for.wrong(
    "categorical for two classes",
    says="With a single output, the categorical cross-entropy finds only one class, and its loss "
    "is 0 or nearly so. A yes or no has a cross-entropy of its own.",
)
def _(model, task):
    _compile(model, task, binary="categorical_crossentropy")


@compile_for.wrong(
    "class by the largest of one",
    says="The accuracy looks for the largest output in each row. A row with one output has no "
    "other: what decides between two classes is a threshold.",
)
def _(model, task):
    binary = [keras.metrics.CategoricalAccuracy()]
    _compile(model, task, metrics=binary if task == "binary" else ["accuracy"])


@compile_for.wrong(
    "element by element",
    says="The accuracy of several classes compares every entry of a row with a threshold. A sample "
    "is right when its class is: compare the places of the largest.",
)
def _(model, task):
    _compile(model, task, metrics=["binary_accuracy"])


@compile_for.wrong(
    "any other task is regression",
    says="An unknown task is compiled as regression, without a word. Say so with a ValueError.",
)
def _(model, task):
    _compile(model, task if task in _LOSSES else "regression")


@compile_for.wrong(
    "another error",
    says="An unknown task raises another error than a ValueError. Look the task up before the "
    "dictionary does, and raise it yourself.",
)
def _(model, task):
    _compile(model, task, **{task: _LOSSES[task]})


@compile_for.wrong(
    "a copy",
    says="The model that was given is not compiled: that was done to a copy. Compile the one that "
    "came in.",
)
def _(model, task):
    copy = keras.models.clone_model(model)
    _compile(copy, task)
    return copy


@compile_for.wrong(
    "new weights",
    says="The model has other weights than before. Compiling leaves them alone: don't set them.",
)
def _(model, task):
    for weight in model.weights:
        weight.assign(keras.ops.zeros_like(weight))
    _compile(model, task)


@mend_compile.found(
    says="The accuracy still reads 0. `Accuracy` asks whether a prediction equals its target, and "
    "a probability hardly ever does. Which metric makes a class of it first?"
)
def _(model):
    model.compile(
        optimizer="adam",
        loss="binary_crossentropy",
        metrics=[keras.metrics.Accuracy()],
    )


def _mended(model, metrics, loss="binary_crossentropy"):
    model.compile(optimizer="adam", loss=loss, metrics=metrics)


@mend_compile.wrong(
    "the largest of one output",
    says="The accuracy reads 1 now, whatever the model does. The largest of a single output is "
    "always that output: what decides here is a threshold.",
)
def _(model):
    _mended(model, [keras.metrics.CategoricalAccuracy(name="accuracy")])


@mend_compile.wrong(
    "sparse accuracy",
    says="The accuracy is the share of zeros among the targets now: a single output always makes "
    "class 0. What decides here is a threshold.",
)
def _(model):
    _mended(model, [keras.metrics.SparseCategoricalAccuracy(name="accuracy")])


@mend_compile.wrong(
    "threshold of logits",
    says="The threshold is 0, and a probability is always above it. That is the threshold for "
    "logits; the model ends in a sigmoid.",
)
def _(model):
    _mended(model, [keras.metrics.BinaryAccuracy(name="accuracy", threshold=0.0)])


@mend_compile.wrong(
    "from logits",
    says="The accuracy is true, and the loss is not any more: it takes the probabilities for "
    "logits. The fault was not there.",
)
def _(model):
    _mended(model, ["accuracy"], keras.losses.BinaryCrossentropy(from_logits=True))


@mend_compile.wrong(
    "another loss",
    says="The loss is the squared error now. The fault is in the metrics: leave the loss alone.",
)
def _(model):
    _mended(model, ["accuracy"], "mean_squared_error")


@mend_compile.wrong(
    "no metric",
    says="The wrong number is gone, and so is the accuracy: no metric is left in the history.",
)
def _(model):
    _mended(model, [])


@mend_compile.wrong(
    "precision",
    says="That is the precision: of those that were called positive, the share that is. The "
    "accuracy counts all samples.",
)
def _(model):
    _mended(model, [keras.metrics.Precision()])


@mend_compile.wrong(
    "a copy",
    says="The model that was given is not compiled: that was done to a copy.",
)
def _(model):
    _mended(keras.models.clone_model(model), ["accuracy"])


@mend_compile.wrong(
    "area under a curve",
    says="That is the AUC, which says how well the probabilities rank the samples, whatever the "
    "threshold. The accuracy counts how many samples are right.",
)
def _(model):
    _mended(model, [keras.metrics.AUC()])


def _with_metric_of_regression(metric):
    def compile_for(model, task):
        _compile(model, task)
        if task == "regression":
            model.compile(optimizer="adam", loss="mean_squared_error", metrics=[metric()])

    return compile_for


for _name, _metric in {
    "an error in percent": keras.metrics.MeanAbsolutePercentageError,
    "a score": keras.metrics.R2Score,
}.items():
    compile_for.wrong(
        _name,
        says="The metric for regression has no unit: it is a share of the target, or of the "
        "targets' spread. Ask for one that says how far off the predictions are, in their unit.",
    )(_with_metric_of_regression(_metric))
