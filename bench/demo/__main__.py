"""`make bench-demo`: the playground in JupyterLab and as a page, with what was asked for.

Times are medians. It fails where something does not work, not where it is slow. With
PLAYGROUND_URL, the address of a running classic playground, that is measured beside it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page
from rich.console import Console
from rich.table import Table

from tfcourse_utils import quiet_start

from . import browser, servers

with quiet_start():
    from tfcourse_utils.playground import DataState, NetworkState, State, to_link

    from .steps import compare_steps

LARGE = State(DataState(samples=500), NetworkState(hidden=(8, 8)))
NETWORKS = {"4-2": (4, 2), "8-8": (8, 8), "six of 8": (8,) * 6}
CLASSIC = {"4-2": "56", "8-8": "25", "six of 8": "9.5"}  # epochs a second, on such a machine
ASKED = {
    "frames a second": "30 or more",
    "stop": "150 ms or less",
    "discretize output": "200 ms or less",
    "reset": "200 ms or less",
    "another data set": "200 ms or less",
    "first picture": "2000 ms or less",
}
Column = dict[str, str]


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-demo-") as name:
        yield Path(name)


def _look(page: Page, first: float, seconds: int, rounds: int) -> Column:
    """Measure a playground that has just been opened."""
    browser.play(page)
    counts = browser.frames(page, seconds)
    found = {
        "first picture": f"{first:.0f} ms",
        "frames a second": f"{statistics.median(counts):.0f}, worst {min(counts)}",
    }
    for name, times in browser.answers(page, rounds).items():
        found[name] = browser.middle_and_worst(times)
    return found


def in_lab(seconds: int, rounds: int) -> Column:
    with _folder() as folder, servers.lab(folder) as address, browser.opened() as page:
        first = browser.open_in_lab(page, address, folder, to_link(LARGE))
        return _look(page, first, seconds, rounds)


def on_the_page(seconds: int, rounds: int) -> Column:
    with _folder() as folder, servers.page(folder) as address, browser.opened() as page:
        browser.open_page(page, address, to_link(LARGE))
        found = _look(page, 0.0, seconds, rounds)
        found["first picture"] = "–"  # here, TensorFlow is loaded in it
        for label, hidden in NETWORKS.items():
            state = replace(LARGE, network=NetworkState(hidden=hidden))
            browser.open_page(page, address, to_link(state))
            browser.play(page)
            found[_epochs(label)] = f"{browser.epochs(page, seconds):.0f}"
        return found


def in_the_classic(address: str, seconds: int) -> Column:
    with browser.opened() as page:
        return {
            _epochs(label): f"{browser.classic_epochs(page, address, sizes, seconds):.1f}"
            for label, sizes in ((name, ",".join(map(str, n))) for name, n in NETWORKS.items())
        }


def _epochs(network: str) -> str:
    return f"epochs a second, {network}"


def _print(columns: dict[str, Column]) -> None:
    table = Table(title="The playground: 100 × 100 pixels, 500 points, two hidden layers of 8")
    asked = {**ASKED, **{_epochs(name): f"{least} or more" for name, least in CLASSIC.items()}}
    for heading in ("", "asked for", *columns):
        table.add_column(heading)
    for name, what in asked.items():
        table.add_row(name, what, *(column.get(name, "–") for column in columns.values()))
    Console(width=110).print(table)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-demo ARGS=…", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer seconds and rounds")
    seconds, rounds = (3, 3) if parser.parse_args().quick else (10, 12)
    rates = compare_steps(LARGE, seconds / 2)
    print(
        f"steps a second: compiled {rates['compiled']:.0f}, model.fit with one batch a call "
        f"{rates['fit']:.1f}: {rates['compiled'] / rates['fit']:.0f} × (asked for: 20 ×); "
        f"train_on_batch {rates['train_on_batch']:.0f}",
        flush=True,
    )
    columns = {"JupyterLab": in_lab(seconds, rounds), "page": on_the_page(seconds, rounds)}
    if address := os.environ.get("PLAYGROUND_URL"):
        columns["classic"] = in_the_classic(address, seconds)
    _print(columns)


if __name__ == "__main__":
    main()
