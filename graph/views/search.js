// Search with suggestions, from the field in the header or by pressing /.

const searchable = data.nodes.map(({ id, name, key, called, properties }) => ({
  number: id,
  name: fold(name),
  key: fold(key),
  called: [...called, ...asList(properties.identifiers)].map(fold),
}));
let active = -1; // which suggestion the arrow keys stand on

/** The nodes that a text finds: names that begin with it, then words that do, other names, then any place. */
function findNodes(text) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const rank = ({ name, key, called }) => {
    if (name.startsWith(wanted) || key === wanted) return 0;
    if (name.includes(` ${wanted}`)) return 1;
    if (called.some((other) => other.startsWith(wanted) || other.includes(` ${wanted}`))) return 2;
    return name.includes(wanted) || key.includes(wanted) ? 3 : 4;
  };
  return searchable
    .map((item) => ({ ...item, rank: rank(item) }))
    .filter((item) => item.rank < 4)
    .sort((a, b) => a.rank - b.rank || edgesOf[b.number].length - edgesOf[a.number].length || a.number - b.number)
    .slice(0, 8)
    .map((item) => item.number);
}

function suggest() {
  const input = byId("search-text");
  const found = findNodes(input.value);
  active = found.length ? 0 : -1;
  const rows = found.map((number, place) => {
    const option = el(
      "li",
      { role: "option", id: `suggestion-${place}`, "data-number": number, onclick: () => pick(number) },
      nodeSwatch(data.nodes[number].group),
      el("bdi", {}, nodeName(number)),
    );
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus in the field
    return option;
  });
  const nobody = input.value.trim() && !found.length;
  byId("suggestions").replaceChildren(...rows);
  byId("suggestions").hidden = !rows.length;
  byId("nobody").hidden = !nobody;
  input.setAttribute("aria-expanded", String(rows.length > 0));
  markActive();
}

function markActive() {
  const options = [...byId("suggestions").querySelectorAll("[role=option]")];
  options.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
  if (active >= 0) byId("search-text").setAttribute("aria-activedescendant", `suggestion-${active}`);
  else byId("search-text").removeAttribute("aria-activedescendant");
}

/** Choose what was looked for; if a filter hides it, it is shown again. */
function pick(number) {
  closeSearch();
  if (!shown.nodes.has(number)) {
    const labelsOff = new Set([...state.labelsOff].filter((label) => label !== data.nodes[number].group));
    const hidden = new Set([...state.hidden].filter((other) => other !== number));
    change({ labelsOff, hidden, only: state.only && new Set([...state.only, number]) });
  }
  choose({ what: "node", number });
  goTo(number);
}

/** Close the list, which leaves nothing to choose; the text stays. */
function hideSuggestions() {
  active = -1;
  byId("suggestions").replaceChildren();
  byId("suggestions").hidden = byId("nobody").hidden = true;
  byId("search-text").setAttribute("aria-expanded", "false");
  markActive();
}

function closeSearch() {
  byId("search-text").value = "";
  suggest();
}

function searchKey(event) {
  const options = byId("suggestions").querySelectorAll("[role=option]");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!options.length) return suggest(); // it was closed when the field was left
    active = (active + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
    markActive();
  } else if (event.key === "Enter" && active >= 0) pick(Number(options[active].dataset.number));
  return undefined;
}

function listenToSearch() {
  byId("search-text").addEventListener("input", suggest);
  byId("search-text").addEventListener("keydown", searchKey);
  byId("search-text").addEventListener("blur", hideSuggestions);
}
