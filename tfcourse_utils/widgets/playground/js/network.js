// The network, from the inputs to the square: a picture of what each neuron does, and weights as lines.

const NEURON = 36, HEADING = 34, MARGIN = 30; // pixels: a neuron's side, room above and beside

/** How many neurons each layer has, from the inputs on; null of a network that has no picture. */
function sizesOf(frame, scene) {
  if (!frame || !scene.weights) return null;
  if (frame.kernels.length) return [frame.kernels[0][0], ...frame.kernels.map(([, outputs]) => outputs)];
  if (!frame.neurons.length) return null;
  return [scene.inputs.length, ...frame.neurons.map(([count]) => count), scene.classes > 2 ? scene.classes : 1];
}

/** What a neuron is called. */
function neuronName({ scene, sizes }, [layer, i]) {
  if (layer === 0) return `input ${scene.inputs[i] ?? i + 1}`;
  if (layer < sizes.length - 1) return `hidden layer ${layer}, neuron ${i + 1}`;
  return sizes[layer] > 1 ? `output ${i}` : "output";
}

const capitalized = (name) => name[0].toUpperCase() + name.slice(1);

function headingOf(sizes, layer, step) {
  if (layer === 0) return "Inputs";
  if (layer === sizes.length - 1) return "Output";
  return step < 58 ? String(layer) : `Hidden ${layer}`;
}

/** Where everything is, in a place so wide and high. */
function arranged(sizes, width, height) {
  const step = (width - 2 * MARGIN - 46) / (sizes.length - 1);
  const room = height - HEADING;
  const side = Math.max(Math.min(NEURON, room / Math.max(...sizes) - 4, 0.5 * step), 8);
  const spots = sizes.map((count, layer) => {
    const gap = Math.min(room / count, 72);
    const x = MARGIN + 34 + layer * step;
    return Array.from({ length: count }, (_, i) => [x, HEADING + room / 2 + (i - (count - 1) / 2) * gap]);
  });
  return { side, spots, step };
}

/** Make the pictures of the neurons: buttons, of which one takes the focus and arrow keys move it. */
function makeNeurons(view) {
  const { sizes, nodes: box, lines: { area: [width] } } = view;
  const { side, spots, step } = view.place;
  view.neurons = spots.map((layer, number) => layer.map((spot, i) => makeNeuron(view, [number, i], spot)));
  const headings = spots.map(([[x]], layer) => {
    const heading = make("span", { class: "playground-heading" }, headingOf(sizes, layer, step));
    heading.style.left = `${x}px`;
    return heading;
  });
  const names = spots[0].map(([x, y], i) => {
    const name = make("i", { class: "playground-input" }, view.scene.inputs[i] ?? "");
    Object.assign(name.style, { right: `${width - x + side / 2 + 6}px`, top: `${y}px` });
    return name;
  });
  box.replaceChildren(...headings, ...names, ...view.neurons.flat());
  const first = box.querySelector("button");
  if (first) first.tabIndex = 0;
}

function makeNeuron(view, [layer, i], [x, y]) {
  const isOutput = layer === view.sizes.length - 1, side = isOutput ? 18 : view.place.side;
  const neuron = make(isOutput ? "span" : "button", { class: isOutput ? "playground-output" : "playground-neuron" });
  const [left, top, width, height] = [x - side / 2, y - side / 2, side, side].map((each) => `${each}px`);
  Object.assign(neuron.style, { left, top, width, height });
  if (isOutput) {
    const { scene, colours } = view, several = view.sizes[layer] > 1;
    neuron.append(glyph(several ? i % SHAPES.length : CIRCLE, several ? css(colours.points, 32 * i + 31) : colours.ink));
    return neuron;
  }
  Object.assign(neuron, { type: "button", tabIndex: -1 });
  neuron.setAttribute("aria-label", `${capitalized(neuronName(view, [layer, i]))}: what it gives`);
  neuron.picture = neuron.appendChild(make("canvas", { "aria-hidden": "true" }));
  for (const event of ["pointerenter", "focus"]) neuron.addEventListener(event, () => view.look([layer, i]));
  for (const event of ["pointerleave", "blur"]) neuron.addEventListener(event, () => view.look(null));
  neuron.addEventListener("keydown", (event) => moveFocus(view, event, [layer, i]));
  return neuron;
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function moveFocus({ neurons, sizes }, event, [layer, i]) {
  const step = STEPS[event.key];
  const to = step && neurons[layer + step[0]];
  if (!to || layer + step[0] >= sizes.length - 1) return;
  event.preventDefault();
  const next = to[Math.min(Math.max(i + step[1], 0), to.length - 1)];
  neurons[layer][i].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

/** Make the network anew where it, its place or its colours have changed. */
function renewNetwork(view, isForced) {
  const sizes = sizesOf(view.frame, view.scene);
  view.network.hidden = sizes === null;
  if (!sizes) return false;
  const key = JSON.stringify([sizes, view.scene.inputs, view.lines.area, view.frame.kernels.length]);
  if (key === view.key && !isForced) return true;
  Object.assign(view, { key, sizes, place: arranged(sizes, ...view.lines.area) });
  makeNeurons(view);
  const pictures = inputPictures(view.model);
  view.neurons[0].forEach(({ picture }, i) => pictures[i] && paint(picture, pictures[i], view.colours.tints));
  renewWeights(view);
  return true;
}

function drawNetwork(view, isForced = false) {
  if (!renewNetwork(view, isForced)) return;
  drawLines(view);
  view.frame.pictures.forEach((layer, number) =>
    layer.forEach((bytes, i) => {
      const neuron = view.neurons[number + 1]?.[i];
      if (neuron?.picture) paint(neuron.picture, bytes, view.colours.tints);
    }),
  );
}

/** The bytes of a neuron's picture; null if there are none. */
function pictureOf({ model, frame, sizes }, [layer, i]) {
  return (layer === 0 ? inputPictures(model) : frame.pictures[layer - 1])?.[i] ?? null;
}
