// A text to select and copy, with its colours where Python has given it any.

function make(tag, attributes = {}) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Copy, and say whether it worked; a page that is not secure has no clipboard of its own. */
async function copied(text, from) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(from);
    return document.execCommand("copy");
  }
}

function render({ model, el }) {
  const view = make("div", { class: "playground-copy" });
  const text = make("pre", { tabindex: "0", role: "region", "data-lm-suppress-shortcuts": "true" });
  const button = make("button", { type: "button" });
  const status = make("span", { role: "status" });
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    const works = await copied(model.get("text"), text);
    status.textContent = works ? "Copied" : "The browser does not allow it: select the text instead";
  });
  const show = () => {
    text.setAttribute("aria-label", model.get("label"));
    text.classList.toggle("playground-wraps", model.get("wraps"));
    if (model.get("html")) text.innerHTML = model.get("html");
    else text.textContent = model.get("text");
    status.textContent = "";
  };
  const names = "change:text change:html change:label change:wraps";
  model.on(names, show);
  show();
  view.append(text, button, status);
  el.append(view);
  return () => model.off(names, show);
}

export default { render };
