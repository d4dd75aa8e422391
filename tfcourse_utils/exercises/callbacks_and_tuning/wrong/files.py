"""How `save_everything` goes wrong, and how it was found."""

from __future__ import annotations

import json
from pathlib import Path

import keras

from ..files import save_everything


@save_everything.found(
    says="It still stops where it stopped when it was found. Call it in a new cell, and see which "
    "argument Keras 3 no longer takes, and what it wants in its place.",
)
def save_everything_as_found(model, directory):
    model.save(f"{directory}/model", save_format="tf")
    model.save_weights(f"{directory}/model.h5")
    with Path(f"{directory}/model.json").open("w") as file:
        json.dump(model.to_json(), file)
    model.save(f"{directory}/export", include_optimizer=False)


def _save(model, directory, /, **others):
    """Save rightly, but for what is given: other functions of the model and the directory."""
    ways = {
        "model": lambda: model.save(f"{directory}/model.keras"),
        "weights": lambda: model.save_weights(f"{directory}/model.weights.h5"),
        "json": lambda: Path(f"{directory}/model.json").write_text(model.to_json()),
        "export": lambda: model.export(f"{directory}/export", verbose=False),
    }
    for save in (ways | others).values():
        save()


@save_everything.wrong(
    "a model without an ending",
    says="`save` goes by how the name ends, and refuses one without: `.keras` is the ending.",
)
def _(model, directory):
    _save(model, directory, model=lambda: model.save(f"{directory}/model"))


@save_everything.wrong(
    "weights without .weights",
    says="`save_weights` refuses a name that does not end in `.weights.h5`, all of it.",
)
def _(model, directory):
    _save(model, directory, weights=lambda: model.save_weights(f"{directory}/model.h5"))


def _dumped(model, directory):
    with Path(f"{directory}/model.json").open("w") as file:
        json.dump(model.to_json(), file)


@save_everything.wrong(
    "JSON of JSON",
    says="`model.json` holds text within text: it begins with a quotation mark. `to_json` gives "
    "JSON already, which only has to be written down.",
)
def _(model, directory):
    _save(model, directory, json=lambda: _dumped(model, directory))


@save_everything.wrong(
    "only the config in JSON",
    says="`model.json` has the layers, but not what kind of model they make: that is how much "
    "`get_config` says. `to_json` says all that is needed.",
)
def _(model, directory):
    path = Path(f"{directory}/model.json")
    _save(model, directory, json=lambda: path.write_text(json.dumps(model.get_config())))


@save_everything.wrong(
    "an export by save",
    says="`save` writes for Keras, and wants a name that ends in `.keras`. A model for other "
    "programs is written by another method.",
)
def _(model, directory):
    _save(model, directory, export=lambda: model.save(f"{directory}/export"))


@save_everything.wrong(
    "no export",
    says="There is no `export` in the directory. Who has TensorFlow but no Keras needs it.",
)
def _(model, directory):
    _save(model, directory, export=lambda: None)


@save_everything.wrong(
    "a file to export",
    says="The export is not called `export`. It is a folder, and a folder's name needs no ending.",
)
def _(model, directory):
    _save(model, directory, export=lambda: model.export(f"{directory}/export.keras"))


@save_everything.wrong(
    "a model for the weights",
    says="`model.weights.h5` holds a whole model, by `save`, and no new model can load it as "
    "weights.",
)
def _(model, directory):
    def save():
        model.save(f"{directory}/all.h5")
        Path(f"{directory}/all.h5").rename(f"{directory}/model.weights.h5")

    _save(model, directory, weights=save)


@save_everything.wrong(
    "a new copy is saved",
    says="The saved model has other weights than the trained one: a copy by its config begins "
    "anew.",
)
def _(model, directory):
    copy = keras.models.clone_model(model)
    _save(model, directory, model=lambda: copy.save(f"{directory}/model.keras"))


@save_everything.wrong(
    "beside the directory",
    says="The files lie where the notebook runs. Put `directory` before each name.",
)
def _(model, directory):
    _save(model, ".")
