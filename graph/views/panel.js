// The panel: the list of lines, and for a line, a node or a transfer the words of the sources that it rests on.
"use strict";

const FIRST_ROWS = 300; // longer lists are opened on demand
const FIELD_NAMES = new Map([
  ["quantity_ordered", "Ordered"],
  ["quantity_delivered", "Delivered"],
  ["order_year", "Order year"],
  ["delivery_years", "Delivery years"],
]);
const QUIET = new Set(["id", "name", "claims", "sources", "block", "transfers"]); // said elsewhere, or of no use to a reader

/** One part of a page's address that a reader may follow; anything but http and https is only shown. */
function link(text, address) {
  const safe = typeof address === "string" && /^https?:\/\//i.test(address);
  return safe
    ? el("a", { href: address, rel: "noopener noreferrer", target: "_blank", dir: "auto" }, text)
    : el("span", { dir: "auto" }, text);
}

const badge = (text, look = "", title = null) => el("span", { class: `badge ${look}`, title }, text);
const facts = (rows) =>
  el(
    "dl",
    {},
    rows.filter(Boolean).map(([name, ...values]) => el("div", {}, el("dt", {}, name), el("dd", {}, values))),
  );

function partyButton(party) {
  if (typeof party !== "number") return el("span", { dir: "auto" }, party);
  return el(
    "button",
    { type: "button", class: "party", onclick: () => choose({ what: "node", number: party }) },
    el("bdi", {}, nodeName(party)),
  );
}

const between = (parties) =>
  parties.length
    ? parties.flatMap((party, place) => (place ? [", ", partyButton(party)] : [partyButton(party)]))
    : ["unknown"];

/** A number as a source gave it: "~24" where it is an estimate, "unknown" where nobody said. */
function numberOf(properties, field, format = (value) => value.toLocaleString("en")) {
  const value = properties[field];
  if (value === undefined || (Array.isArray(value) && !value.length)) return "unknown";
  const text = Array.isArray(value)
    ? value.map(String).join(", ")
    : typeof value === "number"
      ? format(value)
      : String(value);
  return (properties.estimated ?? []).includes?.(field) ? `~${text}` : text;
}

/** Fields on which the claims of a transfer differ; a bare "yes" counts as one without a name. */
function contestedFields({ contested }) {
  if (Array.isArray(contested)) return contested.map(String);
  return contested ? [contested === true ? "" : String(contested)] : [];
}

// ---- quotes

/** What a claim states, in a few words: this is where claims that disagree can be compared. */
function statedBy(quote) {
  const numbers = [
    quote.quantity_ordered !== undefined && `${numberOf(quote, "quantity_ordered")} ordered`,
    quote.quantity_delivered !== undefined && `${numberOf(quote, "quantity_delivered")} delivered`,
    quote.order_year !== undefined && `ordered in ${numberOf(quote, "order_year", String)}`,
    quote.delivery_years?.length && `delivered in ${numberOf(quote, "delivery_years")}`,
  ];
  const span = yearsOf({ first_year: quote.since, last_year: quote.until });
  return [quote.status && inWords(quote.status), quote.title, span, ...numbers].filter(Boolean).join(" · ");
}

const placeOf = (quote) => (quote.row !== undefined ? `row ${quote.row}` : `characters ${quote.start}–${quote.end}`);

function quoteElement(number) {
  const quote = data.quotes[number];
  const paper = data.documents[quote.document] ?? { source: {} };
  const { name: source = "unknown source", reliability } = paper.source;
  const marks = [
    quote.disputes && badge("disputes this", "against", "This claim speaks against the transfer."),
    quote.modality &&
      quote.modality !== "asserted" &&
      badge(quote.modality, "", meaningOf("modalities", quote.modality)),
    quote.confidence !== undefined &&
      badge(
        `confidence ${Math.round(quote.confidence * 100)} %`,
        "",
        `How sure ${quote.extractor ?? "the reader"} is that the words state this.`,
      ),
  ];
  return el(
    "figure",
    { class: quote.disputes ? "against" : "for" },
    el("blockquote", { dir: "auto" }, quote.quote ?? ""),
    el(
      "figcaption",
      {},
      el(
        "p",
        {},
        el("cite", { dir: "auto" }, source),
        reliability && el("span", { title: meaningOf("reliabilities", reliability) }, ` (${reliability})`),
        ": ",
        link(paper.name ?? "untitled", paper.address),
      ),
      el(
        "p",
        { class: "faint" },
        [paper.published_on, placeOf(quote)].filter(Boolean).join(" · "),
        quote.said_by_name && [" · said by ", el("bdi", {}, quote.said_by_name)],
      ),
      el("p", { class: "marks" }, marks),
      statedBy(quote) && el("p", { class: "faint" }, "States: ", el("bdi", {}, statedBy(quote))),
    ),
  );
}

