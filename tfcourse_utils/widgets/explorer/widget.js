// The view of every explorer: controls, figures, words, and the SVG that Python draws.
// It computes nothing: every number and picture comes from the model.

// Every class is prefixed: JupyterLab extensions style bare names such as `panel`.
const STYLE = `
.explorer { display: flex; flex-wrap: wrap; gap: 12px 28px; align-items: flex-start; padding: 8px 4px;
  color: var(--jp-ui-font-color1, #212121); font: 14px/1.45 system-ui, sans-serif;
  accent-color: var(--jp-brand-color1, #1976d2); }
[data-jp-theme-light="false"] .explorer { --explorer-0: #56b4e9; --explorer-1: #e69f00;
  --explorer-2: #35c79a; --explorer-3: #e3a3c6; }
.explorer .explorer-picture { flex: 3 1 300px; min-width: 0; }
.explorer .explorer-picture svg { display: block; max-width: 100%; height: auto; }
.explorer .explorer-panel { flex: 1 1 250px; max-width: 400px; min-width: 0; }
.explorer .explorer-control { display: grid; grid-template-columns: 1fr auto; margin-bottom: 12px; }
.explorer .explorer-control[hidden] { display: none; }
.explorer .explorer-control label b { font-weight: 600; }
.explorer .explorer-control output { font-variant-numeric: tabular-nums; font-weight: 600; }
.explorer .explorer-control :is(input, select) { grid-column: 1 / -1; box-sizing: border-box; width: 100%;
  margin: 4px 0 0; min-height: 22px; }
.explorer .explorer-control :is(input[type="text"], select) { font: 15px/1.4 ui-monospace, monospace; padding: 3px 6px;
  color: inherit; background: var(--jp-layout-color0, #ffffff);
  border: 1px solid var(--jp-border-color1, #999999); border-radius: 4px; }
.explorer .explorer-numbers { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 16px 0 8px; }
.explorer .explorer-numbers div { min-width: 76px; }
.explorer .explorer-numbers span { display: block; }
.explorer .explorer-numbers .explorer-caption { color: var(--jp-ui-font-color2, #555555); white-space: nowrap; }
.explorer .explorer-numbers .explorer-value { font-size: 22px; font-variant-numeric: tabular-nums; }
.explorer p { margin: 8px 0 12px; min-height: 4.4em; white-space: pre-line; }
.explorer button { font: inherit; color: inherit; padding: 4px 14px; cursor: pointer;
  background: var(--jp-layout-color2, #eeeeee);
  border: 1px solid var(--jp-border-color1, #999999); border-radius: 4px; }
.explorer :focus-visible { outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 2px; }
`;

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// A slider's value, with the digits of its step and a real minus sign; one of powers has two.
function written(value, step, log) {
  if (log) return String(Number(value.toPrecision(2))).replace("-", "−");
  const digits = Math.max(0, Math.ceil(-Math.log10(step)));
  return (Math.abs(value) < step / 2 ? 0 : value).toFixed(digits).replace("-", "−");
}

const MAKERS = {
  slider: () => make("input", { type: "range" }),
  text: () => make("input", { type: "text", spellcheck: "false", autocomplete: "off" }),
  choice: ({ options }) => make("select", {}, ...options.map((option) => make("option", {}, option))),
};

/** Show the model's value in a control, unless that is what the reader has just put there. */
function show(input, output, control, value) {
  if (control.kind === "slider") {
    const { step, log } = control;
    output.textContent = written(value, step, log);
    const [low, high, place] = [control.low, control.high, value].map(log ? Math.log10 : Number);
    value = place;
    const [min, max] = [value < low ? Math.floor(value) : low, value > high ? Math.ceil(value) : high];
    Object.assign(input, { min, max, step });
    input.setAttribute("aria-valuetext", output.textContent);
  }
  if (input.value !== String(value)) input.value = value;
}

/** What a control holds: text, a number, or the number whose power of ten a slider moves. */
function held(input, { kind, log }) {
  if (kind !== "slider") return input.value;
  return log ? Number((10 ** Number(input.value)).toPrecision(2)) : Number(input.value);
}

/** One labelled control, bound both ways to a trait of the model. */
function control(index, model, listen) {
  const now = () => model.get("controls")[index];
  const { name, label, role } = now();
  const input = MAKERS[now().kind](now());
  const id = `explorer-${name}-${Math.random().toString(36).slice(2)}`;
  // Without the attribute JupyterLab takes the arrow keys for its own shortcuts.
  Object.entries({ id, "data-lm-suppress-shortcuts": "true" }).forEach((pair) => input.setAttribute(...pair));
  const output = make("output", { for: id });
  input.addEventListener("input", () => {
    model.set(name, held(input, now()));
    model.save_changes();
  });
  for (const event of [`change:${name}`, "change:controls"])
    listen(event, () => show(input, output, now(), model.get(name)));
  const caption = make("label", { for: id }, make("b", {}, label), role ? ` ${role}` : "");
  const place = make("div", { class: "explorer-control" }, caption, output, input);
  listen("change:controls", () => (place.hidden = !now().shown));
  return place;
}

function numbers(model, listen) {
  const place = make("div", { class: "explorer-numbers" });
  const number = ([caption, value]) =>
    make(
      "div",
      {},
      make("span", { class: "explorer-caption" }, caption),
      make("span", { class: "explorer-value" }, value),
    );
  listen("change:numbers", () => place.replaceChildren(...model.get("numbers").map(number)));
  return place;
}

/** Say the words only once the controls rest, or a screen reader would never finish. */
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
    model.set(model.get("start"));
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
  const picture = make("div", { class: "explorer-picture" });
  listen("change:picture", () => (picture.innerHTML = model.get("picture")));
  const controls = model.get("controls").map((_, index) => control(index, model, listen));
  const panel = make("div", { class: "explorer-panel" }, ...controls);
  panel.append(numbers(model, listen), words(model, listen), resetButton(model));
  el.append(make("style", {}, STYLE), make("div", { class: "explorer" }, picture, panel));
  return () => listeners.forEach(([event, action]) => model.off(event, action));
}

export default { render };
