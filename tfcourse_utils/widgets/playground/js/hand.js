// The hand in the square: a cross-hair for pointer and keys, and tools to draw and erase points.

const TOOLS = { look: "Look", draw: "Draw", paint: "Paint", erase: "Erase" };
const FINE = 0.2, COARSE = 1; // units of the plane that an arrow key moves, without and with Shift
const SPRAY = 3; // points of a dab
const MOVES = "Square: arrow keys move the cross-hair", DRAWS = "Space puts a point, Backspace erases near it";

/** The row of tools under the square. */
function makeTools(view) {
  const name = `playground-tool-${Math.random().toString(36).slice(2)}`; // of this view's alone
  const tools = Object.entries(TOOLS).map(([value, label]) => {
    const input = make("input", { type: "radio", name, value });
    input.checked = value === "look";
    input.addEventListener("change", () => takeTool(view, value));
    return make("label", { class: "playground-tool" }, input, make("span", {}, label));
  });
  const target = make("span", { class: "playground-target" });
  const size = make("input", { type: "range", min: 0.2, max: 2, step: 0.1, value: 0.6, "aria-label": "Brush size" });
  const brush = make("label", { class: "playground-size" }, "size ", size);
  const button = (text, action) => {
    const made = make("button", { type: "button" }, text);
    made.addEventListener("click", action);
    return made;
  };
  const undo = button("Undo", () => undoLast(view));
  const paste = button("Paste …", () => openPaste(view, ""));
  const clear = button("Clear", () => clearAll(view));
  const set = make("div", { class: "playground-segments", role: "radiogroup", "aria-label": "Tool" }, ...tools);
  const row = make("div", { class: "playground-tools", role: "group", "aria-label": "Points" });
  row.append(set, target, brush, paste, undo, clear);
  return Object.assign(row, { target, brush, size, undo, key: "" });
}

/** Show the tools that there are, and what points they draw. */
function renewTools(view) {
  const { tools, scene, points } = view;
  tools.hidden = !scene.can_draw;
  if (tools.hidden) view.tool = "look";
  const key = isRegression(scene) ? "value" : String(scene.classes);
  if (key !== tools.key) tools.target.replaceChildren(makeTarget(view));
  tools.key = key;
  const isDrawing = view.tool === "draw" || view.tool === "paint";
  tools.target.hidden = !isDrawing;
  tools.brush.hidden = !["paint", "erase"].includes(view.tool);
  tools.undo.disabled = !points.past.length;
  view.square.dataset.tool = view.tool;
  view.square.setAttribute("aria-label", scene.can_draw ? `${MOVES}, ${DRAWS}` : MOVES);
  view.square.setAttribute("aria-busy", String(points.isAhead));
}

function makeTarget(view) {
  const { scene } = view;
  if (isRegression(scene)) {
    const input = make("input", { type: "number", min: -1, max: 1, step: 0.1, value: 1, "aria-label": "Value to draw" });
    input.addEventListener("input", () => (view.target = Math.min(Math.max(input.valueAsNumber || 0, -1), 1)));
    view.target = 1;
    return make("label", {}, "value ", input);
  }
  const count = Math.min(scene.classes + 1, MOST_CLASSES);
  const options = Array.from({ length: count }, (_, i) => make("option", { value: i }, `class ${i}`));
  const select = make("select", { "aria-label": "Class to draw" }, ...options);
  view.target = Math.min(Number.isInteger(view.target) ? Math.max(view.target, 0) : 0, count - 1);
  select.value = view.target;
  select.addEventListener("change", () => (view.target = Number(select.value)));
  return select;
}

function takeTool(view, tool) {
  view.tool = tool;
  renewTools(view);
}

function undoLast(view) {
  const was = view.points.undo();
  view.say(was ? `Undone: ${countOf(view.points.shown)}.` : "There is nothing to undo.");
}

function clearAll(view) {
  view.points.remember();
  view.points.change([]);
  view.say("All points are erased. Undo brings them back.");
}

const countOf = (points) => `${points.length} point${points.length === 1 ? "" : "s"}`;

/** Use the tool at a place. */
function useTool(view, tool, place) {
  const { points, target } = view, size = Number(view.tools.size.value);
  if (tool === "erase") return points.erase(place, size);
  const near = () => ({ x: place[0] + size * spread(), y: place[1] + size * spread(), target });
  const made = tool === "paint" ? Array.from({ length: SPRAY }, near) : [{ x: place[0], y: place[1], target }];
  const fits = points.add(made);
  if (!fits) view.say(`There can be up to ${MOST_POINTS} points.`);
  return fits ? made.length : 0;
}

const spread = () => Math.random() + Math.random() - 1;

/** The place in the plane of a pointer. */
function placeOf(square, { clientX, clientY }) {
  const { left, top, width, height } = square.getBoundingClientRect();
  const at = [(2 * EDGE * (clientX - left)) / width - EDGE, EDGE - (2 * EDGE * (clientY - top)) / height];
  return at.map(inSquare);
}

