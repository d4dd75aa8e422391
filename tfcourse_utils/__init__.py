"""What learners import: exercises that check themselves, data, plots and widgets.

Importing this package loads neither TensorFlow nor Matplotlib. It comes before
`import tensorflow` in every notebook, because TensorFlow reads the two variables below
when it is imported.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

__version__ = "0.1.0"

# Without them TensorFlow writes more start-up notices, which learners take for errors.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")


@contextlib.contextmanager
def quiet_start() -> Iterator[None]:
    """Import TensorFlow inside this: what its C++ half says of the hardware is not shown.

    Only the process's own standard error is silenced; Python's warnings and errors, which
    a notebook shows by other means, are not.
    """
    kept = os.dup(2)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
