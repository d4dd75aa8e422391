"""Chapter 2: gradients and the tape."""

from .backwards import backpropagate
from .descent import gradient_descent
from .examples import per_example_gradients
from .loss import mean_squared_error
from .model import LinearModel
from .nones import (
    float_gradient,
    inside_tape_gradient,
    kept_variable_gradient,
    watched_gradient,
)
from .numeric import numeric_gradient
from .prediction import tape_quiz
from .second import second_derivative
from .softplus import softplus
from .step import train_step
from .tape import gradient

EXERCISES = (
    tape_quiz,
    numeric_gradient,
    gradient_descent,
    backpropagate,
    gradient,
    second_derivative,
    per_example_gradients,
    watched_gradient,
    kept_variable_gradient,
    inside_tape_gradient,
    float_gradient,
    softplus,
    LinearModel,
    mean_squared_error,
    train_step,
)