function listenToPointer(view) {
  const { square } = view;
  let isDown = false;
  square.addEventListener("pointerdown", (event) => {
    if (view.tool === "look" || event.button) return;
    isDown = true;
    square.setPointerCapture(event.pointerId);
    view.points.remember();
    useTool(view, view.tool, placeOf(square, event));
  });
  square.addEventListener("pointermove", (event) => {
    const place = placeOf(square, event);
    pointAt(view, place);
    if (isDown && view.tool !== "draw") useTool(view, view.tool, place);
  });
  for (const name of ["pointerup", "pointercancel"])
    square.addEventListener(name, () => {
      isDown = false;
      view.points.forgetIfSame();
      renewTools(view);
    });
  square.addEventListener("pointerleave", () => (view.readout.textContent = ""));
}

/** Say what is at a place, and put the cross-hair there. */
function pointAt(view, place) {
  view.at = place;
  view.square.style.setProperty("--at-x", `${100 * share(place[0])}%`);
  view.square.style.setProperty("--at-y", `${100 * (1 - share(place[1]))}%`);
  view.square.style.setProperty("--brush", `${(100 * Number(view.tools.size.value)) / EDGE}%`);
  view.readout.textContent = `${placeName(place)}: ${outputAt(view, place)}`;
}

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function listenToKeys(view) {
  view.square.addEventListener("focus", () => pointAt(view, view.at));
  view.square.addEventListener("keydown", (event) => {
    if (handleKey(view, event)) event.preventDefault();
  });
  view.root.addEventListener("keydown", (event) => {
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || !view.scene.can_draw || isField(event.target)) return;
    event.preventDefault();
    undoLast(view);
  });
  view.square.addEventListener("paste", (event) => {
    if (!view.scene.can_draw) return;
    event.preventDefault();
    pasteText(view, event.clipboardData.getData("text"), false);
  });
}

const isField = ({ tagName, type }) => tagName === "TEXTAREA" || (tagName === "INPUT" && !["radio", "range"].includes(type));

/** Do what a key means in the square; false if it means nothing. */
function handleKey(view, { key, shiftKey, ctrlKey, metaKey }) {
  const step = KEYS[key];
  if (step) {
    const far = shiftKey ? COARSE : FINE;
    pointAt(view, view.at.map((value, i) => inSquare(value + far * step[i])));
    view.say(view.readout.textContent);
    return true;
  }
  if (!view.scene.can_draw || ctrlKey || metaKey) return false;
  if (key === " ") return put(view);
  if (key === "Backspace" || key === "Delete") return rub(view);
  return false;
}

function put(view) {
  const tool = view.tool === "paint" ? "paint" : "draw";
  view.points.remember();
  if (useTool(view, tool, view.at)) view.say(`Put at ${placeName(view.at)}: ${countOf(view.points.shown)}.`);
  view.points.forgetIfSame();
  renewTools(view);
  return true;
}

function rub(view) {
  view.points.remember();
  const gone = useTool(view, "erase", view.at);
  view.points.forgetIfSame();
  view.say(gone ? `${gone} erased: ${countOf(view.points.shown)}.` : "There is no point near.");
  renewTools(view);
  return true;
}

/** The field that lines can be pasted into; it stays open until they are right. */
function makePaste(view) {
  const field = make("textarea", { rows: 5, spellcheck: "false", placeholder: "1.5, −2, 0" });
  const label = make("label", {}, "Points, a line each: x, y, target", field);
  const problem = make("p", { class: "playground-problem", role: "alert" });
  const box = make("div", { class: "playground-paste" }, label, problem);
  const button = (text, action) => {
    const made = make("button", { type: "button" }, text);
    made.addEventListener("click", action);
    box.append(made);
  };
  button("Add", () => pasteText(view, field.value, false));
  button("Replace all", () => pasteText(view, field.value, true));
  button("Close", () => closePaste(view));
  box.hidden = true;
  return Object.assign(box, { field, problem });
}

function openPaste({ paste }, text, problem = "") {
  if (text) paste.field.value = text;
  paste.problem.textContent = problem;
  paste.hidden = false;
  paste.field.focus();
}

function closePaste({ paste, square }) {
  paste.hidden = true;
  square.focus();
}

function pasteText(view, text, isNew) {
  let found;
  try {
    found = readPoints(text, view.scene);
    const count = found.length + (isNew ? 0 : view.points.shown.length);
    if (count > MOST_POINTS) throw new Error(`There can be up to ${MOST_POINTS} points. None were added.`);
  } catch (error) {
    openPaste(view, text, error.message);
    return;
  }
  view.points.remember();
  if (isNew) view.points.shown = [];
  view.points.add(found);
  view.paste.field.value = "";
  closePaste(view);
  view.say(`${countOf(found)} added.`);
}
