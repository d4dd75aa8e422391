"""Chapter 1: tensors."""

from .classes import one_hot
from .columns import standardize
from .distances import pairwise_squared_distances
from .epochs import batches
from .in_place import mend_update, replace_row
from .mixed import mixed_sum
from .overlap import jaccard
from .prediction import shapes_quiz
from .ragged import pad_ragged
from .running import running_maximum
from .sparse import sparse_matvec
from .words import word_counts

EXERCISES = (
    shapes_quiz,
    replace_row,
    mend_update,
    standardize,
    pairwise_squared_distances,
    one_hot,
    mixed_sum,
    pad_ragged,
    sparse_matvec,
    word_counts,
    running_maximum,
    jaccard,
    batches,
)
