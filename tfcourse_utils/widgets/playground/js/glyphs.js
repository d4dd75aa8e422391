// The shapes of the points: a class has a shape besides its colour, as in the course's plots.

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = [
  "M1,0A1,1 0 1 1 -1,0A1,1 0 1 1 1,0Z", // circle
  "M0,-1.15L1.15,.85H-1.15Z", // triangle
  "M-.88,-.88H.88V.88H-.88Z", // square
  "M0,-1.25L1.25,0L0,1.25L-1.25,0Z", // diamond
  "M0,1.15L1.15,-.85H-1.15Z", // triangle upside down
  "M-.4,-1.1H.4V-.4H1.1V.4H.4V1.1H-.4V.4H-1.1V-.4H-.4Z", // plus
  "M0,-1.2L1.14,-.37L.71,.97H-.71L-1.14,-.37Z", // pentagon
  "M-1.2,0L-.6,-1.04H.6L1.2,0L.6,1.04H-.6Z", // hexagon
];
const PATHS = SHAPES.map((shape) => new Path2D(shape));
const [CIRCLE, UP, , , DOWN] = [0, 1, 2, 3, 4];

const isRegression = (scene) => scene.task === "regression";

/** Which shape a target has: its class, or for values up, down, or a circle for about 0. */
function shapeOf(scene, target) {
  if (!isRegression(scene)) return Math.round(target) % SHAPES.length;
  return Math.abs(target) < 0.1 ? CIRCLE : target > 0 ? UP : DOWN;
}

/** The place of a target in the table of colours; null for a class that the table has not yet. */
function indexOf(scene, target) {
  if (isRegression(scene)) return Math.round(127.5 * (target + 1));
  if (scene.task === "several classes") return 32 * target + 31;
  return target > 1 ? null : 255 * target;
}

/** Draw a point; one for testing is hollow. */
function drawGlyph(pen, shape, [x, y], size, { fill, edge, width }) {
  pen.save();
  pen.translate(x, y);
  pen.scale(size, size);
  pen.lineWidth = width / size;
  pen.lineJoin = "round";
  pen.fillStyle = fill;
  pen.strokeStyle = edge;
  pen.fill(PATHS[shape]);
  pen.stroke(PATHS[shape]);
  pen.restore();
}

/** A small picture of a shape for a legend. */
function glyph(shape, fill, edge = fill) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const attributes = { viewBox: "-1.6 -1.6 3.2 3.2", width: 14, height: 14, "aria-hidden": "true" };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  for (const [name, value] of Object.entries({ d: SHAPES[shape], fill, stroke: edge, "stroke-width": 0.35 }))
    path.setAttribute(name, value);
  svg.append(path);
  return svg;
}
