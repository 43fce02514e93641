// What all parts of the page stand on: the data, its words, and how text becomes elements (never through HTML).
"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const words = new Map(Object.entries(data.words).map(([table, pairs]) => [table, new Map(pairs)]));
const LABELS = [...words.get("labels").keys()];
const KINDS = [...words.get("relations").keys()];

const byId = (id) => document.getElementById(id);
const meaningOf = (table, word) => words.get(table).get(word) ?? "";
const inWords = (word) => String(word).replaceAll("_", " ");

/** What the schema says of a relation kind; for one that it does not know, what its name says. */
function relationOf(kind) {
  return (
    words.get("relations").get(kind) ?? {
      phrase: inWords(kind).toLowerCase(),
      reverse: `${inWords(kind).toLowerCase()} (from)`,
      meaning: "",
      directed: true,
      derived: false,
    }
  );
}

/** Make an element. Strings among the children become text; `onclick` is the only listener; false and null leave out. */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The same for SVG, whose elements live in a namespace of their own. */
function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const nodeName = (number) => data.nodes[number].name;
const partyName = (party) => (typeof party === "number" ? nodeName(party) : party);
const isDerived = (edge) => relationOf(edge.kind).derived;
const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The names of what moves along a line, each once. */
const systemsOf = (edge) => [...new Set(edge.deals.flatMap((deal) => data.deals[deal].systems.map(partyName)))];

/** "2014–2021", "2014", or nothing. */
function yearsOf({ first_year: first, last_year: last }) {
  if (first === undefined && last === undefined) return "";
  return first === last || last === undefined || first === undefined ? String(first ?? last) : `${first}–${last}`;
}

/** "Turkey → Poland" for what goes one way, "Turkey – Poland" for what holds both ways. */
const lineName = (edge) => `${nodeName(edge.from)} ${relationOf(edge.kind).directed ? "→" : "–"} ${nodeName(edge.to)}`;

/** One line of text on a line of the picture: status and systems, or the office or share. */
function lineNote(edge) {
  if (!isDerived(edge))
    return [edge.properties.title, yearsOf({ first_year: edge.properties.since, last_year: edge.properties.until })]
      .filter(Boolean)
      .join(", ");
  const systems = systemsOf(edge);
  const more = systems.length > 2 ? ` +${systems.length - 2}` : "";
  return [edge.properties.status && inWords(edge.properties.status), systems.slice(0, 2).join(", ") + more]
    .filter(Boolean)
    .join(" · ");
}

// Lines as lists and tables show them: by kind, then by name.
const collator = new Intl.Collator("en", { numeric: true });
const kindRank = (kind) => (KINDS.includes(kind) ? KINDS.indexOf(kind) : KINDS.length);
const sortedEdges = [...data.edges].sort(
  (a, b) =>
    kindRank(a.kind) - kindRank(b.kind) ||
    collator.compare(a.kind, b.kind) ||
    collator.compare(lineName(a), lineName(b)) ||
    a.id - b.id,
);

// Which lines and transfers each node has.
const edgesOf = data.nodes.map(() => []);
for (const edge of sortedEdges) for (const end of new Set([edge.from, edge.to])) edgesOf[end].push(edge);
const dealsOf = data.nodes.map(() => []);
data.deals.forEach((deal, number) => {
  for (const party of new Set([...deal.suppliers, ...deal.buyers, ...deal.systems]))
    if (typeof party === "number") dealsOf[party].push(number);
});

/** What the width of a line means at first: units where most lines know them. */
function firstMeasure() {
  const derived = data.edges.filter(isDerived);
  return 2 * derived.filter((edge) => edge.properties.units > 0).length > derived.length ? "units" : "transfers";
}

/** What the page shows now; picture, list, table and legend all read it. */
const shown = {
  labels: new Set(data.nodes.map((node) => node.group)),
  kinds: new Set(data.edges.map((edge) => edge.kind)),
  measure: firstMeasure(),
};
const isNodeShown = (number) => shown.labels.has(data.nodes[number].group);
const isEdgeShown = (edge) => shown.kinds.has(edge.kind) && isNodeShown(edge.from) && isNodeShown(edge.to);
