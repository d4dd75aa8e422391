// Words that come into sight, with the focus, whenever their number changes.

function render({ model, el }) {
  const words = document.createElement("div");
  words.tabIndex = -1;
  el.append(words);
  const show = () => (words.innerHTML = model.get("html"));
  const come = () =>
    // What is hidden meanwhile is gone only in a later frame, and the page scrolls as it goes.
    setTimeout(() => {
      words.focus({ preventScroll: true });
      words.scrollIntoView({ block: "start" });
    }, 250);
  model.on("change:html", show);
  model.on("change:turn", come);
  show();
  return () => {
    model.off("change:html", show);
    model.off("change:turn", come);
  };
}

export default { render };
