// The panel: the list of lines, and for a line, a node, a transfer or a path the words of the sources that it rests on.

// Said elsewhere, or of no use to a reader.
const QUIET = new Set(["id", "name", "claims", "sources", "block", "transfers"]);

// ---- rows that lead on

function rowsButton(swatch, name, note, onclick) {
  return el(
    "li",
    {},
    button(
      { class: "row", onclick },
      swatch,
      el("span", { class: "row-name" }, name),
      note && el("span", { class: "row-note", dir: "auto" }, note),
    ),
  );
}

const edgeRow = (line, note = lineNote(line)) =>
  rowsButton(lineSwatch(line.kind), lineName(line), note, () => choose({ what: "edge", number: line.id }));
const edgeRowWithPhrase = (line) =>
  edgeRow(line, [relationOf(line.kind).phrase, lineNote(line)].filter(Boolean).join(" · "));

function dealRow(number) {
  const deal = data.deals[number];
  const name = `${partyNames(deal.suppliers)} → ${partyNames(deal.buyers)}`;
  const note = [systemNames(deal), inWords(deal.status ?? "unknown"), yearsOf(deal.first, deal.last)]
    .filter(Boolean)
    .join(" · ");
  return rowsButton(null, name, note, () => choose({ what: "deal", number }));
}

// ---- what the panel can show

function linesView() {
  const parts = [
    el("h2", {}, "All lines"),
    el("p", { class: "faint" }, shown.list.length ? "Choose a line or a node for its evidence." : "No line is shown."),
  ];
  for (const kind of new Set(shown.list.map((line) => line.kind))) {
    const lines = shown.list.filter((line) => line.kind === kind);
    parts.push(
      el("h3", { title: relationOf(kind).meaning }, `${relationOf(kind).phrase} `, faint(inNumbers(lines.length))),
      longList(lines, (line) => edgeRow(line)),
    );
  }
  return parts;
}

function edgeView({ number }) {
  const edge = data.edges[number];
  const line = shown.lines[number] ?? edge;
  const relation = relationOf(line.kind);
  const years = isDerived(line) ? yearsOf(line.first_year, line.last_year) : yearsOf(line.since, line.until);
  const deals = [...asList(edge.deals)].sort(
    (a, b) => (data.deals[b].first ?? 0) - (data.deals[a].first ?? 0) || a - b,
  );
  const more = Object.entries(edge.more ?? {}).filter(([name]) => !QUIET.has(name));
  return [
    el("h2", {}, partyButton(line.from), relation.directed ? " → " : " – ", partyButton(line.to)),
    el(
      "p",
      {},
      lineSwatch(line.kind),
      " ",
      el("strong", {}, relation.phrase),
      line.title !== undefined && [" · ", el("bdi", {}, String(line.title))],
      years && ` · ${years}`,
    ),
    el("p", { class: "faint" }, relation.meaning),
    isDerived(line) &&
      el(
        "p",
        {},
        [
          count(line.transfers ?? deals.length, "transfer"),
          unitsInWords(line),
          (isNumber(line.tiv) || line.tiv_below_half) && tivInWords(line),
        ]
          .filter(Boolean)
          .join(" · "),
      ),
    !shown.lines[number] && el("p", {}, badge("outside the filters")),
    line.contested && el("p", {}, badge("contested", "warn", "Some claim denies it.")),
    more.length > 0 &&
      facts(
        more.map(([name, value]) => [inWords(name), propertyInWords(value)]),
      ),
    inPages(deals, dealElement),
    quoteList(edge.quotes, [edge.from, edge.to]),
    !deals.length && !edge.quotes && noEvidence(),
  ];
}

/** Transfers with all their evidence, some at first and the others when asked. */
function inPages(items, toElement, most = 25) {
  if (items.length <= most) return items.map(toElement);
  const place = el("div", {}, items.slice(0, most).map(toElement));
  const more = button(
    { onclick: () => (place.append(...items.slice(most).map(toElement)), more.remove()) },
    `Show all ${inNumbers(items.length)} transfers`,
  );
  return [place, more];
}

