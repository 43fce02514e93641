// Labels of nodes and lines in pixels of the screen: each where there is room, the most important first, none on another.

/** Which rectangles of the screen are taken; looks only at the cells that one touches. */
class Room {
  cells = new Map();
  static keys({ left, top, right, bottom }) {
    const keys = [];
    for (let x = Math.floor(left / 80); x <= Math.floor(right / 80); x++)
      for (let y = Math.floor(top / 40); y <= Math.floor(bottom / 40); y++) keys.push(x * 100000 + y);
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
    for (const key of Room.keys(box))
      if (this.cells.has(key)) this.cells.get(key).push(box);
      else this.cells.set(key, [box]);
  }
}

const boxAround = (x, y, width, height) => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - height / 2,
  bottom: y + height / 2,
});

const byImportance = [...data.nodes].sort((a, b) => edgesOf[b.id].length - edgesOf[a.id].length || a.id - b.id);
const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();

function textWidth(text, size) {
  const key = `${size} ${text}`;
  if (!widths.has(key)) {
    ruler.font = `${size}px ${FONT}`;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

/** Where a label may stand, the best place first: below, above, right, left. */
function labelPlaces({ x, y, radius }, width, frame) {
  const aside = radius + 5 + width / 2;
  const boxes = [
    [x, y + radius + 9],
    [x, y - radius - 9],
    [x + aside, y],
    [x - aside, y],
  ].map(([cx, cy]) => boxAround(cx, cy, width + 4, 15));
  // A label is not cut as long as its node is in sight.
  if (x < frame.left || x > frame.right || y < frame.top || y > frame.bottom) return boxes;
  return boxes.filter(
    (box) => box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom,
  );
}

const MANY = 120;
const HUBS = 24;

/** Place the names of nodes, then the phrases of stated relations; ``sight`` holds nodes with place and radius. */
function placeLabels(sight, lines, crosses, frame, first) {
  const room = new Room();
  const takeNode = ({ x, y, radius }) => room.take(boxAround(x, y, 1.7 * radius, 1.7 * radius));
  const texts = [];
  const wanted = [
    ...sight.filter(({ node }) => first.has(node.id)),
    ...sight.filter(({ node }) => !first.has(node.id)),
  ];
  // Among many the first ones are named even where that covers nodes, but never another name.
  const hubs = new Set(sight.length > MANY ? wanted.slice(0, HUBS) : []);
  const names = new Room();
  wanted.slice(0, hubs.size).forEach(takeNode);
  for (const [place, item] of wanted.entries()) {
    if (place === hubs.size) {
      sight.forEach(takeNode);
      for (const { x, y } of crosses) room.take(boxAround(x, y, 13, 13));
    }
    const text = cut(nodeName(item.node.id), 26);
    const width = textWidth(text, 12.5);
    const boxes = labelPlaces(item, width, frame);
    const box =
      boxes.find((one) => room.isFree(one)) ??
      (hubs.has(item) ? boxes.find((one) => names.isFree(one)) : undefined) ??
      (first.size < 3 && first.has(item.node.id) ? boxes[0] : undefined);
    if (!box) continue; // but the chosen one is always named
    room.take(box);
    names.take(box);
    texts.push({ text, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, size: 12.5, node: item.node.id });
  }
  for (const { line, x, y } of lines) {
    const text = relationOf(line.kind).phrase;
    const box = boxAround(x, y, textWidth(text, 10.5) + 4, 12);
    if (!room.isFree(box)) continue;
    room.take(box);
    texts.push({ text, x, y, size: 10.5, italic: true });
  }
  return texts;
}
