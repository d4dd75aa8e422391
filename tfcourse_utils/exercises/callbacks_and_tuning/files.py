"""`save_everything`: four files, each judged by reading it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfcourse_utils.checking import exercise

from ..folders import in_empty_folder
from ..tools import normal
from ..weights import known_seed, set_known

__all__ = ["save_everything"]

save_everything = exercise(
    "callbacks_and_tuning.save_everything", kind="mend", section="Keeping what was trained"
)

_DIRECTORY = "kept"


def _model(slope: float) -> Any:
    """Return a model with something in its architecture that its weights do not tell."""
    return keras.Sequential(
        [
            keras.Input((3,)),
            keras.layers.Dense(4, kernel_initializer="ones", name="wide"),
            keras.layers.LeakyReLU(slope),
            keras.layers.Dense(2, kernel_initializer="ones", name="narrow"),
        ]
    )


def _see(
    answer: Callable[..., Any],
    rng: np.random.Generator,
    name: str,
    read: Callable[[Path, float], Callable[[Any], Any]],
    directory: Callable[[str], Any] = str,
    exported: bool = False,
) -> dict[str, Any]:
    """Return what comes out of a model that is made of what was saved under a name.

    Args:
        read: makes the model, or what computes like it, of a path and the model's slope.
        exported: whether the export is looked at. To write one takes longest by far, so it is
            left out elsewhere.
    """
    x, slope, seed = normal(rng, (5, 3)), float(rng.uniform(0.2, 0.8)), known_seed(rng)
    model = _model(slope)
    set_known(model, seed)
    if not exported:
        model.export = lambda *args, **kwargs: None
    with in_empty_folder():
        Path(_DIRECTORY).mkdir()
        answer(model, directory(_DIRECTORY))
        path = Path(_DIRECTORY) / name
        if not path.exists():
            raise FileNotFoundError(f"there is no `{name}` in the directory; {_there()}")
        return {
            "output of what was saved": read(path, slope)(x),
            "output of the model afterwards": model(x),
        }


def _there() -> str:
    names = ", ".join(f"`{path.name}`" for path in sorted(Path(_DIRECTORY).iterdir()))
    return f"there is {names}" if names else "it is empty"


@save_everything.probe("all of it, for Keras: model.keras")
def _(answer, rng):
    return _see(answer, rng, "model.keras", lambda path, _: keras.saving.load_model(path))


def _with_weights(path: Path, slope: float) -> Any:
    model = _model(slope)
    model.load_weights(path)
    return model


@save_everything.probe("the weights: model.weights.h5")
def _(answer, rng):
    return _see(answer, rng, "model.weights.h5", _with_weights, directory=Path)


@save_everything.probe("the architecture: model.json")
def _(answer, rng):
    seed = known_seed(rng)

    def read(path: Path, _: float) -> Any:
        model = keras.models.model_from_json(path.read_text(encoding="utf-8"))
        set_known(model, seed)
        return model

    return _see(answer, rng, "model.json", read)


@save_everything.probe("the computation, for others: export")
def _(answer, rng):
    def read(path: Path, _: float) -> Callable[[Any], Any]:
        loaded = tf.saved_model.load(str(path))

        def compute(x: Any) -> Any:
            [output] = loaded.signatures["serving_default"](x).values()
            return output

        return compute

    return _see(answer, rng, "export", read, exported=True)


save_everything.hint(
    "Run it, and read what Keras says at the first line that it refuses: it names the argument, "
    "and what to do instead. Then the next one.",
    "Keras 3 goes by how a name ends: `.keras` for a model, `.weights.h5` for weights. What is to "
    "be used without Keras is not saved but exported.",
    "`model.to_json()` is JSON already, as text. What does `json.dump` make of a text? Look into "
    "the file: how does it begin?",
    'The four lines end in `"model.keras")`, `"model.weights.h5")`, `.write_text(model.to_json())` '
    'and `"export")`; the methods are `save`, `save_weights` and `export`.',
)
