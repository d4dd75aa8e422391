"""Well-known data sets, where they are on this machine already, and stand-ins where they are not.

Nothing is ever fetched. MNIST, Fashion-MNIST and California housing come through the loaders of
Keras and scikit-learn if their files lie in the folders in which these libraries keep them (which
`KERAS_HOME` and `SCIKIT_LEARN_DATA` can change). Each function says which data it gives back.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .tables import houses

__all__ = ["DataSet", "california_housing", "fashion_mnist", "mnist"]

# Keras fetches the file again if it is another than this, and so must not be asked for it then.
_MNIST_SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
_FASHION_FILES = [
    f"{part}-{what}-ubyte.gz"
    for part in ("train", "t10k")
    for what in ("images-idx3", "labels-idx1")
]
_COUNT = 2000  # of made-up districts


class DataSet(NamedTuple):
    """Arrays, and which data they are: in a name, and in a sentence to print."""

    x: NDArray[Any]
    y: NDArray[Any]
    name: str
    says: str


def mnist() -> DataSet:
    """Return handwritten digits: MNIST from Keras's cache, or the digits of scikit-learn.

    Returns:
        x: the pictures, uint8 (n, height, width); y: the digits, int32 (n,). MNIST is 70 000
        pictures of 28 × 28 with values up to 255, the stand-in 1797 of 8 × 8 with values up to 16.
    """
    import keras

    cached = _in_keras_cache("mnist.npz", "datasets")

    def load() -> Any:
        if cached is None or hashlib.sha256(cached.read_bytes()).hexdigest() != _MNIST_SHA256:
            raise ValueError("this is not the file that Keras loads")
        return keras.datasets.mnist.load_data()

    return _pictures("MNIST", cached is not None, load)


def fashion_mnist() -> DataSet:
    """Return pictures of clothes, Fashion-MNIST from Keras's cache, or digits as `mnist` does.

    Returns:
        x: the pictures, uint8 (n, height, width); y: their kinds from 0 to 9, int32 (n,).
    """
    import keras

    folder = str(Path("datasets", "fashion-mnist"))
    is_cached = all(_in_keras_cache(file, folder) for file in _FASHION_FILES)
    return _pictures("Fashion-MNIST", is_cached, keras.datasets.fashion_mnist.load_data)


def california_housing() -> DataSet:
    """Return what houses cost: California housing from scikit-learn's cache, or made-up houses.

    Returns:
        x: float32 (n, 8), with the `HOUSE_COLUMNS` of `data`; y: float32 (n, 1), in 100 000
        dollars. California has 20 640 districts, the stand-in 2000.
    """
    from sklearn.datasets import fetch_california_housing

    name, why = "California housing", "is not on this machine"
    folder = Path(os.environ.get("SCIKIT_LEARN_DATA", "~/scikit_learn_data")).expanduser()
    if any(folder.glob("cal_housing*")):
        try:
            x, y = fetch_california_housing(
                data_home=folder, download_if_missing=False, return_X_y=True
            )
            says = f"This is {name}, from scikit-learn's cache: {len(x)} districts."
            return DataSet(x.astype(np.float32), y.astype(np.float32)[:, np.newaxis], name, says)
        except Exception:  # a file that is not what it should be can raise anything
            why = "is on this machine, but can't be read"
    x, y = houses(_COUNT, seed=0)
    says = f"{name} {why}. These are made-up houses instead: {_COUNT} districts, the same columns."
    return DataSet(x, y, "made-up houses", says)


def _in_keras_cache(file: str, folder: str) -> Path | None:
    """Return where Keras keeps a file, or None if it has it not.

    Keras itself is asked, but told that the file comes from a place where nothing is. Only it
    knows its folder; it makes the one for the file there, which stays empty if there is no file.
    """
    import keras

    nowhere = f"file:///nowhere/at/all/{file}"
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
        return Path(keras.utils.get_file(file, origin=nowhere, cache_subdir=folder))
    return None


def _pictures(name: str, is_cached: bool, load: Callable[[], Any]) -> DataSet:
    """Return the pictures that `load` gives, in two parts, or those that stand in for them."""
    why = "is not on this machine"
    if is_cached:
        try:
            x, y = (np.concatenate(parts) for parts in zip(*load()))
            says = f"This is {name}, from Keras's cache: {_described(x)}."
            return DataSet(x, y.astype(np.int32), name, says)
        except Exception:  # a file that is not what it should be can raise anything
            why = "is on this machine, but can't be read"
    x, y = _digits()
    says = f"{name} {why}. These are scikit-learn's digits instead: {_described(x)}."
    return DataSet(x, y, "scikit-learn's digits", says)


def _digits() -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    from sklearn.datasets import load_digits

    digits = load_digits()
    return digits.images.astype(np.uint8), digits.target.astype(np.int32)


def _described(x: NDArray[Any]) -> str:
    count, height, width = x.shape
    return f"{count} pictures of {height} × {width}, with values from {x.min()} to {x.max()}"
