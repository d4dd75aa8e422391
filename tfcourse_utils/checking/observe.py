"""Run the probes of an exercise on an answer and write down what they see.

This is the half that runs beside the learner's code. It judges nothing.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import logging
import re
import sysconfig
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .describe import describe
from .exercise import Exercise, Probe
from .note import notes_of, without_note
from .observation import (
    NOT_ATTEMPTED,
    Observation,
    Observations,
    Outcome,
    not_attempted,
    without_frame,
)
from .plain import clean, to_plain, type_name
from .questions import Questions, given

__all__ = ["MISSING", "home", "observe", "observe_probe", "own_lines"]

#: Stands for an answer whose name is not defined.
MISSING = object()

_PRINTED_CHARACTERS = 2_000
_ERROR_CHARACTERS = 400
_CALLED_CHARACTERS = 400  # of one call; `_CALLS` of them fit into `MAX_TEXT`
_LINE_CHARACTERS = 200
_SHOWN_LINES = 4  # at the outer and at the inner end

_DEVICES = re.compile(r"\{\{function_node [^{}]*\}\} ?")


def observe(exercise: Exercise, answer: Any, questions: Questions) -> Observations:
    """Return what each probe of `exercise` sees of `answer` when it asks these questions.

    Exceptions of the answer, `SystemExit` among them, become observations; only a
    `KeyboardInterrupt` passes.
    """
    unusable = _unusable(exercise, answer)
    if unusable is not None:
        return dict.fromkeys(exercise.probes, unusable)
    seen: Observations = {}
    for name, probe in exercise.probes.items():
        shared = seen.get(probe.run)
        seen[name] = shared or observe_probe(exercise, probe, answer, questions)
    return seen


def _unusable(exercise: Exercise, answer: Any) -> Observation | None:
    """Return what stands for all probes where the answer can't be looked at, else None."""
    name, wanted = exercise.name, exercise.answer_kind
    if answer is MISSING:
        error = f"there is no `{name}` yet: run the cell that defines it"
        return Observation(Outcome.NOT_ATTEMPTED, error=error)
    if _is_usable(answer, wanted):
        return None
    error = f"`{name}` should be a {wanted}; it is {_kind_of(answer)}"
    return Observation(Outcome.RAISED, error=error)


def _is_usable(answer: Any, wanted: str) -> bool:
    try:
        if wanted == "dictionary":
            return isinstance(answer, dict)
        return callable(answer) and inspect.isclass(answer) == (wanted == "class")
    except Exception:  # an object may even refuse to be asked for its class
        return False


def _kind_of(answer: Any) -> str:
    if answer is None:
        return "None"
    return "a class" if issubclass(type(answer), type) else f"of type {type_name(answer)}"


def observe_probe(
    exercise: Exercise, probe: Probe, answer: Any, questions: Questions
) -> Observation:
    """Return what one probe sees of a usable answer."""
    recorder = _Recorder(exercise.name, answer)
    looked_at = recorder if exercise.answer_kind == "function" else answer
    material = given(probe, questions)
    with _bounded_output() as printed:
        try:
            value, note = without_note(probe.look(looked_at, material))
            value = to_plain(value)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # `exit()` in an answer must not end the check
            return _raised(error, answer, recorder.called, printed.text)
    return Observation(Outcome.RETURNED, value, recorder.called, printed=printed.text, note=note)


def _raised(error: BaseException, answer: Any, called: str, printed: str) -> Observation:
    if not_attempted(error):
        return Observation(Outcome.NOT_ATTEMPTED, called=called, error=NOT_ATTEMPTED)
    return Observation(
        Outcome.RAISED,
        called=called,
        error=_message(error),
        lines=tuple(own_lines(error, answer)),
        printed=printed,
        note=notes_of(error),
    )