const quoteList = (numbers) =>
  [...numbers].sort((a, b) => data.quotes[a].disputes - data.quotes[b].disputes || a - b).map(quoteElement);

// ---- transfers

function dealFacts(properties) {
  const contested = contestedFields(properties);
  const row = (field, value) => [
    FIELD_NAMES.get(field),
    value,
    contested.includes(field) && badge("contested", "warn", "The claims give different values."),
  ];
  const { kind = "sale", status = "unknown" } = properties;
  return facts([
    ["Kind", el("span", { title: meaningOf("transfer_kinds", kind) }, inWords(kind))],
    [
      "Status",
      inWords(status),
      contested.includes("status") && badge("contested", "warn"),
      el("small", {}, meaningOf("statuses", status)),
    ],
    row("quantity_ordered", numberOf(properties, "quantity_ordered")),
    row("quantity_delivered", numberOf(properties, "quantity_delivered")),
    row("order_year", numberOf(properties, "order_year", String)),
    row("delivery_years", numberOf(properties, "delivery_years")),
    properties.value !== undefined && ["Value", `${numberOf(properties, "value")} ${properties.currency ?? ""}`],
    properties.tiv_order !== undefined && ["TIV of the order", `${numberOf(properties, "tiv_order")} million`],
    properties.tiv_delivered !== undefined && ["TIV delivered", `${numberOf(properties, "tiv_delivered")} million`],
    properties.condition !== undefined && ["Condition", String(properties.condition)],
    properties.reason !== undefined && ["Why one deal", String(properties.reason)],
  ]);
}

function dealElement(number) {
  const deal = data.deals[number];
  const contested = contestedFields(deal.properties);
  const inWhat = contested.filter(Boolean).map(inWords).join(", ");
  return el(
    "article",
    {},
    el(
      "h3",
      {},
      el("bdi", {}, deal.systems.map(partyName).join(", ") || "unknown system"),
      contested.length > 0 && badge("contested", "warn", `The claims differ${inWhat && ` in ${inWhat}`}.`),
    ),
    el("p", {}, between(deal.suppliers), " → ", between(deal.buyers)),
    dealFacts(deal.properties),
    deal.quotes.length ? quoteList(deal.quotes) : noEvidence(),
  );
}

const noEvidence = () => el("p", { class: "faint" }, "This file holds no quotes for it.");

// ---- what the panel can show

function rowsButton(swatch, name, note, onclick) {
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "row", onclick },
      swatch,
      el("span", { class: "row-name", dir: "auto" }, name),
      note && el("span", { class: "row-note", dir: "auto" }, note),
    ),
  );
}

const edgeRow = (edge, note = lineNote(edge)) =>
  rowsButton(lineSwatch(edge.kind), lineName(edge), note, () => choose({ what: "edge", number: edge.id }));
const edgeRowWithPhrase = (edge) =>
  edgeRow(edge, [relationOf(edge.kind).phrase, lineNote(edge)].filter(Boolean).join(" · "));

/** A list that shows its first rows, and the others when asked. */
function longList(items, toRow) {
  const list = el("ul", { class: "rows" }, items.slice(0, FIRST_ROWS).map(toRow));
  if (items.length <= FIRST_ROWS) return [list];
  const more = el(
    "button",
    {
      type: "button",
      onclick: () => {
        list.append(...items.slice(FIRST_ROWS).map(toRow));
        more.remove();
      },
    },
    `Show all ${items.length.toLocaleString("en")}`,
  );
  return [list, more];
}

