"""The learners of the sample class, and what happened to their notebooks, in every chapter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import damage
from .damage import Notebook

__all__ = ["LEARNERS", "Learner"]


@dataclass(frozen=True)
class Learner:
    """One learner.

    Attributes:
        name: of the learner, and of the folder that was handed in.
        style: the file of answers that the notebook begins with; empty for none.
        mistakes: a file whose answers take the place of those.
        only: answer no more than so many functions, from the first on; None for all.
        change: done to the notebook before it is written.
        text: done to the notebook's text, last of all.
        file: the name of the file; empty for the one that was asked for.
    """

    name: str
    style: str = "reference"
    mistakes: str = ""
    only: int | None = None
    change: Callable[[Notebook], None] = lambda notebook: None
    text: Callable[[str], str] = lambda text: text
    file: str = ""


LEARNERS = [
    # All right, in four styles.
    Learner("ada"),
    Learner("ben", style="numpy_style"),
    Learner("chen", style="keras_style"),
    Learner("dana", style="tensorflow_style"),
    # Wrong, each in another way.
    Learner("emil", style="numpy_style", mistakes="first_mistakes"),
    Learner("fatima", style="keras_style", mistakes="second_mistakes"),
    Learner("goran", style="tensorflow_style", mistakes="third_mistakes"),
    Learner("hana", mistakes="odd_kinds"),
    # Not finished.
    Learner("ivan", only=3),
    Learner("jun", style=""),
    Learner("kofi", change=damage.syntax_error(1)),
    Learner("lena", change=damage.endless_loop(2)),
    # The notebook has suffered.
    Learner("mira", change=damage.delete_checks(1, 2, 5)),
    Learner("nils", change=damage.duplicate(1)),
    Learner("olga", style="", change=damage.edit_checks("3")),
    Learner("pavel", text=lambda text: text[: len(text) // 2]),
    Learner("quinn", style="numpy_style", file="Untitled7.ipynb"),
    Learner("rosa", text=lambda text: ""),
    Learner("sami", change=damage.retype(4, "markdown")),
    Learner("tara", change=damage.helper_cell(1)),
]
