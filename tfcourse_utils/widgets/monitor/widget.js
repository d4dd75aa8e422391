// The view of a training while it lasts: the curves, which Python draws, and a stop button.

const STYLE = `
.monitor { position: relative; max-width: 840px; padding: 8px 4px; color: var(--jp-ui-font-color1, #212121); font: 14px/1.45 system-ui, sans-serif; }
[data-jp-theme-light="false"] .monitor { --explorer-0: #56b4e9; --explorer-1: #e69f00; }
.monitor .monitor-picture svg { display: block; max-width: 100%; height: auto; }
.monitor p { margin: 6px 0 4px; min-height: 1.45em; }
.monitor button { position: absolute; top: 12px; right: 4px; z-index: 1;
  font: inherit; font-weight: 600; color: inherit; padding: 6px 20px; cursor: pointer; background: var(--jp-layout-color2, #eeeeee);
  border: 1px solid var(--jp-border-color1, #999999); border-radius: 4px; }
.monitor button:disabled { cursor: default; opacity: 0.6; }
.monitor :focus-visible { outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 2px; }
`;
const STOPPING = "Stopping: this batch and any validation are finished first.";
const BY_HAND = "Press the notebook's own stop button: it stops training as gently as this one.";

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Ask for the end of training; return what to say. */
async function stop(model) {
  model.send("stop");
  // A kernel that trains in a cell hears no message: an interrupt reaches it.
  if (!model.get("interrupts")) return STOPPING;
  try {
    await model.widget_manager.kernel.interrupt();
    return STOPPING;
  } catch {
    return BY_HAND;
  }
}

function stopButton(model, say) {
  const attributes = { type: "button", "data-lm-suppress-shortcuts": "true" };
  const button = make("button", attributes, "Stop training");
  button.addEventListener("click", async () => {
    button.disabled = true;
    say(STOPPING);
    say(await stop(model));
  });
  return button;
}

function render({ model, el }) {
  const picture = make("div", { class: "monitor-picture" });
  const verdict = make("p", { role: "status" });
  const say = (text) => text !== verdict.textContent && (verdict.textContent = text);
  const button = stopButton(model, say);
  el.append(make("style", {}, STYLE), make("div", { class: "monitor" }, button, picture, verdict));

  let frame = 0;
  const draw = () => {
    frame = 0;
    picture.innerHTML = model.get("picture");
    const phase = model.get("phase");
    if (!button.disabled || phase !== "running") say(model.get("verdict"));
    button.disabled ||= phase === "stopping";
  };
  // A slow browser draws the newest state only.
  const soon = () => (frame ||= requestAnimationFrame(draw));
  model.on("change", soon);
  draw();
  return () => {
    cancelAnimationFrame(frame);
    model.off("change", soon);
  };
}

export default { render };
