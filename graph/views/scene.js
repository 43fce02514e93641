// The picture as a list of strokes, fills and texts in pixels, the same for the screen, PNG and SVG; and what lies at a point.

/** Where the nodes are: as the page was made, until they are dragged. */
const home = data.nodes.map(({ x, y }) => ({ x, y }));
const places = home.map((place) => ({ ...place }));

// How far each line bends to its side: lines between the same two fan out, a single one is straight.
const bends = data.edges.map(() => ({ side: 0, place: 0 }));
const pairs = new Map();
for (const edge of data.edges) {
  const key = `${Math.min(edge.from, edge.to)} ${Math.max(edge.from, edge.to)}`;
  if (pairs.has(key)) pairs.get(key).push(edge);
  else pairs.set(key, [edge]);
}
for (const group of pairs.values()) {
  const step = Math.min(0.26, 1.3 / group.length);
  group.forEach((edge, place) => {
    const side = (place - (group.length - 1) / 2) * step;
    bends[edge.id] = { side: edge.from <= edge.to ? side : -side, place };
  });
}

/** A path that writes itself as SVG does; it has the methods of Path2D that are used here. */
class WrittenPath {
  text = "";
  static n = (...values) => values.map((value) => Math.round(value * 10) / 10).join(" ");
  moveTo(...to) {
    this.text += `M${WrittenPath.n(...to)}`;
  }
  lineTo(...to) {
    this.text += `L${WrittenPath.n(...to)}`;
  }
  quadraticCurveTo(...to) {
    this.text += `Q${WrittenPath.n(...to)}`;
  }
  closePath() {
    this.text += "Z";
  }
  arc(x, y, r) {
    this.text += `A${WrittenPath.n(r, r)} 0 1 0 ${WrittenPath.n(x - r, y)}A${WrittenPath.n(r, r)} 0 1 0 ${WrittenPath.n(x + r, y)}`;
  }
}

const CHOSEN_WIDTH = 1.5; // at least, in pixels

/** How large things are drawn at a scale: nodes shrink with the picture, but not until they cannot be seen. */
const SMALLEST = Math.max(0.16, 0.32 * Math.min(1, Math.sqrt(600 / Math.max(data.nodes.length, 1))));
const smallest = () => SMALLEST * Math.min(1, Math.max(0.5, innerWidth / 1000));
const nodeRadius = (number, scale) => radii[number] * Math.min(Math.max(scale, smallest()), 1.5);
const lineBoost = (scale) => Math.min(Math.max(Math.sqrt(scale), 0.7), 1.3);

/** Ends and control point of a line on the screen; ``loop`` for one from a node to itself. */
function geometry(line, view) {
  const a = places[line.from];
  const b = places[line.to];
  const [ax, ay] = [a.x * view.scale + view.x, a.y * view.scale + view.y];
  const { side, place } = bends[line.id];
  const start = nodeRadius(line.from, view.scale);
  if (line.from === line.to) {
    const r = start * 0.7 + 8 + 5 * place;
    const off = start + r * 0.7;
    return {
      loop: true,
      cx: ax + off * 0.7,
      cy: ay - off * 0.7,
      r,
      mx: ax + (off + r) * 0.7,
      my: ay - (off + r) * 0.7,
    };
  }
  const [bx, by] = [b.x * view.scale + view.x, b.y * view.scale + view.y];
  const [dx, dy] = [bx - ax, by - ay];
  const [qx, qy] = [(ax + bx) / 2 - dy * side, (ay + by) / 2 + dx * side];
  return { ax, ay, bx, by, qx, qy, side, mx: (ax + bx) / 4 + qx / 2, my: (ay + by) / 4 + qy / 2 };
}

/** Add a line to a path, up to the rim of the node where it ends, and its head to another. */
function drawLine(line, view, stroke, heads, width) {
  const g = geometry(line, view);
  if (g.loop) {
    stroke.moveTo(g.cx + g.r, g.cy);
    stroke.arc(g.cx, g.cy, g.r, 0, 2 * Math.PI);
    return;
  }
  const [tx, ty] = [g.bx - g.qx, g.by - g.qy]; // the direction in which it arrives
  const length = Math.hypot(tx, ty) || 1;
  const rim = nodeRadius(line.to, view.scale) + 1;
  const head = relationOf(line.kind).directed ? Math.min(2.5 + 2 * crowd + 1.3 * width, length / 2) : 0;
  const [ux, uy] = [tx / length, ty / length];
  const [ex, ey] = [g.bx - ux * rim, g.by - uy * rim];
  const [sx, sy] = [ex - ux * head * 0.8, ey - uy * head * 0.8];
  stroke.moveTo(g.ax, g.ay);
  if (g.side === 0) stroke.lineTo(sx, sy);
  else stroke.quadraticCurveTo(g.qx, g.qy, sx, sy);
  if (!head) return;
  const wide = head * 0.42 + width * 0.18;
  heads.moveTo(ex, ey);
  heads.lineTo(ex - ux * head - uy * wide, ey - uy * head + ux * wide);
  heads.lineTo(ex - ux * head + uy * wide, ey - uy * head - ux * wide);
  heads.closePath();
}

