"""`make attack`: what every attack gets from us, and from nbgrader as it comes.

With nbgrader it takes half an hour; `make attack ARGS="--ours"` leaves that out.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from grader.layout import Course
from grader.sandbox import close_shared_engine
from grader.warm_up import import_tensorflow

from .attack import Attack
from .corpus import ATTACKS, EVERYBODY
from .grade import Graded, grade_corpus
from .honest import HONEST
from .stock import Stock, grade_with_stock
from .world import world

_BAD = ("overpaid", "changed or lost others' results", "punished", "hung")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make attack ARGS=…", description=__doc__)
    parser.add_argument("--ours", action="store_true", help="do not run nbgrader as it comes")
    parser.add_argument("--only", default="", help="a family, or an attack")
    options = parser.parse_args()
    console, course = Console(), Course.find(Path(__file__).parent)
    chosen = [one for one in ATTACKS if options.only in ("", one.family, one.name)]
    import_tensorflow()
    ours = _ours(chosen, course)
    stock = {} if options.ours else _stock(chosen, course, console)
    console.print(_table(chosen, ours, stock))
    console.print(_totals("ours", [one for words in ours.values() for one in words[1]]))
    if stock:
        words = [word for one in chosen if one.name in stock for word in stock[one.name].words(one)]
        skipped = sum(not one.safe for one in chosen)
        console.print(_totals("stock nbgrader", words), f"({skipped} not run)")


def _ours(chosen: Sequence[Attack], course: Course) -> dict[str, tuple[float, list[str]]]:
    """Return the points of every attack, and what went wrong."""
    everybody = EVERYBODY if len(chosen) == len(ATTACKS) else [*HONEST, *chosen]
    with tempfile.TemporaryDirectory(prefix="attacked-") as folder, world(course.root) as attacked:
        graded = grade_corpus(everybody, Path(folder), course, attacked)
        found = {one.name: (graded.results[one.name].score, _bad(one, graded)) for one in chosen}
    close_shared_engine()
    return found


def _bad(attack: Attack, graded: Graded) -> list[str]:
    score = graded.results[attack.name].score
    others = any(graded.in_gradebook(one.name) != one.fair for one in HONEST)
    found = {
        "overpaid": score > attack.fair + attack.plain,
        "changed or lost others' results": others,
        "punished": score < attack.least,
        "reached": bool(graded.breaches(attack.name)),
    }
    return [word for word, is_so in found.items() if is_so]


def _stock(chosen: Sequence[Attack], course: Course, console: Console) -> dict[str, Stock]:
    found: dict[str, Stock] = {}
    with console.status("nbgrader as it comes …") as status:
        for some in grade_with_stock(chosen, course):
            found |= some
            status.update(f"nbgrader as it comes: {len(found)} attacks")
    return found


def _table(
    attacks: Sequence[Attack],
    ours: dict[str, tuple[float, list[str]]],
    stock: dict[str, Stock],
) -> Table:
    table = Table(title="Points for hostile and broken submissions")
    for heading in ("family", "attack", "fair", "ours", "stock nbgrader"):
        table.add_column(heading, justify="right" if heading == "fair" else "left")
    for attack in attacks:
        score, words = ours[attack.name]
        if attack.fair < score <= attack.fair + attack.plain:
            words = ["the plain check, which runs beside the answers, is not safe", *words]
        one = stock.get(attack.name)
        told = _cell(one.score, one.words(attack)) if one else "not run"
        table.add_row(attack.family, attack.name, f"{attack.fair:g}", _cell(score, words), told)
    return table


def _cell(score: float | None, words: Sequence[str]) -> str:
    points = "no result" if score is None else f"{score:g}"
    return ": ".join(filter(None, [points, ", ".join(words)]))


def _totals(whose: str, words: Sequence[str]) -> str:
    count = Counter(words)
    return f"{whose}: " + ", ".join(f"{count[word]} {word}" for word in _BAD)


if __name__ == "__main__":
    main()
