"""Is the answer that a notebook holds the one that was written last?"""

from __future__ import annotations

import linecache
import re
from typing import Any

from .observe import MISSING, home

__all__ = ["about_last_cell"]


def about_last_cell(shell: Any, name: str, answer: Any) -> str:
    """Return what to say where the last cell that should define an answer did not; else "".

    Args:
        shell: IPython's.
        name: of the answer.
        answer: what the notebook calls by that name now, or `MISSING`.
    """
    defines = re.compile(rf"^(async +)?(def|class) +{re.escape(name)}\b", re.MULTILINE)
    cells = [cell for cell in shell.history_manager.input_hist_parsed if defines.search(cell)]
    if not cells:
        return ""
    if answer is MISSING:
        return f"The cell that defines `{name}` was last run with an error."
    held = "".join(linecache.getlines(home(answer) or "")).strip()
    is_older = held != cells[-1].strip() and held in [cell.strip() for cell in cells]
    if not is_older:
        return ""
    return (
        f"The cell that defines `{name}` was last run with an error; this is about the version "
        "from before."
    )
