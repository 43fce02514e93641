// The page around network and panel: header, search, legend with filters, table, footer, keys; last, it says that it is ready.
"use strict";

// ---- swatches: a node or a line as the legend and the lists show it

const OUTLINES = new Map([
  ["State", "M7 1a6 6 0 1 0 .01 0z"],
  ["Firm", "M1.5 1.5h11v11h-11z"],
  ["Person", "M7 .5 13.5 7 7 13.5.5 7z"],
  ["Organisation", "M3.7 1.3h6.6L13.6 7l-3.3 5.7H3.7L.4 7z"],
  ["System", "M7 1l6.5 11.5H.5z"],
  ["Conflict", "M7 .5l1.9 4.4 4.8.4-3.7 3.1 1.2 4.7L7 10.6l-4.2 2.5L4 8.4.3 5.3l4.8-.4z"],
]);

function nodeSwatch(label) {
  return svg(
    "svg",
    { class: "swatch", viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" },
    svg("path", { d: OUTLINES.get(label), class: `fill-${label}` }),
  );
}

function lineSwatch(kind, width = 2.5) {
  const look = relationOf(kind).derived ? kind : "stated";
  const parts = [
    svg("line", {
      x1: 1,
      y1: 7,
      x2: 29,
      y2: 7,
      class: `stroke-${look}`,
      "stroke-width": look === "stated" ? 1.2 : width,
      "stroke-dasharray": (DASHES.get(kind) || []).join(" "),
    }),
  ];
  if (look === "ARMS") parts.push(svg("path", { d: "M30 7l-7-4v8z", class: "fill-ARMS" }));
  if (look === "DID_NOT_ARM")
    parts.push(svg("path", { d: "M11 3l8 8m0-8l-8 8", class: "stroke-DID_NOT_ARM", "stroke-width": 2.2 }));
  return svg("svg", { class: "swatch", viewBox: "0 0 30 14", width: 30, height: 14, "aria-hidden": "true" }, ...parts);
}

// ---- header

function showHeader() {
  document.title = data.title ? `${data.title} · legation` : "legation";
  byId("title").textContent = data.title || "legation";
  byId("title").title = data.title;
  const left = data.left_out ? ` · ${data.left_out.toLocaleString("en")} more found, not shown` : "";
  byId("counts").textContent =
    `${count(data.nodes.length, "node")}, ${count(data.edges.length, "line")}, ${count(data.deals.length, "transfer")}${left}`;
  byId("empty").hidden = data.nodes.length > 0;
}

// ---- search

const searchable = data.nodes.map((node) => ({ number: node.id, name: fold(node.name), key: fold(node.key) }));
let active = -1; // which suggestion the arrow keys stand on

/** The nodes that a text finds: names that begin with it, then words that do, then any place. */
function findNodes(text) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const rank = ({ name, key }) =>
    name.startsWith(wanted) || key === wanted
      ? 0
      : name.includes(` ${wanted}`)
        ? 1
        : name.includes(wanted) || key.includes(wanted)
          ? 2
          : 3;
  return searchable
    .map((item) => ({ ...item, rank: rank(item) }))
    .filter((item) => item.rank < 3)
    .sort((a, b) => a.rank - b.rank || edgesOf[b.number].length - edgesOf[a.number].length || a.number - b.number)
    .slice(0, 8)
    .map((item) => item.number);
}

function suggest() {
  const input = byId("search-text");
  const found = findNodes(input.value);
  active = found.length ? 0 : -1;
  const rows = found.map((number, place) => {
    const option = el(
      "li",
      { role: "option", id: `suggestion-${place}`, onclick: () => pick(number) },
      nodeSwatch(data.nodes[number].group),
      el("bdi", {}, nodeName(number)),
    );
    option.dataset.number = number;
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus in the field
    return option;
  });
  const nothing = input.value.trim() && !found.length;
  byId("suggestions").replaceChildren(
    ...(nothing ? [el("li", { class: "faint" }, "Nobody here goes by that name.")] : rows),
  );
  byId("suggestions").hidden = !rows.length && !nothing;
  input.setAttribute("aria-expanded", String(rows.length > 0));
  markActive();
}

function markActive() {
  const options = [...byId("suggestions").querySelectorAll("[role=option]")];
  options.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
  if (active >= 0) byId("search-text").setAttribute("aria-activedescendant", `suggestion-${active}`);
  else byId("search-text").removeAttribute("aria-activedescendant");
}

function pick(number) {
  closeSearch();
  if (!isNodeShown(number)) setShown(shown.labels, data.nodes[number].group, true);
  showTable(false);
  choose({ what: "node", number });
  network.moveTo({ position: network.getPosition(number), scale: Math.max(network.getScale(), 0.9), animation: false });
}

function closeSearch() {
  byId("search-text").value = "";
  suggest();
}