function linesView() {
  const edges = sortedEdges.filter(isEdgeShown);
  const parts = [
    el("h2", {}, "All lines"),
    el("p", { class: "faint" }, edges.length ? "Choose a line or a node for its evidence." : "No line is shown."),
  ];
  for (const kind of new Set(edges.map((edge) => edge.kind))) {
    const group = edges.filter((edge) => edge.kind === kind);
    parts.push(
      el(
        "h3",
        { title: relationOf(kind).meaning },
        `${relationOf(kind).phrase} `,
        el("span", { class: "faint" }, String(group.length)),
      ),
      ...longList(group, (edge) => edgeRow(edge)),
    );
  }
  return parts;
}

function edgeView(edge) {
  const relation = relationOf(edge.kind);
  const { transfers, units, tiv, title } = edge.properties;
  const years = yearsOf(
    isDerived(edge) ? edge.properties : { first_year: edge.properties.since, last_year: edge.properties.until },
  );
  return [
    el("h2", {}, partyButton(edge.from), relation.directed ? " → " : " – ", partyButton(edge.to)),
    el(
      "p",
      {},
      lineSwatch(edge.kind),
      " ",
      el("strong", {}, relation.phrase),
      title !== undefined && [" · ", el("bdi", {}, String(title))],
      years && ` · ${years}`,
    ),
    el("p", { class: "faint" }, relation.meaning),
    isDerived(edge) &&
      el(
        "p",
        {},
        [
          count(transfers ?? edge.deals.length, "transfer"),
          units === undefined ? "units unknown" : count(units, "unit"),
          tiv !== undefined && `TIV ${tiv.toLocaleString("en")} million`,
        ]
          .filter(Boolean)
          .join(" · "),
      ),
    edge.deals.map(dealElement),
    quoteList(edge.quotes),
    !edge.deals.length && !edge.quotes.length && noEvidence(),
  ];
}

function dealRow(number) {
  const deal = data.deals[number];
  const name = `${deal.suppliers.map(partyName).join(", ")} → ${deal.buyers.map(partyName).join(", ")}`;
  const note = [deal.systems.map(partyName).join(", "), inWords(deal.properties.status ?? "unknown")]
    .filter(Boolean)
    .join(" · ");
  return rowsButton(null, name, note, () => choose({ what: "deal", number }));
}

function nodeView(number) {
  const node = data.nodes[number];
  const rows = Object.entries(node.properties).filter(([name]) => !QUIET.has(name));
  return [
    el("h2", { class: "named" }, nodeSwatch(node.group), el("bdi", {}, node.name)),
    el("p", { class: "faint" }, `${node.group} · `, el("bdi", {}, node.key)),
    rows.length > 0 &&
      facts(
        rows.map(([name, value]) => [inWords(name), typeof value === "object" ? JSON.stringify(value) : String(value)]),
      ),
    el("h3", {}, "Lines ", el("span", { class: "faint" }, String(edgesOf[number].length))),
    longList(edgesOf[number], edgeRowWithPhrase),
    dealsOf[number].length > 0 && [
      el("h3", {}, "Transfers ", el("span", { class: "faint" }, String(dealsOf[number].length))),
      longList(dealsOf[number], dealRow),
    ],
  ];
}

const VIEWS = {
  lines: linesView,
  edge: ({ number }) => edgeView(data.edges[number]),
  node: ({ number }) => nodeView(number),
  deal: ({ number }) => [el("h2", {}, "Transfer"), dealElement(number)],
};

// ---- going from one to the next

const ALL_LINES = { what: "lines" };
const trail = [ALL_LINES];

function showPanel() {
  const view = trail.at(-1);
  const hadFocus = byId("panel").contains(document.activeElement);
  byId("panel-body").replaceChildren(...VIEWS[view.what](view).flat(9).filter(Boolean));
  byId("panel").scrollTop = 0;
  byId("back").hidden = trail.length === 1;
  byId("all-lines").hidden = view.what === "lines";
  const heading = byId("panel-body").querySelector("h2");
  heading.tabIndex = -1;
  if (hadFocus) heading.focus({ preventScroll: true });
}

/** Show a view in the panel and mark in the picture what it is about. */
function choose(view) {
  const last = trail.at(-1);
  if (view.what !== last.what || view.number !== last.number) trail.push(view);
  mark(view);
  showPanel();
}

function goBack() {
  if (trail.length > 1) trail.pop();
  mark(trail.at(-1));
  showPanel();
}

function mark({ what, number }) {
  if (what === "node") network.selectNodes([number]);
  else if (what === "edge") network.selectEdges([number]);
  else network.unselectAll();
}
