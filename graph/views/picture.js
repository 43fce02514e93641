// The network: how nodes and lines look, labels that never cover each other, crosses on what was refused, fit and filters.
"use strict";

const SHAPES = new Map([
  ["State", "dot"],
  ["Firm", "square"],
  ["Person", "diamond"],
  ["Organisation", "hexagon"],
  ["System", "triangle"],
  ["Conflict", "star"],
]);
const DASHES = new Map([
  ["ARMS", false],
  ["MAY_ARM", [7, 6]],
  ["DID_NOT_ARM", [2, 5]],
]);
const MEASURES = new Map([
  ["transfers", "transfers"],
  ["units", "units"],
  ["tiv", "TIV (million)"],
]);
const THINNEST = 1.5;
const THICKEST = 6.5;
const LABEL_FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
let palette = readPalette();
let boost = 1; // how much larger nodes are made so that they can be seen when all of a large network is in sight
const lineBoost = () => Math.sqrt(boost); // lines are many: they grow less

function readPalette() {
  const names = ["paper", "ink", "faint", "ARMS", "MAY_ARM", "DID_NOT_ARM", "stated", "chosen", ...LABELS];
  return new Map(names.map((name) => [name, colour(name)]));
}

const valueOf = (edge) => (isDerived(edge) ? edge.properties[shown.measure] : undefined);
const largest = (measure) =>
  data.edges.reduce((most, edge) => Math.max(most, (isDerived(edge) && edge.properties[measure]) || 0), 0);

let most = largest(shown.measure); // what the thickest line stands for

/** Width of a line in pixels for a value of the chosen measure: it grows with the root, so that small deals stay visible. */
function widthOf(value) {
  // Where all values are small, none of them is thick.
  return value > 0 ? THINNEST + (THICKEST - THINNEST) * Math.sqrt(value / Math.max(most, 16)) : THINNEST;
}

/** How far each line bends to its side: lines between the same two nodes fan out, a single one is straight. */
function bends() {
  const pairs = new Map();
  for (const edge of data.edges) {
    const key = `${Math.min(edge.from, edge.to)} ${Math.max(edge.from, edge.to)}`;
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(edge);
  }
  const bend = new Map();
  for (const group of pairs.values()) {
    const step = Math.min(0.26, 1.3 / group.length);
    group.forEach((edge, place) => {
      const side = (place - (group.length - 1) / 2) * step;
      bend.set(edge.id, { side: edge.from <= edge.to ? side : -side, place });
    });
  }
  return bend;
}
const bend = bends();

function edgeLook(edge) {
  const derived = isDerived(edge);
  const width = derived ? widthOf(valueOf(edge)) : 1;
  const head = derived ? Math.max(12 - 1.4 * width, 1) : 7; // vis adds three times the width to an arrowhead
  const { side, place } = bend.get(edge.id);
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    hidden: !isEdgeShown(edge),
    width: width * lineBoost(),
    title: cut(`${lineName(edge)}\n${[relationOf(edge.kind).phrase, lineNote(edge)].filter(Boolean).join(" · ")}`, 300),
    color: { color: palette.get(derived ? edge.kind : "stated"), highlight: palette.get("chosen"), inherit: false },
    dashes: ((derived && DASHES.get(edge.kind)) || []).map((length) => length * lineBoost()),
    arrows: {
      to: {
        enabled: relationOf(edge.kind).directed,
        type: derived ? "arrow" : "vee",
        scaleFactor: (head * lineBoost()) / 15,
      },
    },
    smooth:
      side === 0 ? false : { enabled: true, type: side > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(side) },
    selfReference: { size: 18 + 9 * place, angle: Math.PI / 4, renderBehindTheNode: false },
  };
}

const radiusOf = (node) =>
  Math.min(24, 8 + 2.2 * Math.sqrt(edgesOf[node.id].length)) *
  boost *
  (node.group === "Conflict" ? 1.3 : node.group === "State" ? 1 : 0.9);

function nodeLook(node) {
  const background = palette.get(node.group);
  return {
    id: node.id,
    x: node.x,
    y: node.y,
    hidden: !isNodeShown(node.id),
    shape: SHAPES.get(node.group),
    size: radiusOf(node),
    title: cut(`${node.name}\n${node.group}, ${count(edgesOf[node.id].length, "line")}`, 300),
    color: { background, border: palette.get("paper"), highlight: { background, border: palette.get("chosen") } },
    borderWidth: 1.5 * boost,
    borderWidthSelected: 4 * boost,
  };
}

