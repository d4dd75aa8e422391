// The view of the playground: it draws frames that Python sends, and says how far it is.

const PLOT = 400, LEFT = 30, BELOW = 24, EDGE = 6; // pixels of the plot; units of the plane
const ACKNOWLEDGED = 30; // every so many frames
const NEURON = 34, WIDE = 440, HIGH = 290, CURVES = 130;

function make(tag, attributes = {}) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** A canvas in units of CSS, sharp on any screen; return it and what draws on it. */
function sheet(width, height, label) {
  const scale = Math.max(window.devicePixelRatio || 1, 1);
  const canvas = make("canvas", { width: width * scale, height: height * scale, role: "img" });
  canvas.setAttribute("aria-label", label);
  canvas.style.width = `${width}px`;
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.font = "12px system-ui, sans-serif";
  return { canvas, pen, width, height };
}

const isDark = () => document.body.dataset.jpThemeLight === "false";
const ink = () => (isDark() ? "#e0e0e0" : "#333333");

/** Of the six tables of 256 colours: outputs 0, points 1, neurons 2; as pixels of a canvas. */
function table(model, which) {
  const { buffer, byteOffset } = model.get("palettes");
  const bytes = new Uint8Array(buffer, byteOffset + 768 * (2 * which + isDark()), 768);
  const pixel = (_, i) => bytes[3 * i] | (bytes[3 * i + 1] << 8) | (bytes[3 * i + 2] << 16) | (255 << 24);
  return Uint32Array.from({ length: 256 }, pixel);
}

const colour = (colours, i) => `rgb(${colours[i] & 255}, ${(colours[i] >> 8) & 255}, ${(colours[i] >> 16) & 255})`;

