"""How `predicted_classes` goes wrong, before and after it is mended."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from ..classes import predicted_classes


@predicted_classes.found(
    says="It still behaves as it was found. Print the shape of `probabilities` for a small "
    "dataset, and what `argmax()` makes of a table of two by three."
)
def _(model, dataset):
    test_data = dataset.batch(32)
    probabilities = model.predict(test_data, verbose=0)
    return probabilities.argmax()


@predicted_classes.wrong(
    "argmax over everything",
    says="The batches are mended. One number came back for all samples: without an axis, `argmax` "
    "takes the whole table as one long row.",
)
def _(model, dataset):
    return model.predict(dataset, verbose=0).argmax()


@predicted_classes.wrong(
    "still batched twice",
    says="The axis is mended. The dataset is still batched a second time: a batch of batches has "
    "an axis too many, and batches of unlike size can't even be put together.",
)
def _(model, dataset):
    return model.predict(dataset.batch(32), verbose=0).argmax(axis=-1)


@predicted_classes.wrong(
    "the likeliest sample of each class",
    says="There is one number for each class, the sample for which it is most likely. Asked for is "
    "the class of each sample: the other axis.",
)
def _(model, dataset):
    return model.predict(dataset, verbose=0).argmax(axis=0)


@predicted_classes.wrong(
    "probabilities",
    says="Those are the probabilities of all classes. Asked for is the number of the largest, in "
    "each row.",
)
def _(model, dataset):
    return model.predict(dataset, verbose=0)


@predicted_classes.wrong(
    "the largest itself",
    says="Those are the largest probabilities. Asked for is which class they belong to.",
)
def _(model, dataset):
    return model.predict(dataset, verbose=0).max(axis=-1)


@predicted_classes.wrong(
    "labels of the dataset",
    says="Those are the labels that the dataset brings along. Asked for is what the model says.",
)
def _(model, dataset):
    return np.concatenate([labels for _, labels in dataset])


@predicted_classes.wrong(
    "the first batch alone",
    says="Only the first batch was predicted. The dataset goes on after it.",
)
def _(model, dataset):
    x, _ = next(iter(dataset))
    return model.predict(x, verbose=0).argmax(axis=-1)


@predicted_classes.wrong(
    "the last batch alone",
    says="Only the last batch came back: each takes the place of the one before. Collect them all.",
)
def _(model, dataset):
    for x, _ in dataset:
        classes = tf.argmax(model(x), axis=-1)
    return classes


@predicted_classes.wrong(
    "full batches alone",
    says="The last samples are missing: a batch that is not full was dropped.",
)
def _(model, dataset):
    samples = dataset.unbatch().batch(4, drop_remainder=True)
    return model.predict(samples, verbose=0).argmax(axis=-1)


@predicted_classes.wrong(
    "yes or no",
    says="The probabilities were compared with 0.5, as those of a single class would be. Here "
    "each class has its own, and the largest of them counts.",
)
def _(model, dataset):
    return (model.predict(dataset, verbose=0) > 0.5).astype("int64")


@predicted_classes.wrong(
    "as in training",
    says="The model was called with `training=True`. Then dropout drops and other layers do other "
    "things than in use.",
)
def _(model, dataset):
    return np.concatenate([tf.argmax(model(x, training=True), axis=-1) for x, _ in dataset])


@predicted_classes.wrong(
    "the least likely",
    says="Those are the classes that the model finds least likely.",
)
def _(model, dataset):
    return model.predict(dataset, verbose=0).argmin(axis=-1)
