"""Chapter 4: layers and models."""

from .configs import MendedDense, MyDense
from .constraint import non_negative
from .count import parameter_count
from .difficulty import add_difficulty_head
from .files import round_trip
from .glorot import glorot_normal
from .norm import LayerNorm
from .penalty import l1_penalty
from .prediction import layers_quiz
from .residual import ResidualBlock
from .simple_dense import SimpleDense
from .stack import MySequential
from .tickets import TicketModel, build_ticket_model

EXERCISES = (
    layers_quiz,
    parameter_count,
    SimpleDense,
    MySequential,
    glorot_normal,
    l1_penalty,
    non_negative,
    LayerNorm,
    ResidualBlock,
    build_ticket_model,
    add_difficulty_head,
    TicketModel,
    MyDense,
    MendedDense,
    round_trip,
)
