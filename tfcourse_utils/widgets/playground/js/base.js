// The view of the playground: it draws frames that Python sends, and sends what is done in them.
// This part: elements, canvases, colours, and the bytes of a frame.

const EDGE = 6; // the largest coordinate of the plane

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Make a canvas sharp on any screen, of a size in units of CSS; return its clean pen. */
function penOf(canvas, [width, height]) {
  const scale = window.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  const pen = canvas.getContext("2d");
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.font = "12px system-ui, sans-serif";
  return pen;
}

/** Write a number with so many digits and a real minus sign. */
function written(value, digits) {
  const text = digits === undefined ? String(value) : value.toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

const isDark = () => document.body.dataset.jpThemeLight === "false";

/** The colours of the present theme: tables of 256 pixels for outputs, points and neurons.
 *  `pale` are those of neurons where points have to be seen on them. */
function coloursOf(model) {
  const { buffer, byteOffset } = model.get("palettes");
  const [field, points, tints] = [0, 1, 2].map((which) => {
    const bytes = new Uint8Array(buffer, byteOffset + 768 * (2 * which + isDark()), 768);
    const pixel = (_, i) => bytes[3 * i] | (bytes[3 * i + 1] << 8) | (bytes[3 * i + 2] << 16) | (255 << 24);
    return Uint32Array.from({ length: 256 }, pixel);
  });
  const dark = isDark(), paper = tints[127];
  const pale = tints.map((tint) => mixed(tint, paper, 0.7));
  return { field, points, tints, pale, ink: dark ? "#e8e8e8" : "#262626", paper: dark ? "#111111" : "#ffffff" };
}

/** A share of one pixel, and the rest of another. */
function mixed(one, other, part) {
  const channel = (at) => Math.round(part * ((one >> at) & 255) + (1 - part) * ((other >> at) & 255)) << at;
  return channel(0) | channel(8) | channel(16) | (255 << 24);
}

const css = (table, i) => `rgb(${table[i] & 255}, ${(table[i] >> 8) & 255}, ${(table[i] >> 16) & 255})`;

/** Put bytes, each a place in a table of colours, on a canvas of a pixel each. */
function paint(canvas, bytes, table) {
  const size = Math.sqrt(bytes.length);
  if (canvas.width !== size || !canvas.image) {
    Object.assign(canvas, { width: size, height: size });
    canvas.image = new ImageData(size, size);
    canvas.pixels = new Uint32Array(canvas.image.data.buffer);
  }
  for (let i = 0; i < bytes.length; i++) canvas.pixels[i] = table[bytes[i]];
  canvas.getContext("2d").putImageData(canvas.image, 0, 0);
}

async function inflated(data) {
  const { writable, readable } = new DecompressionStream("deflate");
  const writer = writable.getWriter();
  writer.write(data);
  writer.close();
  return new Response(readable).arrayBuffer();
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
  const pictures = content.neurons.map(([count, size]) =>
    Array.from({ length: count }, () => take(Uint8Array, size * size)),
  );
  return { ...content, weights: kernels, curves, grid, pictures };
}

/** The pictures of the inputs, as of neurons. */
function inputPictures(model) {
  const { buffer, byteOffset, byteLength } = model.get("inputs");
  const count = model.get("scene").inputs.length, each = byteLength / count;
  return Array.from({ length: count }, (_, i) => new Uint8Array(buffer, byteOffset + i * each, each));
}

/** Points as objects; `target` is a class or a value, `index` its place in the table of colours. */
function pointsOf(model) {
  const { buffer, byteOffset, byteLength } = model.get("points");
  const rows = new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
  return Array.from({ length: rows.length / 5 }, (_, i) => {
    const [x, y, index, isTest, target] = rows.subarray(5 * i, 5 * i + 5);
    return { x, y, index, isTest: isTest > 0, target };
  });
}
