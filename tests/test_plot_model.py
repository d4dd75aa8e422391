"""`plot_model` draws after the ordinary set-up, or says what is missing."""

from __future__ import annotations

from pathlib import Path

import keras
import pytest

PNG = b"\x89PNG"


@pytest.fixture
def model() -> keras.Model:
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])


def test_a_model_is_drawn(model: keras.Model, tmp_path: Path) -> None:
    keras.utils.plot_model(model, to_file=tmp_path / "model.png", show_shapes=True)
    assert (tmp_path / "model.png").read_bytes().startswith(PNG)


def test_without_graphviz_one_sentence_says_what_to_install(
    model: keras.Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ImportError, match="You must install graphviz"):
        keras.utils.plot_model(model, to_file=tmp_path / "model.png")
