// The picture on the screen: vis-network moves and scales it and lets nodes be dragged; scene.js says what is drawn.

const nothing = () => {};

/** A node as vis-network knows it: something to grab. Its looks are ours. */
const handle = ({ id, x, y }) => ({
  id,
  x,
  y,
  shape: "custom",
  ctxRenderer: () => {
    const size = (2 * nodeRadius(id, sightScale)) / sightScale;
    return { drawNode: nothing, nodeDimensions: { width: size, height: size } };
  },
});

let sightScale = 1;
const nodeSet = new vis.DataSet(data.nodes.map(handle));
const network = new vis.Network(
  byId("picture"),
  { nodes: nodeSet, edges: [] },
  {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: false, selectConnectedEdges: false, keyboard: { enabled: true, bindToWindow: false } },
  },
);
window.network = network;

/** How the picture is seen: pixel = unit * scale + (x, y). */
function viewOf() {
  const { x, y } = network.canvasToDOM({ x: 0, y: 0 });
  return { scale: network.getScale(), x, y };
}

const frameOf = (margin = 0) => {
  const { clientWidth, clientHeight } = byId("picture");
  return { left: -margin, top: -margin, right: clientWidth + margin, bottom: clientHeight + margin };
};

// ---- painting

/** Paint a scene with a canvas's context. */
function paint(context, { marks, texts }) {
  for (const { path, stroke, fill, width, dash, alpha } of marks) {
    context.globalAlpha = alpha;
    if (fill) {
      context.fillStyle = fill;
      context.fill(path);
    } else {
      context.strokeStyle = stroke;
      context.lineWidth = width;
      context.setLineDash(dash);
      context.stroke(path);
    }
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = palette.get("paper");
  for (const { text, x, y, size, italic } of texts) {
    context.font = `${italic ? "italic " : ""}${size}px ${FONT}`;
    context.fillStyle = palette.get(italic ? "faint" : "ink");
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}

// What was painted last, with a rim around the screen: while the reader moves a large picture it is shown shifted, and
// a new one is painted when there is time; a small picture is painted anew each time.
const MARGIN = 160;
const isLarge = () => shown.list.length + shown.nodes.size > 500;
const last = { canvas: document.createElement("canvas"), view: null, texts: [], at: 0, count: 0 };
let stale = true;

const sameScale = (view) => last.view && Math.abs(view.scale / last.view.scale - 1) < 1e-6;

function isCovered(view) {
  if (!sameScale(view)) return false;
  return Math.abs(view.x - last.view.x) <= MARGIN && Math.abs(view.y - last.view.y) <= MARGIN;
}

function paintAnew(view) {
  const ratio = window.devicePixelRatio || 1;
  const frame = frameOf(MARGIN);
  const [width, height] = [frame.right - frame.left, frame.bottom - frame.top].map((length) =>
    Math.ceil(length * ratio),
  );
  if (last.canvas.width !== width || last.canvas.height !== height) Object.assign(last.canvas, { width, height });
  const context = last.canvas.getContext("2d");
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(ratio, 0, 0, ratio, MARGIN * ratio, MARGIN * ratio);
  const scene = toScene(view, frame, () => new Path2D());
  paint(context, scene);
  stale = false;
  Object.assign(last, { view, texts: scene.texts, at: performance.now(), count: last.count + 1 });
}

/** Whether to paint now what has moved, or to show the last picture in its new place. */
function isTimeToPaint(view) {
  if (!last.view || !isLarge()) return true;
  return (stale || !isCovered(view)) && performance.now() - last.at > 500 + shown.list.length / 8;
}

function show(context) {
  const view = viewOf();
  sightScale = view.scale;
  if ((stale || !isCovered(view) || last.view.x !== view.x || last.view.y !== view.y) && isTimeToPaint(view))
    paintAnew(view);
  const ratio = network.canvas.pixelRatio ?? window.devicePixelRatio ?? 1;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const zoom = view.scale / last.view.scale;
  const frame = frameOf(MARGIN);
  const left = view.x + zoom * (frame.left - last.view.x);
  const top = view.y + zoom * (frame.top - last.view.y);
  context.drawImage(last.canvas, left, top, zoom * (frame.right - frame.left), zoom * (frame.bottom - frame.top));
  if (stale || last.view.x !== view.x || last.view.y !== view.y || !sameScale(view)) paintWhenResting();
  drawHovered(context, view);
}

function paintWhenResting() {
  clearTimeout(paintWhenResting.timer);
  paintWhenResting.timer = setTimeout(() => {
    stale = true;
    last.at = -Infinity; // it is time
    network.redraw();
  }, 130);
}

network.on("afterDrawing", (context) => {
  context.save();
  show(context);
  context.restore();
});

function repaint() {
  stale = true;
  last.at = -Infinity;
  network.redraw();
}

// ---- fitting, dragging, settling

function fit() {
  const points = [...shown.nodes].map((number) => places[number]);
  if (!points.length) return;
  const [left, right] = spanOf(points.map(({ x }) => x));
  const [top, bottom] = spanOf(points.map(({ y }) => y));
  const { clientWidth, clientHeight } = byId("picture");
  const margin = { x: Math.min(76, clientWidth / 14), y: Math.min(40, clientHeight / 12) };
  const scale = Math.min(
    (clientWidth - 2 * margin.x) / (right - left || 1),
    (clientHeight - 2 * margin.y) / (bottom - top || 1),
    1.5,
  );
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 6 / scale }, scale, animation: false });
  if (state.sight) change({ sight: null });
}

