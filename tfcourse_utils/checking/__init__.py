"""Look at an answer, judge what was seen, and say so: the engine behind every exercise."""

from .compare import close, difference
from .exercise import Exercise, exercise
from .expected import as_found, expectation, reference, wrong_answers
from .find import UnknownExerciseError, find_exercise, topic_exercises, topics
from .judge import judge
from .note import add_note, noted, notes_are_read
from .notebook import check, check_answer, hint
from .observation import NOT_ATTEMPTED, Observation, Observations, Outcome, not_attempted
from .observe import MISSING, observe
from .plain import Opaque, Plain, to_plain
from .questions import Questions, ask
from .verdict import ProbeVerdict, Status, Verdict
from .wire import (
    decode_observations,
    decode_questions,
    encode_observations,
    encode_questions,
)

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
    "Questions",
    "Status",
    "UnknownExerciseError",
    "Verdict",
    "add_note",
    "as_found",
    "ask",
    "check",
    "check_answer",
    "close",
    "decode_observations",
    "decode_questions",
    "difference",
    "encode_observations",
    "encode_questions",
    "exercise",
    "expectation",
    "find_exercise",
    "hint",
    "judge",
    "not_attempted",
    "noted",
    "notes_are_read",
    "observe",
    "reference",
    "to_plain",
    "topic_exercises",
    "topics",
    "wrong_answers",
]
