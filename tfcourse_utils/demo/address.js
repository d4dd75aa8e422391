// The end of the page's address: read where the reader opens or changes it, and kept up to date.

const QUIET = 400; // milliseconds after the last thing done
const DEEDS = ["change", "click", "keyup"];

function render({ model }) {
  let waiting = 0;
  const ask = () => {
    model.set("asked", location.hash);
    model.save_changes();
  };
  const done = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => model.send("done"), QUIET);
  };
  const show = () => {
    // No entry of the history for each change; and this is no "hashchange", so it is not heard here.
    if (model.get("link")) history.replaceState(null, "", model.get("link"));
  };
  if (location.hash.length > 1) ask();
  addEventListener("hashchange", ask);
  DEEDS.forEach((deed) => document.addEventListener(deed, done));
  model.on("change:link", show);
  return () => {
    clearTimeout(waiting);
    removeEventListener("hashchange", ask);
    DEEDS.forEach((deed) => document.removeEventListener(deed, done));
    model.off("change:link", show);
  };
}

export default { render };