function searchKey(event) {
  const options = byId("suggestions").querySelectorAll("[role=option]");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    active = options.length ? (active + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length : -1;
    markActive();
  } else if (event.key === "Enter" && active >= 0) pick(Number(options[active].dataset.number));
}

// ---- legend and filters

function filterBox(set, word, swatch, text, title) {
  const number =
    set === shown.labels
      ? data.nodes.filter((node) => node.group === word).length
      : data.edges.filter((edge) => edge.kind === word).length;
  const box = el("input", { type: "checkbox", checked: "", "data-word": word });
  box.addEventListener("change", () => setShown(set, word, box.checked));
  return el("label", { title }, box, swatch, `${text} `, el("span", { class: "faint" }, String(number)));
}

function setShown(set, word, on) {
  if (on) set.add(word);
  else set.delete(word);
  const group = byId(set === shown.labels ? "label-filters" : "kind-filters");
  for (const box of group.querySelectorAll("input")) if (box.dataset.word === word) box.checked = on;
  refresh();
}

function showLegend() {
  const labels = LABELS.filter((label) => shown.labels.has(label));
  const kinds = [...shown.kinds].sort((a, b) => kindRank(a) - kindRank(b) || collator.compare(a, b));
  const kindBox = (kind, swatch) =>
    filterBox(shown.kinds, kind, swatch, relationOf(kind).phrase, relationOf(kind).meaning);
  const derived = kinds.filter((kind) => relationOf(kind).derived);
  const stated = kinds.filter((kind) => !relationOf(kind).derived); // they look alike; the picture writes their names on them
  byId("legend-rows").replaceChildren(
    el(
      "div",
      { id: "label-filters", role: "group", "aria-label": "Kinds of nodes" },
      labels.map((label) => filterBox(shown.labels, label, nodeSwatch(label), label, meaningOf("labels", label))),
    ),
    el(
      "div",
      { id: "kind-filters", role: "group", "aria-label": "Kinds of lines" },
      derived.map((kind) => kindBox(kind, lineSwatch(kind))),
      stated.length > 0 && el("span", {}, lineSwatch(stated[0]), " stated:"),
      stated.map((kind) => kindBox(kind, "")),
    ),
    el("div", { id: "width-scale", hidden: data.edges.some(isDerived) ? null : "" }),
  );
}

/** The choice of what the width of a line means, with three widths and their values. */
function showScale() {
  const select = el(
    "select",
    { id: "measure", "aria-label": "What the width of a line means" },
    [...MEASURES]
      .filter(([measure]) => largest(measure) > 0 || measure === "transfers")
      .map(([measure, name]) =>
        el("option", { value: measure, selected: measure === shown.measure ? "" : null }, name),
      ),
  );
  select.addEventListener("change", () => {
    shown.measure = select.value;
    refresh();
    showScale();
    byId("measure").focus();
  });
  const round = (value) => Number(value.toPrecision(value < 10 ? 1 : 2));
  const samples = [
    ...new Set(
      [most / 16, most / 4, most].map((value) =>
        shown.measure === "tiv" ? round(value) : Math.max(1, Math.round(round(value))),
      ),
    ),
  ];
  const scale = samples.map((value) => el("span", {}, lineSwatch("ARMS", widthOf(value)), value.toLocaleString("en")));
  byId("width-scale").replaceChildren(
    "Width: ",
    select,
    ...scale,
    shown.measure === "transfers" ? "" : el("span", { class: "faint" }, "thinnest: or unknown"),
  );
}

// ---- table

const COLUMNS = [
  ["From", (edge) => nodeName(edge.from)],
  ["Relation", (edge) => relationOf(edge.kind).phrase],
  ["To", (edge) => nodeName(edge.to)],
  ["Status or title", (edge) => inWords(edge.properties.status ?? edge.properties.title ?? "")],
  ["Systems", (edge) => systemsOf(edge).join(", ")],
  ["Transfers", (edge) => (isDerived(edge) ? (edge.properties.transfers ?? edge.deals.length) : "")],
  ["Units", (edge) => (isDerived(edge) ? (edge.properties.units ?? "unknown") : "")],
  ["First", (edge) => edge.properties.first_year ?? edge.properties.since ?? ""],
  ["Last", (edge) => edge.properties.last_year ?? edge.properties.until ?? ""],
];
const order = { column: -1, down: false };

function tableRow(edge) {
  const cells = COLUMNS.map(([, value], place) => {
    const text = typeof value(edge) === "number" && place < 7 ? value(edge).toLocaleString("en") : String(value(edge));
    const inside = place
      ? text
      : el(
          "button",
          {
            type: "button",
            class: "party",
            "aria-label": `Evidence: ${lineName(edge)}`,
            onclick: () => choose({ what: "edge", number: edge.id }),
          },
          text,
        );
    return el(
      place ? "td" : "th",
      { dir: "auto", scope: place ? null : "row", class: typeof value(edge) === "number" ? "number" : null },
      inside,
    );
  });
  return el("tr", {}, cells);
}