function goTo(number) {
  network.moveTo({ position: places[number], scale: Math.max(network.getScale(), 0.9), animation: false });
  rememberSight();
}

function rememberSight() {
  const { x, y } = network.getViewPosition();
  change({ sight: [x, y, network.getScale()] });
}

function restoreSight() {
  if (byId("picture").hidden) return undefined; // once it is seen again
  if (!state.sight) return fit();
  const [x, y, scale] = state.sight;
  return network.moveTo({ position: { x, y }, scale, animation: false });
}

function takePlaces(numbers) {
  for (const number of numbers) {
    const { x, y } = network.body.nodes[number];
    places[number] = { x, y };
  }
  stale = true;
}

/** Tell vis-network which nodes are filtered away, so that nobody grabs what is not seen: only those that come or go. */
function tellHidden() {
  const changed = data.nodes.filter(({ id }) => network.body.nodes[id].options.hidden === shown.nodes.has(id));
  // It puts each node where an update says, or where it was at first.
  if (changed.length) nodeSet.update(changed.map(({ id }) => ({ id, ...places[id], hidden: !shown.nodes.has(id) })));
}

function sendHome() {
  stopSettling();
  home.forEach((place, number) => (places[number] = { ...place }));
  nodeSet.update(home.map(({ x, y }, id) => ({ id, x, y })));
  stale = true;
}

let settling = null; // while nodes settle: the timers and the edges that pull

function stopSettling() {
  if (!settling) return;
  clearInterval(settling.step);
  clearTimeout(settling.end);
  network.setOptions({ physics: false });
  settling.edges.clear();
  settling = null;
}

/** Let the shown nodes find their places by force for two seconds; they can be sent home again. */
function settle() {
  stopSettling();
  const edges = new vis.DataSet(
    [...pairs.values()]
      .map(([edge]) => edge)
      .filter(({ from, to }) => from !== to && shown.nodes.has(from) && shown.nodes.has(to))
      .map(({ id, from, to }) => ({ id, from, to, hidden: true, length: 110 })),
  );
  nodeSet.update(data.nodes.map(({ id }) => ({ id, ...places[id], physics: shown.nodes.has(id) })));
  network.setData({ nodes: nodeSet, edges });
  network.setOptions({
    physics: {
      enabled: true,
      solver: "barnesHut",
      stabilization: false,
      barnesHut: { gravitationalConstant: -5000, damping: 0.5, avoidOverlap: 0.3 },
      maxVelocity: 20,
    },
  });
  restoreSight();
  const step = setInterval(() => takePlaces(shown.nodes), 60);
  const end = setTimeout(() => {
    stopSettling();
    takePlaces(shown.nodes);
    repaint();
    say("Settled. Reset puts everything back.");
  }, 2000);
  settling = { edges, step, end };
}

function listenToPicture() {
  network.on("click", ({ pointer: { DOM } }) => {
    const view = viewOf();
    const node = nodeAt(DOM.x, DOM.y, view);
    if (node !== undefined) return choose({ what: "node", number: node });
    const line = lineAt(DOM.x, DOM.y, view);
    return line !== undefined ? choose({ what: "edge", number: line }) : choose(LINES);
  });
  network.on("dragging", ({ nodes }) => nodes.length && takePlaces(nodes));
  network.on("dragEnd", ({ nodes }) => {
    if (nodes.length) takePlaces(nodes);
    rememberSight();
    network.unselectAll();
    repaint();
  });
  network.on("zoom", () => {
    clearTimeout(listenToPicture.timer);
    listenToPicture.timer = setTimeout(rememberSight, 200);
  });
  byId("picture").addEventListener("pointermove", hover);
  byId("picture").addEventListener("pointerleave", leavePicture);
  new ResizeObserver(() => requestAnimationFrame(restoreSight)).observe(byId("picture"));
}

onChange((changed) => {
  const looks = ["measure", "colouring", "chosen", "ends"].some((part) => changed.has(part));
  if (changesFilters(changed)) tellHidden();
  if (changesFilters(changed) || looks) repaint();
});