function isInFrame({ loop, ax, ay, bx, by, qx, qy, cx, cy, r }, { left, top, right, bottom }) {
  if (loop) return cx + r > left && cx - r < right && cy + r > top && cy - r < bottom;
  return (
    Math.max(ax, bx, qx) > left &&
    Math.min(ax, bx, qx) < right &&
    Math.max(ay, by, qy) > top &&
    Math.min(ay, by, qy) < bottom
  );
}

/** What stands out: nodes and lines that belong to what is chosen; null where all are alike. */
function emphasis() {
  const { what, number } = state.chosen;
  if (what === "node") {
    const lines = shownEdgesOf(number);
    return { nodes: withNeighbours(number), lines: new Set(lines.map(({ id }) => id)) };
  }
  if (what === "edge") {
    const { from, to } = data.edges[number];
    return { nodes: new Set([from, to]), lines: new Set([number]) };
  }
  if (what === "path") {
    const steps = findPath(state.ends) ?? [];
    return {
      nodes: new Set([...state.ends, ...steps.map(({ to }) => to)]),
      lines: new Set(steps.map(({ line }) => line.id)),
    };
  }
  return null;
}

/**
 * Draw all that is shown as marks: ``{path, stroke, width, dash}`` or ``{path, fill}``, with ``alpha``, and texts.
 * Lines that look alike share one path, so that a thousand cost little more than one.
 */
function toScene(view, frame, newPath) {
  const special = emphasis();
  let inSight = 0;
  const boost = lineBoost(view.scale);
  const batches = new Map();
  const crosses = [];
  const phrases = [];
  for (const line of shown.list) {
    const g = geometry(line, view);
    if (!isInFrame(g, frame)) continue;
    inSight += 1;
    const stands = !special || special.lines.has(line.id);
    const leads = isFew() || shown.leading.has(line.id);
    const thin = special && stands ? CHOSEN_WIDTH : 0.5;
    const width = Math.max(Math.round(2 * lineWidth(line) * boost) / 2, thin);
    const hollow = isHollow(line);
    const look = isDerived(line) ? line.kind : "stated";
    const key = `${look} ${width} ${hollow} ${stands} ${leads}`;
    if (!batches.has(key))
      batches.set(key, { line, look, width, hollow, stands, leads, path: newPath(), heads: newPath() });
    const batch = batches.get(key);
    drawLine(line, view, batch.path, batch.heads, width);
    if (line.kind === "DID_NOT_ARM") crosses.push({ x: g.mx, y: g.my, stands, leads });
    if (!isDerived(line) && stands && view.scale >= 0.6) phrases.push({ line, x: g.mx, y: g.my });
  }
  const marks = [];
  const alphaIn = ({ stands, leads }) => {
    const alpha = alphaOf(leads, inSight);
    return !special ? alpha : stands ? 1 : Math.min(0.2, alpha / 2);
  };
  // Stated relations lie lowest, what stands out highest, and thick lines over thin ones.
  const depth = ({ look, width, stands, leads }) =>
    (stands ? 1000 : 0) + (leads ? 200 : 0) + (look === "stated" ? 0 : 100) + width;
  for (const batch of [...batches.values()].sort((a, b) => depth(a) - depth(b))) {
    const { line, width, hollow, path, heads } = batch;
    const alpha = alphaIn(batch);
    const dash = (isDerived(line) && DASHES.get(line.kind)) || [];
    const colour = lineColour(line);
    marks.push({ path, stroke: colour, width, dash: dash.map((part) => part * boost), alpha });
    if (hollow) marks.push({ path, stroke: palette.get("paper"), width: Math.max(width - 1.8, 0.8), dash: [], alpha });
    marks.push({ path: heads, fill: colour, alpha });
  }
  marks.push(...crossMarks(crosses, boost, alphaIn, newPath));
  const sight = byImportance
    .filter(({ id }) => shown.nodes.has(id))
    .map((node) => ({
      node,
      x: places[node.id].x * view.scale + view.x,
      y: places[node.id].y * view.scale + view.y,
      radius: nodeRadius(node.id, view.scale),
    }))
    .filter(({ x, y }) => x > frame.left - 100 && y > frame.top - 40 && x < frame.right + 100 && y < frame.bottom + 40);
  marks.push(...nodeMarks(sight, special, newPath));
  const named = special ? sight.filter(({ node }) => special.nodes.has(node.id)) : sight;
  const texts = placeLabels(named, phrases, crosses, frameOf(), chosenNodes()); // not cut by the edge of the screen
  return { marks, texts };
}

