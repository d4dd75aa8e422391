"""How `round_trip` goes wrong."""

from __future__ import annotations

from pathlib import Path

import keras

from ..files import round_trip


def _with_weights(copy, model):
    copy.set_weights(model.get_weights())
    return copy


@round_trip.wrong(
    "the same model",
    says="That is the model that was handed in, not one from the file: what happens to it later "
    "happens to both.",
)
def _(model, path):
    model.save(path)
    return model


@round_trip.wrong(
    "no file at the path",
    says="At the path there is no file afterwards. Save the model there, and let the file stay.",
)
def _(model, path):
    return _with_weights(keras.models.clone_model(model), model)


@round_trip.wrong(
    "only the config",
    says="The layers came back with new weights: only the config was restored. The file holds "
    "both.",
)
def _(model, path):
    model.save(path)
    return type(model).from_config(model.get_config())


@round_trip.wrong(
    "only trainable weights",
    says="What is trained came back, and the rest did not: a normalisation also counts means and "
    "variances, which are no trainable weights.",
)
def _(model, path):
    model.save(path)
    copy = keras.models.clone_model(model)
    for new, old in zip(copy.trainable_weights, model.trainable_weights):
        new.assign(old)
    return copy


@round_trip.wrong(
    "a copy in the file",
    says="What is in the file has other weights than the model: a copy by config was saved.",
)
def _(model, path):
    keras.models.clone_model(model).save(path)
    return _with_weights(keras.models.clone_model(model), model)


@round_trip.wrong(
    "another path",
    says="The file is somewhere else. Use the path just as it is given.",
)
def _(model, path):
    elsewhere = Path(path).with_name("saved.keras")
    model.save(elsewhere)
    return keras.saving.load_model(elsewhere)


@round_trip.wrong(
    "the path returned",
    says="What came back is the path. Load the model from it, and return that.",
)
def _(model, path):
    model.save(path)
    return str(path)


@round_trip.wrong("nothing returned", says="The model is saved, and nothing came back.")
def _(model, path):
    model.save(path)
