// A square to draw lines on, by pointer or keyboard, over a picture that Python gives.

const SIDE = 400, LEFT = 44, TOP = 8, EDGE = 6, STEP = 0.5; // pixels; units of the plane

function make(tag, attributes = {}) {
  const isSvg = ["svg", "path", "g"].includes(tag);
  const element = isSvg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

const bounded = (value) => Math.min(Math.max(value, -EDGE), EDGE);
const across = (x) => LEFT + (SIDE * (x + EDGE)) / (2 * EDGE);
const down = (y) => TOP + SIDE - (SIDE * (y + EDGE)) / (2 * EDGE);
const path = (stroke) => "M" + stroke.map(([x, y]) => `${across(x)} ${down(y)}`).join("L");
const written = (value) => value.toFixed(1).replace("-", "−");

/** Where in the plane a pointer is. */
function place(svg, event) {
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const [right, up] = [((x - LEFT) / SIDE) * 2 * EDGE - EDGE, EDGE - ((y - TOP) / SIDE) * 2 * EDGE];
  return [bounded(right), bounded(up)].map((value) => Number(value.toFixed(2)));
}

function render({ model, el }) {
  const view = make("div", { class: "playground-pad" });
  const back = make("div");
  const area = make("svg", { viewBox: "0 0 456 456", tabindex: "0", role: "application", "data-lm-suppress-shortcuts": "true" });
  const line = make("path", { class: "playground-line" });
  const cross = make("path", { class: "playground-cross" });
  const status = make("p", { role: "status" });
  const [undo, clear] = ["Undo", "Clear"].map((name) => {
    const button = make("button", { type: "button" });
    button.textContent = name;
    return button;
  });
  const plane = make("div", { class: "playground-plane" });
  area.append(line, cross);
  plane.append(back, area);
  view.append(plane, undo, clear, status);
  el.append(view);

  let strokes = [], open = null, cursor = [0, 0];
  const draw = () => {
    const seen = open ? [...strokes, open] : strokes;
    line.setAttribute("d", seen.filter((stroke) => stroke.length).map(path).join(""));
    const [x, y] = [across(cursor[0]), down(cursor[1])];
    cross.setAttribute("d", `M${x - 9} ${y}h18M${x} ${y - 9}v18`);
  };
  const send = () => {
    const whole = (open?.length > 1 ? [...strokes, open] : strokes).filter((stroke) => stroke.length > 1);
    model.set("strokes", whole);
    model.save_changes();
    draw();
  };
  const say = (words) => (status.textContent = words);
  const at = () => `x ${written(cursor[0])}, y ${written(cursor[1])}`;
  const finish = () => {
    if (open?.length > 1) strokes = [...strokes, open];
    open = null;
  };

  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    finish();
    area.setPointerCapture(event.pointerId);
    open = [place(area, event)];
  });
  area.addEventListener("pointermove", (event) => {
    if (!open || !area.hasPointerCapture(event.pointerId)) return;
    const [x, y] = place(area, event);
    const [lastX, lastY] = open[open.length - 1];
    if (Math.hypot(x - lastX, y - lastY) < 0.08) return;
    open.push([x, y]);
    draw();
  });
  area.addEventListener("pointerup", () => {
    finish();
    send();
    say(`Lines: ${strokes.length}`);
  });

  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const back_ = () => {
    open ??= strokes.pop() ?? [];
    open = open.slice(0, -1);
    if (!open.length) open = null;
    send();
    say("Taken back");
  };
  area.addEventListener("keydown", (event) => {
    const { key, shiftKey, ctrlKey, metaKey } = event;
    if (key in moves) {
      const step = shiftKey ? STEP / 5 : STEP;
      cursor = cursor.map((value, i) => Number(bounded(value + step * moves[key][i]).toFixed(2)));
      say(at());
      draw();
    } else if (key === " " || key === "Enter") {
      open = [...(open ?? []), cursor];
      say(`Corner ${open.length} at ${at()}`);
      send();
    } else if (key === "Escape" && open) {
      finish();
      say("The line is ended");
      send();
    } else if (key === "Backspace" || (key === "z" && (ctrlKey || metaKey))) {
      back_();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  undo.addEventListener("click", () => {
    if (!open) strokes = strokes.slice(0, -1);
    open = null;
    send();
    say(`Lines: ${strokes.length}`);
  });
  clear.addEventListener("click", () => {
    [strokes, open] = [[], null];
    send();
    say("Nothing is drawn");
  });

  const show = () => {
    back.innerHTML = model.get("picture");
    area.setAttribute("aria-label", model.get("label"));
    area.style.pointerEvents = model.get("is_open") ? "" : "none";
    for (const button of [undo, clear]) button.hidden = !model.get("is_open");
    cross.style.display = model.get("is_open") ? "" : "none";
    if (!model.get("is_open")) say("");
  };
  strokes = model.get("strokes");
  const names = "change:picture change:label change:is_open";
  model.on(names, show);
  show();
  draw();
  return () => model.off(names, show);
}

export default { render };
