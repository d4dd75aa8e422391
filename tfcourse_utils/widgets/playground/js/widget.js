// The whole view: its parts put together, and frames drawn as they come.

const ACKNOWLEDGED = 30; // every so many frames
const SELDOM = 80; // milliseconds between two pictures of the network, of the curves and of the numbers
const ENDED = "The kernel was restarted or has ended, and the training with it: run the cell again.";
const NARROW = 700; // pixels, below which the parts stand one below the other

/** Wait for the browser's next picture; where nobody looks there is none. */
function nextPicture() {
  return new Promise((done) => {
    if (document.hidden) return done();
    requestAnimationFrame(done);
    setTimeout(done, 500);
  });
}

/** Draw frames one after the other; of those that come meanwhile, the newest. */
function follower(model, draw) {
  let newest = null, isBusy = false, acknowledged = 0;
  return async (content, buffers) => {
    if (content.kind !== "frame") return;
    newest = [content, buffers[0]];
    if (isBusy) return;
    isBusy = true;
    try {
      while (newest) {
        await nextPicture();
        const [next, data] = newest;
        newest = null;
        draw(parsed(next, await inflated(data)));
        if (Math.floor(next.number / ACKNOWLEDGED) > acknowledged) {
          acknowledged = Math.floor(next.number / ACKNOWLEDGED);
          model.send({ drawn: next.number });
        }
      }
    } finally {
      isBusy = false;
    }
  };
}

/** Return a function that does something now, or soon if it was done a moment ago. */
function seldom(action) {
  let timer = 0, last = -Infinity;
  const act = () => {
    [timer, last] = [0, performance.now()];
    action();
  };
  return Object.assign(() => {
    if (performance.now() - last >= SELDOM) act();
    else timer ||= setTimeout(act, SELDOM);
  }, { stop: () => clearTimeout(timer) });
}

/** Make all elements of the view; `view` is what its parts share. */
function build(view) {
  const box = (name, attributes, ...children) => make("div", { class: `playground-${name}`, ...attributes }, ...children);
  const said = (name, attributes) => make("p", { class: `playground-${name}`, ...attributes });
  Object.assign(view, makeSquare(), {
    progress: said("progress", {}), reason: said("reason", { role: "alert" }),
    words: said("words", { "aria-live": "polite" }), told: said("told", { role: "status" }),
    lines: make("canvas", { class: "playground-lines", "aria-hidden": "true" }),
    nodes: box("nodes", { role: "group", "aria-label": "Neurons: arrow keys go from one to the next" }),
    curves: make("canvas", { class: "playground-curves", role: "img", "aria-label": "Losses over the epochs" }),
    legend: box("legend", {}), caption: make("b"), readout: make("span", { class: "playground-readout" }),
    tools: makeTools(view), paste: makePaste(view), form: makeWeightForm(view),
  });
  for (const canvas of [view.lines, view.curves]) canvas.area = [0, 0];
  const signs = make("p", { class: "playground-signs" }, ...signsOf());
  const diagram = box("diagram", {}, view.lines, view.nodes);
  view.network = box("network", { role: "group", "aria-label": "Network" }, diagram, signs, view.form);
  const hair = box("hair", { "aria-hidden": "true" });
  view.square.append(hair);
  Object.assign(view.square, { tabIndex: 0 });
  view.square.setAttribute("role", "application");
  const head = make("p", { class: "playground-caption" }, view.caption, view.readout);
  const left = box("left", {}, view.network, view.curves);
  const right = box("right", {}, head, view.plot, view.legend, view.tools, view.paste, view.told);
  view.root = make("div", { class: "playground", "data-lm-suppress-shortcuts": "true" },
    view.progress, view.reason, box("pictures", {}, left, right, view.words));
}

const signsOf = () =>
  ["negative", "positive"].map((sign) => make("span", { class: `playground-${sign}` }, make("i"), `${sign} weight`));

function showWords({ progress, reason, frame, ended }) {
  const parts = frame.progress.split(" · ").flatMap((part, i) => [...(i ? [" · "] : []), ...numbersIn(part)]);
  progress.replaceChildren(...parts);
  const said = ended || frame.reason; // frames may still be on their way when the kernel ends
  if (reason.textContent !== said) reason.textContent = said;
}

