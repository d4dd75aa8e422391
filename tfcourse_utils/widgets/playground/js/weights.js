// Weights: lines as wide as they are large, dashed where negative; chosen there or in a list, and set by hand.

const NEAR = 7; // pixels from a line that still mean it

/** Both ends of a line, from the edge of a neuron to that of the next. */
function endsOf({ place: { spots, side }, sizes }, [layer, from, to]) {
  const [[x0, y0], [x1, y1]] = [spots[layer][from], spots[layer + 1][to]];
  const before = layer + 1 === sizes.length - 1 ? 9 : side / 2;
  return [x0 + side / 2, y0, x1 - before, y1];
}

/** Which neurons the weight at a place of a kernel leads from and to. */
const cellOf = (sizes, layer, at) => [Math.floor(at / sizes[layer + 1]), at % sizes[layer + 1]];

function drawLines(view) {
  const pen = penOf(view.lines, view.lines.area);
  const thinness = Math.max(Math.min(view.place.side / 30, 1), 0.4); // where neurons are small
  const inks = [css(view.colours.tints, 0), css(view.colours.tints, 255)];
  view.frame.weights.forEach((weights, layer) =>
    weights.forEach((weight, at) => {
      const ends = endsOf(view, [layer, ...cellOf(view.sizes, layer, at)]);
      drawWeight(pen, ends, weight, inks, thinness);
    }),
  );
  drawWayOut(pen, view);
  if (view.weight) drawChosen(pen, view);
}

function bend(pen, [x0, y0, x1, y1]) {
  const middle = (x0 + x1) / 2;
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.bezierCurveTo(middle, y0, middle, y1, x1, y1);
  pen.stroke();
}

function drawWeight(pen, ends, weight, inks, thinness) {
  const size = Math.abs(weight);
  pen.strokeStyle = inks[Number(weight > 0)];
  pen.globalAlpha = thinness * Math.min(0.25 + 0.75 * size, 1);
  const width = (pen.lineWidth = thinness * Math.min(0.5 + 2 * size ** 0.8, 7));
  pen.setLineDash(weight < 0 ? [Math.max(6, 1.5 * width), Math.max(4, 1.2 * width)] : []);
  bend(pen, ends);
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

/** Lead the outputs on to the square. */
function drawWayOut(pen, { place: { spots }, colours, lines, wayOut }) {
  if (!wayOut) return;
  pen.strokeStyle = pen.fillStyle = colours.ink;
  pen.lineWidth = 1.4;
  const right = lines.area[0] - 2;
  for (const [x, y] of spots[spots.length - 1]) bend(pen, [x + 10, y, right - 8, wayOut]);
  pen.beginPath();
  pen.moveTo(right, wayOut);
  pen.lineTo(right - 9, wayOut - 5);
  pen.lineTo(right - 9, wayOut + 5);
  pen.fill();
}

function drawChosen(pen, view) {
  const ends = endsOf(view, view.weight);
  for (const [width, style] of [[9, view.colours.paper], [7, view.colours.ink], [3.5, view.colours.paper]]) {
    pen.lineWidth = width;
    pen.strokeStyle = style;
    bend(pen, ends);
  }
}

/** The weight whose line passes nearest to a place; null if none is near. */
function weightAt(view, x, y) {
  let best = null, least = NEAR;
  view.frame.kernels.forEach(([inputs, outputs], layer) => {
    for (let from = 0; from < inputs; from++)
      for (let to = 0; to < outputs; to++) {
        const [x0, y0, x1, y1] = endsOf(view, [layer, from, to]);
        if (x < x0 || x > x1) continue;
        const along = alongBend((x - x0) / (x1 - x0));
        const distance = Math.abs(y0 + (y1 - y0) * along - y);
        if (distance < least) [best, least] = [[layer, from, to], distance];
      }
  });
  return best;
}

/** How far up a bend is after this share of its width: where 1.5t − 1.5t² + t³ is that share. */
function alongBend(wide) {
  let [low, high] = [0, 1];
  for (let i = 0; i < 20; i++) {
    const t = (low + high) / 2;
    if (1.5 * t - 1.5 * t * t + t ** 3 < wide) low = t;
    else high = t;
  }
  return low * low * (3 - 2 * low);
}

const weightName = (view, [layer, from, to]) =>
  `${neuronName(view, [layer, from])} → ${neuronName(view, [layer + 1, to])}`;

const valueOf = ({ frame, sizes }, [layer, from, to]) => frame.weights[layer][from * sizes[layer + 1] + to];

/** A list of all weights and a field for the value of the one that is chosen. */
function makeWeightForm(view) {
  const list = make("select", { "aria-label": "Weight" });
  const field = make("input", { type: "number", step: "any", "aria-label": "Its value", required: "" });
  const form = make("form", { class: "playground-weight" });
  form.append(make("label", {}, "Weight ", list), make("label", {}, "= ", field), make("button", { type: "submit" }, "Set"));
  list.addEventListener("change", () => chooseWeight(view, list.value ? JSON.parse(list.value) : null));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (view.weight && Number.isFinite(field.valueAsNumber)) sendWeight(view, field.valueAsNumber);
  });
  form.addEventListener("keydown", ({ key }) => key === "Escape" && chooseWeight(view, null));
  return Object.assign(form, { list, field });
}

