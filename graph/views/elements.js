// How text becomes elements, never through HTML; and the small parts that all views share: links, badges, buttons, swatches.

const byId = (id) => document.getElementById(id);
const isChild = (child) => child !== null && child !== undefined && child !== false && child !== "";

function setAll(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
}

/** Make an element. Strings among the children become text; functions listen; false, null and undefined leave out. */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  setAll(element, attributes);
  element.append(...children.flat(9).filter(isChild));
  return element;
}

/** The same for SVG, whose elements live in a namespace of their own. */
function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAll(element, attributes);
  element.append(...children.flat(9).filter(isChild));
  return element;
}

const button = (attributes, ...children) => el("button", { type: "button", ...attributes }, ...children);
const faint = (...children) => el("span", { class: "faint" }, ...children);
const badge = (text, look = "", title = null) => el("span", { class: `badge ${look}`, title }, text);
const facts = (rows) =>
  el(
    "dl",
    {},
    rows.filter(Boolean).map(([name, ...values]) => el("div", {}, el("dt", {}, name), el("dd", {}, values))),
  );

/** A link that a reader may follow; anything but http and https is only shown. */
function link(text, address) {
  const safe = typeof address === "string" && /^https?:\/\//i.test(address);
  return safe
    ? el("a", { href: address, rel: "noopener noreferrer", target: "_blank", dir: "auto" }, text)
    : el("span", { dir: "auto" }, text);
}

/** A choice among words, given as pairs of value and text. */
function choiceOf(attributes, pairs, chosen, onchange) {
  const options = pairs.map(([value, text]) => el("option", { value, selected: value === chosen ? "" : null }, text));
  return el("select", { ...attributes, onchange: (event) => onchange(event.target.value) }, options);
}

/** A list that shows its first rows, and the others when asked. */
function longList(items, toRow, most = 200) {
  const list = el("ul", { class: "rows" }, items.slice(0, most).map(toRow));
  if (items.length <= most) return [list];
  const more = button(
    {
      onclick: () => {
        list.append(...items.slice(most).map(toRow));
        more.remove();
      },
    },
    `Show all ${inNumbers(items.length)}`,
  );
  return [list, more];
}

/** Say something to those who listen to the page, and show it for a moment. */
function say(text) {
  byId("said").textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => (byId("said").textContent = ""), 4000);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = el("textarea", { class: "aside", "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy"); // where a file may not use the clipboard otherwise
    field.remove();
  }
  say("Copied.");
}

// ---- swatches: a node or a line as legend and lists show it

const OUTLINES = new Map([
  ["State", "M7 1a6 6 0 1 0 .01 0z"],
  ["Firm", "M1.5 1.5h11v11h-11z"],
  ["Person", "M7 .5 13.5 7 7 13.5.5 7z"],
  ["Organisation", "M3.7 1.3h6.6L13.6 7l-3.3 5.7H3.7L.4 7z"],
  ["System", "M7 1l6.5 11.5H.5z"],
  ["Conflict", "M7 .5l1.9 4.4 4.8.4-3.7 3.1 1.2 4.7L7 10.6l-4.2 2.5L4 8.4.3 5.3l4.8-.4z"],
]);

function nodeSwatch(label) {
  return svg(
    "svg",
    { class: "swatch", viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" },
    svg("path", { d: OUTLINES.get(label), class: `fill-${label}` }),
  );
}

function lineSwatch(kind, width = 2.5, hollow = false) {
  const derived = relationOf(kind).derived;
  const look = derived ? kind : "stated";
  const line = { x1: 1, y1: 7, x2: 29, y2: 7 };
  return svg(
    "svg",
    { class: "swatch", viewBox: "0 0 30 14", width: 30, height: 14, "aria-hidden": "true" },
    svg("line", {
      ...line,
      class: `stroke-${look}`,
      "stroke-width": derived ? width : 1.2,
      "stroke-dasharray": (DASHES.get(kind) ?? []).join(" "),
    }),
    hollow && svg("line", { ...line, class: "stroke-paper", "stroke-width": Math.max(width - 2.4, 1) }),
    look === "ARMS" && !hollow && svg("path", { d: "M30 7l-7-4v8z", class: "fill-ARMS" }),
    look === "DID_NOT_ARM" &&
      svg("path", { d: "M11 3l8 8m0-8l-8 8", class: "stroke-DID_NOT_ARM", "stroke-width": 2.2 }),
  );
}
