// Taking away: the picture as PNG and SVG, the data as CSV, GEXF, GraphML and JSON, all of what is shown now.

function download(name, type, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const anchor = el("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  say(`${name} is ready.`);
}

const fileName = (ending) =>
  `${
    fold(data.title)
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 60) || "legation"
  }.${ending}`;

const MOST_LICENCES = 4;

/** The lines that say under a picture where it comes from. */
function credits() {
  const licences = [...new Set(data.documents.map(({ licence }) => licence).filter(Boolean))];
  const more = licences.length - MOST_LICENCES;
  return [
    data.title,
    cutInWords(),
    ...licences.slice(0, MOST_LICENCES),
    more > 0 && `and ${count(more, "more licence")}`,
    `legation ${data.version}, data ${dataHash.slice(0, 12)}`,
  ]
    .filter(Boolean)
    .map((text) => cut(String(text), 160));
}

function sceneToKeep(newPath) {
  const frame = frameOf();
  return {
    scene: toScene(viewOf(), frame, newPath),
    width: frame.right,
    height: frame.bottom + 18 * credits().length + 12,
    below: frame.bottom,
  };
}

function toPng() {
  const { scene, width, height, below } = sceneToKeep(() => new Path2D());
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.fillStyle = palette.get("paper");
  context.fillRect(0, 0, width, height);
  context.save();
  context.beginPath();
  context.rect(0, 0, width, below);
  context.clip();
  paint(context, scene);
  context.restore();
  context.textAlign = "left";
  credits().forEach((text, line) => {
    context.font = `${line ? "" : "bold "}12px ${FONT}`;
    context.fillStyle = palette.get(line ? "faint" : "ink");
    context.fillText(text, 10, below + 18 * line + 16);
  });
  canvas.toBlob((blob) => download(fileName("png"), "image/png", blob));
}

const XML = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
]);
/** Text for XML: what would be markup is escaped, what XML cannot hold is left out. */
const xml = (value) =>
  String(value)
    .toWellFormed()
    .replace(/[&<>"']/g, (letter) => XML.get(letter))
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

function toSvg() {
  const { scene, width, height, below } = sceneToKeep(() => new WrittenPath());
  const marks = scene.marks
    .filter(({ path }) => path.text)
    .map(({ path, fill, stroke, width: wide, dash, alpha }) =>
      fill
        ? `<path d="${path.text}" fill="${xml(fill)}" opacity="${alpha}"/>`
        : `<path d="${path.text}" fill="none" stroke="${xml(stroke)}" stroke-width="${wide}" stroke-dasharray="${dash.join(" ")}" opacity="${alpha}"/>`,
    );
  const write = (text, x, y, size, fill, more) =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" fill="${xml(fill)}" ${more}>${xml(text)}</text>`;
  const halo = `text-anchor="middle" dominant-baseline="central" paint-order="stroke" stroke="${xml(palette.get("paper"))}" stroke-width="3.5"`;
  const texts = scene.texts.map(({ text, x, y, size, italic }) =>
    write(text, x, y, size, palette.get(italic ? "faint" : "ink"), halo),
  );
  const lines = credits().map((text, line) =>
    write(text, 10, below + 18 * line + 16, 12, palette.get(line ? "faint" : "ink"), ""),
  );
  const body = `<rect width="${width}" height="${height}" fill="${xml(palette.get("paper"))}"/><svg width="${width}" height="${below}">${marks.join("\n")}\n${texts.join("\n")}</svg>${lines.join("\n")}`;
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${xml(FONT)}">${body}</svg>\n`;
  download(fileName("svg"), "image/svg+xml", text);
}

/** A cell of a CSV file; a text that a spreadsheet would run as a formula gets an apostrophe in front. */
function csvCell(value) {
  if (value === undefined || value === null) return "";
  const text = Array.isArray(value) ? value.join("; ") : String(value);
  const harmless = isNumber(value) || !/^[=+\-@\t\r]/.test(text) ? text : `'${text}`;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
const csvOf = (rows) => `\ufeff${rows.map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;

const LINE_FIELDS = [
  "status",
  "transfers",
  "units",
  "units_unknown",
  "tiv",
  "tiv_below_half",
  "tiv_unknown",
  "first_year",
  "last_year",
  "title",
  "since",
  "until",
];

const NUMERIC = LINE_FIELDS.filter((name) => !["status", "title", "since", "until"].includes(name));
const drawnDeals = new Set(data.edges.flatMap(({ deals }) => asList(deals)));

/** The shown transfers that draw no line: withdrawn, or bought at home. Their parties are not hidden. */
const undrawnDeals = () =>
  data.deals.filter(
    (deal) =>
      !drawnDeals.has(deal.id) &&
      isDealShown(deal) &&
      [...asList(deal.suppliers), ...asList(deal.buyers)].every((party) => !isNumber(party) || shown.nodes.has(party)),
  );

/** All transfers and relations that are shown with their quotes, a row for each quote; one at least for each. */
function toCsv() {
  const head = [
    "relation",
    "from",
    "to",
    "title",
    "since",
    "until",
    "systems",
    "status",
    "ordered",
    "delivered",
    "order_year",
    "delivery_years",
    "estimated",
    "quote",
    "modality",
    "disputes",
    "confidence",
    "source",
    "document",
    "published",
    "place",
    "address",
  ];
  const quoteCells = (quote) => {
    const { source, name, published_on, address } = paperOf(quote);
    return [
      quote.quote,
      quote.modality,
      quote.disputes ? "yes" : "",
      quote.confidence,
      source.name,
      name,
      published_on,
      placeOf(quote),
      address,
    ];
  };
  const rowsFor = (start, quotes) =>
    asList(quotes).length ? asList(quotes).map((number) => [...start, ...quoteCells(data.quotes[number])]) : [start];
  const dealRows = (start, deal) =>
    rowsFor(
      [
        ...start,
        ...["", "", ""], // title, since, until
        asList(deal.systems).length ? systemNames(deal) : "",
        deal.status,
        deal.quantity_ordered,
        deal.quantity_delivered,
        deal.order_year,
        deal.delivery_years,
        deal.estimated,
      ],
      deal.quotes,
    );
  const lineRows = (line) => {
    const ends = [relationOf(line.kind).phrase, nodeName(line.from), nodeName(line.to)];
    const deals = asList(line.shownDeals).map((number) => data.deals[number]);
    if (deals.length) return deals.flatMap((deal) => dealRows(ends, deal));
    const years = [line.since ?? line.first_year, line.until ?? line.last_year];
    return rowsFor([...ends, line.title, ...years, "", line.status, "", "", "", "", ""], line.quotes);
  };
  const names = (parties) => asList(parties).map(partyName);
  const undrawn = undrawnDeals().flatMap((deal) => dealRows(["", names(deal.suppliers), names(deal.buyers)], deal));
  const rows = [...shown.list.flatMap(lineRows), ...undrawn];
  download(fileName("csv"), "text/csv", csvOf([head, ...rows]));
}

const shownNodes = () => data.nodes.filter(({ id }) => shown.nodes.has(id));
const attributesOf = (line) => LINE_FIELDS.filter((name) => line[name] !== undefined).map((name) => [name, line[name]]);

const isNumeric = (name) => [...NUMERIC, "weight"].includes(name);

/** What graph programs read of a line, by the names of docs/exports.md. */
const graphValues = (line) =>
  [["kind", line.kind], ["weight", (isDerived(line) && line.transfers) || 1], ...attributesOf(line)].filter(
    ([name, value]) => !isNumeric(name) || isNumber(value),
  );

function toGraphml() {
  const key = (of, name) =>
    `<key id="${of[0]}_${name}" for="${of}" attr.name="${name}" attr.type="${isNumeric(name) ? "double" : "string"}"/>`;
  const keys = [
    ...["label", "group"].map((name) => key("node", name)),
    ...["kind", "weight", ...LINE_FIELDS].map((name) => key("edge", name)),
  ];
  const held = (of, pairs) => pairs.map(([name, value]) => `<data key="${of}_${name}">${xml(value)}</data>`).join("");
  const nodes = shownNodes().map(
    ({ name: label, group, key: id }) => `<node id="${xml(id)}">${held("n", Object.entries({ label, group }))}</node>`,
  );
  const edges = shown.list.map(
    (line) => `<edge id="${line.id}" ${endsOf(line)}>${held("e", graphValues(line))}</edge>`,
  );
  download(
    fileName("graphml"),
    "application/xml",
    `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${keys.join("\n")}\n<graph edgedefault="directed">\n${[...nodes, ...edges].join("\n")}\n</graph>\n</graphml>\n`,
  );
}

const endsOf = ({ from, to }) => `source="${xml(data.nodes[from].key)}" target="${xml(data.nodes[to].key)}"`;

function toGexf() {
  const attribute = (name) =>
    `<attribute id="${name}" title="${name}" type="${isNumeric(name) ? "double" : "string"}"/>`;
  const values = (pairs) =>
    `<attvalues>${pairs.map(([name, value]) => `<attvalue for="${name}" value="${xml(value)}"/>`).join("")}</attvalues>`;
  const nodes = shownNodes().map(
    ({ name, group: label, key }) => `<node id="${xml(key)}" label="${xml(name)}">${values([["group", label]])}</node>`,
  );
  const edges = shown.list.map((line) => {
    const { weight, ...own } = Object.fromEntries(graphValues(line)); // GEXF has an attribute for the weight
    const kind = xml(line.kind); // Gephi keeps parallel edges of different kinds apart
    return `<edge id="${line.id}" ${endsOf(line)} kind="${kind}" label="${kind}" weight="${weight}">${values(Object.entries(own))}</edge>`;
  });
  download(
    fileName("gexf"),
    "application/xml",
    `<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n<graph defaultedgetype="directed">\n<attributes class="node">${attribute("group")}</attributes>\n<attributes class="edge">${["kind", ...LINE_FIELDS].map(attribute).join("")}</attributes>\n<nodes>\n${nodes.join("\n")}\n</nodes>\n<edges>\n${edges.join("\n")}\n</edges>\n</graph>\n</gexf>\n`,
  );
}

function toJson() {
  const quotesOf = (numbers) =>
    asList(numbers).map((number) => {
      const { id, deal, document: paper, ...quote } = data.quotes[number];
      return {
        ...quote,
        states: statedBy(data.quotes[number]),
        place: placeOf(data.quotes[number]),
        document: data.documents[paper],
      };
    });
  const dealOf = (number) => {
    const {
      id,
      first,
      last: end,
      main,
      supplier,
      systems,
      suppliers,
      buyers,
      parts,
      quotes,
      ...deal
    } = data.deals[number];
    return {
      ...deal,
      suppliers: asList(suppliers).map(partyName),
      buyers: asList(buyers).map(partyName),
      systems: systemsOf(data.deals[number]).map(({ name }) => name),
      parts: asList(parts).map(([kind, party]) => [kind, partyName(party)]),
      quotes: quotesOf(quotes),
    };
  };
  const lines = shown.list.map((line) => ({
    kind: line.kind,
    from: data.nodes[line.from].key,
    to: data.nodes[line.to].key,
    ...Object.fromEntries(attributesOf(line)),
    sources: line.sources,
    contested: line.contested,
    more: line.more,
    transfers_shown: asList(line.shownDeals).map(dealOf),
    quotes: quotesOf(line.quotes),
  }));
  const about = {
    title: data.title,
    question: data.question,
    cypher: data.cypher,
    version: data.version,
    data_sha256: dataHash,
    left_out: data.left_out,
  };
  const all = {
    ...about,
    nodes: shownNodes().map(({ key, name, group, properties }) => ({ key, name, group, properties })),
    lines,
    transfers_without_line: undrawnDeals().map(({ id }) => dealOf(id)),
  };
  download(fileName("json"), "application/json", `${JSON.stringify(all, null, 1)}\n`);
}

const FORMS = new Map([
  ["PNG", toPng],
  ["SVG", toSvg],
  ["CSV", toCsv],
  ["GEXF", toGexf],
  ["GraphML", toGraphml],
  ["JSON", toJson],
  ["Print", () => print()],
]);
