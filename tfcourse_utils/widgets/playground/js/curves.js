// The losses over the epochs, with round numbers at both axes.

const LEGEND = 68; // pixels to the right of the curves, for their names

/** The round number (1, 2 or 5 times a power of ten) nearest above a part of a range. */
function roundStep(range, parts) {
  const power = 10 ** Math.floor(Math.log10(range / parts));
  return [1, 2, 5, 10].map((each) => each * power).find((step) => step >= range / parts * 0.999);
}

function ticksTo(high, parts) {
  const step = roundStep(high, parts);
  return Array.from({ length: Math.floor(high / step + 1e-9) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

function drawCurves({ curves, colours, frame, scene }) {
  curves.hidden = !scene.curves;
  if (curves.hidden) return;
  const [width, height] = curves.area, pen = penOf(curves, curves.area), [epochs, ...lines] = frame.curves;
  const losses = lines.flatMap((line) => [...line].filter(Number.isFinite));
  const high = Math.max(...losses, 1e-6) * 1.04, last = Math.max(epochs[epochs.length - 1] || 0, 10);
  const box = { left: 48, top: 10, right: width - LEGEND, bottom: height - 34 };
  const across = (epoch) => box.left + ((box.right - box.left) * epoch) / last;
  const upwards = (loss) => box.bottom - ((box.bottom - box.top) * loss) / high;
  drawAxes(pen, colours, box, { across, upwards, high, last });
  const ends = lines.map((line, which) => drawCurve(pen, { epochs, line, which, across, upwards, colours }));
  nameCurves(pen, ends);
  markNow(pen, frame, box, across, colours);
}

function drawAxes(pen, { ink }, box, { across, upwards, high, last }) {
  pen.fillStyle = pen.strokeStyle = ink;
  pen.lineWidth = 1;
  pen.textBaseline = "middle";
  for (const loss of ticksTo(high, 3)) {
    pen.globalAlpha = loss ? 0.16 : 0.7;
    pen.strokeRect(box.left, Math.round(upwards(loss)) + 0.5, box.right - box.left, 0);
    pen.globalAlpha = 0.8;
    pen.textAlign = "right";
    pen.fillText(loss, box.left - 8, upwards(loss));
  }
  pen.textAlign = "center";
  for (const epoch of ticksTo(last, 4)) pen.fillText(epoch.toLocaleString("en"), across(epoch), box.bottom + 13);
  pen.fillText("epoch", (box.left + box.right) / 2, box.bottom + 28);
  pen.save();
  pen.translate(8, (box.top + box.bottom) / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText("loss", 0, 0);
  pen.restore();
  pen.globalAlpha = 1;
}

/** Draw a curve; return where it ends, or null if there is none. */
function drawCurve(pen, { epochs, line, which, across, upwards, colours }) {
  if (!line.some(Number.isFinite)) return null;
  const ink = css(colours.tints, which ? 255 : 0);
  pen.strokeStyle = ink;
  pen.lineWidth = 2;
  pen.lineJoin = "round";
  pen.setLineDash(which ? [6, 4] : []);
  pen.beginPath();
  line.forEach((loss, i) => pen.lineTo(across(epochs[i]), upwards(loss)));
  pen.stroke();
  pen.setLineDash([]);
  const end = [across(epochs[epochs.length - 1]), upwards(line[line.length - 1])];
  return { which, end, ink };
}

/** Write the names beside the ends, one below the other where they would touch. */
function nameCurves(pen, ends) {
  const found = ends.filter(Boolean).sort((one, other) => one.end[1] - other.end[1]);
  if (found.length === 2 && found[1].end[1] - found[0].end[1] < 15) {
    const middle = (found[0].end[1] + found[1].end[1]) / 2;
    [found[0].at, found[1].at] = [middle - 7.5, middle + 7.5];
  }
  pen.textAlign = "left";
  for (const { which, end, at, ink: colour } of found) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(...end, 3, 0, 2 * Math.PI);
    pen.fill();
    pen.font = "600 12px system-ui, sans-serif";
    pen.fillText(which ? "test" : "training", end[0] + 9, at ?? end[1]);
  }
}

/** Mark the epoch that is seen, if it is not the last: somebody looks back. */
function markNow(pen, { epoch, curves: [epochs] }, { top, bottom }, across, { ink }) {
  if (!(epoch < epochs[epochs.length - 1])) return;
  pen.strokeStyle = ink;
  pen.lineWidth = 1.5;
  pen.strokeRect(across(epoch), top, 0, bottom - top);
}
