"""What a hostile learner hands in does nothing in the Formgrader, in a real browser."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbgrader.server_extensions.formgrader.handlers import static_path, template_path
from playwright.sync_api import Page, Request, Route
from traitlets.config import Config

from grader.grade.neutral import neutral
from tfcourse_utils.checking import check_answer, find_exercise
from tfcourse_utils.checking.html import verdict_html

HOME = "http://formgrader.test/"
ELSEWHERE = "http://elsewhere.test/"
HARM = "top.harm=1"
SCRIPT = f"<script>{HARM}</script>"
BROKEN = f'<img src="x:" onerror="{HARM}">'
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{HARM}"></svg>'
# It lies over the page and looks like it.
COVER = f'<a style="position:fixed;inset:0;z-index:99999" href="{ELSEWHERE}">Sign in again</a>'
LINK = r"$\href{javascript:top.harm=1}{see}$"


def markdown(source: str) -> NotebookNode:
    return nbformat.v4.new_markdown_cell(source)


def raw(source: str) -> NotebookNode:
    return nbformat.v4.new_raw_cell(source)


def answer(source: str) -> NotebookNode:
    role = {"grade_id": "text", "grade": True, "solution": True, "locked": False, "points": 2}
    return nbformat.v4.new_markdown_cell(source, metadata=nbformat.from_dict({"nbgrader": role}))


def code(*outputs: dict[str, Any], **more: Any) -> NotebookNode:
    # nbformat would not make a cell of what is malformed.
    cell = nbformat.v4.new_code_cell("1")
    return nbformat.from_dict({**cell, "outputs": [*outputs], **more})


def check(*outputs: dict[str, Any]) -> NotebookNode:
    """Return an instructor's cell, beside which the learner's code ran."""
    role = {"grade_id": "check", "grade": True, "solution": False, "locked": True, "points": 2}
    return code(*outputs, metadata={"nbgrader": role})


def shown(mime: str, data: Any, **metadata: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {mime: data}, "metadata": {mime: metadata}}


def html(source: str, **metadata: Any) -> NotebookNode:
    return code(shown("text/html", source, **metadata))


def framed(source: str) -> str:
    return f"data:text/html;base64,{base64.b64encode(source.encode()).decode()}"


PAYLOADS: dict[str, NotebookNode] = {
    "a script in Markdown": markdown(SCRIPT),
    "a script in an answer": answer(f"My answer.\n\n{SCRIPT}"),
    "out of the fence": markdown(f"<!--\n```\n-->\n\n{SCRIPT}"),
    "out of a longer fence": markdown(f"{'`' * 40}\n{'`' * 40}\n\n{SCRIPT}"),
    "out of mathematics": markdown(f"$$\n```\n$$\n\n{SCRIPT}"),
    "a diagram": markdown(f"```mermaid\n</pre>{BROKEN}\n```"),
    "a broken picture": markdown(BROKEN),
    "an SVG": markdown(SVG),
    "a link in Markdown": markdown(f"[here](javascript:{HARM})"),
    "a link in HTML": html(f'<a href="javascript:{HARM}">here</a>'),
    "a handler": markdown(f'<details open ontoggle="{HARM}">see</details>'),
    "a frame with a document": markdown(f'<iframe srcdoc="{SCRIPT}"></iframe>'),
    "a frame of data": html(f'<iframe src="{framed(f"<img src={ELSEWHERE}a.png>")}"></iframe>'),
    "an isolated output": html(f'<img src="{ELSEWHERE}a.png">', isolated=True),
    "a form": markdown(f'<form action="{ELSEWHERE}"><button>Full credit</button></form>'),
    "a cover": html(COVER),
    "a link in a raw cell": raw(f'<a class="navbar-fixed-top" href="{ELSEWHERE}">Sign in</a>'),
    "a picture from elsewhere": markdown(f"![a]({ELSEWHERE}a.png)"),
    "a refresh": html(f'<meta http-equiv="refresh" content="0; url={ELSEWHERE}">'),
    "a style sheet": html(f"<style>@import url({ELSEWHERE}a.css)</style>"),
    "a base": html(f'<base href="{ELSEWHERE}"><img src="a.png">'),
    "JavaScript": code(shown("application/javascript", HARM)),
    "a Markdown output": code(shown("text/markdown", BROKEN)),
    "HTML of a check": check(shown("text/html", SCRIPT)),
    "a formula in Markdown": markdown(LINK),
    "a formula in LaTeX": code(shown("text/latex", LINK)),
    "a formula in a raw cell": raw(LINK),
}
#: What nbconvert shows as text, or stops at.
OTHERS = [
    code(execution_count=SCRIPT),
    code(shown("text/plain", f"</pre></script>{SCRIPT}{LINK}")),
    code({"output_type": "stream", "name": "stdout", "text": f"\x1b[31m{SCRIPT}\x1b[8m\x00\r"}),
    code({"output_type": "error", "ename": SCRIPT, "evalue": BROKEN, "traceback": [SCRIPT, LINK]}),
    code({"output_type": "stream", "name": "stdout", "text": "<b>" * 1_000_000}),
    code(shown("image/png", f'x" onerror="{HARM}'), {"output_type": "evil"}, {}),
    markdown("![a](attachment:missing.png)"),
]


def notebook(*cells: NotebookNode) -> NotebookNode:
    state = {"state": {"a": {"model_name": "HTMLModel", "state": {"value": SCRIPT}}}}
    widgets = {"application/vnd.jupyter.widget-state+json": state}
    numbered = [{**cell, "id": f"cell-{number}"} for number, cell in enumerate(cells)]
    return nbformat.from_dict(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {"widgets": widgets}, "cells": numbered}
    )


class Browser:
    """Shows notebooks as the Formgrader does, and writes down what is requested."""

    def __init__(self, page: Page) -> None:
        self.page, self.requests = page, set[str]()
        self._shown = ""
        page.route("**/*", self._answer)
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if not request.url.startswith("data:"):
            self.requests.add(request.url)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOME)
        if path == "":
            route.fulfill(body=self._shown, content_type="text/html")
        elif path.startswith("formgrader/static/"):
            route.fulfill(path=f"{static_path}/{path.removeprefix('formgrader/static/')}")
        elif path.startswith("formgrader/api/"):
            route.fulfill(json=[])
        else:  # no page takes the place of this one
            route.fulfill(status=204)

    def show(self, shown: NotebookNode, template: str = "formgrade") -> None:
        """Show a notebook and click what can be clicked in it."""
        exporter = HTMLExporter(config=self._config(template))
        resources = {"base_url": "", "notebook_path": "a.ipynb", "index": 0, "total": 1}
        self._shown, _ = exporter.from_notebook_node(shown, resources=resources)
        self.requests.clear()
        self.page.goto(HOME, wait_until="load")
        self.page.evaluate(
            """() => [...document.querySelectorAll('a[href], form button')]
                .filter(one => !one.closest('nav')).forEach(one => one.click())"""
        )

    def _config(self, template: str) -> Config:
        # The Formgrader's; see FormgradeExtension.build_extra_config.
        return Config(
            HTMLExporter={"template_name": template, "extra_template_basedirs": [template_path]}
        )

    def has_mathematics(self) -> bool:
        """Return whether there is a link for MathJax to make, where MathJax looks."""
        return bool(
            self.page.evaluate(
                r"""() => {
                    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                    const passed = 'pre, code, script, style, textarea, .tex2jax_ignore';
                    while (texts.nextNode())
                        if (texts.currentNode.data.includes('\\href')
                            && !texts.currentNode.parentElement.closest(passed)) return true;
                    return false;
                }"""
            )
        )


@pytest.fixture(scope="module")
def browser(page: Page) -> Iterator[Browser]:
    yield Browser(page)


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_payload_does_harm_when_it_is_left_as_it_is(name: str, browser: Browser) -> None:
    shown = notebook(PAYLOADS[name])
    text = nbformat.writes(shown)
    if ELSEWHERE in text or framed(f"<img src={ELSEWHERE}a.png>") in text:
        with browser.page.expect_request(lambda request: request.url.startswith(ELSEWHERE)):
            browser.show(shown)
    elif "formula" in name:
        browser.show(shown)
        assert browser.has_mathematics()
    else:
        browser.show(shown)
        browser.page.wait_for_function("window.harm === 1")


FORBIDDEN = "script, iframe, style, form, svg, img, a, meta, link, base, details, object, embed"


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_payload_does_nothing_when_it_is_neutral(name: str, browser: Browser) -> None:
    shown = neutral(notebook(PAYLOADS[name]))
    nbformat.validate(shown)
    browser.show(shown)
    assert browser.page.evaluate("window.harm") is None
    assert not browser.has_mathematics()
    cell = browser.page.locator(".cell")
    assert cell.count() == 1
    assert cell.locator(FORBIDDEN).count() == 0


@pytest.mark.parametrize("template", ["formgrade", "classic", "lab"])
def test_all_of_them_together_request_nothing(template: str, browser: Browser) -> None:
    browser.show(nbformat.v4.new_notebook(), template)
    usual = set(browser.requests)
    shown = neutral(notebook(*PAYLOADS.values(), *OTHERS))
    nbformat.validate(shown)
    browser.show(shown, template)
    assert browser.page.evaluate("window.harm") is None
    assert not browser.has_mathematics()
    assert browser.requests == usual
    assert SCRIPT in browser.page.locator("body").inner_text()


def test_a_formula_in_a_verdict_stays_text(browser: Browser) -> None:
    def raises(*args: object) -> None:
        raise ValueError(LINK)

    dense = find_exercise("linear_classifiers.dense")
    verdict = verdict_html(dense, check_answer(dense, raises))
    browser.show(notebook(check(shown("text/html", verdict))))
    assert not browser.has_mathematics()
    assert LINK in browser.page.locator(".cell").inner_text()
    browser.show(notebook(check(shown("text/html", f"<dl><dd>{LINK}</dd></dl>"))))
    assert browser.has_mathematics()  # as it would be in any other output
