// The years: a histogram of transfers, two sliders for the first and the last year shown, and play.

const [FIRST_YEAR, LAST_YEAR] = spanOf([
  ...data.deals.flatMap(({ first, last }) => [first, last]),
  ...data.edges.flatMap((edge) => [edge.first_year, edge.last_year, yearOf(edge.since), yearOf(edge.until)]),
]);
const hasYears = FIRST_YEAR !== undefined && LAST_YEAR > FIRST_YEAR && LAST_YEAR - FIRST_YEAR < 3000;

function histogram() {
  const counts = countBy(
    data.deals.filter(({ first }) => first !== undefined),
    ({ first }) => first,
  );
  const most = Math.max(1, ...counts.values());
  const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, place) => FIRST_YEAR + place);
  return svg(
    "svg",
    {
      viewBox: `0 0 ${years.length} 20`,
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": `Transfers by their first year, ${FIRST_YEAR} to ${LAST_YEAR}; at most ${most} a year`,
      id: "histogram",
    },
    years.map((year, place) => {
      const height = (20 * (counts.get(year) ?? 0)) / most;
      return svg(
        "rect",
        { x: place + 0.1, y: 20 - height, width: 0.8, height, "data-year": year },
        svg("title", {}, `${year}: ${count(counts.get(year) ?? 0, "transfer")}`),
      );
    }),
  );
}

function slider(id, label, year) {
  const range = el("input", { type: "range", id, min: FIRST_YEAR, max: LAST_YEAR, step: 1, "aria-label": label });
  range.value = year;
  return range;
}

function showYears() {
  byId("years").hidden = !hasYears;
  if (!hasYears) return;
  const since = slider("since", "First year shown", FIRST_YEAR);
  const until = slider("until", "Last year shown", LAST_YEAR);
  since.addEventListener("input", () =>
    setYears(Number(since.value), Math.max(Number(since.value), Number(until.value))),
  );
  until.addEventListener("input", () =>
    setYears(Math.min(Number(since.value), Number(until.value)), Number(until.value)),
  );
  byId("years").replaceChildren(
    button(
      {
        id: "play",
        "aria-pressed": "false",
        title: "Show year after year",
        onclick: () => (playing ? stop() : play()),
      },
      "▶ Play",
    ),
    el("output", { id: "years-said" }),
    el("div", { id: "slider" }, histogram(), since, until),
    faint(el("span", { id: "yearless" })),
  );
  syncYears();
}

const setYears = (since, until) =>
  change({ since: since > FIRST_YEAR ? since : null, until: until < LAST_YEAR ? until : null });

function syncYears() {
  if (!hasYears) return;
  const [since, until] = [state.since ?? FIRST_YEAR, state.until ?? LAST_YEAR];
  byId("since").value = since;
  byId("until").value = until;
  byId("since").setAttribute("aria-valuetext", String(since));
  byId("until").setAttribute("aria-valuetext", String(until));
  byId("years-said").textContent = since === until ? String(since) : `${since}–${until}`;
  for (const bar of document.querySelectorAll("#histogram rect"))
    bar.classList.toggle("outside", Number(bar.dataset.year) < since || Number(bar.dataset.year) > until);
  const yearless = data.deals.filter(({ first }) => first === undefined).length;
  byId("yearless").textContent = yearless ? `${count(yearless, "transfer")} without a year always shown` : "";
}

let playing = null;

/** Show year after year, from the first shown one on (all up to then), until the last. */
function play() {
  const end = state.until ?? LAST_YEAR;
  const start = state.since ?? FIRST_YEAR;
  let year = start;
  const step = () => {
    setYears(start, year);
    if (year >= end) return stop();
    year += 1;
    return undefined;
  };
  byId("play").setAttribute("aria-pressed", "true");
  byId("play").textContent = "■ Stop";
  playing = setInterval(step, Math.max(120, Math.min(600, 20000 / (end - start + 1))));
  step();
}

function stop() {
  clearInterval(playing);
  playing = null;
  byId("play").setAttribute("aria-pressed", "false");
  byId("play").textContent = "▶ Play";
}