def _message(error: BaseException) -> str:
    """Return type and message, without the layers and devices that Keras and TensorFlow name."""
    try:
        text = _DEVICES.sub("", _own_text(error))
    except KeyboardInterrupt:
        raise
    except BaseException:  # `__str__` is the learner's too
        text = "(its message can't be shown)"
    return clean(
        _CONTROL.sub("", f"{type_name(error)}: {text}" if text else type_name(error)),
        _ERROR_CHARACTERS,
    )


def _own_text(error: BaseException) -> str:
    """Return what an error says of itself; a `KeyError` says the `repr` of what was looked for."""
    if type(error) is KeyError and len(error.args) == 1 and type(error.args[0]) is str:
        return repr(without_frame(error.args[0]).strip("'"))
    return without_frame(str(error))


def own_lines(error: BaseException, answer: Any) -> list[str]:
    """Return the learner's lines in the traceback: those of cells, or of the answer's own file."""
    file = home(answer)
    lines = [
        clean(f"{frame.name}, line {frame.lineno}: {frame.line}", _LINE_CHARACTERS)
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == file or "ipykernel_" in frame.filename
    ]
    if len(lines) <= 2 * _SHOWN_LINES:
        return lines
    left_out = f"… {len(lines) - 2 * _SHOWN_LINES} more lines …"
    return [*lines[:_SHOWN_LINES], left_out, *lines[-_SHOWN_LINES:]]


def home(answer: Any) -> str | None:
    """Return the file that the answer is written in, or None if that is a library's."""
    try:
        kind = answer if isinstance(answer, type) else type(answer)
        parts = [inspect.unwrap(answer), *vars(kind).values()]
    except Exception:  # as in _is_usable
        return None
    codes = [part.__code__ for part in parts if inspect.isfunction(part)]
    file = codes[0].co_filename if codes else ""
    return None if is_library(file) else file


def is_library(file: str) -> bool:
    """Return whether a file of code is an installed package's, or Python's own."""
    is_installed = {"site-packages", "dist-packages"} & set(Path(file).parts)
    return bool(is_installed) or file.startswith(("<frozen", sysconfig.get_path("stdlib")))


_CALLS = 8


class _Recorder:
    """Calls the answer and remembers the last calls in words, a line each."""

    def __init__(self, name: str, answer: Callable[..., Any]) -> None:
        self._name, self._answer = name, answer
        self.__wrapped__ = answer  # for `inspect`, where a probe looks at the code itself
        self._calls: deque[str] = deque(maxlen=_CALLS)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        parts = [_argument(value) for value in args]
        parts += [f"{key}={_argument(value)}" for key, value in kwargs.items()]
        call = " ".join(f"{self._name}({', '.join(parts)})".split())
        self._calls.append(clean(call, _CALLED_CHARACTERS))
        return self._answer(*args, **kwargs)

    @property
    def python_function(self) -> Callable[..., Any]:
        """The answer itself, by the name that a `tf.function` has for what it wraps."""
        return self._answer

    @property
    def called(self) -> str:
        return "\n".join(self._calls)


def _argument(value: Any) -> str:
    name = getattr(value, "__name__", None) if callable(value) else None
    return name if isinstance(name, str) else describe(to_plain(value))


# Colours and cursor movements, as of a progress bar: noise where text stays as it is written.
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]")


class _BoundedText(io.TextIOBase):
    """Keeps the first characters written to it and forgets the rest."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += clean(_CONTROL.sub("", text), _PRINTED_CHARACTERS - len(self.text))
        return len(text)

    def writable(self) -> bool:
        return True

    def close(self) -> None:
        """Stay open: an answer may close what it takes for its own output."""


@contextlib.contextmanager
def _bounded_output() -> Iterator[_BoundedText]:
    text = _BoundedText()
    with _quiet_tensorflow(), contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        yield text


@contextlib.contextmanager
def _quiet_tensorflow() -> Iterator[None]:
    """Let TensorFlow not complain of how often it traces: that is the probes' doing."""
    logger = logging.getLogger("tensorflow")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
