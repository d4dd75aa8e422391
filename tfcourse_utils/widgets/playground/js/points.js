// The points while they are drawn: changed here at once, sent now and then, and taken over as they come back.

const PAUSE = 250; // milliseconds between two messages while one draws on
const MOST_POINTS = 5000, MOST_CLASSES = 8, MOST_UNDONE = 100;

const rounded = (value) => Math.round(value * 1e4) / 1e4;
const inSquare = (value) => rounded(Math.min(Math.max(value, -EDGE), EDGE));

/** Points that may be ahead of Python's: `shown` are to be seen, `sent` not yet come back. */
class Points {
  constructor(model, changed) {
    Object.assign(this, { model, changed, past: [], sent: [], timer: 0, last: -Infinity });
    this.shown = pointsOf(model);
  }

  /** Whether Python has not yet taken over what is drawn. */
  get isAhead() {
    return Boolean(this.timer || this.sent.length);
  }

  /** Take over what comes from Python, unless it is an older state of what is drawn here. */
  receive() {
    const found = pointsOf(this.model);
    const place = this.sent.findIndex((rows) => areSame(rows, found));
    if (place >= 0 && (place < this.sent.length - 1 || this.timer)) return;
    if (place < 0) this.past = [];
    clearTimeout(this.timer);
    Object.assign(this, { sent: [], timer: 0, shown: found });
  }

  /** Remember the present points, for undoing what comes next. */
  remember() {
    this.past = [...this.past.slice(1 - MOST_UNDONE), this.shown];
  }

  /** Forget what was remembered last, if nothing has come of it. */
  forgetIfSame() {
    if (this.past.at(-1) === this.shown) this.past.pop();
  }

  change(points) {
    this.shown = points;
    this.changed();
    const wait = this.last + PAUSE - performance.now();
    this.timer ||= setTimeout(() => this.send(), Math.max(wait, 0));
  }

  send() {
    clearTimeout(this.timer);
    Object.assign(this, { timer: 0, last: performance.now() });
    const rows = this.shown.map(({ x, y, target }) => [rounded(x), rounded(y), rounded(target)]);
    if (this.sent.length || !areSame(rows, pointsOf(this.model))) {
      this.sent = [...this.sent.slice(-20), rows];
      this.model.send({ points: rows });
    }
    this.changed();
  }

  /** Take back the last change; false if there is none. */
  undo() {
    const before = this.past.pop();
    if (before) this.change(before);
    return Boolean(before);
  }

  /** Add points; false if there is no room for them. */
  add(places) {
    const scene = this.model.get("scene");
    if (this.shown.length + places.length > MOST_POINTS) return false;
    const added = places.map(({ x, y, target }) =>
      ({ x: inSquare(x), y: inSquare(y), target, isTest: false, index: indexOf(scene, target) }));
    this.change([...this.shown, ...added]);
    return true;
  }

  /** Take away the points that are seen within a distance; return how many there were. */
  erase([x, y], distance) {
    const { test_points: areTestSeen } = this.model.get("scene");
    const isFar = (each) => (each.isTest && !areTestSeen) || Math.hypot(each.x - x, each.y - y) > distance;
    const left = this.shown.filter(isFar), gone = this.shown.length - left.length;
    if (gone) this.change(left);
    return gone;
  }
}

function areSame(rows, points) {
  if (rows.length !== points.length) return false;
  const near = (one, other) => Math.abs(one - other) < 1e-3;
  return rows.every(([x, y, target], i) => near(x, points[i].x) && near(y, points[i].y) && near(target, points[i].target));
}

/** Read lines of x, y and target, with commas, semicolons or tabs between them.
 *  Throw an Error that says which line is not such a one, and why. */
function readPoints(text, scene) {
  const lines = text.split(/\r?\n/).map((line, i) => [line.trim(), i + 1]).filter(([line]) => line);
  if (lines.length && !/\d/.test(lines[0][0])) lines.shift(); // the names of the columns
  if (!lines.length) throw new Error("There are no lines of x, y, target.");
  return lines.map(([line, number]) => readPoint(line, number, scene));
}

function readPoint(line, number, scene) {
  const shown = line.length > 40 ? `${line.slice(0, 39)}…` : line;
  const parts = /[\t;]/.test(line) ? line.replaceAll(",", ".").split(/[\t;]/) : line.split(",");
  const [x, y, target] = parts.map((part) => (part.trim() ? Number(part.replace("−", "-")) : NaN));
  const bad = (said) => new Error(`Line ${number} ${said}: “${shown}”. No points were added.`);
  if (parts.length !== 3 || ![x, y, target].every(Number.isFinite))
    throw bad("should be three numbers, x, y and target, but is");
  if (Math.max(Math.abs(x), Math.abs(y)) > EDGE) throw bad("lies outside the square, where x and y are from −6 to 6");
  if (isRegression(scene) ? Math.abs(target) > 1 : !(Number.isInteger(target) && target >= 0 && target < MOST_CLASSES))
    throw bad(isRegression(scene) ? "should have a target from −1 to 1" : "should have a class 0 to 7 as target");
  return { x, y, target };
}
