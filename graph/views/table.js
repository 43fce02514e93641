// The table: every line, or every transfer, sorted by any column and filtered by words; all that the picture shows, to read.

// Columns: a heading, what stands in the cell, and if need be a mark before it, a note behind it, and what to sort by.
const lineColumns = [
  ["From", (line) => nodeName(line.from)],
  ["Relation", (line) => relationOf(line.kind).phrase],
  ["To", (line) => nodeName(line.to)],
  ["Status or title", (line) => inWords(line.status ?? line.title ?? "")],
  [
    "Systems",
    (line) =>
      cut([...new Set(asList(line.shownDeals).map((number) => systemNames(data.deals[number])))].join(", "), 200),
  ],
  ["Transfers", (line) => (isDerived(line) ? (line.transfers ?? asList(line.deals).length) : "")],
  [
    "Units",
    (line) => (isDerived(line) ? (line.units ?? "unknown") : ""),
    { mark: (line) => (line.guessed > 0 ? "~" : ""), note: (line) => isNumber(line.units) && leftOutOf(line, "units") },
  ],
  [
    "TIV",
    (line) => (isDerived(line) ? (line.tiv ?? (line.tiv_below_half ? smallTiv(line) : "unknown")) : ""),
    {
      note: (line) => (isNumber(line.tiv) || line.tiv_below_half) && leftOutOf(line, "tiv"),
      sortBy: (line) => (isDerived(line) ? (line.tiv ?? (line.tiv_below_half ? LESS_THAN_HALF : "unknown")) : ""),
    },
  ],
  [
    "First",
    (line) => yearCell(line.first_year ?? line.since),
    { sortBy: (line) => timeOf(line.first_year ?? line.since) },
  ],
  [
    "Last",
    (line) => yearCell(line.last_year ?? line.until),
    { sortBy: (line) => timeOf(line.last_year ?? line.until) },
  ],
];
const dealColumns = [
  ["Supplier", (deal) => partyNames(deal.suppliers)],
  ["Buyer", (deal) => partyNames(deal.buyers)],
  ["System", (deal) => systemNames(deal)],
  ["Status", (deal) => inWords(deal.status ?? "unknown")],
  ["Ordered", (deal) => deal.quantity_ordered ?? "unknown", { mark: (deal) => estimateMark(deal, "quantity_ordered") }],
  [
    "Delivered",
    (deal) => deal.quantity_delivered ?? "unknown",
    { mark: (deal) => estimateMark(deal, "quantity_delivered") },
  ],
  [
    "Order year",
    (deal) => yearCell(deal.order_year),
    { mark: (deal) => estimateMark(deal, "order_year"), sortBy: (deal) => timeOf(deal.order_year) },
  ],
  [
    "TIV delivered",
    (deal) => (asList(deal.below_half).includes("tiv_delivered") ? LESS_THAN_HALF : (deal.tiv_delivered ?? "unknown")),
  ],
  ["Confidence", (deal) => `${Math.round(100 * deal.confidence)} %`],
];
const estimateMark = (deal, field) => (asList(deal.estimated).includes(field) ? "~" : "");
const yearCell = (year) => (year === undefined ? "" : String(year));

/** A year or a date as a number: 2004, and 2004.0501 for "2004-05-01". */
function timeOf(date) {
  if (isNumber(date)) return date;
  const [year, ...rest] = String(date ?? "").split("-");
  return Number(`${year}.${rest.join("")}`) || yearCell(date);
}

const TABLES = {
  lines: {
    columns: lineColumns,
    items: () => shown.list,
    open: (line) => choose({ what: "edge", number: line.id }),
    name: lineName,
  },
  transfers: {
    columns: dealColumns,
    items: () => data.deals.filter((deal) => isDealShown(deal)),
    open: (deal) => choose({ what: "deal", number: deal.id }),
    name: (deal) => `${partyNames(deal.suppliers)} → ${partyNames(deal.buyers)}, ${systemNames(deal)}`,
  },
};
const listing = { table: "lines", column: -1, down: false, words: "", rows: 200 };

const textOf = (value, mark = "") =>
  isNumber(value) ? mark + inNumbers(value) : value === "" ? "" : mark && value !== "unknown" ? mark + value : value;