function fillTable() {
  const rows = sortedEdges.filter(isEdgeShown);
  const value = COLUMNS[order.column]?.[1];
  if (value) rows.sort((a, b) => collator.compare(String(value(a)), String(value(b))) * (order.down ? -1 : 1));
  const heads = COLUMNS.map(([name], column) => {
    const sorted = column === order.column ? (order.down ? "descending" : "ascending") : null;
    const onclick = () => {
      order.down = column === order.column && !order.down;
      order.column = column;
      fillTable();
      byId("table").querySelectorAll("thead button")[column].focus();
    };
    return el(
      "th",
      { scope: "col", "aria-sort": sorted },
      el("button", { type: "button", onclick }, name, sorted ? (order.down ? " ↓" : " ↑") : ""),
    );
  });
  byId("table").replaceChildren(
    el("table", {}, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, rows.map(tableRow))),
  );
}

function showTable(on) {
  byId("show-table").setAttribute("aria-pressed", String(on));
  byId("table").hidden = !on;
  byId("picture").inert = on;
  if (on) fillTable();
}

// ---- footer

function showFooter() {
  const hash = byId("data").dataset.sha256;
  const sources = new Map(
    data.documents.map(({ source, licence }) => [`${source.name}\n${licence}`, { source, licence }]),
  );
  byId("about-line").textContent = [
    `legation ${data.version}`,
    count(new Set(data.documents.map(({ source }) => source.name)).size, "source"),
    ...data.facts.map(([name, value]) => `${name}: ${value}`),
    `data ${hash.slice(0, 12)}`,
  ].join(" · ");
  byId("about-body").replaceChildren(
    facts([
      data.question && ["Question", el("bdi", {}, data.question)],
      ...data.facts.map(([name, value]) => [name, el("bdi", {}, value)]),
      ["SHA-256 of the data", el("code", {}, hash)],
    ]),
    el("h2", {}, "Sources"),
    el(
      "ul",
      {},
      [...sources.values()].map(({ source, licence }) =>
        el(
          "li",
          {},
          el("bdi", {}, source.name ?? "unknown source"),
          source.reliability &&
            `, reliability ${source.reliability}: ${meaningOf("reliabilities", source.reliability)}`,
          " ",
          el("span", { class: "faint", dir: "auto" }, licence ?? "No licence line is known."),
        ),
      ),
    ),
    el(
      "p",
      { class: "faint" },
      "Drawn with vis-network 9.1.2 (© Almende B.V. and visjs contributors; Apache-2.0 or MIT). This file asks for nothing from outside.",
    ),
  );
}

// ---- all together

/** After a change of what is shown: picture, table and, where it is open, the list of lines. */
function refresh() {
  refreshPicture();
  if (trail.at(-1).what === "lines") showPanel();
  if (!byId("table").hidden) fillTable();
}

function clearSelection() {
  trail.length = 1;
  mark(ALL_LINES);
  showPanel();
}

function resetPage() {
  shown.labels = new Set(data.nodes.map((node) => node.group));
  shown.kinds = new Set(data.edges.map((edge) => edge.kind));
  showTable(false);
  shown.measure = firstMeasure();
  refreshPicture({ home: true });
  showLegend();
  showScale();
  clearSelection();
  fit();
}

function pressKey(event) {
  const typing = event.target.matches?.("input[type=text], select");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    byId("search-text").focus();
  } else if (event.key === "Escape") {
    if (byId("suggestions").hidden) clearSelection();
    else closeSearch();
  }
}

function listen() {
  network.on("click", ({ nodes, edges }) => {
    if (nodes.length) choose({ what: "node", number: nodes[0] });
    else if (edges.length) choose({ what: "edge", number: edges[0] });
    else clearSelection();
  });
  byId("search-text").addEventListener("input", suggest);
  byId("search-text").addEventListener("keydown", searchKey);
  byId("search-text").addEventListener("blur", () => {
    byId("suggestions").hidden = true;
  });
  byId("back").addEventListener("click", goBack);
  byId("all-lines").addEventListener("click", () => choose(ALL_LINES));
  byId("fit").addEventListener("click", fit);
  byId("reset").addEventListener("click", resetPage);
  byId("show-table").addEventListener("click", () => showTable(byId("table").hidden));
  document.addEventListener("keydown", pressKey);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    palette = readPalette();
    refreshPicture();
  });
  matchMedia("(max-width: 720px)").addEventListener("change", ({ matches }) => {
    byId("legend").open = !matches;
  });
  new ResizeObserver(() => requestAnimationFrame(() => touched || fit())).observe(byId("picture"));
  for (const event of ["dragStart", "zoom"])
    network.on(event, () => {
      touched = true;
    });
}

byId("legend").open = !matchMedia("(max-width: 720px)").matches;
showHeader();
showLegend();
showScale();
showFooter();
showPanel();
listen();
fit();
network.once("afterDrawing", () => performance.mark("ready"));
