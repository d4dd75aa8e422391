"""A real JupyterLab on a learner's copy of the course, in a real browser."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.servers import serving

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
OPTIONS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


# Playwright keeps an event loop running in this thread until it stops, which other tests must
# not find there: so not for the session.
@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser.new_page(viewport={"width": 1200, "height": 900}, device_scale_factor=2)
        browser.close()


@pytest.fixture(scope="module")
def errors(page: Page) -> list[str]:
    """Return a list that grows with what goes wrong in the page."""
    seen: list[str] = []
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("console", lambda one: one.type == "error" and seen.append(one.text))
    return seen


@pytest.fixture(scope="module")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("learner")


@pytest.fixture(scope="module")
def lab(learner: Path) -> Iterator[str]:
    """Start `tfcourse lab`; yield the address that it announces."""
    words = ["lab", "--no-browser", "--allow-root", "--ServerApp.token=", "--port=0"]
    new = {"JUPYTERLAB_SETTINGS_DIR": str(learner / "settings")}  # who was never asked anything
    env = new | {"JUPYTER_RUNTIME_DIR": str(learner / "runtime")}
    with serving([Path(sys.executable).parent / "tfcourse", *words], learner, env) as address:
        yield address
