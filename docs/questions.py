"""Writes docs/questions.md: every question with an example and its real answer on the samples.

python docs/questions.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from legation.graph.rows import Rows
from legation.graph.store import GraphStore, open_store
from legation.loaders.samples import load_samples
from legation.queries.card import Card
from legation.queries.cards import CARDS
from legation.queries.formats import to_markdown
from legation.queries.parameter import Parameter

PAGE = Path(__file__).with_suffix(".md")
SHOWN = 5
_LEFT_OUT = ("claim", "start", "confidence", "row")

_HEAD = """\
# The questions

Written by `python docs/questions.py` from the cards themselves; a test compares. The answers are those of the samples
that `legation demo` loads: invented or well-known facts, and made-up TIVs. What low, best and high mean stands in
[uncertainty](uncertainty.md), what the measures of networks are in [networks](networks.md), and how to write questions
of your own [below](#questions-of-your-own).

`--show-cypher` shows the Cypher, `--explain` how to read a row, `--count` only the number of rows, and `--html FILE`
writes the picture.
"""

_OWN = """
## Questions of your own

A folder of YAML files, given with `legation query --cards FOLDER` or `LEGATION_CARDS`, one question a file:

```yaml
name: drones-of
question: Which drones has {buyer} got?
mind: Only deals that a source tells of.
row: one deal
parameters:
  - {name: buyer, kind: actor, help: who receives}
cypher: |
  MATCH (:Actor {id: $buyer})<-[:TO]-(t:Transfer)-[:OF]->(w:System {class: 'system:uav'})
  WHERE t.status IN ['delivered', 'in_service']
  RETURN w.name AS drone, t.quantity_delivered AS number, [t.id] AS transfer_ids ORDER BY drone, t.id
```

A parameter has a `kind` (`actor`, `system`, `conflict`, `category`, `year`, `number` or `choice`) and may have
`required: false`, a `default`, for numbers `least` and `most`, and for choices `choices`. The Cypher only reads, and is
looked at like any that is typed. Columns that end in `_ids` are not shown: `transfer_ids`, `pair_ids` (`TUR|POL`) and
`node_ids` say what the picture shows.
"""


def page(store: GraphStore) -> str:
    """Give the page for a store that holds the samples."""
    parts = [_HEAD]
    for theme in dict.fromkeys(card.theme for card in CARDS.values()):
        parts.append(f"## {theme}\n")
        parts += [_section(card, store) for card in CARDS.values() if card.theme == theme]
    return "\n".join((*parts, _OWN.lstrip("\n")))


def _section(card: Card, store: GraphStore) -> str:
    answer = card.run(store, **card.example)
    columns = tuple(name for name in answer.rows.columns if name not in _LEFT_OUT)
    rows = Rows(columns, [{name: row[name] for name in columns} for row in answer.rows.records[:SHOWN]])
    rest = answer.count - len(rows)
    more = [f"… and {rest} more row{'s' if rest != 1 else ''}.", ""] if rest and rows.records else []
    lines = [
        f"### {card.name}",
        "",
        card.in_capitals(whole=True),
        "",
        *([*map(_parameter, card.parameters), ""] if card.parameters else []),
        f"    {card.typed()}",
        "",
        *([f"> {answer.asked} {' '.join(answer.notes)}".rstrip(), ""]),
        *(["".join(to_markdown(rows))] if rows.records else []),
        *more,
    ]
    return "\n".join(lines)


def _parameter(one: Parameter) -> str:
    kind = " or ".join(f"`{choice}`" for choice in one.choices) or one.kind
    default = f"; {one.default} if not given" if one.default is not None and one.kind != "year" else ""
    return f"- `--{one.name}` ({kind}{', required' if one.required else ''}): {one.help}{default}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store", create=True) as opened:
        load_samples(opened, lambda *_: None)
        PAGE.write_text(page(opened), encoding="utf-8", newline="\n")
