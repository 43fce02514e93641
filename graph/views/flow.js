// The flow: from suppliers over categories of systems to buyers, as bands whose height is the chosen measure (a Sankey diagram).

const MOST_ENDS = 14;
const REST = null;
const FLOW = { width: 1000, height: 600, bar: 12, gap: 6, top: 8, line: 15 };
const MEASURE_OF = { transfers: () => 1, units: unitsOf, tiv: tivOf };

/** The transfers that flow: signed or further and shown; a candidate is no customer. */
const flowing = () => {
  const drawn = new Set(shown.list.filter((line) => line.kind === "ARMS").flatMap((line) => asList(line.shownDeals)));
  return [...drawn].map((number) => data.deals[number]).filter((deal) => statusOf(deal.status).draws === "ARMS");
};

/** Give each deal its three stations; those beyond the largest go together. */
function stations(deals, weightOf) {
  const read = [
    (deal) => deal.main ?? "unknown",
    (deal) => deal.category,
    (deal) => asList(deal.buyers)[0] ?? "unknown",
  ];
  return read.map((partyOf) => {
    const sums = new Map();
    for (const deal of deals) sums.set(partyOf(deal), (sums.get(partyOf(deal)) ?? 0) + weightOf(deal));
    const byName = (a, b) => collator.compare(partyName(a), partyName(b));
    const parties = [...sums].sort((a, b) => b[1] - a[1] || byName(a[0], b[0])).map(([party]) => party);
    const own = new Set(parties.slice(0, MOST_ENDS));
    const rest = parties.length - own.size;
    return {
      of: (deal) => (own.has(partyOf(deal)) ? partyOf(deal) : REST),
      parties: [...own, ...(rest ? [REST] : [])],
      nameOf: (party) => (party === REST ? `${inNumbers(rest)} others` : partyName(party)),
    };
  });
}

/** How far it is from the top of a bar of some height to the next one's: room for its name at least. */
const slotOf = (height) => Math.max(height + FLOW.gap, FLOW.line);

/** Where the bars of a column stand: by party, its top and how much of it is taken on either side. */
function stack({ parties, nameOf }, sums, scale) {
  let y = FLOW.top;
  const bars = new Map();
  for (const party of parties) {
    const height = Math.max(sums.get(party) * scale, 1);
    y += (slotOf(height) - height - FLOW.gap) / 2;
    bars.set(party, { name: nameOf(party), y, height, sum: sums.get(party), left: y, right: y });
    y += (slotOf(height) + height + FLOW.gap) / 2;
  }
  return bars;
}

/** The scale at which the fullest column just fits. */
function fitFlow(sums, whole) {
  const heights = (scale) => sums.map((column) => total([...column.values()].map((sum) => slotOf(sum * scale))));
  let scale = FLOW.height / whole;
  while (Math.max(...heights(scale)) > FLOW.height && scale * whole > FLOW.height / 10) scale *= 0.97;
  return scale;
}

function layFlow(deals, weightOf) {
  const columns = stations(deals, weightOf);
  const whole = total(deals.map(weightOf));
  const sumsOf = ({ of }) => {
    const sums = new Map();
    for (const deal of deals) sums.set(of(deal), (sums.get(of(deal)) ?? 0) + weightOf(deal));
    return sums;
  };
  const sums = columns.map(sumsOf);
  const scale = fitFlow(sums, whole);
  const bars = columns.map((column, place) => stack(column, sums[place], scale));
  const bands = [0, 1].flatMap((side) => {
    const between = new Map();
    for (const deal of deals) {
      const key = JSON.stringify([columns[side].of(deal), columns[side + 1].of(deal)]);
      between.set(key, (between.get(key) ?? 0) + weightOf(deal));
    }
    const inOrder = columns[side].parties.flatMap((from) => columns[side + 1].parties.map((to) => [from, to]));
    return inOrder
      .filter((pair) => between.has(JSON.stringify(pair)))
      .map(([from, to]) => {
        const sum = between.get(JSON.stringify([from, to]));
        const [a, b] = [bars[side].get(from), bars[side + 1].get(to)];
        const band = { side, from: a.name, to: b.name, sum, height: sum * scale, ay: a.right, by: b.left };
        a.right += band.height;
        b.left += band.height;
        return band;
      });
  });
  return { bars, bands };
}

function showFlow() {
  const weight = MEASURE_OF[state.measure];
  const all = flowing();
  const deals = all.filter((deal) => weight(deal) > 0);
  const left = all.filter((deal) => !(weight(deal) > 0));
  const small = state.measure === "tiv" ? left.filter(isBelowHalf).length : 0;
  const caption = el(
    "p",
    { class: "view-bar" },
    `From supplier over system category to buyer, ${NUMBERED[state.measure]} of what was signed or went further.`,
    left.length > 0 && el("strong", {}, ` ${missingInWords(small, left.length - small)} not drawn.`),
  );
  if (!deals.length)
    return byId("view").replaceChildren(caption, el("p", { class: "nothing" }, "Nothing that flows is shown."));
  const { bars, bands } = layFlow(deals, weight);
  const x = [150, 500 - FLOW.bar / 2, 850 - FLOW.bar];
  const round = (value) => inNumbers(Math.round(value * 10) / 10);
  const shapes = bands.map(({ side, from, to, sum, height, ay, by }) => {
    const [left, right] = [x[side] + FLOW.bar, x[side + 1]];
    const middle = (left + right) / 2;
    const d = `M${left} ${ay}C${middle} ${ay} ${middle} ${by} ${right} ${by}V${by + height}C${middle} ${by + height} ${middle} ${ay + height} ${left} ${ay + height}Z`;
    return svg("path", { d, class: "band" }, svg("title", {}, `${isolated(from)} → ${isolated(to)}: ${round(sum)}`));
  });
  const anchors = ["end", "middle", "start"];
  const blocks = bars.flatMap((column, place) =>
    [...column.values()].flatMap(({ name, y, height, sum }) => [
      svg(
        "rect",
        { x: x[place], y, width: FLOW.bar, height, class: "bar" },
        svg("title", {}, `${name}: ${round(sum)}`),
      ),
      svg(
        "text",
        {
          x: [x[0] - 6, 500, x[2] + FLOW.bar + 6][place],
          y: y + height / 2,
          "text-anchor": anchors[place],
          "dominant-baseline": "central",
        },
        `${cut(name, 22)} ${round(sum)}`,
      ),
    ]),
  );
  const last = Math.max(...bars.map((column) => Math.max(...[...column.values()].map(({ y, height }) => y + height))));
  const rows = bands.map(({ from, to, sum }) =>
    el(
      "tr",
      {},
      el("td", { dir: "auto" }, from),
      el("td", { dir: "auto" }, to),
      el("td", { class: "number" }, round(sum)),
    ),
  );
  return byId("view").replaceChildren(
    caption,
    el(
      "div",
      { class: "scroll", role: "region", "aria-label": "Flow", tabindex: 0 },
      svg(
        "svg",
        {
          id: "flow",
          viewBox: `0 0 ${FLOW.width} ${Math.max(last + FLOW.top, 120)}`,
          role: "img",
          "aria-label": "Flow from suppliers over categories to buyers; the numbers stand in the table below",
        },
        shapes,
        blocks,
      ),
      el(
        "details",
        {},
        el("summary", {}, "The same in numbers"),
        el(
          "table",
          {},
          el(
            "thead",
            {},
            el(
              "tr",
              {},
              ["From", "To", NUMBERED[state.measure]].map((name) => el("th", { scope: "col" }, name)),
            ),
          ),
          el("tbody", {}, rows),
        ),
      ),
    ),
  );
}
