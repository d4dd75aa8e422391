"""Chapter 3: linear classifiers."""

from .affine import dense
from .boundary import boundary_line, mend_boundary_line
from .clouds import make_clouds
from .entropy import binary_cross_entropy
from .grid import decision_grid
from .loss import square_loss
from .prediction import before_you_run
from .several import train_softmax
from .step import training_step
from .trained import fit_curve, solve_xor

EXERCISES = (
    before_you_run,
    make_clouds,
    dense,
    square_loss,
    training_step,
    boundary_line,
    mend_boundary_line,
    binary_cross_entropy,
    train_softmax,
    solve_xor,
    fit_curve,
    decision_grid,
)
