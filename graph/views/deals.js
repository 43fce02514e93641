// A transfer as the panel tells it: its facts, where claims of it differ, its quotes; and whoever has a part in it, as buttons.

const COMPARED = [
  "status",
  "quantity_ordered",
  "quantity_delivered",
  "order_year",
  "delivery_years",
  "value",
  "tiv_order",
  "tiv_delivered",
  "condition",
];

function partyButton(party) {
  if (!isNumber(party)) return el("bdi", {}, String(party));
  return button(
    { class: "party", onclick: () => choose({ what: "node", number: party }) },
    el("bdi", {}, nodeName(party)),
  );
}

const between = (parties) =>
  asList(parties).length
    ? asList(parties).flatMap((party, place) => (place ? [", ", partyButton(party)] : [partyButton(party)]))
    : ["unknown"];

// ---- properties of nodes and lines

const PARTY_FIELDS = new Set(["state", "countries", "firm", "host", "family", "class"]); // hold ids
const LIFE = new Map([
  ["existing_since", "born"],
  ["existing_until", "died"],
]);
const asParty = (id) => numberOfKey.get(id) ?? id;
const isPlain = (value) => typeof value !== "object" || value === null;

/** A value as text: lists with commas, whatever else is nested as JSON. */
function propertyInWords(value) {
  const parts = asList(value);
  return el("bdi", {}, parts.every(isPlain) ? parts.map(String).join(", ") : JSON.stringify(value));
}

// ---- transfers

/** Claims of a transfer that still speak and say different things, side by side: one row a field, one column a value. */
function disagreement(deal) {
  const quotes = asList(deal.quotes)
    .map((number) => data.quotes[number])
    .filter((quote) => !paperOf(quote).superseded);
  if (quotes.length < 2) return { fields: new Set(), table: null };
  const sourceOf = (quote) => paperOf(quote).source.name ?? "source left out";
  const says = (quote, field) => {
    const values = statedBy(quote);
    return values[field] === undefined && !asList(values.below_half).includes(field)
      ? ""
      : field === "status"
        ? `${quote.disputes ? "not " : ""}${inWords(values.status)}`
        : valueInWords(values, field);
  };
  const differs = (field) => new Set(quotes.map((quote) => says(quote, field)).filter(Boolean)).size > 1;
  const fields = COMPARED.filter(differs);
  if (!fields.length) return { fields: new Set(), table: null };
  const table = el(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": "What the claims say, side by side" },
    el(
      "table",
      { class: "compare" },
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          el("th", { scope: "col" }, "Claims differ"),
          quotes.map((quote) => el("th", { scope: "col" }, el("bdi", {}, sourceOf(quote)))),
        ),
      ),
      el(
        "tbody",
        {},
        fields.map((field) =>
          el(
            "tr",
            {},
            el("th", { scope: "row" }, FIELD_NAMES.get(field)),
            quotes.map((quote) => el("td", { dir: "auto" }, says(quote, field) || faint("–"))),
          ),
        ),
      ),
    ),
  );
  return { fields: new Set(fields), table };
}

function dealFacts(deal, differing) {
  const warn = (field) => differing.has(field) && badge("contested", "warn", "The claims give different values.");
  const row = (field) => [FIELD_NAMES.get(field), valueInWords(deal, field), warn(field)];
  const { kind = "sale", status = "unknown" } = deal;
  const tiv = (field) => (deal[field] !== undefined || asList(deal.below_half).includes(field)) && row(field);
  const part = (role, wanted) => {
    const parties = asList(deal.parts).filter(([one]) => one === wanted);
    return parties.length > 0 && [role, between(parties.map(([, party]) => party))];
  };
  return facts([
    ["Kind", el("span", { title: meaningOf("transfer_kinds", kind) }, inWords(kind))],
    ["Status", inWords(status), warn("status"), el("small", {}, statusOf(status).meaning)],
    row("quantity_ordered"),
    row("quantity_delivered"),
    row("order_year"),
    row("delivery_years"),
    deal.value !== undefined && [
      "Value",
      `${valueInWords(deal, "value")} ${deal.currency ?? ""}`,
      deal.value_shared && el("small", {}, "For more than this deal."),
    ],
    tiv("tiv_order"),
    tiv("tiv_delivered"),
    deal.condition !== undefined && row("condition"),
    part("Paid by", "FINANCES"),
    part("By way of", "CONVEYS"),
    part("Used before by", "USED_BEFORE"),
    deal.sources > 1 && ["Sources", `${deal.sources}, independent of each other`],
    deal.reason !== undefined && ["Why one deal", String(deal.reason)],
  ]);
}

function dealElement(number) {
  const deal = data.deals[number];
  const { fields, table } = disagreement(deal);
  const parties = [
    ...asList(deal.suppliers),
    ...asList(deal.buyers),
    ...systemsOf(deal),
    ...asList(deal.parts).map(([, party]) => party),
  ];
  return el(
    "article",
    { class: isDealShown(deal) ? null : "outside" },
    el(
      "h3",
      {},
      el("bdi", {}, systemNames(deal)),
      deal.contested && badge("contested", "warn", "The claims do not agree."),
      deal.status === "withdrawn" && badge("withdrawn", "warn", statusOf("withdrawn").meaning),
      !isDealShown(deal) && badge("outside the filters"),
    ),
    el("p", {}, between(deal.suppliers), " → ", between(deal.buyers)),
    dealFacts(deal, fields),
    table,
    asList(deal.quotes).length ? quoteList(deal.quotes, parties) : noEvidence(),
  );
}

const noEvidence = () => el("p", { class: "faint" }, "This file holds no quotes for it.");
