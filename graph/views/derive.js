// What is shown, given the state: which transfers, which lines with which numbers, which nodes. Counted once a change.

/** Whether something that lasted from one year to another falls into the chosen years; what has no year does. */
const inYears = (first, last) =>
  !(state.until !== null && first !== undefined && first > state.until) &&
  !(state.since !== null && last !== undefined && last < state.since);

const isDealShown = (deal) =>
  !state.statusesOff.has(deal.status ?? "unknown") &&
  !state.categoriesOff.has(deal.category) &&
  100 * deal.confidence >= state.confidence &&
  inYears(deal.first, deal.last);

const FIRST_DRAWN = ["ARMS", "MAY_ARM", "DID_NOT_ARM"];
const unitsOf = (deal) => deal.quantity_ordered || deal.quantity_delivered || undefined;
const tivOf = (deal) => deal.tiv_order ?? deal.tiv_delivered;
const TIV_FIELDS = ["tiv_order", "tiv_delivered"];
const isBelowHalf = (deal) => asList(deal.below_half).some((field) => TIV_FIELDS.includes(field));
const isGuess = (deal) =>
  asList(deal.estimated).includes(deal.quantity_ordered === undefined ? "quantity_delivered" : "quantity_ordered");
const total = (values) => values.reduce((sum, value) => sum + value, 0);

/** What a sum of the TIV of transfers leaves out: how many are between 0 and 0.5, and of how many nothing is known. */
function tivLeftOut(deals) {
  const without = deals.filter((deal) => !isNumber(tivOf(deal)));
  const small = without.filter(isBelowHalf).length;
  return { tiv_below_half: small || undefined, tiv_unknown: without.length - small || undefined };
}

/** The line that some transfers between two support, by the rule of the fold; null if they support none. */
function derive(edge, deals) {
  const drawing = deals.filter((deal) => statusOf(deal.status).draws);
  const kind = FIRST_DRAWN.find((name) => drawing.some((deal) => statusOf(deal.status).draws === name));
  if (!kind) return null;
  const drawn = drawing.filter((deal) => statusOf(deal.status).draws === kind);
  const known = drawn.map(unitsOf).filter(isNumber);
  const volumes = drawn.map(tivOf).filter(isNumber);
  const [first_year, last_year] = spanOf(drawn.flatMap((deal) => [deal.first, deal.last]));
  const { status } = drawn.reduce((most, deal) =>
    statusOf(deal.status).rank > statusOf(most.status).rank ? deal : most,
  );
  return {
    ...edge,
    kind,
    status,
    first_year,
    last_year,
    transfers: drawn.length,
    units: known.length ? total(known) : undefined,
    units_unknown: drawn.length - known.length || undefined,
    tiv: volumes.length ? Number(total(volumes).toFixed(6)) : undefined,
    ...tivLeftOut(drawn),
  };
}

const drawingDeals = (edge) =>
  asList(edge.deals)
    .map((number) => data.deals[number])
    .filter((deal) => statusOf(deal.status).draws === edge.kind);

/** How much of a line's units its sources call estimates, 0 to 1. */
function guessedPart(edge) {
  const deals = drawingDeals(edge).filter((deal) => isNumber(unitsOf(deal)));
  const units = total(deals.map(unitsOf));
  return units ? total(deals.filter(isGuess).map(unitsOf)) / units : 0;
}
for (const edge of data.edges) Object.assign(edge, { guessed: guessedPart(edge), ...tivLeftOut(drawingDeals(edge)) });

/** A line as it is shown under the chosen filters, or null. */
function shownLine(edge) {
  if (!isDerived(edge) || !edge.deals) {
    const [first, last] = isDerived(edge)
      ? [edge.first_year, edge.last_year]
      : [yearOf(edge.since), yearOf(edge.until)];
    const sure = Math.max(...asList(edge.quotes).map((number) => data.quotes[number].confidence ?? 0), 0);
    if (!inYears(first, last) || (edge.quotes && 100 * sure < state.confidence)) return null;
    return { ...edge, shownDeals: [] };
  }
  const deals = edge.deals.map((number) => data.deals[number]);
  const left = deals.filter(isDealShown);
  if (left.length === deals.length) return { ...edge, shownDeals: edge.deals };
  const line = derive(edge, left);
  if (!line) return null;
  const shownDeals = left.map((deal) => deal.id);
  return { ...line, shownDeals, guessed: guessedPart({ ...line, deals: shownDeals }) };
}

const isNodeKept = (number) =>
  !state.labelsOff.has(data.nodes[number].group) &&
  !state.hidden.has(number) &&
  (!state.only || state.only.has(number));