const nodeSet = new vis.DataSet(data.nodes.map(nodeLook));
const edgeSet = new vis.DataSet(data.edges.map(edgeLook));
window.network = new vis.Network(
  byId("picture"),
  { nodes: nodeSet, edges: edgeSet },
  {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: false, tooltipDelay: 120, keyboard: { enabled: true, bindToWindow: false } },
    edges: { arrowStrikethrough: false, selectionWidth: 2 },
  },
);

/** Draw everything anew: colours, widths and what is hidden; nodes stay where they were dragged to, unless sent home. */
function refreshPicture({ home = false } = {}) {
  most = largest(shown.measure);
  nodeSet.update(
    data.nodes.map((node) => {
      const { x, y, ...look } = nodeLook(node);
      return home ? { x, y, ...look } : look;
    }),
  );
  edgeSet.update(data.edges.map(edgeLook));
}

let touched = false; // whether the reader has moved the picture since it last fitted

/** Scale and move so that all shown nodes with their labels are in sight. */
function fit() {
  const places = Object.entries(network.getPositions())
    .filter(([id]) => isNodeShown(Number(id)))
    .map(([, place]) => place);
  if (!places.length) return;
  const range = (axis) =>
    places.reduce(
      ([low, high], place) => [Math.min(low, place[axis]), Math.max(high, place[axis])],
      [Infinity, -Infinity],
    );
  const [left, right] = range("x");
  const [top, bottom] = range("y");
  const { clientWidth, clientHeight } = byId("picture");
  const margin = { x: Math.min(76, clientWidth / 14), y: Math.min(40, clientHeight / 12) };
  const scale = Math.min(
    (clientWidth - 2 * margin.x) / (right - left || 1),
    (clientHeight - 2 * margin.y) / (bottom - top || 1),
    1.5,
  );
  const wanted = Math.max(1, Math.min(0.55 / scale, 6));
  if (Math.abs(wanted / boost - 1) > 0.05) {
    boost = wanted;
    refreshPicture();
  }
  touched = false;
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 6 / scale }, scale, animation: false });
}

/** Which rectangles of the screen are taken; looks only at the cells that one touches. */
class Room {
  cells = new Map();
  static keys({ left, top, right, bottom }) {
    const keys = [];
    for (let x = Math.floor(left / 80); x <= Math.floor(right / 80); x++) {
      for (let y = Math.floor(top / 40); y <= Math.floor(bottom / 40); y++) keys.push(x * 100000 + y);
    }
    return keys;
  }
  isFree(box) {
    return Room.keys(box).every((key) =>
      (this.cells.get(key) ?? []).every(
        (other) => box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom,
      ),
    );
  }
  take(box) {
    for (const key of Room.keys(box)) this.cells.has(key) ? this.cells.get(key).push(box) : this.cells.set(key, [box]);
  }
}

const boxAround = (x, y, width, height) => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - height / 2,
  bottom: y + height / 2,
});
const byImportance = [...data.nodes].sort((a, b) => edgesOf[b.id].length - edgesOf[a.id].length || a.id - b.id);
const labelText = data.nodes.map((node) => cut(node.name, 26));
const labelWidths = new Map();

function labelWidth(context, text) {
  if (!labelWidths.has(text)) labelWidths.set(text, context.measureText(text).width);
  return labelWidths.get(text);
}

/** Give the nodes in sight with their place and radius in pixels of the screen. */
function nodesInSight() {
  const scale = network.getScale();
  const { clientWidth, clientHeight } = byId("picture");
  const places = network.getPositions();
  return byImportance
    .filter((node) => isNodeShown(node.id) && node.id in places)
    .map((node) => {
      const { x, y } = network.canvasToDOM(places[node.id]);
      return { node, x, y, radius: radiusOf(node) * scale };
    })
    .filter(({ x, y }) => x > -100 && y > -40 && x < clientWidth + 100 && y < clientHeight + 40);
}

