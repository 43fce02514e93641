"""Writes docs/python.md: the names that programs may rely on, with how they are called and what they are for.

python docs/python.py
"""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).with_suffix(".md")

PUBLIC = {
    "legation.graph.store": ("open_store", "GraphStore", "Rows", "Stream"),
    "legation.graph.claims": ("Source", "Document", "Claim"),
    "legation.graph.statements": (
        "Party",
        "TransferStatement",
        "RelationStatement",
        "VolumeStatement",
        "DescriptionStatement",
    ),
    "legation.graph.schema": ("LABELS", "RELATIONS", "STATUSES"),
    "legation.graph.subgraph": ("Subgraph", "Node", "Edge"),
    "legation.graph.views.snapshot": ("render", "write"),
    "legation.graph.errors": ("LegationError", "LoadError", "QueryError", "StoreUnreachable", "UnknownName"),
    "legation.loaders.pipeline": ("LOADERS", "Loader", "find_files", "read", "load", "LoadReport"),
    "legation.loaders.reading": ("Given", "Reading", "Tally"),
    "legation.loaders.samples": ("load_samples",),
    "legation.queries.cards": ("CARDS",),
    "legation.queries.card": ("Card", "Answer"),
    "legation.queries.parameter": ("Parameter",),
    "legation.queries.resolve": ("resolve", "find"),
    "legation.queries.paths": ("find_paths", "to_wanted", "Paths"),
    "legation.queries.picture": ("around", "Years"),
    "legation.queries.formats": ("FORMATS",),
}
"""The public names by module. A version that takes one away or calls it otherwise says so in the changes."""

INNER = ("refold", "mend", "undeclared", "seen_as")
"""Methods that only other parts of legation need."""

EXAMPLE = """\
from pathlib import Path

from legation.graph.store import open_store
from legation.graph.views.snapshot import write
from legation.loaders.pipeline import load
from legation.loaders.reading import Given
from legation.queries.cards import CARDS
from legation.queries.resolve import resolve
from legation.queries.paths import find_paths

with open_store("legation.store", create=True) as store:
    report = load([Path("article.txt")], store, Given(source="Daily News", published_on="2021-12-03"))
    for error in report.failed:
        print(error)

    answer = CARDS["suppliers"].run(store, buyer="Poland")
    for row in answer.rows:
        print(row["supplier"], row["relation"], row["units"])
    write(answer.to_subgraph(store), Path("poland.html"))

    paths = find_paths(store, resolve(store, "Poland"), resolve(store, "Azerbaijan"))
    for told in paths.paths:
        print(told.in_words())

    for row in store.read("MATCH (a:Actor {id: $id}) RETURN a.name AS name", id="TUR"):
        print(row["name"])
"""

_HEAD = f"""\
# From Python

Written by `python docs/python.py`; a test compares, and runs the example. These names stay as they are until a new
version says otherwise in the changes (`CHANGELOG.md`); all others may move. They are typed (`py.typed`). Errors that
are raised on purpose are all `LegationError`. `notebooks/tour.ipynb` goes on from here, with pandas and networkx.

What the docstrings say in full: [the store](api/store.md) · [claims](api/claims.md) · [questions](api/questions.md) ·
[loaders](api/loaders.md) · [pictures](api/pictures.md)

```python
{EXAMPLE}```
"""


def page() -> str:
    """Give the page."""
    return "\n".join((_HEAD, *(_section(module, names) for module, names in PUBLIC.items())))


def _section(module: str, names: tuple[str, ...]) -> str:
    there = importlib.import_module(module)
    return f"## {module}\n\n" + "\n".join(_entry(name, getattr(there, name)) for name in names) + "\n"


def _entry(name: str, thing: Any) -> str:
    if not callable(thing):
        return f"- `{name}`: a table, by name."
    first = (inspect.getdoc(thing) or "").split("\n")[0]
    lines = [f"- `{name}{_call(thing)}`  \n  {first}"]
    if inspect.isclass(thing) and not issubclass(thing, Exception):
        methods = {
            key: value
            for key, value in vars(thing).items()
            if inspect.isfunction(value) and not key.startswith("_") and key not in INNER
        }
        lines += [f"    - `.{key}{_call(value)}`" for key, value in methods.items()]
    return "\n".join(lines)


def _call(thing: Any) -> str:
    """Give the parameters and what comes back, as the code has them."""
    if inspect.isclass(thing) and issubclass(thing, Exception):
        return ""
    called = inspect.signature(thing)
    if any(name.startswith("_") for name in called.parameters):  # nobody else is to make one
        return ""
    signature = re.sub(r"<function <lambda> at \w+>|<[^<>]*>", "...", str(called))
    # Annotations are texts, and so come in quotes; a default that is a text keeps its own.
    signature = re.sub(r"((?:: |-> )|\[)'([^']*)'", r"\1\2", signature)
    return signature.replace("(self, ", "(").replace("(self)", "()").removesuffix(" -> None")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
