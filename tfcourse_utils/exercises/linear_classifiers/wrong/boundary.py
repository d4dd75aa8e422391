"""How `boundary_line` and `mend_boundary_line` go wrong."""

from __future__ import annotations

from ..boundary import boundary_line, mend_boundary_line


def _refuse_vertical(W):
    if W[1, 0] == 0:
        raise ValueError("vertical")


@boundary_line.wrong(
    "threshold forgotten",
    says="The intercept is right for the threshold 0 only. Where W0·x + W1·y + b equals the "
    "threshold, the threshold is on the other side of the equation.",
)
def _(W, b, threshold=0.5):
    _refuse_vertical(W)
    return -W[0, 0] / W[1, 0], -b[0] / W[1, 0]


@boundary_line.wrong(
    "threshold fixed",
    says="The intercept is right for the threshold 0.5 only: the argument is not used.",
)
def _(W, b, threshold=0.5):
    _refuse_vertical(W)
    return -W[0, 0] / W[1, 0], (0.5 - b[0]) / W[1, 0]


@boundary_line.wrong(
    "ratio upside down",
    says="The slope is the wrong way up. Solve W0·x + W1·y = … for y: what do you divide by?",
)
def _(W, b, threshold=0.5):
    _refuse_vertical(W)
    return -W[1, 0] / W[0, 0], (threshold - b[0]) / W[1, 0]


@boundary_line.wrong(
    "sign of the slope",
    says="The slope has the wrong sign: W0·x changes its sign when it moves across the equation.",
)
def _(W, b, threshold=0.5):
    _refuse_vertical(W)
    return W[0, 0] / W[1, 0], (threshold - b[0]) / W[1, 0]


@boundary_line.wrong(
    "sign of the intercept",
    says="The intercept has the wrong sign: b changes its sign when it moves across the "
    "equation, the threshold does not.",
)
def _(W, b, threshold=0.5):
    _refuse_vertical(W)
    return -W[0, 0] / W[1, 0], (b[0] - threshold) / W[1, 0]


@boundary_line.wrong(
    "intercept not divided",
    says="The intercept is not divided. Solving for y divides the whole other side.",
)
def _(W, b, threshold=0.5):
    _refuse_vertical(W)
    return -W[0, 0] / W[1, 0], threshold - b[0]


@boundary_line.wrong(
    "arrays of one",
    says="Slope and intercept are arrays of shape (1,), because `W[0]` is a row of W. A number "
    "is at `W[0, 0]`.",
)
def _(W, b, threshold=0.5):
    _refuse_vertical(W)
    return -W[0] / W[1], (threshold - b) / W[1]


@boundary_line.wrong(
    "vertical line divides by zero",
    says="TensorFlow divides by zero without an error and gives an infinite slope. Look at W1 "
    "first and raise a ValueError that says the line is vertical.",
)
def _(W, b, threshold=0.5):
    return -W[0, 0] / W[1, 0], (threshold - b[0]) / W[1, 0]


@mend_boundary_line.found(
    says="It still behaves as it was found. Draw the line it gives for a W and b of your own, "
    "and try points on it: is W0·x + W1·y + b the threshold there?",
)
def _(W, b, threshold=0.5):
    slope = -W[1, 0] / W[0, 0]
    intercept = -b[0] / W[1, 0]
    return slope, intercept


@mend_boundary_line.wrong(
    "only the ratio mended",
    says="The slope is mended. The intercept still forgets the threshold: a classifier that "
    "says yes above 0.5 is undecided at 0.5, not at 0.",
)
def _(W, b, threshold=0.5):
    return -W[0, 0] / W[1, 0], -b[0] / W[1, 0]


@mend_boundary_line.wrong(
    "only the threshold mended",
    says="The intercept is mended. In the slope W0 and W1 are still exchanged.",
)
def _(W, b, threshold=0.5):
    return -W[1, 0] / W[0, 0], (threshold - b[0]) / W[1, 0]


@mend_boundary_line.wrong(
    "vertical line forgotten",
    says="The line is right. What is left is W1 = 0, where the division gives infinity: raise a "
    "ValueError that says the line is vertical.",
)
def _(W, b, threshold=0.5):
    return -W[0, 0] / W[1, 0], (threshold - b[0]) / W[1, 0]


@mend_boundary_line.wrong(
    "threshold added",
    says="The threshold and b come out with the same sign. Only b crosses the equation.",
)
def _(W, b, threshold=0.5):
    _refuse_vertical(W)
    return -W[0, 0] / W[1, 0], -(b[0] + threshold) / W[1, 0]


@mend_boundary_line.wrong(
    "both divided by W0",
    says="Both are divided by W0 now, which gives x for a known y. Divide by the weight of y.",
)
def _(W, b, threshold=0.5):
    _refuse_vertical(W)
    return -W[1, 0] / W[0, 0], (threshold - b[0]) / W[0, 0]


@mend_boundary_line.wrong(
    "sign lost",
    says="The slope has lost its minus sign in the repair.",
)
def _(W, b, threshold=0.5):
    _refuse_vertical(W)
    return W[0, 0] / W[1, 0], (threshold - b[0]) / W[1, 0]
