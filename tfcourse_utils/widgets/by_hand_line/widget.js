// The view of ByHandLine: sliders, read-outs, and the SVG that Python draws.
// It computes nothing: every number and picture comes from the model.

const SLIDERS = [
  { name: "w0", label: "W0", role: "weight of x", reach: 1 },
  { name: "w1", label: "W1", role: "weight of y", reach: 1 },
  { name: "b", label: "b", role: "bias", reach: 2 },
];

// Every class is prefixed: JupyterLab extensions style bare names such as `panel`.
const STYLE = `
.by-hand-line { display: flex; flex-wrap: wrap; gap: 12px 28px; align-items: center; padding: 8px 4px;
  color: var(--jp-ui-font-color1, #212121); font: 14px/1.45 system-ui, sans-serif;
  accent-color: var(--jp-brand-color1, #1976d2); }
[data-jp-theme-light="false"] .by-hand-line { --by-hand-0: #56b4e9; --by-hand-1: #e69f00; }
.by-hand-line .by-hand-picture { flex: 1 1 300px; max-width: 460px; min-width: 0; }
.by-hand-line .by-hand-picture svg { display: block; }
.by-hand-line .by-hand-panel { flex: 1 1 250px; max-width: 400px; min-width: 0; }
.by-hand-line .by-hand-slider { display: grid; grid-template-columns: 1fr auto; margin-bottom: 12px; }
.by-hand-line .by-hand-slider label b { font-weight: 600; }
.by-hand-line .by-hand-slider output { font-variant-numeric: tabular-nums; font-weight: 600; }
.by-hand-line .by-hand-slider input { grid-column: 1 / -1; width: 100%; margin: 4px 0 0; height: 22px; }
.by-hand-line .by-hand-numbers { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 16px 0 8px; }
.by-hand-line .by-hand-numbers div { min-width: 76px; }
.by-hand-line .by-hand-numbers span { display: block; }
.by-hand-line .by-hand-numbers .by-hand-caption { color: var(--jp-ui-font-color2, #555555); white-space: nowrap; }
.by-hand-line .by-hand-numbers .by-hand-value { font-size: 22px; font-variant-numeric: tabular-nums; }
.by-hand-line p { margin: 8px 0 12px; min-height: 4.4em; }
.by-hand-line button { font: inherit; color: inherit; padding: 4px 14px; cursor: pointer;
  background: var(--jp-layout-color2, #eeeeee);
  border: 1px solid var(--jp-border-color1, #999999); border-radius: 4px; }
.by-hand-line :focus-visible { outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 2px; }
`;

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function signed(value) {
  return (Math.abs(value) < 0.005 ? 0 : value).toFixed(2).replace("-", "−");
}

/** One labelled range input, bound both ways to a number of the model. */
function slider({ name, label, role, reach }, model, listen) {
  const id = `by-hand-line-${name}-${Math.random().toString(36).slice(2)}`;
  // Without the attribute JupyterLab takes the arrow keys for its own shortcuts.
  const keys = { "data-lm-suppress-shortcuts": "true" };
  const input = make("input", { id, type: "range", step: "0.01", ...keys });
  const output = make("output", { for: id });
  const show = () => {
    const value = model.get(name);
    const limit = Math.max(reach, Math.ceil(Math.abs(value)));
    Object.assign(input, { min: -limit, max: limit, value });
    input.setAttribute("aria-valuetext", signed(value));
    output.textContent = signed(value);
  };
  input.addEventListener("input", () => {
    model.set(name, Number(input.value));
    model.save_changes();
  });
  listen(`change:${name}`, show);
  const caption = make("label", { for: id }, make("b", {}, label), ` ${role}`);
  return make("div", { class: "by-hand-slider" }, caption, output, input);
}

function number(caption, event, text, listen) {
  const value = make("span", { class: "by-hand-value" });
  listen(event, () => (value.textContent = text()));
  return make("div", {}, make("span", { class: "by-hand-caption" }, caption), value);
}

function numbers(model, listen) {
  const loss = () => model.get("loss").toFixed(3);
  const lowest = () => model.get("lowest").toFixed(3);
  // Rounded down, as in the words: 100% means all of the points.
  const accuracy = () => `${Math.floor(100 * model.get("accuracy") + 1e-9)}%`;
  return make(
    "div",
    { class: "by-hand-numbers" },
    number("Loss", "change:loss", loss, listen),
    number("Lowest so far", "change:lowest", lowest, listen),
    number("Accuracy", "change:accuracy", accuracy, listen),
  );
}

/** Say the words only once the sliders rest, or a screen reader would never finish. */
function words(model, listen) {
  const paragraph = make("p", { "aria-live": "polite" });
  let timer;
  listen("change:words", () => {
    clearTimeout(timer);
    const say = () => (paragraph.textContent = model.get("words"));
    timer = paragraph.textContent ? setTimeout(say, 250) : say();
  });
  return paragraph;
}

function resetButton(model) {
  const button = make("button", { type: "button" }, "Back to the start");
  button.addEventListener("click", () => {
    const [w0, w1, b] = model.get("start");
    model.set({ w0, w1, b });
    model.save_changes();
  });
  return button;
}

function render({ model, el }) {
  const listeners = [];
  const listen = (event, action) => {
    model.on(event, action);
    listeners.push([event, action]);
    action();
  };
  const picture = make("div", { class: "by-hand-picture" });
  listen("change:picture", () => (picture.innerHTML = model.get("picture")));
  const panel = make("div", { class: "by-hand-panel" }, ...SLIDERS.map((s) => slider(s, model, listen)));
  panel.append(numbers(model, listen), words(model, listen), resetButton(model));
  el.append(make("style", {}, STYLE), make("div", { class: "by-hand-line" }, picture, panel));
  return () => listeners.forEach(([event, action]) => model.off(event, action));
}

export default { render };
