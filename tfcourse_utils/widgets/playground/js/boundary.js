// The square: what the network says of each place, the line between the classes, and the points.

const SIDE = 400; // of the square, in units of its canvases
const TICKS = [-6, -3, 0, 3, 6];
const share = (value) => (value + EDGE) / (2 * EDGE);
const across = (x) => SIDE * share(x);
const upwards = (y) => SIDE * (1 - share(y));

/** The square with its axes; `over` is for what else is put on it. */
function makeSquare() {
  const label = "The square, and what the network says of each place";
  const field = make("canvas", { class: "playground-field", role: "img", "aria-label": label });
  const layer = (name) => make("canvas", { class: `playground-${name}`, "aria-hidden": "true" });
  const line = layer("line"), dots = layer("points");
  const square = make("div", { class: "playground-square" }, field, line, dots);
  const axis = (name, place) =>
    make("div", { class: `playground-axis playground-${name}`, "aria-hidden": "true" },
      ...TICKS.map((value) => {
        const tick = make("span", {}, written(value));
        tick.style[place] = `${100 * share(value)}%`;
        return tick;
      }),
      make("i", {}, name));
  const plot = make("div", { class: "playground-plot" }, axis("y", "bottom"), square, axis("x", "left"));
  return { plot, square, field, line, dots };
}

/** Bytes that pass the middle of their range where there is a line: between classes, or at 0. */
function fieldsOf(bytes, { task, classes }) {
  if (task !== "several classes") return [bytes];
  const least = Math.floor((31 * (0.5 - 1 / classes)) / (1 - 1 / classes)); // the shade where two are as sure
  const sure = (byte) => 4 * Math.max((byte & 31) - least, 0);
  const belonging = (label) => (byte) => (byte >> 5 === label ? 128 + sure(byte) : 127 - sure(byte));
  // Of two neighbours one is not the last class: its own line is theirs.
  return Array.from({ length: classes - 1 }, (_, label) => bytes.map(belonging(label)));
}

/** Where on the way from one value to the next the middle is passed; -1 if it is not. */
const crossing = (one, other) => (one > 127.5 === other > 127.5 ? -1 : (one - 127.5) / (one - other));

/** Even out what rounding to bytes has made of a gentle slope. */
function smoothed(bytes) {
  const size = Math.sqrt(bytes.length), found = Float32Array.from(bytes);
  for (let row = 1; row < size - 1; row++)
    for (let column = 1; column < size - 1; column++) {
      const at = row * size + column;
      const sides = bytes[at - 1] + bytes[at + 1] + bytes[at - size] + bytes[at + size];
      const corners = bytes[at - size - 1] + bytes[at - size + 1] + bytes[at + size - 1] + bytes[at + size + 1];
      found[at] = (4 * bytes[at] + 2 * sides + corners) / 16;
    }
  return found;
}

/** Draw the lines of such fields. */
function drawLine(pen, fields, colours) {
  const path = new Path2D();
  for (const field of fields) addLine(path, smoothed(field));
  for (const [width, style] of [[3.5, colours.paper], [1.6, colours.ink]]) {
    pen.lineWidth = width;
    pen.strokeStyle = style;
    pen.stroke(path);
  }
}

/** Follow where values pass the middle, cell by cell. */
function addLine(path, values) {
  const size = Math.sqrt(values.length), cell = SIDE / (size - 1);
  for (let row = 0; row < size - 1; row++)
    for (let column = 0; column < size - 1; column++) {
      const at = row * size + column;
      const [a, b, c, d] = [values[at], values[at + 1], values[at + size], values[at + size + 1]];
      if (a > 127.5 === b > 127.5 && b > 127.5 === c > 127.5 && c > 127.5 === d > 127.5) continue;
      addSegments(path, cell, [column, row], [crossing(a, b), crossing(b, d), crossing(c, d), crossing(a, c)]);
    }
}

function addSegments(path, cell, [x, y], [top, right, bottom, left]) {
  const ends = [];
  if (top >= 0) ends.push([x + top, y]);
  if (right >= 0) ends.push([x + 1, y + right]);
  if (bottom >= 0) ends.push([x + bottom, y + 1]);
  if (left >= 0) ends.push([x, y + left]);
  for (let i = 0; i + 1 < ends.length; i += 2) {
    path.moveTo(cell * ends[i][0], cell * ends[i][1]);
    path.lineTo(cell * ends[i + 1][0], cell * ends[i + 1][1]);
  }
}