/** Where a label may stand, the best place first: below, above, right, left. */
function labelPlaces({ x, y, radius }, width) {
  const aside = radius + 5 + width / 2;
  const boxes = [
    [x, y + radius + 9],
    [x, y - radius - 9],
    [x + aside, y],
    [x - aside, y],
  ].map(([cx, cy]) => boxAround(cx, cy, width + 4, 15));
  const { clientWidth, clientHeight } = byId("picture"); // a label is not cut as long as its node is in sight
  if (x < 0 || x > clientWidth || y < 0 || y > clientHeight) return boxes;
  return boxes.filter(
    ({ left, right, top, bottom }) => left >= 0 && right <= clientWidth && top >= 0 && bottom <= clientHeight,
  );
}

/** Write the labels in pixels of the screen, so that they are legible at every scale; a label without room is left out. */
function drawLabels(context) {
  const room = new Room();
  const selected = new Set(network.getSelectedNodes());
  const sight = nodesInSight();
  for (const { x, y, radius } of sight) room.take(boxAround(x, y, 1.7 * radius, 1.7 * radius));
  for (const place of refusedEdges().map((edge) => network.canvasToDOM(middleOf(edge))))
    room.take(boxAround(place.x, place.y, 13, 13));
  context.font = `12.5px ${LABEL_FONT}`;
  const first = sight.filter(({ node }) => selected.has(node.id));
  for (const item of [...first, ...sight.filter(({ node }) => !selected.has(node.id))]) {
    const text = labelText[item.node.id];
    const width = labelWidth(context, text);
    const boxes = labelPlaces(item, width);
    const box =
      boxes.find((candidate) => room.isFree(candidate)) ?? (selected.has(item.node.id) ? boxes[0] : undefined); // the chosen one is always named
    if (!box) continue;
    room.take(box);
    write(context, text, (box.left + box.right) / 2, (box.top + box.bottom) / 2, palette.get("ink"));
  }
  drawPhrases(context, room);
}

/** Say on stated relations what they are, where there is room between the nodes. */
function drawPhrases(context, room) {
  if (network.getScale() < 0.6) return;
  context.font = `italic 10.5px ${LABEL_FONT}`;
  for (const edge of data.edges) {
    if (isDerived(edge) || !isEdgeShown(edge)) continue;
    const { x, y } = network.canvasToDOM(middleOf(edge));
    const text = relationOf(edge.kind).phrase;
    const box = boxAround(x, y, labelWidth(context, text) + 4, 12);
    if (!room.isFree(box)) continue;
    room.take(box);
    write(context, text, x, y, palette.get("faint"));
  }
}

function write(context, text, x, y, fill) {
  context.strokeStyle = palette.get("paper");
  context.fillStyle = fill;
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

/** The middle of a line as it is drawn, on the canvas. */
function middleOf(edge) {
  const { edgeType } = network.body.edges[edge.id];
  if (edge.from !== edge.to) return edgeType.getPoint(0.5);
  const [x, y, radius] = edgeType._getCircleData(); // the loop's outermost point
  const node = network.getPosition(edge.from);
  const far = radius / Math.hypot(x - node.x, y - node.y);
  return { x: x + (x - node.x) * far, y: y + (y - node.y) * far };
}

const refusedEdges = () => data.edges.filter((edge) => edge.kind === "DID_NOT_ARM" && isEdgeShown(edge));

/** Put a cross on the middle of every line that stands for a refusal. */
function drawCrosses(context) {
  context.lineCap = "round";
  for (const edge of refusedEdges()) {
    const { x, y } = middleOf(edge);
    const arm = 5.5 * lineBoost();
    for (const [stroke, width] of [
      [palette.get("paper"), 6],
      [palette.get("DID_NOT_ARM"), 2.6],
    ]) {
      context.strokeStyle = stroke;
      context.lineWidth = width * lineBoost();
      context.beginPath();
      context.moveTo(x - arm, y - arm);
      context.lineTo(x + arm, y + arm);
      context.moveTo(x - arm, y + arm);
      context.lineTo(x + arm, y - arm);
      context.stroke();
    }
  }
}

network.on("afterDrawing", (context) => {
  context.save();
  drawCrosses(context);
  const ratio = network.canvas.pixelRatio ?? window.devicePixelRatio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  drawLabels(context);
  context.restore();
});
