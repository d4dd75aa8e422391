"""Look at an answer, judge what was seen, and say so: the engine behind every exercise."""

from .compare import close, difference
from .exercise import Exercise, exercise
from .expected import expectation, reference
from .find import UnknownExerciseError, find_exercise, topic_exercises, topics
from .judge import judge
from .notebook import check, check_answer, hint
from .observation import NOT_ATTEMPTED, Observation, Observations, Outcome, not_attempted
from .observe import MISSING, observe
from .plain import Opaque, Plain, to_plain
from .verdict import ProbeVerdict, Status, Verdict
from .wire import decode_observations, encode_observations

__all__ = [
    "MISSING",
    "NOT_ATTEMPTED",
    "Exercise",
    "Observation",
    "Observations",
    "Opaque",
    "Outcome",
    "Plain",
    "ProbeVerdict",
    "Status",
    "UnknownExerciseError",
    "Verdict",
    "check",
    "check_answer",
    "close",
    "decode_observations",
    "difference",
    "encode_observations",
    "exercise",
    "expectation",
    "find_exercise",
    "hint",
    "judge",
    "not_attempted",
    "observe",
    "reference",
    "to_plain",
    "topic_exercises",
    "topics",
]
