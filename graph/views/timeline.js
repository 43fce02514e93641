// The timeline: a row for each line with a year, from the order to the last delivery, with a mark for each order and delivery.

const MOST_LANES = 150;

function timesOf(line) {
  const deals = asList(line.shownDeals).map((number) => data.deals[number]);
  const [first, last] = isDerived(line)
    ? spanOf([line.first_year, line.last_year, ...deals.flatMap((deal) => [deal.first, deal.last])])
    : [yearOf(line.since) ?? yearOf(line.until), yearOf(line.until) ?? yearOf(line.since)];
  const orders = deals.map((deal) => deal.order_year).filter(isNumber);
  const deliveries = deals.flatMap((deal) => asList(deal.delivery_years)).filter(isNumber);
  return { line, first, last, orders: new Set(orders), deliveries: new Set(deliveries) };
}

function lane({ line, first, last, orders, deliveries }, x) {
  const kind = isDerived(line) ? line.kind : "stated";
  const dash = (DASHES.get(line.kind) ?? []).join(" ");
  const marks = [
    svg("line", { x1: x(first), x2: x(last), y1: 11, y2: 11, class: `stroke-${kind}`, "stroke-dasharray": dash }),
    [...deliveries].map((year) =>
      svg(
        "rect",
        { x: x(year), y: 6, width: 4, height: 10, class: `fill-${kind}`, transform: "translate(-2 0)" },
        svg("title", {}, `${year}: delivered`),
      ),
    ),
    [...orders].map((year) =>
      svg("circle", { cx: x(year), cy: 11, r: 4, class: `ring stroke-${kind}` }, svg("title", {}, `${year}: ordered`)),
    ),
    line.kind === "DID_NOT_ARM" &&
      svg("svg", { x: x(first), class: "cross" }, svg("path", { d: "M-4 7l8 8m0-8l-8 8", class: "stroke-DID_NOT_ARM" })),
  ];
  const told = `${lineName(line)}, ${relationOf(line.kind).phrase}, ${yearsOf(first, last)}`;
  return el(
    "li",
    {},
    button(
      { class: "lane", "aria-label": told, onclick: () => choose({ what: "edge", number: line.id }) },
      el("span", { class: "row-name" }, lineName(line)),
      svg("svg", { "aria-hidden": "true" }, marks),
    ),
  );
}

function showTimeline() {
  const timed = shown.list.map(timesOf).filter(({ first }) => first !== undefined);
  const [start, end] = spanOf(timed.flatMap(({ first, last }) => [first, last]));
  const most = [...timed]
    .sort((a, b) => asList(b.line.shownDeals).length - asList(a.line.shownDeals).length || a.line.id - b.line.id)
    .slice(0, MOST_LANES);
  const rows = most.sort((a, b) => a.first - b.first || a.last - b.last || a.line.id - b.line.id);
  const x = (year) => `${(2 + (96 * (year - start)) / Math.max(end - start, 1)).toFixed(3)}%`; // of whatever width
  const untimed = shown.list.length - timed.length;
  const stepSize = [1, 2, 5, 10, 20, 50, 100, 500].find((size) => (end - start) / size <= 10) ?? 1000;
  const ticks = timed.length
    ? Array.from(
        { length: Math.floor((end - start) / stepSize) + 1 },
        (_, place) => Math.ceil(start / stepSize) * stepSize + place * stepSize,
      ).filter((year) => year <= end)
    : [];
  byId("view").replaceChildren(
    el(
      "p",
      { class: "view-bar" },
      "Each line from its first to its last year. Ring: order. Block: delivery.",
      timed.length > MOST_LANES &&
        el("strong", {}, ` ${MOST_LANES} of ${inNumbers(timed.length)} lines, those with the most transfers.`),
      untimed > 0 && faint(` ${count(untimed, "line")} without a year not drawn.`),
    ),
    timed.length
      ? el(
          "div",
          { class: "scroll", role: "region", "aria-label": "Timeline", tabindex: 0 },
          el(
            "div",
            { class: "lane axis", "aria-hidden": "true" },
            el("span", {}),
            svg(
              "svg",
              {},
              ticks.map((year) => svg("text", { x: x(year), y: 15, "text-anchor": "middle" }, String(year))),
            ),
          ),
          el(
            "ul",
            { id: "timeline" },
            rows.map((row) => lane(row, x)),
          ),
        )
      : el("p", { class: "nothing" }, "No line with a year is shown."),
  );
}