/** Places in the table without shades: the surest of each class, or the lowest and highest value. */
const discretized = (bytes, { task }) =>
  bytes.map(task === "several classes" ? (byte) => byte | 31 : (byte) => (byte > 127 ? 255 : 0));

/** Draw the network's outputs, or a neuron's picture in their place. */
function drawField({ field, line, scene, colours, frame }, picture) {
  const bytes = picture ?? frame.grid, isDiscrete = scene.discretized && !picture;
  paint(field, isDiscrete ? discretized(bytes, scene) : bytes, picture ? colours.pale : colours.field);
  field.classList.toggle("playground-pixels", isDiscrete);
  drawLine(penOf(line, [SIDE, SIDE]), fieldsOf(bytes, picture ? {} : scene), colours);
}

/** Draw the points, which stay while frames change. */
function drawPoints({ dots, scene, colours, points: { shown } }) {
  const pen = penOf(dots, [SIDE, SIDE]);
  const size = shown.length > 1500 ? 2.4 : shown.length > 700 ? 3.2 : 4;
  for (const point of shown) {
    if (point.isTest && !scene.test_points) continue;
    const look = lookOf(point, isRegression(scene), colours);
    const place = [across(point.x), upwards(point.y)];
    drawGlyph(pen, shapeOf(scene, point.target), place, point.isTest ? size * 0.85 : size, look);
  }
}

/** Fill and edge of a point; a value near 0 is as pale as what is behind it, so its edge is dark. */
function lookOf({ index, isTest }, isValue, { points, paper, ink: dark }) {
  const ink = index === null ? dark : css(points, index);
  if (!isValue) return isTest ? { fill: paper, edge: ink, width: 1.5 } : { fill: ink, edge: paper, width: 0.9 };
  if (!isTest) return { fill: ink, edge: dark, width: 0.7 };
  const edge = mixed(points[index], isDark() ? 0xe8e8e8 : 0x262626, 0.6);
  return { fill: paper, edge: css([edge], 0), width: 2 };
}

/** Say what the frame says of a place. */
function outputAt({ scene, frame }, [x, y]) {
  if (!frame) return "";
  const place = (value) => Math.round(share(value) * (frame.size - 1));
  const byte = frame.grid[(frame.size - 1 - place(y)) * frame.size + place(x)];
  if (isRegression(scene)) return `value ${written(byte / 127.5 - 1, 2)}`;
  const several = scene.task === "several classes";
  const label = several ? byte >> 5 : Number(byte > 127);
  if (scene.discretized) return `class ${label}`;
  const least = 1 / scene.classes;
  const chance = several ? least + ((byte & 31) / 31) * (1 - least) : label ? byte / 255 : 1 - byte / 255;
  return `class ${label}, ${Math.round(100 * chance)}%`;
}

const placeName = ([x, y]) => `x ${written(x, 1)}, y ${written(y, 1)}`;

/** What the colours and shapes mean: of the output, or of a neuron's picture in its place. */
function fillLegend(legend, { scene, colours }, isNeuron) {
  const line = make("span", {}, make("i"), isNeuron || isRegression(scene) ? "0" : "boundary");
  const solid = make("span", {}, glyph(CIRCLE, "currentColor"), "to train on");
  const hollow = make("span", {}, glyph(CIRCLE, "none", "currentColor"), "to test on");
  const keys = make("span", { class: "playground-key" }, line, ...(scene.test_points ? [solid, hollow] : []));
  legend.replaceChildren(...meanings(scene, colours, isNeuron), keys);
}

const named = (shape, ink, text) => make("span", {}, glyph(shape, ink), text);

function meanings(scene, { points, field, pale }, isNeuron) {
  if (isNeuron) return ["negative", barOf(pale), "positive"];
  if (scene.task === "several classes")
    return [...Array(scene.classes).keys()].map((each) => named(each, css(points, 32 * each + 31), `class ${each}`));
  const ends = isRegression(scene) ? [[DOWN, "−1"], [UP, "1"]] : [[CIRCLE, "class 0"], [UP, "class 1"]];
  const [low, high] = ends.map(([shape, text], i) => named(shape, css(points, 255 * i), text));
  return [low, barOf(field), high];
}

function barOf(table) {
  const stops = [0, 64, 128, 191, 255].map((i) => css(table, i)).join(", ");
  const bar = make("span", { class: "playground-bar" });
  bar.style.background = `linear-gradient(to right, ${stops})`;
  return bar;
}
