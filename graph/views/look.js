// How nodes and lines look: colours from the style sheet, shapes, dashes, widths, and what they mean in the legend.

const DASHES = new Map([
  ["MAY_ARM", [7, 5]],
  ["DID_NOT_ARM", [2, 4]],
]);
const HUES = ["#0a6aa8", "#d05a00", "#00805c", "#b0508f", "#6f4fa8", "#8a6d00", "#4d6b8a", "#8c1d40"]; // communities
const DEGREES = ["#9ecae1", "#6baed6", "#3f8fc5", "#1f6cae", "#0b4484"]; // few partners to many
const FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

let palette = readPalette();

function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "ink", "faint", "ARMS", "MAY_ARM", "DID_NOT_ARM", "stated", "chosen", ...LABELS];
  return new Map(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

const degreeStep = (number) =>
  Math.min(
    Math.floor((DEGREES.length * Math.log1p(partnersOf[number].size)) / Math.log1p(mostPartners)),
    DEGREES.length - 1,
  );

function nodeColour(number) {
  if (state.colouring === "community") return HUES[communityOf(number)] ?? palette.get("stated");
  if (state.colouring === "degree") return DEGREES[degreeStep(number)];
  return palette.get(data.nodes[number].group);
}
const lineColour = (line) => palette.get(isDerived(line) ? line.kind : "stated");

/** Radius of a node in pixels at a scale of 1: it grows with the root of its lines. */
const RELATIVE = new Map([
  ["State", 1],
  ["Conflict", 1.3],
]);
const radii = data.nodes.map(
  ({ id, group }) => Math.min(26, 7 + 1.9 * Math.sqrt(edgesOf[id].length)) * (RELATIVE.get(group) ?? 0.9),
);

// Among many lines each is thin, so that the thick ones stand out.
const crowd = Math.min(1, Math.sqrt(160 / Math.max(data.edges.length, 1)));
const THINNEST = 0.5 + 1 * crowd;
const THICKEST = 3 + 3.5 * crowd;

/** How strongly lines are drawn where so many are in sight: those that lead, and all others, which let them be seen. */
const FEW_LINES = 240;
const isFew = () => shown.list.length <= FEW_LINES;
const alphaOf = (leads, inSight) => Math.max(leads ? 0.8 : 0.1, Math.min(1, FEW_LINES / inSight));

/** Width of a line in pixels for a value of the chosen measure: it grows with the root, so that small deals stay visible. */
function widthOf(value) {
  // Where all values are small, none of them is thick.
  return value > 0 ? THINNEST + (THICKEST - THINNEST) * Math.sqrt(value / Math.max(shown.most, 16)) : THINNEST;
}
const lineWidth = (line) => (isDerived(line) ? widthOf(valueOf(line)) : Math.min(THINNEST, 1));

/** A line is hollow where most of what gives it its width is an estimate. */
const isHollow = (line) => state.measure === "units" && line.guessed > 0.5 && lineWidth(line) >= 2;

/** Add a node's outline to a path. */
function outline(path, group, x, y, r) {
  const corners = (points) => {
    points.forEach(([dx, dy], place) => path[place ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
    path.closePath();
  };
  if (group === "Firm")
    corners([
      [-0.9, -0.9],
      [0.9, -0.9],
      [0.9, 0.9],
      [-0.9, 0.9],
    ]);
  else if (group === "Person")
    corners([
      [0, -1.15],
      [1.15, 0],
      [0, 1.15],
      [-1.15, 0],
    ]);
  else if (group === "Organisation")
    corners([
      [-0.5, -0.9],
      [0.5, -0.9],
      [1, 0],
      [0.5, 0.9],
      [-0.5, 0.9],
      [-1, 0],
    ]);
  else if (group === "System")
    corners([
      [0, -1.1],
      [1.05, 0.85],
      [-1.05, 0.85],
    ]);
  else if (group === "Conflict")
    corners(
      Array.from({ length: 10 }, (_, tip) => {
        const angle = (Math.PI * tip) / 5;
        const reach = tip % 2 ? 0.5 : 1.15;
        return [reach * Math.sin(angle), -reach * Math.cos(angle)];
      }),
    );
  else {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 2 * Math.PI);
  }
}
