"""Notebooks in JupyterLab, opened and run as their readers do."""

from __future__ import annotations

from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page, expect

__all__ = ["cell", "go_to", "open_notebook", "run", "visit"]

NAME = "notebook.ipynb"


def open_notebook(page: Page, lab: str, learner: Path, *sources: str) -> None:
    """Write code cells to a notebook in a learner's copy of the course, and open it."""
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(notebook, learner / "my_course" / NAME)
    visit(page, lab)


def go_to(page: Page, lab: str) -> None:
    page.goto(f"{lab}/lab/tree/{NAME}?reset", timeout=120_000)


def visit(page: Page, lab: str) -> None:
    """Go to the notebook, and wait for its kernel: what is run before is lost."""
    go_to(page, lab)
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=120_000)


def cell(page: Page, number: int) -> Locator:
    return page.locator(".jp-Cell").nth(number)


def run(page: Page, number: int = 0) -> Locator:
    """Run a cell, and return it."""
    cell(page, number).locator(".jp-InputArea-editor").click()
    page.keyboard.press("Control+Enter")
    return cell(page, number)
