// Put into a page before anything else: it notes when a picture of the boundary changes, and when
// something is pressed. A picture is one of SIZE × SIZE pixels; the same twice is not counted.
(() => {
  const SIZE = 100, FEW = 8;
  const watch = (window.watch = { first: null, shown: [], pressed: 0, few: [], many: [], began: [] });
  let last = 0, isNew = false, progress = null;

  const colours = (pixels) => {
    const found = new Set();
    for (let i = 0; i < pixels.length && found.size <= FEW; i++) found.add(pixels[i]);
    return found.size;
  };
  const sum = (pixels) => {
    let total = 0;
    for (let i = 0; i < pixels.length; i++) total = (total * 31 + pixels[i]) | 0;
    return total;
  };
  const put = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = function (image, ...rest) {
    if (image.width === SIZE && image.height === SIZE) {
      const now = performance.now(), pixels = new Uint32Array(image.data.buffer);
      watch.first ??= now;
      (colours(pixels) <= FEW ? watch.few : watch.many).push(now);
      const next = sum(pixels);
      isNew ||= next !== last;
      last = next;
    }
    return put.call(this, image, ...rest);
  };
  const look = () => {
    if (isNew) watch.shown.push(performance.now());
    isNew = false;
    const text = document.querySelector(".playground-progress")?.textContent ?? null;
    if (text !== progress && text?.startsWith("Epoch 0 ")) watch.began.push(performance.now());
    progress = text;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const press = () => (watch.pressed = performance.now());
  for (const kind of ["keydown", "pointerdown", "change"]) addEventListener(kind, press, { capture: true });
})();
