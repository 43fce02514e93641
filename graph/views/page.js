// The page around it all: header, views, footer, keys; last, it takes the state from the address and says that it is ready.

// ---- header

/** What was left out and how to get it; nothing if all is there. */
function cutInWords() {
  const { nodes, lines } = data.left_out;
  const parts = [
    nodes > 0 && `${inNumbers(data.nodes.length)} of ${inNumbers(data.nodes.length + nodes)} nodes`,
    lines > 0 && `${inNumbers(data.edges.length)} of ${inNumbers(data.edges.length + lines)} lines`,
  ].filter(Boolean);
  return parts.length ? `${parts.join(" and ")} shown; the others were left out` : "";
}

function showHeader() {
  document.title = data.title ? `${data.title} · legation` : "legation";
  byId("title").textContent = data.title || "legation";
  byId("title").title = data.title;
  byId("left-out").hidden = !cutInWords();
  byId("left-out").textContent =
    cutInWords() && `${cutInWords()}. For a smaller picture name actors, or give --hops, --since or --until.`;
  showCounts();
}

function showCounts() {
  const withdrawn = data.deals.filter(({ status }) => status === "withdrawn").length;
  const all = [
    count(data.nodes.length, "node"),
    count(data.edges.length, "line"),
    count(data.deals.length - withdrawn, "transfer"),
  ];
  if (withdrawn) all.push(`${inNumbers(withdrawn)} withdrawn`);
  const few = [count(shown.nodes.size, "node"), count(shown.list.length, "line")];
  byId("counts").textContent = isFiltered() ? `${few.join(", ")} of ${all.join(", ")}` : all.join(", ");
  byId("empty").hidden = shown.nodes.size > 0;
  byId("empty").textContent = data.nodes.length
    ? "Everything is hidden. Reset shows it again."
    : "Nothing to draw: the question found no actors.";
}

// ---- views

const SHOW = { table: showTable, matrix: showMatrix, flow: showFlow, timeline: showTimeline, map: showMap };

function showTools() {
  byId("views").replaceChildren(
    ...[...VIEWS].map(([view, name]) => button({ "data-view": view, onclick: () => change({ view }) }, name)),
  );
  const form = choiceOf(
    { id: "take", "aria-label": "Take away as a file" },
    [["", "Save as …"], ...[...FORMS.keys()].map((name) => [name, name])],
    "",
    (name) => {
      byId("take").value = "";
      FORMS.get(name)?.();
    },
  );
  byId("tools").replaceChildren(
    button({ id: "fit", title: "See all that is shown", onclick: fit }, "Fit"),
    button(
      { id: "settle", title: "Let the nodes find their places by force for two seconds", onclick: settle },
      "Settle",
    ),
    button({ id: "reset", title: "Back to how the page opened", onclick: resetPage }, "Reset"),
    form,
  );
}

function showView() {
  const isPicture = state.view === "picture";
  byId("view").hidden = isPicture;
  byId("picture").hidden = !isPicture;
  byId("fit").disabled = byId("settle").disabled = !isPicture;
  for (const one of byId("views").children) one.setAttribute("aria-pressed", String(one.dataset.view === state.view));
  SHOW[state.view]?.();
}

function resetPage() {
  if (playing) stop();
  sendHome();
  Object.assign(listing, { column: -1, down: false, words: "" });
  trail.length = 1;
  stand = 0;
  change(atFirst());
  fit();
}

// ---- footer

const areSourcesTold = data.documents.some(({ source }) => source.name !== undefined);
const sourceCount = () => new Set(data.documents.map(({ source }) => source.name ?? "")).size;
const dateOfData = () =>
  data.documents
    .map(({ published_on }) => published_on ?? "")
    .reduce((latest, date) => (date > latest ? date : latest), "");