function nodeView({ number }) {
  const node = data.nodes[number];
  const rows = Object.entries(node.properties).filter(([name]) => !QUIET.has(name));
  const lines = edgesOf[number].map(({ id }) => shown.lines[id]).filter(Boolean);
  const hiddenLines = edgesOf[number].length - lines.length;
  return [
    el("h2", { class: "named" }, nodeSwatch(node.group), el("bdi", {}, nodeName(number))),
    el("p", { class: "faint" }, `${node.group} · `, el("bdi", {}, node.key)),
    el(
      "p",
      { class: "marks" },
      button({ class: "small", onclick: () => keepOnlyNeighbours(number) }, "Keep only neighbours"),
      button({ class: "small", onclick: () => hideNode(number) }, "Hide"),
      button({ class: "small", onclick: () => pickEnd(number) }, pathButtonWords(number)),
      button({ class: "small", onclick: () => (change({ view: "picture" }), goTo(number)) }, "Show in the picture"),
    ),
    rows.length > 0 &&
      facts(
        rows.map(([name, value]) => [
          (node.group === "Person" && LIFE.get(name)) || inWords(name),
          PARTY_FIELDS.has(name) ? between(asList(value).map(asParty)) : propertyInWords(value),
        ]),
      ),
    el(
      "h3",
      {},
      "Lines ",
      faint(inNumbers(lines.length), hiddenLines > 0 && ` (${inNumbers(hiddenLines)} more outside the filters)`),
    ),
    longList(lines, edgeRowWithPhrase),
    dealsOf[number].length > 0 && [
      el("h3", {}, "Transfers ", faint(inNumbers(dealsOf[number].length))),
      longList(dealsOf[number], dealRow, 60),
    ],
  ];
}

function pathView() {
  const [start, end] = state.ends;
  const steps = findPath(state.ends);
  const heading = el("h2", {}, partyButton(start), " … ", partyButton(end));
  const drop = button({ class: "small", onclick: () => change({ ends: [], chosen: LINES }) }, "Forget this path");
  if (!steps)
    return [
      heading,
      el("p", {}, "No path over the lines that are shown."),
      el(
        "p",
        { class: "faint" },
        "Refusals and relations such as membership are not walked: they would join everybody.",
      ),
      drop,
    ];
  return [
    heading,
    el("p", { class: "told" }, pathInWords(steps)),
    el("p", { class: "faint" }, `A shortest path: ${count(steps.length, "step")}.`),
    drop,
    el(
      "ul",
      { class: "rows" },
      steps.map(({ line }) => edgeRowWithPhrase(line)),
    ),
  ];
}

const PANEL = {
  lines: linesView,
  edge: edgeView,
  node: nodeView,
  deal: ({ number }) => [el("h2", {}, "Transfer"), dealElement(number)],
  path: pathView,
};

// ---- going from one to the next, back and forward

const trail = [LINES];
let stand = 0;

function showPanel() {
  const view = state.chosen;
  const hadFocus = byId("panel-body").contains(document.activeElement);
  byId("panel-body").replaceChildren(...PANEL[view.what](view).flat(9).filter(Boolean));
  byId("panel").scrollTop = 0;
  byId("back").disabled = stand === 0;
  byId("forward").disabled = stand === trail.length - 1;
  byId("all-lines").disabled = view.what === "lines";
  const heading = byId("panel-body").querySelector("h2");
  heading.tabIndex = -1;
  if (hadFocus) heading.focus({ preventScroll: true });
}

const isSame = (a, b) => a.what === b.what && a.number === b.number && String(a.ends) === String(b.ends);

/** Show a view in the panel; picture, table and map mark what it is about. */
function choose(view) {
  change({ chosen: view });
}

function step(by) {
  if (!trail[stand + by]) return;
  stand += by;
  const chosen = trail[stand];
  change({ chosen, ...(chosen.ends ? { ends: chosen.ends } : {}) });
}

onChange((changed) => {
  if (changed.has("chosen") && !isSame(state.chosen, trail[stand])) {
    trail.splice(stand + 1);
    trail.push(state.chosen);
    stand = trail.length - 1;
  }
  if (changed.has("chosen") || changed.has("ends") || changesFilters(changed)) showPanel();
});
