// What the page holds: the data, read from its script tag, the words of the ontology, and who has which lines and transfers.

/** Read the data: JSON, or JSON that was packed with zlib and written in base64. */
async function readData() {
  const { type, textContent } = document.getElementById("data");
  if (type === "application/json") return JSON.parse(textContent);
  const bytes = Uint8Array.from(atob(textContent), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(unpacked).text());
}

/** Columns become records; the names of columns are ours, never the data's. */
function toRecords({ length, columns, stepped }) {
  const records = Array.from({ length }, (_, id) => ({ id }));
  for (const [name, values] of columns) {
    let number = 0; // of a stepped column, which gives the step from the number before
    const walk = (value) => (Array.isArray(value) ? value.map(walk) : (number += value));
    values.forEach((value, id) => {
      if (value !== null) records[id][name] = stepped.includes(name) ? walk(value) : value;
    });
  }
  return records;
}

const raw = await readData();
const data = {
  ...raw,
  nodes: raw.nodes.map((node, id) => {
    const { properties = {}, called = [] } = node;
    return { ...node, id, properties, called: [...called, ...[properties.aliases ?? []].flat().map(String)] };
  }),
  edges: toRecords(raw.edges),
  systems: toRecords(raw.systems),
  deals: toRecords(raw.deals),
  quotes: toRecords(raw.quotes),
};

// ---- words of the ontology

const words = new Map(Object.entries(data.words).map(([table, pairs]) => [table, new Map(pairs)]));
const LABELS = [...words.get("labels").keys()];
const KINDS = [...words.get("relations").keys()];
const STATUSES = [...words.get("statuses").keys()];
const UNKNOWN_STATUS = { meaning: "", rank: 0, draws: "" };

const meaningOf = (table, word) => words.get(table).get(word) ?? "";
const statusOf = (name) => words.get("statuses").get(name) ?? UNKNOWN_STATUS;
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
      walkable: false,
    }
  );
}

// ---- numbers and names

const asList = (value) => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);
const isNumber = (value) => typeof value === "number";
const inNumbers = (value) => (isNumber(value) ? value.toLocaleString("en") : String(value));
const count = (number, one, many = `${one}s`) => `${inNumbers(number)} ${number === 1 ? one : many}`;
const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);
const fold = (text) => String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const collator = new Intl.Collator("en", { numeric: true });
const kindRank = (kind) => (KINDS.includes(kind) ? KINDS.indexOf(kind) : KINDS.length);

const nodeName = (number) => String(data.nodes[number].name);
const partyName = (party) => (isNumber(party) ? nodeName(party) : String(party));
const partyNames = (parties) => asList(parties).map((party) => isolated(partyName(party))).join(", ") || "unknown";
const isDerived = (edge) => relationOf(edge.kind).derived;
const systemsOf = (deal) => asList(deal.systems).map((number) => data.systems[number]);
const systemNames = (deal) =>
  systemsOf(deal)
    .map(({ name }) => name)
    .join(", ") || "unknown system";
const categoryOf = (deal) => systemsOf(deal).find(({ category }) => category)?.category ?? "category unknown";

/** A name to stand in a sentence of ours: one that runs from right to left must not turn the rest around. */
const TURNS = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufeff]/;
const isolated = (name) => (TURNS.test(name) ? `\u2068${name}\u2069` : name);

/** "Turkey → Poland" for what goes one way, "Turkey – Poland" for what holds both ways. */
const lineName = (edge) =>
  `${isolated(nodeName(edge.from))} ${relationOf(edge.kind).directed ? "→" : "–"} ${isolated(nodeName(edge.to))}`;

/** "2014–2021", "2014", or nothing. */
function yearsOf(first, last) {
  if (first === undefined && last === undefined) return "";
  return first === last || last === undefined || first === undefined ? String(first ?? last) : `${first}–${last}`;
}

/** First and last year of a list of years of which some may be unknown; undefined where none is known. */
function spanOf(years) {
  const known = years.filter(isNumber);
  return known.length ? [Math.min(...known), Math.max(...known)] : [undefined, undefined];
}
const yearOf = (date) => (/^\d{4}/.test(date ?? "") ? Number(date.slice(0, 4)) : undefined);
const dealYears = (deal) => spanOf([deal.order_year, ...asList(deal.delivery_years)]);

// ---- who has what

for (const deal of data.deals) {
  [deal.first, deal.last] = dealYears(deal);
  deal.category = categoryOf(deal);
  deal.main = deal.supplier ?? asList(deal.suppliers)[0]; // whom a sum over suppliers counts it for
  for (const number of asList(deal.quotes)) data.quotes[number].deal = deal.id;
}

let cellRow = 0; // rows of tables come column by column; a quote without words of its own is the next row
const { cells } = raw.quotes;
for (const quote of data.quotes) {
  if (quote.quote === undefined && cells.length) {
    const row = cellRow++;
    quote.quote = cells
      .map((column) => column[row])
      .filter((cell) => cell !== null)
      .join(",");
  }
}

for (const deal of data.deals) {
  const backing = asList(deal.quotes).map((number) => data.quotes[number]);
  deal.confidence = Math.max(0, ...backing.filter((quote) => !quote.disputes).map((quote) => quote.confidence ?? 0));
}

const sortedEdges = [...data.edges].sort(
  (a, b) =>
    kindRank(a.kind) - kindRank(b.kind) ||
    collator.compare(a.kind, b.kind) ||
    collator.compare(lineName(a), lineName(b)) ||
    a.id - b.id,
);
const edgesOf = data.nodes.map(() => []);
for (const edge of sortedEdges) for (const end of new Set([edge.from, edge.to])) edgesOf[end].push(edge);
const dealsOf = data.nodes.map(() => []);
for (const deal of data.deals) {
  const systems = systemsOf(deal).map(({ node }) => node);
  const parts = asList(deal.parts).map(([, party]) => party);
  for (const party of new Set([...asList(deal.suppliers), ...asList(deal.buyers), ...systems, ...parts]))
    if (isNumber(party)) dealsOf[party].push(deal.id);
}
