// Hovering: what lies under the pointer is marked over the picture, which stays as it is, and named in a tip.

let hovered = null; // {node} or {line}

function drawHovered(context, view) {
  if (!hovered) return;
  const path = new Path2D();
  const heads = new Path2D();
  const line = shown.lines[hovered.line];
  if (line) drawLine(line, view, path, heads, lineWidth(line) + 1.5);
  else if (hovered.node !== undefined) {
    const { x, y } = places[hovered.node];
    const radius = nodeRadius(hovered.node, view.scale) + 3;
    outline(path, data.nodes[hovered.node].group, x * view.scale + view.x, y * view.scale + view.y, radius);
  }
  context.strokeStyle = context.fillStyle = palette.get("chosen");
  context.lineWidth = line ? lineWidth(line) + 1.5 : 2;
  context.setLineDash([]);
  context.stroke(path);
  context.fill(heads);
}

function hover(event) {
  const frame = byId("picture").getBoundingClientRect();
  const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
  const view = viewOf();
  const node = event.buttons ? undefined : nodeAt(x, y, view);
  const line = node === undefined && !event.buttons ? lineAt(x, y, view) : undefined;
  const found = node !== undefined ? { node } : line !== undefined ? { line } : null;
  if (found?.node !== hovered?.node || found?.line !== hovered?.line) {
    hovered = found;
    byId("picture").style.setProperty("cursor", found ? "pointer" : "");
    network.redraw();
  }
  showTip(found, event.clientX, event.clientY);
}

function showTip(found, x, y) {
  const tip = byId("tip");
  tip.hidden = !found;
  if (!found) return;
  const line = shown.lines[found.line];
  tip.textContent = line
    ? cut(`${lineName(line)}\n${[relationOf(line.kind).phrase, lineNote(line)].filter(Boolean).join(" · ")}`, 300)
    : cut(
        `${nodeName(found.node)}\n${data.nodes[found.node].group}, ${count(shownEdgesOf(found.node).length, "line")}`,
        300,
      );
  const { offsetWidth, offsetHeight } = tip;
  tip.style.setProperty("left", `${Math.max(4, Math.min(x + 14, innerWidth - offsetWidth - 8))}px`);
  tip.style.setProperty("top", `${Math.max(4, Math.min(y + 16, innerHeight - offsetHeight - 8))}px`);
}

function leavePicture() {
  hovered = null;
  byId("tip").hidden = true;
  network.redraw();
}
