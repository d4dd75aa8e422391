"""What of the file system a submission sees: pure paths, nothing is mounted here."""

from __future__ import annotations

import importlib.util
import site
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["course_modules", "course_view", "expose"]

_SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin")
_SETTINGS = (
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/mime.types",
)


def course_view() -> list[Path]:
    """Return what Python, its packages and the learners' half of the course need.

    Neither the right answers nor anything else of the course is there.
    """
    utils = _utils()
    course = utils.parent
    grader = Path(__file__).parents[1]
    hidden = {utils / "reference", utils / "content", grader}
    hidden |= set(utils.glob("exercises/*/wrong"))
    if (course / "nbgrader_config.py").is_file():  # a checkout, not an installed package
        needed = (utils, Path(sys.prefix))
        hidden |= {p for p in course.iterdir() if not any(n.is_relative_to(p) for n in needed)}
    visible = {Path(path) for path in (*_SYSTEM, *_SETTINGS, sys.prefix, sys.base_prefix)}
    visible |= {utils}
    if site.ENABLE_USER_SITE:
        visible.add(Path(site.getusersitepackages()))
    return list(expose(visible, hidden))


def course_modules() -> list[str]:
    """Return the names of the modules whose checks look at answers, one for each chapter."""
    topics = (path.parent.name for path in _utils().glob("exercises/*/__init__.py"))
    return [f"tfcourse_utils.exercises.{topic}" for topic in topics]


def _utils() -> Path:
    """Return the folder of the learners' package, without importing it."""
    spec = importlib.util.find_spec("tfcourse_utils")
    if spec is None or spec.origin is None:
        raise ImportError("tfcourse_utils is not installed")
    return Path(spec.origin).parent


def expose(visible: Iterable[Path], hidden: Iterable[Path]) -> Iterator[Path]:
    """Yield paths below which lies everything visible and nothing hidden, outermost first."""
    hidden = {path.resolve() for path in hidden}
    shown: list[Path] = []
    for path in sorted({p for v in visible for p in (v, v.resolve())}, key=lambda p: p.parts):
        if path.exists() and not any(path.is_relative_to(above) for above in shown):
            shown += _without(path, hidden)
    yield from shown


def _without(path: Path, hidden: set[Path]) -> Iterator[Path]:
    real = path.resolve()
    if any(real == one or real.is_relative_to(one) for one in hidden):
        return
    if any(one.is_relative_to(real) for one in hidden) and path.is_dir():
        for child in sorted(path.iterdir()):
            yield from _without(child, hidden)
    else:
        yield path