/** How little a cell says: 0 where it can be compared; what cannot stands last, whichever way the table is sorted. */
const vagueness = (value) => [LESS_THAN_HALF, "unknown", "unknown system", ""].indexOf(value) + 1;

/** Numbers by size, then words by the alphabet, or both downwards; what is unknown last. */
function compareCells(a, b, down) {
  const vaguer = vagueness(a) - vagueness(b);
  if (vaguer || vagueness(a)) return vaguer;
  const order =
    isNumber(a) && isNumber(b) ? a - b : isNumber(a) !== isNumber(b) ? (isNumber(a) ? -1 : 1) : collator.compare(a, b);
  return down ? -order : order;
}

function rowsOfTable() {
  const { columns, items } = TABLES[listing.table];
  const wanted = fold(listing.words.trim()).split(/\s+/).filter(Boolean);
  const [, read, { sortBy = read } = {}] = columns[listing.column] ?? [];
  const found = wanted.length
    ? items().filter((item) => {
        const text = fold(columns.map(([, cell]) => cell(item)).join(" "));
        return wanted.every((word) => text.includes(word));
      })
    : [...items()];
  if (sortBy) {
    const values = new Map(found.map((item) => [item, sortBy(item)]));
    found.sort((a, b) => compareCells(values.get(a), values.get(b), listing.down));
  }
  return found;
}

function tableRow(item) {
  const { columns, open, name } = TABLES[listing.table];
  const cells = columns.map(([, read, { mark, note } = {}], place) => {
    const value = read(item);
    const text = textOf(value, mark?.(item));
    if (!place)
      return el(
        "th",
        { scope: "row" },
        button(
          { class: "party", "aria-label": `Evidence: ${name(item)}`, onclick: () => open(item) },
          el("bdi", {}, text),
        ),
      );
    const more = note?.(item);
    return el("td", { dir: "auto", class: isNumber(value) ? "number" : null }, text, more && faint(` (${more})`));
  });
  return el("tr", {}, cells);
}

function tableHeads() {
  return TABLES[listing.table].columns.map(([name], column) => {
    const sorted = column === listing.column ? (listing.down ? "descending" : "ascending") : null;
    const onclick = () => {
      Object.assign(listing, { down: column === listing.column && !listing.down, column });
      fillTable();
      byId("table").querySelectorAll("thead button")[column].focus();
    };
    return el(
      "th",
      { scope: "col", "aria-sort": sorted },
      button({ onclick }, name, sorted ? (listing.down ? " ↓" : " ↑") : ""),
    );
  });
}

function fillTable() {
  const found = rowsOfTable();
  const rows = el("tbody", {}, found.slice(0, listing.rows).map(tableRow));
  const more =
    found.length > listing.rows &&
    button({ onclick: () => ((listing.rows = Infinity), fillTable()) }, `Show all ${inNumbers(found.length)}`);
  const [one, many] = listing.table === "lines" ? ["line", "lines"] : ["transfer", "transfers"];
  byId("table-count").textContent = count(found.length, one, many);
  byId("table").replaceChildren(
    el("table", {}, el("thead", {}, el("tr", {}, tableHeads())), rows),
    ...(more ? [more] : []),
  );
}

function showTable() {
  const filter = el("input", {
    type: "text",
    id: "table-words",
    placeholder: "Filter rows",
    "aria-label": "Show only rows with these words",
    value: listing.words,
  });
  filter.addEventListener("input", () => (Object.assign(listing, { words: filter.value }), fillTable()));
  const tables = [
    ["lines", "Lines"],
    ["transfers", "Transfers"],
  ];
  const pick = (table) => {
    Object.assign(listing, { table, column: -1, down: false, rows: 200 });
    fillTable();
  };
  byId("view").replaceChildren(
    el(
      "div",
      { class: "view-bar" },
      choiceOf({ id: "table-of", "aria-label": "Rows of the table" }, tables, listing.table, pick),
      filter,
      el("output", { id: "table-count" }),
    ),
    el("div", {
      id: "table",
      class: "scroll",
      role: "region",
      "aria-label": "All that is shown, as a table",
      tabindex: 0,
    }),
  );
  fillTable();
}
