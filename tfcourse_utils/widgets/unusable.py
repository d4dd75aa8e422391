"""The error of all explorers. It stands alone, as some of them load no TensorFlow."""

__all__ = ["UnusableError"]


class UnusableError(Exception):
    """What the learner handed in can't be used; the message says why, in one sentence."""
