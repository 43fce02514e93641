// A quote: the words with those marked that carry the claim, who said it where, what it states, and a citation to copy.

const FIELD_NAMES = new Map([
  ["quantity_ordered", "Ordered"],
  ["quantity_delivered", "Delivered"],
  ["order_year", "Order year"],
  ["delivery_years", "Delivery years"],
  ["tiv_order", "TIV of the order"],
  ["tiv_delivered", "TIV delivered"],
  ["condition", "Condition"],
  ["value", "Value"],
  ["kind", "Kind"],
  ["status", "Status"],
]);
const YEARS = ["order_year", "delivery_years"];
const LESS_THAN_HALF = "between 0 and 0.5";

/** A value as a source gave it: "~24" where it is an estimate, "unknown" where nobody said; not the same as zero. */
function valueInWords(values, field) {
  if (asList(values.below_half).includes(field)) return `${LESS_THAN_HALF} million`;
  const given = asList(values[field]);
  if (!given.length) return "unknown";
  const text = given.map((value) => (YEARS.includes(field) ? String(value) : inNumbers(value))).join(", ");
  const unit = field.startsWith("tiv_") ? " million" : "";
  return `${asList(values.estimated).includes(field) ? "~" : ""}${text}${unit}`;
}

/** What a claim states: its own values, or those of its transfer, which are the same unless it differs. */
function statedBy(quote) {
  if (quote.states) return quote.states;
  const deal = data.deals[quote.deal] ?? {};
  const shared = data.shared_fields.filter((name) => deal[name] !== undefined);
  return Object.fromEntries(shared.map((name) => [name, deal[name]]));
}

/** What a claim states, in a few words. */
function statedInWords(quote) {
  const values = statedBy(quote);
  const tiv = (field, text) =>
    (values[field] !== undefined || asList(values.below_half).includes(field)) &&
    `${text} ${valueInWords(values, field)}`;
  const volumes = asList(values.years).map((year, place) => `${year}: ${inNumbers(asList(values.volumes)[place])}`);
  return [
    values.status && inWords(values.status),
    values.title,
    yearsOf(values.since, values.until),
    values.quantity_ordered !== undefined && `${valueInWords(values, "quantity_ordered")} ordered`,
    values.quantity_delivered !== undefined && `${valueInWords(values, "quantity_delivered")} delivered`,
    values.instalment && "in these years alone",
    values.order_year !== undefined && `ordered in ${valueInWords(values, "order_year")}`,
    asList(values.delivery_years).length > 0 && `delivered in ${valueInWords(values, "delivery_years")}`,
    tiv("tiv_order", "TIV ordered"),
    tiv("tiv_delivered", "TIV delivered"),
    values.value !== undefined && `value ${valueInWords(values, "value")} ${values.currency ?? ""}`,
    values.direction,
    ...volumes,
  ]
    .filter(Boolean)
    .join(" · ");
}

// ---- marking

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The words that may carry a claim: the names of its parties, as texts call them, and the numbers that it states. */
function termsOf(quote, parties) {
  const names = parties.flatMap((party) => {
    if (typeof party === "string") return [party];
    const { name, called } = isNumber(party) ? data.nodes[party] : party;
    return [name, ...asList(called)];
  });
  const values = statedBy(quote);
  const numbers = [
    values.quantity_ordered,
    values.quantity_delivered,
    values.order_year,
    ...asList(values.delivery_years),
  ];
  const words = [
    ...names,
    ...numbers.filter((value) => value > 0),
    values.title,
    values.status && inWords(values.status),
  ];
  return [...new Set(words.filter(Boolean).map(String))].filter((term) => term.length > 1 || /\d/.test(term));
}

/** The words of a quote with those marked that carry the claim. */
function marked(text, terms) {
  if (!terms.length) return [text];
  const longestFirst = [...terms].sort((a, b) => b.length - a.length).map(escaped);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join("|")})(?![\\p{L}\\p{N}])`, "giu");
  const parts = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(pattern)) {
    parts.push(text.slice(from, index), el("mark", {}, word));
    from = index + word.length;
  }
  return [...parts, text.slice(from)];
}

// ---- where it stands

/** "row 7", "characters 100–134", or nothing where the file was made without sources. */
function placeOf(quote) {
  if (quote.row !== undefined) return `row ${quote.row}`;
  if (quote.start === undefined) return "";
  return `characters ${quote.start}–${quote.start + (quote.length ?? [...quote.quote].length)}`;
}

const paperOf = (quote) => data.documents[quote.document] ?? { source: {} };

/** One line to cite a quote by. */
function citation(quote) {
  const { name, published_on, address, source } = paperOf(quote);
  const place = [source.name, name, published_on, placeOf(quote), address].filter(Boolean).join(", ");
  return `${quote.quote === undefined ? "" : `“${quote.quote}” `}(${place || "source left out"}; data ${dataHash.slice(0, 12)})`;
}
const dataHash = byId("data").dataset.sha256;

function quoteElement(quote, parties) {
  const { name, address, published_on, superseded, source } = paperOf(quote);
  const marks = [
    quote.disputes && badge("disputes this", "against", "This claim speaks against it."),
    superseded && badge("superseded", "warn", "From an earlier edition of the register; a later one says what holds."),
    quote.modality &&
      quote.modality !== "asserted" &&
      badge(quote.modality, "", meaningOf("modalities", quote.modality)),
    quote.confidence !== undefined &&
      badge(
        `confidence ${Math.round(quote.confidence * 100)} %`,
        "",
        `How sure ${quote.extractor ?? "the reader"} is that the words state this.`,
      ),
  ];
  const stated = statedInWords(quote);
  return el(
    "figure",
    { class: quote.disputes ? "against" : superseded ? "past" : "for" },
    quote.quote === undefined
      ? el("p", { class: "faint" }, "The words are left out of this file.")
      : el("blockquote", { dir: "auto" }, marked(String(quote.quote), termsOf(quote, parties))),
    el(
      "figcaption",
      {},
      el(
        "p",
        {},
        el("cite", { dir: "auto" }, source.name ?? "source left out"),
        source.reliability &&
          el("span", { title: meaningOf("reliabilities", source.reliability) }, ` (${source.reliability})`),
        name !== undefined && [": ", link(name, address)],
      ),
      el(
        "p",
        { class: "faint" },
        [published_on, placeOf(quote)].filter(Boolean).join(" · "),
        quote.said_by_name && [" · said by ", el("bdi", {}, quote.said_by_name)],
      ),
      el(
        "p",
        { class: "marks" },
        marks,
        button({ class: "small", onclick: () => copy(citation(quote)) }, "Copy as citation"),
      ),
      stated && el("p", { class: "faint" }, "States: ", el("bdi", {}, stated)),
    ),
  );
}

/** Quotes with those that speak against at the end, and those of past editions last. */
function quoteList(numbers, parties) {
  const rank = (quote) => (paperOf(quote).superseded ? 2 : quote.disputes ? 1 : 0);
  const quotes = asList(numbers).map((number) => data.quotes[number]);
  return quotes.sort((a, b) => rank(a) - rank(b) || a.id - b.id).map((quote) => quoteElement(quote, parties));
}