function showFooter() {
  const sources = new Map(
    data.documents.map(({ source, licence }) => [JSON.stringify([source, licence]), { source, licence }]),
  );
  const date = dateOfData();
  byId("about-line").textContent = [
    `legation ${data.version}`,
    areSourcesTold || !data.documents.length ? count(sourceCount(), "source") : "sources left out",
    date && `data of ${date}`,
    ...data.facts.map(([name, value]) => `${name}: ${value}`),
    `data ${dataHash.slice(0, 12)}`,
  ]
    .filter(Boolean)
    .join(" · ");
  byId("about-body").replaceChildren(
    facts([
      data.question && ["Question", el("bdi", {}, data.question)],
      data.cypher && ["Cypher", el("code", { dir: "ltr" }, data.cypher)],
      date && ["Date of the data", `${date}, the latest publication among the sources`],
      ...data.facts.map(([name, value]) => [name, el("bdi", {}, value)]),
      ["SHA-256 of the data", el("code", {}, dataHash)],
    ]),
    el("h2", {}, "Sources"),
    el(
      "ul",
      {},
      [...sources.values()].map(({ source, licence }) =>
        el(
          "li",
          {},
          el("bdi", {}, source.name ?? "a source left out of this file"),
          source.reliability &&
            `, reliability ${source.reliability}: ${meaningOf("reliabilities", source.reliability)}`,
          " ",
          source.name !== undefined &&
            el("span", { class: "faint", dir: "auto" }, licence ?? "No licence line is known."),
        ),
      ),
    ),
    el(
      "p",
      { class: "faint" },
      "Drawn with vis-network 9.1.2 (© Almende B.V. and visjs contributors; Apache-2.0 or MIT). Map: Natural Earth, public domain, by way of world-atlas. This file asks for nothing from outside.",
    ),
  );
}

// ---- paper: what is folded up on the screen is printed, and folded up again

let unfolded = [];
function unfold() {
  unfolded = [byId("about"), byId("legend")].filter(({ open }) => !open);
  for (const details of unfolded) details.open = true;
}
const foldAgain = () => unfolded.splice(0).forEach((details) => (details.open = false));
addEventListener("beforeprint", unfold);
addEventListener("afterprint", foldAgain);

// ---- keys

function pressKey(event) {
  const typing = event.target.matches?.("input[type=text], select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    byId("search-text").focus();
  } else if (event.key === "Escape") {
    if (byId("search-text").value) closeSearch();
    else choose(LINES);
  } else if (event.altKey && event.key === "ArrowLeft") {
    event.preventDefault();
    step(-1);
  } else if (event.altKey && event.key === "ArrowRight") {
    event.preventDefault();
    step(1);
  }
}

// ---- all together

onChange((changed) => {
  if (changesFilters(changed)) {
    showCounts();
    syncYears();
  }
  syncFilters(changed);
  const showsState = changesFilters(changed) || ["view", "measure", "colouring"].some((part) => changed.has(part));
  if (showsState || (changed.has("chosen") && state.view === "map")) showView();
  if (changed.has("sight") && changed.has("view")) restoreSight(); // a link was followed
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  palette = readPalette();
  repaint();
});

const narrow = matchMedia("(max-width: 720px)");
narrow.addEventListener("change", ({ matches }) => (byId("legend").open = !matches));
byId("legend").open = !narrow.matches;

state = fromAddress(location.hash);
countShown();
tellHidden();
if (state.chosen.what !== "lines") {
  trail.push(state.chosen);
  stand = 1;
}
showTools();
showLegend();
showYears();
showHeader();
showFooter();
showPanel();
showView();
listenToSearch();
listenToPicture();
byId("back").addEventListener("click", () => step(-1));
byId("forward").addEventListener("click", () => step(1));
byId("all-lines").addEventListener("click", () => choose(LINES));
document.addEventListener("keydown", pressKey);
restoreSight();
const sayReady = () => performance.mark("ready");
if (state.view === "picture") network.once("afterDrawing", sayReady);
else requestAnimationFrame(sayReady);
network.redraw();

/** What is shown, to look at from the console. */
window.legation = {
  derive,
  data,
  shown,
  get state() {
    return state;
  },
  /** How often the picture was painted anew, and whether what is seen is such a painting, not one that was moved. */
  get painted() {
    return last.count;
  },
  get isSharp() {
    const view = viewOf();
    return !stale && sameScale(view) && last.view.x === view.x && last.view.y === view.y;
  },
  scene: () => toScene(viewOf(), frameOf(), () => new WrittenPath()),
  /** A point of the screen on a line, at a part of its way. */
  pointOn(number, part = 0.5) {
    const { ax, ay, bx, by, qx, qy, mx, my, loop } = geometry(data.edges[number], viewOf());
    const { left, top } = byId("picture").getBoundingClientRect();
    const at = (a, q, b) => (1 - part) ** 2 * a + 2 * part * (1 - part) * q + part ** 2 * b;
    return loop ? [left + mx, top + my] : [left + at(ax, qx, bx), top + at(ay, qy, by)];
  },
  pointAt(number) {
    const { x, y, scale } = viewOf();
    const { left, top } = byId("picture").getBoundingClientRect();
    return [left + places[number].x * scale + x, top + places[number].y * scale + y];
  },
};
