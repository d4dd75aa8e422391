"""A widget is all that a notebook need import, and it appears without notices of TensorFlow's."""

from __future__ import annotations

import subprocess
import sys


def test_a_widget_that_needs_tensorflow_is_imported_in_silence() -> None:
    code = "from tfcourse_utils.widgets import TapeViewer; print(TapeViewer.__name__)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("TapeViewer\n", "")