function sendWeight({ model, frame, weight: [layer, row, column] }, value) {
  model.send({ weight: [frame.numbers[layer], row, column], value });
}

/** Fill the list, where the network has become another one. */
function renewWeights(view) {
  const { list } = view.form;
  const all = view.frame.kernels.flatMap(([inputs, outputs], layer) =>
    Array.from({ length: inputs * outputs }, (_, at) => [layer, Math.floor(at / outputs), at % outputs]));
  view.form.hidden = !view.scene.can_weigh || !all.length;
  const option = (weight) => make("option", { value: JSON.stringify(weight) }, weightName(view, weight));
  const key = JSON.stringify([view.sizes, view.scene.inputs, all.length]);
  if (key === view.form.key) return;
  view.form.key = key;
  list.replaceChildren(make("option", { value: "" }, "choose a line or name"), ...all.map(option));
  chooseWeight(view, null);
}

function chooseWeight(view, weight) {
  view.weight = weight;
  view.form.list.value = weight ? JSON.stringify(weight) : "";
  view.form.classList.toggle("playground-idle", !weight);
  for (const each of view.form.querySelectorAll("input, button")) each.disabled = !weight;
  view.form.field.value = "";
  showWeight(view);
  drawNetwork(view);
}

/** Show the present value, unless another is being written. */
function showWeight(view) {
  const { field } = view.form;
  if (!view.weight || !view.frame.weights.length || (document.activeElement === field && field.value)) return;
  field.value = valueOf(view, view.weight).toFixed(3);
}

/** Let lines be pointed at: they say what they are, and a click chooses one. */
function listenToLines(view) {
  const found = ({ clientX, clientY }) => {
    const { left, top } = view.lines.getBoundingClientRect();
    return view.frame?.weights.length ? weightAt(view, clientX - left, clientY - top) : null;
  };
  view.nodes.addEventListener("pointermove", (event) => {
    const weight = event.target === view.nodes ? found(event) : null;
    view.nodes.title = weight ? `${weightName(view, weight)}: ${written(valueOf(view, weight), 3)}` : "";
    view.nodes.classList.toggle("playground-hit", Boolean(weight) && view.scene.can_weigh);
  });
  view.nodes.addEventListener("click", (event) => {
    const weight = event.target === view.nodes && view.scene.can_weigh ? found(event) : null;
    if (!weight) return;
    chooseWeight(view, weight);
    view.form.field.focus();
    view.form.field.select();
  });
}
