// The matrix: suppliers as rows, buyers as columns, in each cell what the line between them is worth by the chosen measure.

const MOST_ROWS = 30;
const NUMBERED = { transfers: "transfers", units: "units", tiv: "TIV (million)" };

/** Sums of the shown derived lines of a kind by one of their ends, the largest first; unknown values count as none. */
function sumsBy(end, lines) {
  const sums = new Map();
  for (const line of lines) sums.set(line[end], (sums.get(line[end]) ?? 0) + (valueOf(line) ?? 0));
  return [...sums]
    .sort((a, b) => b[1] - a[1] || collator.compare(nodeName(a[0]), nodeName(b[0])))
    .map(([number]) => number);
}

/** What a line is worth by the chosen measure, in words. */
function measured(line) {
  if (state.measure === "tiv") return tivInWords(line);
  if (state.measure === "units") return unitsInWords(line);
  return isNumber(line.transfers) ? count(line.transfers, "transfer") : "transfers unknown";
}

/** The same for a cell: "~24", "30+?" where a part is unknown, "0–0.5" where it is so little, "?". */
function measuredShort(line) {
  const value = valueOf(line);
  const more = leftOutOf(line, state.measure) ? "+?" : "";
  if (isNumber(value)) return `${state.measure === "units" && line.guessed > 0 ? "~" : ""}${inNumbers(value)}${more}`;
  return state.measure === "tiv" && line.tiv_below_half ? `0–${inNumbers(line.tiv_below_half / 2)}${more}` : "?";
}

function cellOf(line, most) {
  if (!line) return el("td", {});
  const value = valueOf(line);
  const shade = isNumber(value) && most ? Math.ceil(5 * Math.sqrt(value / most)) : 0;
  const label = `${lineName(line)}, ${relationOf(line.kind).phrase}: ${measured(line)}`;
  return el(
    "td",
    { class: `cell shade-${line.kind === "ARMS" ? shade : "none"}` },
    button(
      {
        "aria-label": label,
        title: label,
        class: `cell-${line.kind}`,
        onclick: () => choose({ what: "edge", number: line.id }),
      },
      measuredShort(line),
    ),
  );
}

function showMatrix() {
  const lines = shown.list.filter(isDerived);
  const suppliers = sumsBy("from", lines);
  const buyers = sumsBy("to", lines);
  const rows = suppliers.slice(0, MOST_ROWS);
  const columns = buyers.slice(0, MOST_ROWS);
  const byPair = new Map();
  for (const line of lines) byPair.set(`${line.from} ${line.to}`, line);
  const most = lines.reduce((largest, line) => Math.max(largest, (line.kind === "ARMS" && valueOf(line)) || 0), 0);
  const head = (number, scope) => el("th", { scope }, partyButton(number));
  const left = [
    suppliers.length > MOST_ROWS && `${MOST_ROWS} of ${inNumbers(suppliers.length)} suppliers`,
    buyers.length > MOST_ROWS && `${MOST_ROWS} of ${inNumbers(buyers.length)} buyers`,
  ].filter(Boolean);
  byId("view").replaceChildren(
    el(
      "p",
      { class: "view-bar" },
      `Supplier (row) to buyer (column), ${NUMBERED[state.measure]}.`,
      left.length > 0 && el("strong", {}, ` Shown: ${left.join(", ")}, those with the most.`),
      faint(
        " Shaded: arms. Dashed: may come to arm. Crossed out: did not arm. ?: no number is known. +?: of some transfers none is.",
      ),
    ),
    lines.length
      ? el(
          "div",
          { class: "scroll", role: "region", "aria-label": "Matrix of suppliers and buyers", tabindex: 0 },
          el(
            "table",
            { id: "matrix" },
            el(
              "thead",
              {},
              el(
                "tr",
                {},
                el("td", {}),
                columns.map((number) => head(number, "col")),
              ),
            ),
            el(
              "tbody",
              {},
              rows.map((row) =>
                el(
                  "tr",
                  {},
                  head(row, "row"),
                  columns.map((column) => cellOf(byPair.get(`${row} ${column}`), most)),
                ),
              ),
            ),
          ),
        )
      : el("p", { class: "nothing" }, "No line between a supplier and a buyer is shown."),
  );
}
