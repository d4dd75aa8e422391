"""A verdict as HTML, for notebooks. Everything that a learner's code said is escaped."""

from __future__ import annotations

import re
from html import escape

from .exercise import Exercise
from .text import MARKS, facts, headline, points, probe_facts, said_once
from .verdict import ProbeVerdict, Status, Verdict

__all__ = ["verdict_html"]

# Blue and orange are told apart by the colour-blind; the marks and words say the same again.
# JupyterLab's variables make it follow the theme; the second values serve elsewhere.
_STYLE = """
<style>
.tfc { border-left: 4px solid var(--tfc-mark); padding: .4em .8em; line-height: 1.45;
  max-width: 60em; font-family: var(--jp-ui-font-family, system-ui, sans-serif);
  color: var(--jp-ui-font-color1, CanvasText); font-size: var(--jp-content-font-size1, 14px) }
.tfc-right { --tfc-mark: #0072b2 } .tfc-wrong, .tfc-broke { --tfc-mark: #d55e00 }
.tfc-not { --tfc-mark: #8a8a8a }
.tfc b.tfc-mark { color: var(--tfc-mark); display: inline-block; width: 1.3em }
.tfc ul { list-style: none; margin: .3em 0; padding: 0 } .tfc li { margin: .25em 0 }
.tfc dl { display: grid; grid-template-columns: max-content 1fr; gap: .1em .8em;
  margin: .2em 0 .5em 1.5em } .tfc dt { opacity: .7; font: inherit; white-space: nowrap;
  line-height: inherit } .tfc dd { margin: 0; line-height: inherit;
  font-family: var(--jp-code-font-family, monospace); white-space: pre-wrap;
  overflow-wrap: anywhere; font-size: .93em }
.tfc dd.tfc-says { font: inherit; font-weight: 600; white-space: normal }
.tfc dd.tfc-note { font: inherit }
.tfc details { margin: .2em 0 .2em 1.5em } .tfc summary { cursor: pointer }
.tfc p { margin: .3em 0 }
</style>
"""
# What is prose, not code.
_PROSE = {"look at": " class=tfc-says", "note": " class=tfc-note"}
# In an error's text, MathJax would make a link of `\\href{javascript:…}`.
_NO_MATHS = "tex2jax_ignore mathjax_ignore"


def verdict_html(exercise: Exercise, verdict: Verdict) -> str:
    """Return the whole verdict as a panel of HTML."""
    shared = facts(verdict)
    body = f"<p>{escape(shared)}</p>" if shared else _probes(verdict)
    if verdict.status is not Status.RIGHT:
        body += f"<p>Read again in the lesson: <i>{escape(exercise.section)}</i></p>"
        body += _hints(exercise.hints)
    return (
        f'{_STYLE}<div class="tfc {_class(verdict.status)} {_NO_MATHS}" role="status">'
        f"<strong>{_mark(verdict.status)}{escape(headline(exercise, verdict))}</strong>{body}</div>"
    )


def _class(status: Status) -> str:
    return f"tfc-{status.value.split()[0]}"


def _mark(status: Status) -> str:
    return f'<b class="tfc-mark" aria-hidden="true">{MARKS[status]}</b>'


def _probes(verdict: Verdict) -> str:
    return "<ul>" + "".join(_probe(probe) for probe in said_once(verdict)) + "</ul>"


def _probe(probe: ProbeVerdict) -> str:
    rows = "".join(
        f"<dt>{label}</dt><dd{_PROSE.get(label, '')}>{escape(text)}</dd>"
        for label, text in probe_facts(probe)
    )
    table = f"<dl>{rows}</dl>" if rows else ""
    return (
        f'<li class="{_class(probe.status)}">{_mark(probe.status)}{escape(probe.probe)} '
        f"<small>({points(probe.possible)}, {probe.status.value})</small>{table}"
        f"{_printed(probe.printed)}</li>"
    )


def _printed(text: str) -> str:
    if not text.strip():
        return ""
    return f"<details><summary>what it printed</summary><pre>{escape(text)}</pre></details>"


def _with_code(text: str) -> str:
    """Return prose of the course, escaped, with what stands between backticks set as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))


def _hints(hints: tuple[str, ...]) -> str:
    """Return the ladder of hints: each rung is opened from the one before it."""
    ladder = ""
    for number, hint in reversed(list(enumerate(hints, 1))):
        name = "A hint" if number == 1 else "Another hint"
        ladder = f"<details><summary>{name}</summary><p>{_with_code(hint)}</p>{ladder}</details>"
    return ladder
