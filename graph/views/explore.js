// Walking the network: neighbours, the shortest path between two and its words, degrees and communities.

const otherEnd = (edge, number) => (edge.from === number ? edge.to : edge.from);
const shownEdgesOf = (number) => edgesOf[number].filter(({ id }) => shown.lines[id]).map(({ id }) => shown.lines[id]);

/** A node and those whom a shown line joins with it. */
const withNeighbours = (number) => new Set([number, ...shownEdgesOf(number).map((edge) => otherEnd(edge, number))]);

function keepOnlyNeighbours(number) {
  change({ only: withNeighbours(number) });
}

function hideNode(number) {
  change({ hidden: new Set([...state.hidden, number]), chosen: LINES });
}

// ---- paths

const CERTAIN_FIRST = ["ARMS", ...KINDS.filter((kind) => !["ARMS", "MAY_ARM"].includes(kind)), "MAY_ARM"];
const certainty = (line) => CERTAIN_FIRST.indexOf(line.kind);

/** The lines of a shortest path over shown lines that a path may walk, whichever way they point; null if none leads there. */
function findPath([start, end]) {
  const before = new Map([[start, null]]);
  let rim = [start];
  while (rim.length && !before.has(end)) {
    const next = [];
    for (const number of rim)
      for (const line of [...shownEdgesOf(number)].sort((a, b) => certainty(a) - certainty(b) || a.id - b.id)) {
        const other = otherEnd(line, number);
        if (!relationOf(line.kind).walkable || before.has(other)) continue;
        before.set(other, { line, from: number });
        next.push(other);
      }
    rim = next;
  }
  if (!before.has(end) || start === end) return null;
  const steps = [];
  for (let at = end; before.get(at); at = before.get(at).from) steps.unshift({ ...before.get(at), to: at });
  return steps;
}

/** A path in one sentence: "Poland is armed by Türkiye, which arms Azerbaijan." */
function pathInWords(steps) {
  const phrase = ({ line, from }) => relationOf(line.kind)[line.from === from ? "phrase" : "reverse"];
  const link = (place) => (place === 0 ? "" : data.nodes[steps[place].from].group === "Person" ? ", who" : ", which");
  const told = steps.map((step, place) => `${link(place)} ${phrase(step)} ${isolated(nodeName(step.to))}`);
  return `${isolated(nodeName(steps[0].from))}${told.join("")}.`;
}

/** What pressing the button of a node does with the path: drop an end that it is, else end it here, else begin anew. */
function pathButtonWords(number) {
  const place = state.ends.indexOf(number);
  if (place >= 0) return place ? "No path to here" : "No path from here";
  return state.ends.length === 1 ? "Path to here" : "Path from here";
}

/** Take a node as an end of a path, or drop it; with two, look for the path. */
function pickEnd(number) {
  const { ends } = state;
  if (ends.includes(number)) return change({ ends: ends.filter((end) => end !== number) });
  if (ends.length === 1) return change({ ends: [...ends, number], chosen: { what: "path", ends: [...ends, number] } });
  say(`Path from ${nodeName(number)}: now choose where to.`);
  return change({ ends: [number] });
}

// ---- degrees and communities, of everything in the page

const partnersOf = data.nodes.map(({ id }) => new Set(edgesOf[id].map((edge) => otherEnd(edge, id))));

/** Communities by moving each node to where it gains most modularity, until none moves (the first phase of Louvain). */
function findCommunities() {
  const joined = data.nodes.map(({ id }) => [...partnersOf[id]].filter((other) => other !== id));
  const twice = total(joined.map((others) => others.length)) || 1;
  const community = data.nodes.map(({ id }) => id);
  const weight = joined.map((others) => others.length); // of the community that a node founds
  for (let round = 0, moved = true; moved && round < 30; round++) {
    moved = false;
    for (const { id } of data.nodes) {
      const links = new Map();
      for (const other of joined[id]) links.set(community[other], (links.get(community[other]) ?? 0) + 1);
      weight[community[id]] -= joined[id].length;
      const gain = (one) => (links.get(one) ?? 0) - (weight[one] * joined[id].length) / twice;
      let best = community[id];
      for (const one of [...links.keys()].sort((a, b) => a - b)) if (gain(one) > gain(best) + 1e-9) best = one;
      moved ||= best !== community[id];
      community[id] = best;
      weight[best] += joined[id].length;
    }
  }
  const sizes = new Map();
  for (const one of community) sizes.set(one, (sizes.get(one) ?? 0) + 1);
  const bySize = [...sizes.keys()].sort((a, b) => sizes.get(b) - sizes.get(a) || a - b);
  const rank = new Map(bySize.map((one, place) => [one, place]));
  return community.map((one) => rank.get(one));
}
let communities = null; // found when first asked for
const communityOf = (number) => (communities ??= findCommunities())[number];
const mostPartners = Math.max(1, ...partnersOf.map(({ size }) => size));
