"""Cached data sets come through the libraries' loaders; without a cache, nothing is fetched.

Keras reads `KERAS_HOME` when it is imported, so it takes a new process to look into another cache.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import joblib
import numpy as np
import pytest

from tfcourse_utils import real_data
from tfcourse_utils.real_data import DataSet, california_housing

LOAD = """
import contextlib, io, json, socket, sys
from tfcourse_utils import quiet_start, real_data
with quiet_start():
    import keras

def opened(event, arguments):
    if event.startswith("socket."):
        attempts.append(event)

attempts, printed = [], io.StringIO()
sys.addaudithook(opened)
with contextlib.redirect_stdout(printed):
    x, y, name, says = getattr(real_data, sys.argv[1])()
print(json.dumps({
    "x": [list(x.shape), x.dtype.name], "y": [list(y.shape), y.dtype.name], "total": int(x.sum()),
    "name": name, "says": says, "sockets": attempts, "printed": printed.getvalue(),
}))
"""
DIGITS = (
    "These are scikit-learn's digits instead: 1797 pictures of 8 × 8, with values from 0 to 16."
)


def loaded(what: str, home: Path) -> dict[str, object]:
    """Return what a new process loads whose Keras keeps its files in `home`."""
    done = subprocess.run(
        [sys.executable, "-c", LOAD, what],
        env={**os.environ, "KERAS_HOME": str(home), "SCIKIT_LEARN_DATA": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen.pop("sockets") == [] and seen.pop("printed") == ""
    return dict(seen)


def write_fashion(home: Path, rows: int = 3) -> Path:
    """Write the four files that Keras fetches, with few pictures in them; return their folder."""
    folder = home / "datasets" / "fashion-mnist"
    folder.mkdir(parents=True)
    for part in ("train", "t10k"):
        labels, images = np.arange(rows, dtype=np.uint8), np.full((rows, 784), 255, np.uint8)
        for what, head, values in (("labels-idx1", 8, labels), ("images-idx3", 16, images)):
            with gzip.open(folder / f"{part}-{what}-ubyte.gz", "wb") as file:
                file.write(bytes(head) + values.tobytes())
    return folder


def test_pictures_in_the_cache_come_through_the_loader(tmp_path: Path) -> None:
    write_fashion(tmp_path)
    assert loaded("fashion_mnist", tmp_path) == {
        "x": [[6, 28, 28], "uint8"],
        "y": [[6], "int32"],
        "total": 6 * 784 * 255,
        "name": "Fashion-MNIST",
        "says": "This is Fashion-MNIST, from Keras's cache: 6 pictures of 28 × 28, with values "
        "from 255 to 255.",
    }


@pytest.mark.parametrize("what", ["mnist", "fashion_mnist"])
def test_without_a_cache_digits_stand_in(what: str, tmp_path: Path) -> None:
    seen = loaded(what, tmp_path)
    assert seen["x"] == [[1797, 8, 8], "uint8"] and seen["y"] == [[1797], "int32"]
    assert seen["name"] == "scikit-learn's digits"
    name = {"mnist": "MNIST", "fashion_mnist": "Fashion-MNIST"}[what]
    assert seen["says"] == f"{name} is not on this machine. {DIGITS}"
    assert not any(path.is_file() for path in (tmp_path / "datasets").rglob("*"))


def test_without_a_cache_no_housing_is_fetched(tmp_path: Path) -> None:
    assert loaded("california_housing", tmp_path)["name"] == "made-up houses"


def test_a_file_that_is_missing_is_not_fetched(tmp_path: Path) -> None:
    (write_fashion(tmp_path) / "t10k-images-idx3-ubyte.gz").unlink()
    assert loaded("fashion_mnist", tmp_path)["says"] == (
        f"Fashion-MNIST is not on this machine. {DIGITS}"
    )


def test_a_broken_file_is_neither_fetched_nor_deleted(tmp_path: Path) -> None:
    broken = write_fashion(tmp_path) / "train-images-idx3-ubyte.gz"
    broken.write_bytes(broken.read_bytes()[:20])
    assert loaded("fashion_mnist", tmp_path)["says"] == (
        f"Fashion-MNIST is on this machine, but can't be read. {DIGITS}"
    )
    assert broken.is_file()


def write_mnist(path: Path) -> None:
    path.parent.mkdir(parents=True)
    images, labels = np.zeros((4, 28, 28), np.uint8), np.arange(4, dtype=np.uint8)
    np.savez(path, x_train=images, y_train=labels, x_test=images[:1], y_test=labels[:1])


def test_an_mnist_that_keras_would_fetch_again_is_left_alone(tmp_path: Path) -> None:
    write_mnist(tmp_path / "datasets" / "mnist.npz")
    assert loaded("mnist", tmp_path)["says"] == (
        f"MNIST is on this machine, but can't be read. {DIGITS}"
    )
    assert (tmp_path / "datasets" / "mnist.npz").is_file()


def test_mnist_of_the_right_sum_comes_from_its_loader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real file has 11 MB: a small one stands in for it, with a loader that knows its sum."""
    import keras

    path = tmp_path / "datasets" / "mnist.npz"
    write_mnist(path)

    def load() -> tuple[tuple[object, ...], ...]:
        with np.load(path) as file:
            return (file["x_train"], file["y_train"]), (file["x_test"], file["y_test"])

    monkeypatch.setattr(keras.utils, "get_file", lambda *_, **__: str(path))
    monkeypatch.setattr(keras.datasets.mnist, "load_data", load)
    digest = real_data.hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setattr(real_data, "_MNIST_SHA256", digest)
    x, y, name, says = real_data.mnist()
    assert x.shape == (5, 28, 28) and y.tolist() == [0, 1, 2, 3, 0] and name == "MNIST"
    assert says.startswith("This is MNIST, from Keras's cache: 5 pictures of 28 × 28")


@pytest.fixture
def housing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the place where scikit-learn keeps California housing; nothing is there yet."""
    monkeypatch.setenv("SCIKIT_LEARN_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "cal_housing_py3.pkz"


def is_stand_in(found: DataSet) -> bool:
    return found.name == "made-up houses" and found.x.shape == (2000, 8)


def test_housing_in_the_cache_comes_through_the_loader(housing: Path) -> None:
    housing.parent.mkdir()
    joblib.dump(np.full((5, 9), 2.0), housing, compress=6)
    x, y, name, says = california_housing()
    assert (x.shape, x.dtype, y.shape, y.dtype) == ((5, 8), np.float32, (5, 1), np.float32)
    assert name == "California housing"
    assert says == "This is California housing, from scikit-learn's cache: 5 districts."


def test_housing_without_a_cache_is_made_up_and_leaves_no_folder(housing: Path) -> None:
    found = california_housing()
    assert is_stand_in(found) and not housing.parent.exists()
    assert found.says == (
        "California housing is not on this machine. These are made-up houses instead: 2000 "
        "districts, the same columns."
    )


def test_broken_housing_is_made_up_and_stays(housing: Path) -> None:
    housing.parent.mkdir()
    housing.write_bytes(b"no pickle")
    found = california_housing()
    assert is_stand_in(found) and housing.read_bytes() == b"no pickle"
    assert found.says.startswith("California housing is on this machine, but can't be read. ")


def test_importing_it_is_light() -> None:
    code = "import sys; from tfcourse_utils import real_data; print('keras' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "False\n"
