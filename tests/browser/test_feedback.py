"""The feedback page in a real browser: it runs nothing, asks for nothing, and fits on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route

from grader.grade.feedback import (
    FeedbackPage,
    Finding,
    Mark,
    Output,
    Section,
    ShownCell,
    feedback_page,
)

HOME = "http://feedback.test/"
DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
    "DwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LONG = "a_very_long_name_without_a_space_in_it" * 5
CELL = ShownCell(
    f"def {LONG}(x):\n    return x", True, outputs=(Output("1\n" * 40), Output("", DOT))
)
PAGE = FeedbackPage(
    "3 · Linear classifiers",
    LONG,
    tuple(
        Section(
            f"{mark.value}, {LONG}",
            mark,
            1,
            3,
            findings=(Finding("a look", mark, 1, "That is the sum.", (("called", LONG),), "said"),),
            hints=("What is the mean?", "Divide."),
            cells=(CELL, ShownCell(LONG, False, is_code=False)),
            comment=LONG,
        )
        for mark in Mark
    ),
    remarks=(LONG,),
)
INJECTED = f"""
<script>window.harm = 1</script>
<script src="{HOME}a.js"></script>
<img src="x:" onerror="window.harm = 2"><img src="{HOME}a.png">
<svg onload="window.harm = 3"></svg>
<link rel="stylesheet" href="{HOME}a.css">
<style>body {{ --harm: 1 }}</style><p id="styled" style="--harm: 1"></p>
<iframe srcdoc="<script>top.harm = 4</script>"></iframe><iframe src="{HOME}a.html"></iframe>
<object data="{HOME}a.svg"></object><video src="{HOME}a.mp4"></video>
<base href="{HOME}other/"><form action="{HOME}form"><button id="send">Send</button></form>
<a id="link" href="javascript:window.harm=5">here</a>
"""


class Site:
    """One page, and what is asked for besides."""

    def __init__(self, page: Page) -> None:
        self.page, self.html, self.requests = page, "", list[str]()
        page.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        if route.request.url == HOME:
            route.fulfill(body=self.html, content_type="text/html")
        else:
            self.requests.append(route.request.url)
            route.fulfill(status=204)

    def show(self, html: str) -> None:
        self.html = html
        self.requests.clear()
        self.page.goto(HOME, wait_until="load")


@pytest.fixture(scope="module")
def site(page: Page) -> Iterator[Site]:
    yield Site(page)


def click_all(site: Site) -> None:
    site.page.evaluate("() => { send.click(); link.click() }")
    site.page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def test_what_is_injected_by_hand_neither_runs_nor_asks_for_anything(site: Site) -> None:
    site.show(feedback_page(PAGE).replace("</main>", f"{INJECTED}</main>"))
    click_all(site)
    assert site.page.evaluate("window.harm") is None
    assert site.requests == []
    styles = "['body', '#styled'].map(one => getComputedStyle(document.querySelector(one)))"
    assert site.page.evaluate(f"{styles}.map(one => one.getPropertyValue('--harm'))") == ["", ""]


def test_it_would_without_the_policy(site: Site) -> None:
    html = feedback_page(PAGE).replace("Content-Security-Policy", "nothing")
    site.show(html.replace("</main>", f"{INJECTED}</main>"))
    click_all(site)
    assert site.page.evaluate("window.harm") is not None
    assert {f"{HOME}a.js", f"{HOME}a.png", f"{HOME}a.css", f"{HOME}a.html"} <= set(site.requests)


def test_our_style_and_pictures_are_let_through(site: Site) -> None:
    site.show(feedback_page(PAGE))
    assert site.page.evaluate("getComputedStyle(document.querySelector('.finding')).listStyleType")
    assert site.page.evaluate("document.querySelector('main').offsetWidth") < 900
    assert site.page.evaluate("[...document.images].every(one => one.naturalWidth === 1)")


@pytest.mark.parametrize("width", [320, 390, 1200])
def test_nothing_is_wider_than_the_window(width: int, site: Site) -> None:
    site.page.set_viewport_size({"width": width, "height": 800})
    site.show(feedback_page(PAGE))
    assert site.page.evaluate("document.documentElement.scrollWidth") == width


def test_hints_open_one_after_the_other_and_without_a_script(site: Site) -> None:
    site.show(feedback_page(PAGE))
    first = site.page.get_by_text("A hint").first
    second = site.page.get_by_text("Another hint").first
    assert not second.is_visible()
    first.focus()
    first.press("Enter")
    assert second.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_is_dark_enough_to_be_read(scheme: str, site: Site) -> None:
    site.page.emulate_media(color_scheme=scheme)
    site.show(feedback_page(PAGE))
    contrasts = site.page.evaluate(CONTRASTS)
    assert len(contrasts) > 100
    assert min(contrasts) >= 4.5, min(contrasts)


# WCAG's contrast of every element that has text of its own, against what lies behind it.
CONTRASTS = """() => {
    const numbers = color => color.match(/[\\d.]+/g).map(Number);
    const light = color => {
        const [r, g, b] = numbers(color).map(
            c => c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = one => {
        const color = getComputedStyle(one).backgroundColor;
        return numbers(color)[3] === 0 && one.parentElement ? behind(one.parentElement) : color;
    };
    const text = one => [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    return [...document.body.querySelectorAll('*')].filter(text).map(one => {
        const [a, b] = [light(getComputedStyle(one).color), light(behind(one))];
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    });
}"""


def test_headings_follow_one_another(site: Site) -> None:
    site.show(feedback_page(PAGE))
    levels = site.page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4')].map(one => Number(one.tagName[1]))"
    )
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later <= before + 1 for before, later in zip(levels, levels[1:]))
    assert site.page.locator("html").get_attribute("lang") == "en"
    for link in site.page.locator("nav a").all():
        assert site.page.locator(link.get_attribute("href") or "").count() == 1
