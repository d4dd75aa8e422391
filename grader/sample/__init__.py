"""A sample class: what a teacher gets on a Sunday night, in small."""

from .learners import LEARNERS, Learner
from .small import write_small_chapter
from .write import answer_sources, write_sample_class

__all__ = [
    "LEARNERS",
    "Learner",
    "answer_sources",
    "write_sample_class",
    "write_small_chapter",
]
