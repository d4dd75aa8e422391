"""What an answer writes harms nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfcourse_utils.exercises.folders import in_empty_folder


def test_files_are_gone_and_the_way_back_is_found() -> None:
    here = Path.cwd()
    with pytest.raises(ZeroDivisionError), in_empty_folder():
        there = Path.cwd()
        assert there != here
        assert not list(there.iterdir())
        Path("model.keras").touch()
        raise ZeroDivisionError
    assert Path.cwd() == here
    assert not there.exists()
