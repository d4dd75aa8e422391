"""What the picture of a trace shows, in words."""

from __future__ import annotations

from .sizes import memory, whole, written
from .tracing import Trace

__all__ = ["describe", "remark"]


def describe(trace: Trace, batch: int) -> str:
    """Say what goes in and comes out, where the parameters are, and what memory they take."""
    said = [_way(trace)]
    said += [_skipped(trace)]
    broken = trace.broken
    if not trace.used:
        return " ".join(said).strip()
    if broken is not None:
        reason = trace.steps[broken].reason
        after = sum(not step.skipped for step in trace.steps[broken + 1 :])
        said += [reason.why, f"What usually helps: {reason.usually}"] if reason else []
        said += [f"{_layers(after)} after it {_are(after)} not reached."] if after else []
        return " ".join(sentence for sentence in said if sentence)
    said += [remark(trace), _parameters(trace), _memory(trace, batch)]
    return " ".join(sentence for sentence in said if sentence)


def remark(trace: Trace) -> str:
    """Return what to look at where nothing breaks and yet something may be amiss; or ""."""
    last = trace.used[-1] if trace.used else None
    is_dense = last is not None and last.name.startswith("Dense(")
    if last is None or not is_dense or last.shape is None or len(last.shape) < 3:
        return ""
    return (
        "Nothing breaks, but the last layer gives no single row for each sample: Dense works "
        "along the last axis and leaves the others. If one row is meant, Flatten comes first."
    )


def _way(trace: Trace) -> str:
    given, output = written(trace.input_shape), trace.output_shape
    if not trace.used:
        return f"The input has the shape {given}, and there is no layer."
    if trace.broken is not None:
        name = trace.steps[trace.broken].name
        return f"The input {given} comes as far as layer {trace.broken + 1}, {name}, which breaks."
    out = "" if output is None else written(output)
    return f"The input {given} goes through {_layers(len(trace.used)).lower()} and leaves as {out}."


def _parameters(trace: Trace) -> str:
    if not trace.parameters:
        return "No layer has parameters."
    number, step = max(enumerate(trace.steps, 1), key=lambda pair: pair[1].parameters)
    if step.parameters == trace.parameters:
        return f"All {whole(trace.parameters)} parameters are those of layer {number}, {step.name}."
    share = step.parameters / trace.parameters
    return (
        f"Of {whole(trace.parameters)} parameters, {whole(step.parameters)} ({share:.0%}) "
        f"are those of layer {number}, {step.name}."
    )


def _memory(trace: Trace, batch: int) -> str:
    if trace.activations is None:
        return f"The weights take {memory(trace.parameters)}."
    return (
        f"The weights take {memory(trace.parameters)}, and what the layers give for a batch "
        f"of {batch} takes {memory(batch * trace.activations)}."
    )


def _skipped(trace: Trace) -> str:
    found = [f"Layer {i}, {step.name}," for i, step in enumerate(trace.steps, 1) if step.skipped]
    return f"{found[0]} is left out." if found else ""


def _layers(number: int) -> str:
    return "The one layer" if number == 1 else f"The {number} layers"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
