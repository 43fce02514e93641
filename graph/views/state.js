// What the reader has chosen: one record, kept in the address so that a link restores it. Every control changes it here.

const VIEWS = new Map([
  ["picture", "Picture"],
  ["table", "Table"],
  ["matrix", "Matrix"],
  ["flow", "Flow"],
  ["timeline", "Timeline"],
  ...(data.world ? [["map", "Map"]] : []),
]);
const MEASURES = new Map([
  ["transfers", "transfers"],
  ["units", "units"],
  ["tiv", "TIV (million)"],
]);
const COLOURINGS = new Map([
  ["kind", "kind"],
  ["degree", "number of partners"],
  ["community", "community"],
]);

/** What the width of a line means at first: volumes, which can be compared, or units, where most lines know them. */
function firstMeasure() {
  const derived = data.edges.filter(isDerived);
  const isMostlyKnown = (measure) => 2 * derived.filter((edge) => edge[measure] > 0).length > derived.length;
  return ["tiv", "units"].find(isMostlyKnown) ?? "transfers";
}

const LINES = { what: "lines" };
const atFirst = () => ({
  view: "picture",
  measure: firstMeasure(),
  colouring: "kind",
  labelsOff: new Set(), // kinds of nodes that are hidden
  kindsOff: new Set(), // kinds of lines
  statusesOff: new Set(), // of transfers
  categoriesOff: new Set(), // of systems
  confidence: 0, // 0 to 100: what is less sure is hidden
  since: null, // years; null: no bound
  until: null,
  hidden: new Set(), // single nodes
  only: null, // the nodes to keep, or null
  chosen: LINES, // what the panel shows: {what: lines | edge | node | deal | path, number}
  ends: [], // up to two nodes between which a path is looked for
  sight: null, // [x, y, scale] of the picture where the reader has moved it
});

let state = atFirst();
const listeners = [];

/** Run when the state has changed; ``changed`` tells which parts of it did. */
const onChange = (listener) => listeners.push(listener);

/** Change parts of the state; everything that depends on them follows. */
function change(parts) {
  state = { ...state, ...parts };
  const changed = new Set(Object.keys(parts));
  for (const listener of listeners) listener(changed);
  keepInAddress();
}

const FILTERS = [
  ...["labelsOff", "kindsOff", "statusesOff", "categoriesOff"],
  ...["confidence", "since", "until", "hidden", "only"],
];
const changesFilters = (changed) => FILTERS.some((part) => changed.has(part));

/** Put a word into a set of the state, or take it out. */
function toggle(part, word, on) {
  const set = new Set(state[part]);
  if (on) set.add(word);
  else set.delete(word);
  change({ [part]: set });
}

// ---- the address

const numberOfKey = new Map(data.nodes.map((node) => [node.key, node.id]));
const asKeys = (numbers) => [...numbers].map((number) => encodeURIComponent(data.nodes[number].key)).join(",");
const asNumbers = (text) =>
  text
    .split(",")
    .filter(Boolean)
    .map((key) => numberOfKey.get(unescaped(key)))
    .filter((number) => number !== undefined);
const asWords = (set) => [...set].map(encodeURIComponent).join(",");
const asSet = (text) => new Set(text.split(",").filter(Boolean).map(unescaped));

function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // somebody typed it
  }
}

/** Give the state as the part of the address behind #; only what differs from the beginning. */
function toAddress() {
  const first = atFirst();
  const parts = [];
  const add = (name, value) => value !== "" && parts.push(`${name}=${value}`);
  for (const name of ["view", "measure", "colouring", "confidence", "since", "until"])
    if (state[name] !== first[name]) add(name, encodeURIComponent(state[name]));
  for (const name of ["labelsOff", "kindsOff", "statusesOff", "categoriesOff"]) add(name, asWords(state[name]));
  add("hidden", asKeys(state.hidden));
  if (state.only) add("only", asKeys(state.only) || "-");
  if (state.chosen.what === "node") add("node", asKeys([state.chosen.number]));
  else if (state.chosen.what === "path") add("path", asKeys(state.ends));
  else if (state.chosen.what !== "lines") add(state.chosen.what, state.chosen.number);
  if (state.sight) add("sight", state.sight.map((value) => Number(value.toPrecision(5))).join(","));
  return parts.join("&");
}

/** Read the state from the address; whatever is not understood is left as at first. */
function fromAddress(address) {
  const read = atFirst();
  const among = (number, list) => /^\d+$/.test(number) && Number(number) < list.length;
  for (const part of address.replace(/^#/, "").split("&")) {
    const [name, value = ""] = part.split("=");
    if (name === "view" && VIEWS.has(value)) read.view = value;
    else if (name === "measure" && MEASURES.has(value)) read.measure = value;
    else if (name === "colouring" && COLOURINGS.has(value)) read.colouring = value;
    else if (["since", "until"].includes(name) && /^-?\d{1,4}$/.test(value)) read[name] = Number(value);
    else if (name === "confidence" && /^\d{1,3}$/.test(value)) read.confidence = Math.min(Number(value), 100);
    else if (["labelsOff", "kindsOff", "statusesOff", "categoriesOff"].includes(name)) read[name] = asSet(value);
    else if (name === "hidden") read.hidden = new Set(asNumbers(value));
    else if (name === "only") read.only = new Set(asNumbers(value));
    else if (name === "node" && asNumbers(value).length) read.chosen = { what: "node", number: asNumbers(value)[0] };
    else if (name === "edge" && among(value, data.edges)) read.chosen = { what: "edge", number: Number(value) };
    else if (name === "deal" && among(value, data.deals)) read.chosen = { what: "deal", number: Number(value) };
    else if (name === "path" && asNumbers(value).length === 2) {
      read.ends = asNumbers(value);
      read.chosen = { what: "path", ends: read.ends };
    } else if (name === "sight" && value.split(",").every((one) => Number.isFinite(Number(one)) && one !== ""))
      read.sight = value.split(",").map(Number).slice(0, 3);
  }
  if (read.sight?.length !== 3 || !(read.sight[2] > 0)) read.sight = null;
  return read;
}

let written = "";
function keepInAddress() {
  clearTimeout(keepInAddress.timer);
  keepInAddress.timer = setTimeout(() => {
    written = toAddress();
    try {
      history.replaceState(null, "", written ? `#${written}` : location.pathname);
    } catch {
      // a browser that forbids it for files shows the page all the same
    }
  }, 150);
}

addEventListener("hashchange", () => {
  if (location.hash.replace(/^#/, "") !== written) change(fromAddress(location.hash));
});