async function inflated(data) {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

/** Take the numbers of a frame apart, in the order in which Python puts them together. */
function parsed(content, buffer) {
  let at = 0;
  const take = (Kind, count) => {
    const part = new Kind(buffer, at, count);
    at += part.byteLength;
    return part;
  };
  const kernels = content.kernels.map(([inputs, outputs]) => take(Float32Array, inputs * outputs));
  const curves = [0, 1, 2].map(() => take(Float32Array, content.rows));
  const grid = take(Uint8Array, content.size ** 2);
  const neurons = content.neurons.map(([count, size]) =>
    Array.from({ length: count }, () => take(Uint8Array, size * size)),
  );
  return { ...content, weights: kernels, curves, grid, pictures: neurons };
}

/** A small canvas of bytes, each a place in a table of colours. */
function bitmap(bytes, colours) {
  const size = Math.sqrt(bytes.length);
  const canvas = make("canvas", { width: size, height: size });
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(size, size);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = colours[bytes[i]];
  pen.putImageData(image, 0, 0);
  return canvas;
}

const across = (x) => LEFT + (PLOT * (x + EDGE)) / (2 * EDGE);
const up = (y) => 6 + PLOT - (PLOT * (y + EDGE)) / (2 * EDGE);

function drawBoundary({ pen, width, height }, points, model, frame) {
  pen.clearRect(0, 0, width, height);
  pen.imageSmoothingEnabled = !model.get("scene").discretized;
  pen.drawImage(bitmap(frame.grid, table(model, 0)), LEFT, 6, PLOT, PLOT);
  pen.drawImage(points.canvas, 0, 0, width, height);
}

/** Axes and points, which stay while frames change. */
function drawPoints({ pen, width, height }, model) {
  pen.clearRect(0, 0, width, height);
  pen.strokeStyle = pen.fillStyle = ink();
  pen.strokeRect(LEFT, 6, PLOT, PLOT);
  for (const value of [-6, -3, 0, 3, 6]) {
    const text = String(value).replace("-", "−");
    pen.textAlign = "center";
    pen.fillText(text, across(value), 6 + PLOT + 16);
    pen.textAlign = "right";
    pen.fillText(text, LEFT - 6, up(value) + 4);
  }
  const { buffer, byteOffset, byteLength } = model.get("points");
  const rows = new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
  const inks = table(model, 1), paper = isDark() ? "#000000" : "#ffffff";
  for (let i = 0; i < rows.length; i += 4) {
    const [x, y, index, isTest] = rows.subarray(i, i + 4);
    if (isTest && !model.get("scene").test_points) continue;
    pen.beginPath();
    pen.arc(across(x), up(y), isTest ? 3 : 3.5, 0, 2 * Math.PI);
    pen.fillStyle = isTest ? paper : colour(inks, index);
    pen.strokeStyle = isTest ? colour(inks, index) : paper;
    pen.lineWidth = isTest ? 1.6 : 0.8;
    pen.fill();
    pen.stroke();
  }
  pen.lineWidth = 1;
}

/** Where each neuron's middle is: inputs, hidden layers and outputs from left to right. */
function places(sizes) {
  const step = (WIDE - 90) / (sizes.length - 1);
  return sizes.map((count, layer) =>
    Array.from({ length: count }, (_, i) => [50 + layer * step, (HIGH * (i + 0.5)) / count]),
  );
}

function drawNetwork({ canvas, pen, width, height }, model, frame) {
  canvas.hidden = frame.kernels.length === 0;
  if (canvas.hidden) return;
  pen.clearRect(0, 0, width, height);
  const sizes = [frame.kernels[0][0], ...frame.kernels.map(([, outputs]) => outputs)];
  const spots = places(sizes), tints = table(model, 2);
  const side = Math.max(Math.min(NEURON, HIGH / Math.max(...sizes) - 3), 6);
  frame.weights.forEach((weights, layer) => {
    weights.forEach((weight, i) => {
      const [from, to] = [Math.floor(i / sizes[layer + 1]), i % sizes[layer + 1]];
      const [[x0, y0], [x1, y1]] = [spots[layer][from], spots[layer + 1][to]];
      pen.strokeStyle = colour(tints, weight < 0 ? 0 : 255);
      pen.lineWidth = Math.min(0.3 + 2 * Math.abs(weight), 8);
      pen.beginPath();
      pen.moveTo(x0, y0);
      pen.bezierCurveTo((x0 + x1) / 2, y0, (x0 + x1) / 2, y1, x1, y1);
      pen.stroke();
    });
  });
  drawNeurons(pen, model, frame, spots, side, tints);
}

function drawNeurons(pen, model, frame, spots, side, tints) {
  const inputs = model.get("scene").inputs;
  const paper = isDark() ? "#1c1c1c" : "#ffffff";
  pen.lineWidth = 1;
  pen.textAlign = "center";
  spots.forEach((layer, number) =>
    layer.forEach(([x, y], i) => {
      const box = [x - side / 2, y - side / 2, side, side];
      const bytes = number === spots.length - 1 ? null : frame.pictures[number - 1]?.[i];
      pen.fillStyle = paper;
      pen.fillRect(...box);
      if (bytes) pen.drawImage(bitmap(bytes, tints), ...box);
      pen.strokeStyle = pen.fillStyle = ink();
      pen.strokeRect(...box);
      if (number === 0) pen.fillText(inputs[i] ?? "", x, y + 4);
      if (number === spots.length - 1) pen.fillText(layer.length > 1 ? String(i) : "out", x, y + 4);
    }),
  );
}

function drawCurves({ canvas, pen, width, height }, model, frame) {
  canvas.hidden = !model.get("scene").curves;
  if (canvas.hidden) return;
  pen.clearRect(0, 0, width, height);
  const [epochs, ...lines] = frame.curves;
  const high = Math.max(...lines.flatMap((line) => [...line].filter(Number.isFinite)), 1e-9);
  const last = Math.max(epochs[epochs.length - 1] || 0, 1);
  const bottom = height - 22, right = width - 80;
  pen.lineWidth = 1;
  pen.strokeStyle = pen.fillStyle = ink();
  pen.strokeRect(LEFT + 10, 8, right - LEFT - 10, bottom - 8);
  pen.textAlign = "right";
  pen.fillText(high.toPrecision(2), LEFT + 6, 16);
  pen.fillText("0", LEFT + 6, bottom + 4);
  pen.fillText(`epoch ${last}`, right, height - 6);
  lines.forEach((line, which) => drawCurve(pen, epochs, line, { which, high, last, bottom, right, colours: table(model, 2) }));
}

function drawCurve(pen, epochs, line, { which, high, last, bottom, right, colours }) {
  if (!line.some(Number.isFinite)) return;
  const across = (epoch) => LEFT + 10 + ((right - LEFT - 10) * epoch) / last;
  const up = (loss) => bottom - ((bottom - 8) * loss) / high;
  pen.strokeStyle = pen.fillStyle = colour(colours, which ? 255 : 0);
  pen.lineWidth = 2;
  pen.setLineDash(which ? [6, 4] : []);
  pen.beginPath();
  line.forEach((loss, i) => pen.lineTo(across(epochs[i]), up(loss)));
  pen.stroke();
  pen.setLineDash([]);
  pen.textAlign = "left";
  pen.fillText(which ? "test" : "training", right + 4, 20 + 16 * which);
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

function render({ model, el }) {
  const area = [LEFT + PLOT + 12, PLOT + BELOW + 6];
  const boundary = sheet(...area, "The square, and what the network says of each place");
  const points = sheet(...area, ""); // never in the page: a layer of the other
  const network = sheet(WIDE, HIGH, "The network: weights as lines, each neuron's output as a picture");
  const curves = sheet(WIDE, CURVES, "Losses over the epochs");
  const progress = make("p", { class: "playground-progress" });
  const reason = make("p", { class: "playground-reason", role: "alert" });
  const words = make("p", { class: "playground-words", "aria-live": "polite" });
  const [view, pictures, right] = ["playground", "playground-pictures", "playground-right"].map((name) => make("div", { class: name }));
  right.append(network.canvas, curves.canvas);
  pictures.append(boundary.canvas, right);
  view.append(progress, reason, pictures, words);
  el.append(view);

  let frame = null;
  const draw = (next) => {
    frame = next ?? frame;
    if (!frame) return;
    progress.textContent = frame.progress;
    if (reason.textContent !== frame.reason) reason.textContent = frame.reason;
    drawBoundary(boundary, points, model, frame);
    drawNetwork(network, model, frame);
    drawCurves(curves, model, frame);
  };
  const follow = follower(model, draw);
  const again = () => {
    drawPoints(points, model);
    draw(null);
  };
  const say = () => (words.textContent = model.get("words"));
  model.on("msg:custom", follow);
  model.on("change:scene change:points", again);
  model.on("change:words", say);
  const themes = new MutationObserver(again);
  themes.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  say();
  again();
  model.send("hello");
  return () => {
    themes.disconnect();
    model.off("msg:custom", follow);
    model.off("change:scene change:points", again);
    model.off("change:words", say);
    model.send("gone");
  };
}

export default { render };
