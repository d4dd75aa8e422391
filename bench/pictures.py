"""`python -m bench.pictures`: the still and the animation of the playground for the README.

The animation is drawn by the view itself, in a browser, from frames that are trained here: the
same state gives the same pictures, on a slow machine too. The still is the stand-alone page.
"""

from __future__ import annotations

import base64
import io
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from grader.layout import Course
from tfcourse_utils import quiet_start

from .demo import browser, servers

with quiet_start():
    from tfcourse_utils.playground import (
        Camera,
        DataState,
        NetworkState,
        State,
        Trainer,
        TrainingState,
        to_link,
    )
    from tfcourse_utils.widgets.playground.encoding import encode
    from tfcourse_utils.widgets.playground.session import Seen
    from tfcourse_utils.widgets.playground.view import Canvas

__all__ = ["draw", "open_bare", "seen_of"]

SPIRAL = State(
    DataState("spiral", noise=0.1, train_share=0.6),
    NetworkState(hidden=(8, 8, 4)),
    TrainingState("Adam", learning_rate=0.01, batch_size=20),
)
LAST, FRAMES, FRAME_SECONDS, HOLD_SECONDS = 550, 52, 0.12, 3.0
WIDTH = 760  # pixels
QUALITY = 50  # of WebP: with it, the animation is below 1 MB

# What JupyterLab's themes say, as far as the view asks for it.
THEMES = {
    "light": {"layout-color0": "#ffffff", "layout-color1": "#ffffff", "layout-color2": "#eeeeee",
              "ui-font-color1": "#212121", "ui-font-color2": "#616161", "border-color1": "#bdbdbd"},
    "dark": {"layout-color0": "#111111", "layout-color1": "#212121", "layout-color2": "#424242",
             "ui-font-color1": "#f5f5f5", "ui-font-color2": "#bdbdbd", "border-color1": "#616161"},
}  # fmt: skip
OPEN = """async ([source, style, state, theme, colours]) => {
  window.bytes = (text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
  for (const name of ["points", "palettes", "inputs"]) state[name] = bytes(state[name]);
  window.heard = {};
  const model = {
    get: (name) => state[name],
    on: (events, action) => events.split(" ").forEach((event) => (heard[event] = action)),
    off: () => {},
    send: () => {},
  };
  for (const [name, colour] of Object.entries(colours)) {
    document.documentElement.style.setProperty(`--jp-${name}`, colour);
  }
  document.documentElement.style.colorScheme = theme;
  document.body.dataset.jpThemeLight = String(theme === "light");
  document.body.style.cssText = "margin: 0; background: var(--jp-layout-color0)";
  document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
  const { default: view } = await import("data:text/javascript," + encodeURIComponent(source));
  view.render({ model, el: document.body });
}"""
# The network and the curves are drawn less often than the boundary, so it is drawn until it rests.
DRAW = """async ([content, data]) => {
  const next = () => new Promise((done) => requestAnimationFrame(done));
  for (let i = 0; i < 10; i++) {
    await heard["msg:custom"](content, [bytes(data)]);
    await next();
  }
}"""


def seen_of(trainer: Trainer, camera: Camera) -> Seen:
    """Return what a session would show of a trainer."""
    frame, neurons, weights = camera.frame(), camera.neurons(), trainer.weights
    history, notes, state = trainer.history, trainer.notes, trainer.state
    return Seen(state, trainer.split, frame, neurons, weights, history, notes, False, None)


def open_bare(page: Page, seen: Seen, theme: str) -> None:
    """Show the view alone in a page, in place of all else, without a kernel."""
    canvas = Canvas(lambda _: None, seen)
    state: dict[str, Any] = {"scene": canvas.scene, "words": canvas.words}
    for name in ("points", "palettes", "inputs"):
        state[name] = base64.b64encode(getattr(canvas, name)).decode()
    source, style = str(canvas._esm), str(canvas._css)
    canvas.close()
    page.goto("about:blank")
    page.set_content("<body></body>")
    page.evaluate(OPEN, [source, style, state, theme, THEMES[theme]])
    draw(page, seen)


def draw(page: Page, seen: Seen) -> None:
    """Draw another moment in a page that `open_bare` has opened."""
    content, data = encode(1, seen)
    page.evaluate(DRAW, [content, base64.b64encode(data).decode()])


def animation(page: Page, path: Path) -> None:
    """Write the training of a spiral as an animated picture."""
    trainer = Trainer(SPIRAL)
    camera = Camera(trainer)
    open_bare(page, seen_of(trainer, camera), "light")
    places = np.unique(np.geomspace(1, LAST + 1, FRAMES).round().astype(int) - 1)
    pictures = []
    for epoch in places:
        trainer.train(int(epoch) - trainer.epoch)
        draw(page, seen_of(trainer, camera))
        pictures.append(_screenshot(page))
    durations = [FRAME_SECONDS] * (len(pictures) - 1) + [HOLD_SECONDS]
    milliseconds = [round(1000 * seconds) for seconds in durations]
    first, *rest = pictures
    first.save(path, save_all=True, append_images=rest, duration=milliseconds, loop=0,
               quality=QUALITY, method=6, minimize_size=True)  # fmt: skip


def _screenshot(page: Page) -> Image.Image:
    besides = ".playground-tools, .playground-words, .playground-weight"
    hidden = f"{besides} {{ display: none !important; }}"
    shot = page.locator(".playground").screenshot(style=hidden)
    whole = Image.open(io.BytesIO(shot)).convert("RGB")
    height = round(whole.height * WIDTH / whole.width)
    return whole.resize((WIDTH, height), Image.Resampling.LANCZOS)


def still(page: Page, address: str, path: Path) -> None:
    """Write a picture of the stand-alone page after some training."""
    state = replace(SPIRAL, data=DataState("three clouds"), network=NetworkState(hidden=(6, 4)))
    browser.open_page(page, address, to_link(state))
    browser.play(page)
    page.get_by_role("button", name="Pause").press("Enter")
    page.get_by_role("button", name="Play").wait_for()
    page.wait_for_timeout(500)
    page.screenshot(path=path, full_page=True)
    picture = Image.open(path).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)


def main() -> None:
    """Write both into `docs/`."""
    docs = Course.find(Path(__file__).parent).root / "docs"
    with browser.opened(width=1200, height=900) as page:
        animation(page, docs / "playground.webp")
    with (
        tempfile.TemporaryDirectory() as name,
        servers.page(Path(name)) as address,
        browser.opened(width=1200, height=900) as page,
    ):
        still(page, address, docs / "playground.png")
    for path in sorted(docs.glob("playground.*")):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
