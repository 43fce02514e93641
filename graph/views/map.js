// The map: states where they lie, joined by the lines between them. Outlines of Natural Earth, in the Equal Earth projection.

const MOST_ARCS = 400;
const EVERYWHERE = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
const EQUAL_EARTH = [1.340264, -0.081106, 0.000893, 0.003796];

/** Longitude and latitude in degrees to x and y of a picture 1000 wide (Šavrič, Patterson and Jenny, 2018). */
function project(longitude, latitude) {
  const [a1, a2, a3, a4] = EQUAL_EARTH;
  const theta = Math.asin((Math.sqrt(3) / 2) * Math.sin((latitude * Math.PI) / 180));
  const t2 = theta * theta;
  const t6 = t2 * t2 * t2;
  const slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2);
  const x = (2 * Math.sqrt(3) * ((longitude * Math.PI) / 180) * Math.cos(theta)) / (3 * slope);
  const y = theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2));
  return [500 + x * 184.5, 245 - y * 184.5];
}

const mapPlaces = new Map(
  (data.world?.places ?? []).map(([number, longitude, latitude]) => [number, project(longitude, latitude)]),
);

/** The outlines as lists of longitude and latitude in degrees. */
function arcsOfWorld() {
  const { arcs, unit } = data.world;
  return arcs.map((numbers) => {
    const points = [];
    let [x, y] = [0, 0];
    for (let place = 0; place < numbers.length; place += 2) {
      [x, y] = [x + numbers[place], y + numbers[place + 1]];
      points.push([x * unit, y * unit]);
    }
    return points;
  });
}

/** Join arcs to a ring; where one begins on the other side of the date line it is moved by a turn of the globe. */
function joined(arcs) {
  const ring = [];
  for (const arc of arcs) {
    const turn = ring.length ? 360 * Math.round((ring.at(-1)[0] - arc[0][0]) / 360) : 0;
    ring.push(...arc.map(([x, y]) => [x + turn, y]));
  }
  return ring;
}

let outlines = null; // projected when the map is first shown
function outlinesOfWorld() {
  if (outlines) return outlines;
  const arcs = arcsOfWorld();
  const path = (points) =>
    `M${points
      .map((point) =>
        project(...point)
          .map((value) => value.toFixed(1))
          .join(" "),
      )
      .join("L")}`;
  const ring = (numbers) =>
    joined(numbers.map((number) => (number >= 0 ? arcs[number] : [...arcs[~number]].reverse())));
  outlines = {
    land: data.world.land.map((numbers) => `${path(ring(numbers))}Z`).join(""),
    borders: arcs.map(path).join(""),
  };
  return outlines;
}

/** The part of the world in which the shown states lie, with a margin. */
function mapFrame(numbers) {
  const points = numbers.map((number) => mapPlaces.get(number));
  const [left, right] = spanOf(points.map(([x]) => x));
  const [top, bottom] = spanOf(points.map(([, y]) => y));
  const width = Math.max(right - left, 2 * (bottom - top), 160) + 80;
  return [(left + right - width) / 2, (top + bottom - width / 2) / 2 - 10, width, width / 2 + 20];
}

