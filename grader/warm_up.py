"""Import TensorFlow once, early and without its notices; it takes some seconds."""

from tfcourse_utils import quiet_start

__all__ = ["import_tensorflow"]


def import_tensorflow() -> None:
    """Import TensorFlow; what its C++ half says of the hardware is not shown."""
    with quiet_start():
        import tensorflow  # noqa: F401
