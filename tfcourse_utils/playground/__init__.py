"""The core of the playground: a state, its training, and what there is to see, without a view.

A `State` says everything; a `Trainer` trains it with Keras; a `Camera` and a `LandscapeView` take
pictures as arrays, and `describe` says them in words. `to_link`, `to_json` and `script` hand a
state on. The same state gives the same frames.
"""

from .compiled import Measured
from .frames import Camera, Effect, Frame
from .landscape import Landscape, LandscapeView
from .links import from_json, from_link, to_json, to_link
from .own import Own
from .points import Points, Split, draw, notes, own_data
from .script import script
from .state import (
    CONTROLS,
    DataState,
    NetworkState,
    Shown,
    State,
    TrainingState,
    without_hidden_layers,
)
from .trainer import Losses, Row, Snapshot, Trainer, Weight
from .words import describe

__all__ = [
    "CONTROLS",
    "Camera",
    "DataState",
    "Effect",
    "Frame",
    "Landscape",
    "LandscapeView",
    "Losses",
    "Measured",
    "NetworkState",
    "Own",
    "Points",
    "Row",
    "Shown",
    "Snapshot",
    "Split",
    "State",
    "Trainer",
    "TrainingState",
    "Weight",
    "describe",
    "draw",
    "from_json",
    "from_link",
    "notes",
    "own_data",
    "script",
    "to_json",
    "to_link",
    "without_hidden_layers",
]