const chosenNodes = () =>
  new Set(state.chosen.what === "node" ? [state.chosen.number] : state.chosen.what === "path" ? state.ends : []);

/** A cross on the middle of every line that stands for a refusal, as strong as its line. */
function crossMarks(crosses, boost, alphaIn, newPath) {
  const size = (0.45 + 0.55 * crowd) * boost; // among many lines the crosses are small
  const arm = 5 * size;
  const paths = new Map();
  for (const cross of crosses) {
    const { x, y } = cross;
    const alpha = alphaIn(cross);
    if (!paths.has(alpha)) paths.set(alpha, newPath());
    const path = paths.get(alpha);
    path.moveTo(x - arm, y - arm);
    path.lineTo(x + arm, y + arm);
    path.moveTo(x - arm, y + arm);
    path.lineTo(x + arm, y - arm);
  }
  return [...paths].flatMap(([alpha, path]) => [
    { path, stroke: palette.get("paper"), width: 5.5 * size, dash: [], alpha },
    { path, stroke: palette.get("DID_NOT_ARM"), width: 2.4 * size, dash: [], alpha },
  ]);
}

function nodeMarks(sight, special, newPath) {
  const batches = new Map();
  const rim = sight.length > 800 ? 0.5 : 1.4;
  const ring = newPath();
  const chosen = chosenNodes();
  for (const { node, x, y, radius } of [...sight].reverse()) {
    const stands = !special || special.nodes.has(node.id);
    const fill = nodeColour(node.id);
    const key = `${fill} ${stands}`;
    if (!batches.has(key)) batches.set(key, { path: newPath(), fill, alpha: stands ? 1 : 0.35 });
    outline(batches.get(key).path, node.group, x, y, radius);
    if (chosen.has(node.id)) outline(ring, node.group, x, y, radius + 3.5);
  }
  const marks = [...batches.values()].sort((a, b) => a.alpha - b.alpha);
  const rims = marks.map(({ path, alpha }) => ({ path, stroke: palette.get("paper"), width: rim, dash: [], alpha }));
  return [
    ...marks.flatMap((mark, place) => [mark, rims[place]]),
    { path: ring, stroke: palette.get("chosen"), width: 2.2, dash: [], alpha: 1 },
  ];
}

// ---- what lies at a point of the screen

function nodeAt(x, y, view) {
  let found;
  let nearest = Infinity;
  for (const id of shown.nodes) {
    const far = Math.hypot(places[id].x * view.scale + view.x - x, places[id].y * view.scale + view.y - y);
    if (far <= nodeRadius(id, view.scale) + 3 && far < nearest) [found, nearest] = [id, far];
  }
  return found;
}

/** How far a point is from a line, in pixels. */
function distanceTo({ loop, ax, ay, bx, by, qx, qy, cx, cy, r }, x, y) {
  if (loop) return Math.abs(Math.hypot(x - cx, y - cy) - r);
  let nearest = Infinity;
  let [px, py] = [ax, ay];
  for (let step = 1; step <= 8; step++) {
    const t = step / 8;
    const [nx, ny] = [
      (1 - t) ** 2 * ax + 2 * t * (1 - t) * qx + t * t * bx,
      (1 - t) ** 2 * ay + 2 * t * (1 - t) * qy + t * t * by,
    ];
    const [dx, dy] = [nx - px, ny - py];
    const along = Math.min(1, Math.max(0, ((x - px) * dx + (y - py) * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, Math.hypot(x - px - along * dx, y - py - along * dy));
    [px, py] = [nx, ny];
  }
  return nearest;
}

function lineAt(x, y, view) {
  const near = { left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 };
  let found;
  let nearest = 6;
  for (const line of shown.list) {
    const g = geometry(line, view);
    if (!isInFrame(g, near)) continue;
    const far = distanceTo(g, x, y);
    if (far < nearest) [found, nearest] = [line.id, far];
  }
  return found;
}