function mapLine(line, size) {
  const [[ax, ay], [bx, by]] = [mapPlaces.get(line.from), mapPlaces.get(line.to)];
  const far = Math.hypot(bx - ax, by - ay);
  const [qx, qy] = [(ax + bx) / 2 - (by - ay) * 0.18, (ay + by) / 2 - Math.min(far * 0.18, 60)];
  const width = lineWidth(line) * size;
  const d = `M${ax.toFixed(1)} ${ay.toFixed(1)}Q${qx.toFixed(1)} ${qy.toFixed(1)} ${bx.toFixed(1)} ${by.toFixed(1)}`;
  const dash = (DASHES.get(line.kind) ?? []).map((length) => length * size).join(" ");
  const chosen = state.chosen.what === "edge" && state.chosen.number === line.id;
  const look = chosen ? "chosen" : isDerived(line) ? line.kind : "stated";
  const shape = svg(
    "path",
    {
      d,
      class: `map-line stroke-${look} ${chosen || isFew() || shown.leading.has(line.id) ? "" : "weak"}`,
      "stroke-width": chosen ? width + size : width,
      "stroke-dasharray": dash,
      onclick: () => choose({ what: "edge", number: line.id }),
    },
    svg("title", {}, `${lineName(line)}: ${relationOf(line.kind).phrase}`),
  );
  if (line.kind !== "DID_NOT_ARM") return shape;
  const [mx, my] = [ax / 4 + qx / 2 + bx / 4, ay / 4 + qy / 2 + by / 4];
  const arm = 4 * size;
  return svg(
    "g",
    {},
    shape,
    svg("path", {
      d: `M${mx - arm} ${my - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}`,
      class: "stroke-DID_NOT_ARM",
      "stroke-width": 2 * size,
    }),
  );
}

function showMap() {
  const states = [...shown.nodes].filter((number) => mapPlaces.has(number));
  const lines = shown.list.filter(
    (line) => mapPlaces.has(line.from) && mapPlaces.has(line.to) && line.from !== line.to,
  );
  const drawn = [...lines].sort((a, b) => (valueOf(b) ?? 0) - (valueOf(a) ?? 0) || a.id - b.id).slice(0, MOST_ARCS);
  const placeless = shown.nodes.size - states.length;
  const caption = el(
    "p",
    { class: "view-bar" },
    "States where they lie; those that are gone about where they lay.",
    lines.length > MOST_ARCS &&
      el(
        "strong",
        {},
        ` ${MOST_ARCS} of ${inNumbers(lines.length)} lines, those with the most ${NUMBERED[state.measure]}.`,
      ),
    placeless > 0 && faint(` ${count(placeless, "node")} without a place not drawn.`),
  );
  if (!states.length) return byId("view").replaceChildren(caption, el("p", { class: "nothing" }, "No state is shown."));
  const frame = mapFrame(states);
  const size = frame[2] / 1000;
  const { land, borders } = outlinesOfWorld();
  const room = new Room();
  const inPixels = (number) => {
    const [x, y] = mapPlaces.get(number).map((value) => value / size);
    return { x, y, radius: 3 };
  };
  for (const { x, y } of states.map(inPixels)) room.take(boxAround(x, y, 5, 5));
  const dots = byImportance
    .filter(({ id }) => states.includes(id))
    .map(({ id, name }) => {
      const [x, y] = mapPlaces.get(id);
      const chosen = state.chosen.what === "node" && state.chosen.number === id;
      const text = cut(String(name), 22);
      const box = labelPlaces(inPixels(id), textWidth(text, 11), EVERYWHERE).find((one) => room.isFree(one));
      if (box) room.take(box);
      return [
        svg(
          "circle",
          {
            cx: x,
            cy: y,
            r: (chosen ? 6 : 3.5) * size,
            class: chosen ? "fill-chosen map-dot" : "fill-State map-dot",
            onclick: () => choose({ what: "node", number: id }),
          },
          svg("title", {}, String(name)),
        ),
        box &&
          svg(
            "text",
            {
              x: (size * (box.left + box.right)) / 2,
              y: (size * (box.top + box.bottom)) / 2 + 3.5 * size,
              "font-size": 11 * size,
              "stroke-width": 3 * size,
              "text-anchor": "middle",
              class: "map-name",
            },
            text,
          ),
      ];
    });
  return byId("view").replaceChildren(
    caption,
    svg(
      "svg",
      {
        id: "map",
        viewBox: frame.map((value) => value.toFixed(1)).join(" "),
        role: "img",
        "aria-label": "World map of what is shown; the table holds the same lines",
      },
      svg("path", { d: land, class: "land" }),
      svg("path", { d: borders, class: "borders", "stroke-width": 0.5 * size }),
      drawn.reverse().map((line) => mapLine(line, size)),
      dots,
    ),
  );
}
