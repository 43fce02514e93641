// Legend and filters in one: each box shows how something looks and whether it is shown; below, what width and colour mean.

const countBy = (items, wordOf) => {
  const counts = new Map();
  for (const item of items) counts.set(wordOf(item), (counts.get(wordOf(item)) ?? 0) + 1);
  return counts;
};
const nodesByLabel = countBy(data.nodes, ({ group }) => group);
const edgesByKind = countBy(data.edges, ({ kind }) => kind);
const dealsByStatus = countBy(data.deals, ({ status }) => status ?? "unknown");
const dealsByCategory = countBy(data.deals, ({ category }) => category);

function filterBox(part, word, number, swatch, text, title) {
  const box = el("input", { type: "checkbox", "data-part": part, "data-word": word });
  box.checked = !state[part].has(word);
  box.addEventListener("change", () => toggle(part, word, !box.checked));
  return el("label", { title }, box, swatch, el("bdi", {}, text), faint(inNumbers(number)));
}

const group = (name, ...children) => el("div", { role: "group", "aria-label": name }, ...children);
const ordered = (words, order) =>
  [...words].sort((a, b) => rankIn(order, a) - rankIn(order, b) || collator.compare(a, b));
const rankIn = (order, word) => (order.includes(word) ? order.indexOf(word) : order.length);

function kindBoxes() {
  const kinds = ordered(edgesByKind.keys(), KINDS);
  const box = (kind, swatch) =>
    filterBox("kindsOff", kind, edgesByKind.get(kind), swatch, relationOf(kind).phrase, relationOf(kind).meaning);
  const stated = kinds.filter((kind) => !relationOf(kind).derived); // they look alike; the picture writes their names on them
  return [
    kinds.filter((kind) => relationOf(kind).derived).map((kind) => box(kind, lineSwatch(kind))),
    stated.length > 0 && el("span", {}, lineSwatch(stated[0]), " stated:"),
    stated.map((kind) => box(kind, null)),
  ];
}

function moreFilters() {
  const statuses = ordered(dealsByStatus.keys(), STATUSES);
  const categories = ordered(dealsByCategory.keys(), []);
  const sure = el("input", { type: "range", id: "confidence", min: 0, max: 100, step: 5 });
  sure.value = state.confidence;
  sure.addEventListener("input", () => change({ confidence: Number(sure.value) }));
  return [
    statuses.length > 0 &&
      group(
        "Status of transfers",
        faint("Status:"),
        statuses.map((status) =>
          filterBox("statusesOff", status, dealsByStatus.get(status), null, inWords(status), statusOf(status).meaning),
        ),
      ),
    categories.length > 0 &&
      group(
        "Categories of systems",
        faint("Systems:"),
        categories.map((word) => filterBox("categoriesOff", word, dealsByCategory.get(word), null, word, null)),
      ),
    group(
      "Confidence",
      el("label", { for: "confidence" }, "Confidence at least"),
      sure,
      el("output", { for: "confidence", id: "confidence-said" }, `${state.confidence} %`),
    ),
  ];
}

/** Which transfers of the shown lines have no number of the chosen measure, in words. */
function widthless() {
  const sum = (field) => total(shown.list.map((line) => line[field] ?? 0));
  return missingInWords(sum(`${state.measure}_below_half`), sum(`${state.measure}_unknown`));
}

/** What the width of a line means, with three widths and their values; what colours mean. */
function scaleRow() {
  const measures = [...MEASURES].filter(
    ([measure]) => measure === "transfers" || data.edges.some((edge) => isDerived(edge) && edge[measure] > 0),
  );
  const round = (value) => Number(value.toPrecision(value < 10 ? 1 : 2));
  const whole = (value) => (state.measure === "tiv" ? round(value) : Math.max(1, Math.round(round(value))));
  const samples = [...new Set([shown.most / 16, shown.most / 4, shown.most].map(whole))].filter((value) => value > 0);
  return [
    el("label", { for: "measure" }, "Width:"),
    choiceOf({ id: "measure" }, measures, state.measure, (measure) => change({ measure })),
    samples.map((value) => el("span", {}, lineSwatch("ARMS", widthOf(value)), inNumbers(value))),
    state.measure !== "transfers" && faint(widthless() ? `${widthless()} add no width` : "thinnest: or unknown"),
    state.measure === "units" &&
      data.edges.some((edge) => edge.guessed > 0.5) &&
      el("span", {}, lineSwatch("ARMS", 5, true), "mostly estimated"),
    !isFew() && faint("faint: not the strongest line of either end"),
    el(
      "span",
      {},
      el("label", { for: "colouring" }, "Colour:"),
      choiceOf({ id: "colouring" }, [...COLOURINGS], state.colouring, (colouring) => change({ colouring })),
    ),
    state.colouring === "degree" && [
      faint("few"),
      DEGREES.map((fill) =>
        svg("svg", { width: 12, height: 12, class: "swatch" }, svg("rect", { width: 12, height: 12, fill })),
      ),
      faint(`up to ${inNumbers(mostPartners)}`),
    ],
    state.colouring === "community" &&
      faint(
        `${new Set(data.nodes.map(({ id }) => communityOf(id))).size} communities; grey beyond the ${HUES.length} largest`,
      ),
  ];
}

function showLegend() {
  const labels = LABELS.filter((label) => nodesByLabel.has(label));
  byId("label-filters").replaceChildren(
    ...labels.map((label) =>
      filterBox("labelsOff", label, nodesByLabel.get(label), nodeSwatch(label), label, meaningOf("labels", label)),
    ),
  );
  byId("kind-filters").replaceChildren(...kindBoxes().flat(9).filter(Boolean));
  byId("more-filters").replaceChildren(...moreFilters().filter(Boolean));
  showScale();
}

const showScale = () => byId("width-scale").replaceChildren(...scaleRow().flat(9).filter(Boolean));

/** Set every control to what the state says; needed after a link was followed or all was reset. */
function syncFilters(changed) {
  for (const box of document.querySelectorAll("#legend input[data-part]"))
    box.checked = !state[box.dataset.part].has(box.dataset.word);
  byId("confidence").value = state.confidence;
  byId("confidence-said").textContent = `${state.confidence} %`;
  const focused = document.activeElement?.id;
  if (changesFilters(changed) || changed.has("measure") || changed.has("colouring")) showScale();
  if (["measure", "colouring"].includes(focused)) byId(focused).focus();
}