/**
 * What is shown: ``lines`` by the number of their edge (undefined where hidden), ``list`` of them, ``nodes``;
 * ``leading``, the numbers of the lines that are the strongest of one of their ends.
 */
const shown = { lines: [], list: [], nodes: new Set(), most: 1, leading: new Set() };

function countShown() {
  shown.nodes = new Set(data.nodes.filter(({ id }) => isNodeKept(id)).map(({ id }) => id));
  shown.lines = data.edges.map((edge) => {
    if (!shown.nodes.has(edge.from) || !shown.nodes.has(edge.to)) return undefined;
    const line = shownLine(edge);
    return line && !state.kindsOff.has(line.kind) ? line : undefined;
  });
  shown.list = sortedEdges.map(({ id }) => shown.lines[id]).filter(Boolean);
  countMost();
}

/** Find what the thickest line stands for, and the strongest line of each node. */
function countMost() {
  shown.most = shown.list.reduce((most, line) => Math.max(most, valueOf(line) ?? 0), 0);
  const strongest = new Map();
  for (const line of shown.list)
    for (const end of [line.from, line.to])
      if (!strongest.has(end) || isStronger(line, strongest.get(end))) strongest.set(end, line);
  shown.leading = new Set([...strongest.values()].map(({ id }) => id));
}

const FIRMNESS = new Map([
  ["ARMS", 2],
  ["DID_NOT_ARM", 0],
]);
const firmnessOf = (line) => FIRMNESS.get(line.kind) ?? 1;
const claimsOf = (line) => line.transfers ?? asList(line.quotes).length;
const isStronger = (a, b) =>
  (firmnessOf(a) - firmnessOf(b) || (valueOf(a) ?? 0) - (valueOf(b) ?? 0) || claimsOf(a) - claimsOf(b)) > 0;

const valueOf = (line) => (isDerived(line) ? line[state.measure] : undefined);
const isFiltered = () =>
  state.confidence > 0 ||
  [state.since, state.until, state.only].some((value) => value !== null) ||
  [state.labelsOff, state.kindsOff, state.statusesOff, state.categoriesOff, state.hidden].some(({ size }) => size > 0);

onChange((changed) => {
  if (changesFilters(changed)) countShown();
  else if (changed.has("measure")) countMost();
});

/** One line of text on a line: status and systems, or the office or share. */
function lineNote(line) {
  if (!isDerived(line)) return [line.title, yearsOf(line.since, line.until)].filter(Boolean).join(", ");
  const deals = asList(line.shownDeals ?? line.deals).map((number) => data.deals[number]);
  const names = [...new Set(deals.flatMap((deal) => systemsOf(deal).map(({ name }) => name)))];
  const more = names.length > 2 ? ` +${names.length - 2}` : "";
  return [line.status && inWords(line.status), names.slice(0, 2).join(", ") + more].filter(Boolean).join(" · ");
}

/** What a sum leaves out, in words: "3 transfers between 0 and 0.5, 2 transfers without a number"; nothing for none. */
const missingInWords = (small, unknown) =>
  [
    small && `${count(small, "transfer")} ${LESS_THAN_HALF}`,
    unknown && `${count(unknown, "transfer")} without a number`,
  ]
    .filter(Boolean)
    .join(", ");

/** What the sum of a line leaves out, in words. */
function leftOutOf(line, measure) {
  const small = measure === "tiv" && isNumber(line.tiv) && line.tiv_below_half; // without a sum they are what is told
  return missingInWords(small, line[`${measure}_unknown`]);
}

const inAllKnown = (missing) => (missing ? ` in all that is known (${missing})` : "");

/** A line's units in words: "~24 units", "24 units in all that is known (2 transfers without a number)", "units unknown". */
function unitsInWords(line) {
  if (!isNumber(line.units)) return "units unknown";
  const about = line.guessed > 0 ? "~" : "";
  return `${about}${count(line.units, "unit")}${inAllKnown(leftOutOf(line, "units"))}`;
}

/** How much the transfers of a line are together of which each is between 0 and 0.5 million: "between 0 and 1". */
const smallTiv = (line) => `between 0 and ${inNumbers(line.tiv_below_half / 2)}`;

/** A line's TIV in words as ``unitsInWords`` does it, or "TIV between 0 and 0.5 million" where all of it is so little. */
function tivInWords(line) {
  const known = isNumber(line.tiv) ? inNumbers(line.tiv) : line.tiv_below_half ? smallTiv(line) : null;
  return known === null ? "TIV unknown" : `TIV ${known} million${inAllKnown(leftOutOf(line, "tiv"))}`;
}
