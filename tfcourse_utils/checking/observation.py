"""What one probe saw of an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any

from .plain import Plain, clean, to_plain

__all__ = [
    "MAX_LINES",
    "MAX_TEXT",
    "NOT_ATTEMPTED",
    "Observation",
    "Observations",
    "Outcome",
    "not_attempted",
    "plain_observation",
    "without_frame",
]

MAX_TEXT = 4_000  # characters of each text of an observation
MAX_LINES = 20

#: The message of the error that a stub raises.
NOT_ATTEMPTED = "not attempted yet"


class Outcome(str, Enum):
    RETURNED = "returned"
    RAISED = "raised"
    NOT_ATTEMPTED = "not attempted"


@dataclass(frozen=True)
class Observation:
    """Plain data throughout, so that it can leave the process that ran the answer.

    Attributes:
        outcome: whether the probe returned, or what stopped it.
        value: what the probe returned.
        called: the last calls of the answer, in a few words and a line each.
        error: type and message of what was raised.
        lines: the learner's own lines that led there, outermost first.
        printed: the start of what was printed meanwhile.
        note: what the probe adds for the learner. It is shown, never judged.
    """

    outcome: Outcome
    value: Plain = None
    called: str = ""
    error: str = ""
    lines: tuple[str, ...] = ()
    printed: str = ""
    note: str = ""


#: One observation for each probe, by the probe's name.
Observations = dict[str, Observation]


# What Keras writes round an error inside a layer: its arguments, its class, its config.
_FRAME = re.compile(
    r"Exception encountered when calling .*?\x1b\[1m(?P<call>.*)\x1b\[0m.*"
    r"|Could not automatically infer the output .*? Error encountered:\n\n(?P<shape>.*)"
    r"|Error when deserializing class .*?\n\nException encountered: (?P<config>.*)",
    re.DOTALL,
)


def without_frame(message: str) -> str:
    """Return the message of an error as it was before Keras raised it again, layer by layer."""
    while framed := _FRAME.fullmatch(message):
        message = next(inner for inner in framed.groups() if inner is not None)
    return message


def not_attempted(error: BaseException) -> bool:
    """Return whether `error` is what a stub raises, rather than something that went wrong."""
    if type(error) is not NotImplementedError or len(error.args) != 1:
        return False
    message = error.args[0]
    if type(message) is not str:
        return False
    # Under `@tf.function` AutoGraph raises the error again, with the stub's line above it.
    message = without_frame(message).rstrip()
    return message == NOT_ATTEMPTED or message.endswith(f"NotImplementedError: {NOT_ATTEMPTED}")


def plain_observation(value: Any) -> Observation | None:
    """Return `value` with nothing but plain data in it, or None if it is no observation."""
    try:
        if not isinstance(value, Observation) or type(value.outcome) is not Outcome:
            return None
        return Observation(
            value.outcome,
            to_plain(value.value),
            called=clean(value.called, MAX_TEXT),
            error=clean(value.error, MAX_TEXT),
            lines=tuple(clean(line, MAX_TEXT) for line in islice(value.lines, MAX_LINES)),
            printed=clean(value.printed, MAX_TEXT),
            note=clean(value.note, MAX_TEXT),
        )
    except KeyboardInterrupt:
        raise
    except BaseException:  # forged: its parts may do anything when they are looked at
        return None