const numbersIn = (part) => part.split(/(\d[\d.,]*|–)/).map((each, i) => (i % 2 ? make("b", {}, each) : each));

function showField(view) {
  const { looked, sizes } = view;
  const picture = looked && sizes ? pictureOf(view, looked) : null;
  view.caption.textContent = picture ? capitalized(neuronName(view, looked)) : "Output";
  drawField(view, picture);
  if (view.isInside !== Boolean(picture)) fillLegend(view.legend, view, Boolean(picture));
  view.isInside = Boolean(picture);
}

/** Take over theme, scene and points, and draw all anew. */
function renew(view) {
  view.colours = coloursOf(view.model);
  view.scene = view.model.get("scene");
  const style = view.root.style, { tints } = view.colours;
  style.setProperty("--low", css(tints, 0));
  style.setProperty("--high", css(tints, 255));
  fillLegend(view.legend, view, view.isInside);
  renewTools(view);
  drawPoints(view);
  if (!view.frame) return;
  drawNetwork(view, true);
  drawCurves(view);
  showField(view);
}

function resize(view) {
  const isNarrow = view.root.clientWidth < NARROW;
  view.root.classList.toggle("playground-stacked", isNarrow);
  // Asked for once: to ask while frames are drawn would lay the page out each time.
  for (const canvas of [view.lines, view.curves]) canvas.area = [canvas.clientWidth, canvas.clientHeight];
  const [square, lines] = [view.square, view.lines].map((each) => each.getBoundingClientRect());
  const middle = square.top + square.height / 2 - lines.top;
  view.wayOut = isNarrow ? 0 : Math.min(Math.max(middle, 20), lines.height - 20);
  if (view.frame) {
    drawNetwork(view, true);
    drawCurves(view);
  }
}

function render({ model, el }) {
  const view = { model, scene: model.get("scene"), colours: coloursOf(model), frame: null, frames: 0 };
  Object.assign(view, { looked: null, weight: null, tool: "look", at: [0, 0] });
  view.say = (text) => (view.told.textContent = text);
  view.points = new Points(model, () => {
    drawPoints(view);
    renewTools(view);
  });
  build(view);
  view.look = (place) => {
    view.looked = place;
    if (view.frame) showField(view);
  };
  el.append(view.root);
  listenToPointer(view);
  listenToKeys(view);
  listenToLines(view);

  const besides = seldom(() => {
    drawNetwork(view);
    drawCurves(view);
    showWords(view);
    showWeight(view);
    if (view.readout.textContent) pointAt(view, view.at);
  });
  const follow = follower(model, (frame) => {
    view.frame = frame;
    showField(view);
    besides();
    view.field.dataset.frames = view.frames += 1; // drawn so far, for who measures
  });
  return connected(view, { follow, besides });
}

/** Let arrow keys choose in a control, and letters not, as in a cell of a notebook, act on that. */
function keepKey(event) {
  if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
}

/** Listen to the model, the theme and the size of the page; return what ends that. */
function connected(view, { follow, besides }) {
  const { model, root } = view;
  const listeners = {
    "msg:custom": follow,
    "change:scene change:palettes change:inputs": () => renew(view),
    "change:points": () => {
      view.points.receive();
      renew(view);
    },
    comm_live_update: () => {
      view.ended = root.closest(".jupyter-widgets-disconnected") ? ENDED : "";
      if (view.frame) showWords(view);
    },
    "change:words": () => (view.words.textContent = model.get("words")),
  };
  for (const [event, action] of Object.entries(listeners)) model.on(event, action);
  const themes = new MutationObserver(() => renew(view));
  themes.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  const sizes = new ResizeObserver(() => {
    root.closest(".playground-all")?.addEventListener("keydown", keepKey);
    resize(view);
  });
  for (const each of [root, view.lines, view.curves]) sizes.observe(each);
  listeners["change:words"]();
  renew(view);
  model.send("hello");
  return () => {
    themes.disconnect();
    sizes.disconnect();
    besides.stop();
    if (view.points.timer) view.points.send();
    for (const [event, action] of Object.entries(listeners)) model.off(event, action);
    model.send("gone");
  };
}

export default { render };
