"""Write the sample class's notebooks, as they would have been handed in."""

from __future__ import annotations

import json
from pathlib import Path

from grader.build.answers import definition
from grader.layout import Chapter

from .damage import Notebook, functions
from .learners import LEARNERS, Learner

__all__ = ["answer_sources", "write_sample_class"]

_ANSWERS = Path(__file__).parent / "answers"


def write_sample_class(folder: Path, chapter: Chapter) -> None:
    """Write FOLDER/LEARNER/CHAPTER/NOTEBOOK for every learner of the sample class."""
    for learner in LEARNERS:
        path = folder / learner.name / chapter.name / (learner.file or chapter.release.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        notebook = json.loads(chapter.release.read_text(encoding="utf-8"))
        _answer(notebook, learner, chapter)
        learner.change(notebook)
        path.write_text(learner.text(json.dumps(notebook, indent=1)), encoding="utf-8")


def _answer(notebook: Notebook, learner: Learner, chapter: Chapter) -> None:
    sources = answer_sources(chapter, learner.style) if learner.style else {}
    if learner.mistakes:
        sources |= answer_sources(chapter, learner.mistakes)
    left_out = functions(notebook)[learner.only :] if learner.only is not None else []
    for cell in notebook["cells"]:
        name = cell["id"]
        if name in sources and name not in left_out:
            cell["source"] = sources[name]


def answer_sources(chapter: Chapter, style: str) -> dict[str, str]:
    """Return the sources of the answers in a style's file, by name; "reference" is one too."""
    if style == "reference":
        path = chapter.reference
    else:
        path = _ANSWERS / chapter.topic / f"{style}.py"
    module = path.read_text(encoding="utf-8")
    release = json.loads(chapter.release.read_text(encoding="utf-8"))
    sources = {}
    for cell in release["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            try:
                sources[cell["id"]] = definition(module, cell["id"])
            except LookupError:
                continue
    return sources
