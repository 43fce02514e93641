"""Read statements in the shapes analysts write, made at random from a seed over our schema.

A statement is built clause by clause. What each variable stands for is known all the time, so that most statements mean
something and most patterns are found. Every answer has columns of plain values, and the statement says how it can be
compared: which columns are lists in no order, and whether the rows come in one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final, TypeVar

_OptionT = TypeVar("_OptionT")

STEPS: Final[tuple[tuple[str, str, str], ...]] = (
    ("Actor", "SUPPLIES", "Transfer"),
    ("Transfer", "TO", "Actor"),
    ("Transfer", "OF", "System"),
    ("Claim", "BACKS", "Transfer"),
    ("Claim", "BACKS|DISPUTES", "Transfer"),
    ("Claim", "DISPUTES", "Transfer"),
    ("Claim", "QUOTED_FROM", "Document"),
    ("Document", "PUBLISHED_BY", "Source"),
    ("Claim", "SAID_BY", "Actor"),
    ("Actor", "ARMS", "Actor"),
    ("Actor", "ARMS", "Actor"),
    ("Actor", "MAY_ARM", "Actor"),
    ("Actor", "ARMS|MAY_ARM", "Actor"),
    ("Actor", "DID_NOT_ARM", "Actor"),
    ("Actor", "MAKES", "System"),
    ("Actor", "LEADS", "Actor"),
    ("Actor", "MEMBER_OF", "Actor"),
    ("Actor", "ALLIED_WITH", "Actor"),
    ("Claim", "ABOUT", "Actor"),
    ("Claim", "ABOUT", "System"),
)
"""What leads where: label at the start, kind, label at the end."""

KINDS: Final = {
    "Actor": ("Actor", "Actor", "State", "State", "Firm", "Person", "Organisation"),
    "Transfer": ("Transfer",),
    "System": ("System",),
    "Claim": ("Claim",),
    "Document": ("Document",),
    "Source": ("Source",),
}

PROPERTIES: Final[dict[str, dict[str, str]]] = {
    "Actor": {"id": "text", "name": "text"},
    "System": {"id": "text", "name": "text", "class": "text"},
    "Transfer": {
        "id": "text",
        "status": "text",
        "kind": "text",
        "quantity_ordered": "number",
        "order_year": "number",
        "claims": "number",
        "value": "number",
        "tiv_order": "number",
        "contested": "truth",
        "delivery_years": "numbers",
    },
    "Claim": {
        "id": "text",
        "modality": "text",
        "quote": "text",
        "start": "number",
        "confidence": "number",
        "status": "text",
        "quantity_ordered": "number",
        "order_year": "number",
    },
    "Document": {"id": "text", "name": "text", "published_on": "text", "reliability": "text"},
    "Source": {"id": "text", "name": "text"},
    "ARMS": {"status": "text", "transfers": "number", "units": "number", "first_year": "number", "tiv": "number"},
    "LEADS": {"title": "text", "sources": "number", "contested": "truth"},
}

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "id": ("TUR", "POL", "UKR", "USA", "firm:baykar", "system:bayraktar-tb2", "system:uav", "nothing"),
    "name": ("Türkiye", "Poland", "Baykar", "Bayraktar TB2", "Daily News", "po"),
    "class": ("UAV", "uav", "drone"),
    "status": ("signed", "ordered", "delivered", "potential", "refused", "in_service"),
    "kind": ("sale", "aid", "joint_production"),
    "modality": ("asserted", "attributed", "speculated", "denied"),
    "quote": ("Fir", "a", "e"),
    "published_on": ("2020-05-01", "2021-07", "2019"),
    "reliability": ("B", "D", "F"),
    "title": ("chief executive", "head"),
}
NUMBERS: Final = (0, 1, 2, 6, 12, 24, 2018, 2019, 2020, 2021, 0.5, 0.875, 100.0, 5_000_000_000)

LONGEST: Final = 300
"""Characters: longer conditions take the planner of a server minutes, and nobody types them."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One read statement.

    Attributes:
        text: the Cypher.
        bags: columns whose lists come in no order.
        ordered: columns by which the rows are ordered; all of them where the order is total.
        shapes: what it is made of, for counting.
    """

    text: str
    bags: frozenset[str]
    ordered: tuple[str, ...]
    shapes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable in scope.

    Attributes:
        name: of the variable.
        sort: ``node``, ``relation``, ``path``, or the sort of a value: ``text``, ``number``, ``truth``, ``numbers``,
            ``texts``, ``bag`` (a list in no order).
        label: key of ``PROPERTIES`` for nodes and relations.
        maybe: whether it may be null.
    """

    name: str
    sort: str
    label: str = ""
    maybe: bool = False


@dataclass(slots=True)
class Maker:
    """Makes one statement after the other from a source of chance."""

    chance: Random
    scope: list[Variable] = field(default_factory=list)
    shapes: set[str] = field(default_factory=set)
    counter: int = 0

    def statement(self) -> Statement:
        """Make a statement that a person might still type."""
        while len((made := self.any_statement()).text) > LONGEST:
            pass
        return made

    def any_statement(self) -> Statement:
        """Make a statement of any length."""
        self.scope, self.shapes, self.counter = [], set(), 0
        if self.likely(0.08):
            return self.union()
        body = self.body()
        tail, bags, ordered = self.result()
        return Statement(f"{body} {tail}", bags, ordered, frozenset(self.shapes))

    def union(self) -> Statement:
        """Make two statements with the same columns, joined."""
        parts = []
        bags: frozenset[str] = frozenset()
        every = self.pick("UNION", "UNION ALL")
        width = self.chance.randint(1, 2)
        for _ in range(2):
            self.scope = []
            body = self.body(depth=1)
            columns = [f"{self.value(self.pick('text', 'number'))} AS c{n}" for n in range(width)]
            parts.append(f"{body} RETURN {', '.join(columns)}")
        return Statement(f" {every} ".join(parts), bags, (), frozenset(self.shapes | {every}))

    def body(self, depth: int = 3) -> str:
        """Make the clauses before the last one."""
        clauses = [self.first()]
        for _ in range(self.chance.randrange(depth)):
            clause = self.pick(self.match, self.match, self.optional, self.optional, self.with_, self.unwind, self.call)
            clauses.append(clause())
        return " ".join(clauses)

    def first(self) -> str:
        if self.likely(0.06):
            return self.shortest()
        return self.path() if self.likely(0.12) else self.match()

    # Clauses

    def match(self) -> str:
        self.shapes.add("MATCH")
        patterns = [self.pattern(self.chance.choice((0, 1, 1, 1, 2, 2, 3, 4)))]
        if self.likely(0.2):
            patterns.append(self.pattern(self.chance.choice((0, 1, 2))))
        if len(patterns) == 2 and self.likely(0.5):
            return f"MATCH {patterns[0]} MATCH {patterns[1]}{self.where(0.5)}"
        return f"MATCH {', '.join(patterns)}{self.where(0.45)}"

    def optional(self) -> str:
        self.shapes.add("OPTIONAL MATCH")
        before = len(self.scope)
        pattern = self.pattern(self.chance.choice((1, 1, 2)))
        where = self.where(0.35)
        self.scope = [replace(one, maybe=True) if at >= before else one for at, one in enumerate(self.scope)]
        return f"OPTIONAL MATCH {pattern}{where}"

    def path(self) -> str:
        """Match a named path, of a variable length more often than not."""
        self.shapes.add("variable length")
        start, end, path = (self.fresh(letter) for letter in "abp")
        low, high = self.chance.choice(((1, 2), (1, 3), (2, 3), (0, 2)))
        kinds = self.pick("ARMS", "ARMS|MAY_ARM", "LEADS|ARMS", "SUPPLIES|TO", "MEMBER_OF|ALLIED_WITH")
        left, right = self.pick(("-", "->"), ("-", "-"), ("<-", "-"))
        hop = f"{left}[:{kinds}*{low}..{high}]{right}"
        if self.likely(0.25):
            self.shapes.add("quantified path")
            hop = f"{left}[:{kinds}]{right}{{{low},{high}}}"
        anchor = f" {{id: '{self.chance.choice(WORDS['id'])}'}}" if self.likely(0.5) else ""
        self.scope += [Variable(start, "node", "Actor"), Variable(end, "node", "Actor"), Variable(path, "path")]
        return f"MATCH {path} = ({start}:Actor{anchor}){hop}({end}:Actor){self.where(0.5)}"

    def shortest(self) -> str:
        self.shapes.add("shortestPath")
        start, end, path = (self.fresh(letter) for letter in "abp")
        ids = self.chance.sample(WORDS["id"][:5], 2)
        self.scope += [Variable(start, "node", "Actor"), Variable(end, "node", "Actor"), Variable(path, "shortest")]
        ends = f"MATCH ({start}:Actor {{id: '{ids[0]}'}}), ({end}:Actor {{id: '{ids[1]}'}}) "
        arrow = self.pick("->", "-")
        rest = f" WHERE length({path}) > 1" if self.likely(0.2) else ""
        return f"{ends}MATCH {path} = shortestPath(({start})-[:ARMS|MAY_ARM|LEADS|SUPPLIES|TO*..4]{arrow}({end})){rest}"

    def with_(self) -> str:
        """Project, aggregate, filter, order and cut."""
        self.shapes.add("WITH")
        kept = [one for one in self.scope if self.likely(0.7)] or self.scope[:1]
        if self.likely(0.25):
            return f"WITH *{self.where(0.7)}"
        items = [one.name for one in kept]
        made = list(kept)
        distinct = "DISTINCT " if self.likely(0.2) else ""
        if self.likely(0.6):
            name = self.fresh("v")
            if self.likely(0.5):
                text, sort = self.aggregate()
                distinct = ""
            else:
                sort = self.pick("text", "number", "truth")
                text = self.value(sort)
            items.append(f"{text} AS {name}")
            made.append(Variable(name, sort, maybe=True))
        self.scope = made
        cut = ""
        plain = [one for one in made if one.sort in ("text", "number", "truth")]
        nodes = [one for one in made if one.sort == "node"]
        if self.likely(0.25) and len(plain) + len(nodes) == len(made):
            # A total order: otherwise each engine may cut elsewhere.
            self.shapes.add("ORDER BY in WITH")
            keys = [one.name for one in plain] + [f"{one.name}.id" for one in nodes]
            way = self.pick("", " DESC")
            cut = f" ORDER BY {', '.join(key + way for key in keys)}"
            if self.likely(0.6):
                cut += f" LIMIT {self.chance.choice((1, 3, 10))}"
        return f"WITH {distinct}{', '.join(items)}{cut}{self.where(0.35)}"

    def unwind(self) -> str:
        self.shapes.add("UNWIND")
        name = self.fresh("x")
        lists = [one.name for one in self.scope if one.sort in ("numbers", "bag")]
        source = (
            self.chance.choice(lists) if lists and self.likely(0.7) else self.pick("[1, 2, 2, null]", "range(1, 3)")
        )
        self.scope.append(Variable(name, "number" if source.startswith(("[", "r")) else "value", maybe=True))
        return f"UNWIND {source} AS {name}"

    def call(self) -> str:
        """Run a subquery for each row."""
        nodes = [one for one in self.scope if one.sort == "node"]
        if not nodes:
            return self.match()
        self.shapes.add("CALL {}")
        outer, name = self.chance.choice(nodes), self.fresh("n")
        kept, self.scope = self.scope, [outer]
        pattern = self.pattern(self.chance.choice((1, 2)), start=outer)
        where = self.where(0.3)
        text, sort = self.aggregate()
        self.scope = [*kept, Variable(name, sort, maybe=True)]
        return f"CALL {{ WITH {outer.name} MATCH {pattern}{where} RETURN {text} AS {name} }}"

    def result(self) -> tuple[str, frozenset[str], tuple[str, ...]]:
        """Make the last clause."""
        columns: dict[str, tuple[str, str]] = {}
        for n in range(self.chance.randint(1, 3)):
            sort = self.pick("text", "text", "number", "number", "truth", "list", "node", "value")
            columns[f"c{n}"] = (self.value(sort), sort)
        aggregates = self.likely(0.3)
        if aggregates:
            self.shapes.add("aggregation")
            columns["total"] = self.aggregate(last=True)
        bags = frozenset(name for name, (_, sort) in columns.items() if sort in ("bag", "list", "value"))
        distinct = "DISTINCT " if self.likely(0.2) else ""
        items = ", ".join(f"{text} AS {name}" for name, (text, _) in columns.items())
        sortable = [name for name, (_, sort) in columns.items() if sort in ("text", "number", "truth")]
        order, ordered = "", tuple[str, ...]()
        if self.likely(0.45) and sortable:
            self.shapes.add("ORDER BY")
            total = len(sortable) == len(columns)
            keys = sortable if total else self.chance.sample(sortable, self.chance.randint(1, len(sortable)))
            ordered = tuple(keys)
            order = f" ORDER BY {', '.join(key + self.pick('', '', ' DESC') for key in keys)}"
            if total and self.likely(0.6):
                self.shapes.add("SKIP LIMIT")
                skip = f" SKIP {self.chance.choice((0, 1, 2))}" if self.likely(0.5) else ""
                order += f"{skip} LIMIT {self.chance.choice((1, 2, 5, 20))}"
        return f"RETURN {distinct}{items}{order}", bags, ordered

    # Patterns

    def pattern(self, hops: int, start: Variable | None = None) -> str:
        nodes = [one for one in self.scope if one.sort == "node"]
        bound = [one.name for one in self.scope if one.sort == "relation"]
        at = start or (self.chance.choice(nodes) if nodes and self.likely(0.65) else None)
        if at is None:
            at = Variable(self.fresh("n"), "node", self.chance.choice(list(KINDS)))
            text = self.node(at, fresh=True)
        else:
            text = f"({at.name})"
        for _ in range(hops):
            ways = [step for step in STEPS if at.label in (step[0], step[2])]
            first, kind, last = self.chance.choice(ways)
            forward = at.label == first and (at.label != last or self.likely(0.5))
            other = last if forward else first
            here = self.fresh("r")
            named = self.likely(0.45)
            hop = f"[{here}:{kind}]" if named else f"[:{kind}]"
            if self.likely(0.05):
                hop = f"[{here}]" if named else "[]"
            if bound and self.likely(0.03):
                hop, named = f"[{self.chance.choice(bound)}]", False
            if named:
                label = "ARMS" if "ARM" in kind else "LEADS"
                self.scope.append(Variable(here, "relation", label))
            known = [one for one in nodes if one.label == other and one.name != at.name]
            if known and self.likely(0.12):
                target, end = self.chance.choice(known), ""
                end = f"({target.name})"
            else:
                target = Variable(self.fresh("n"), "node", other)
                end = self.node(target, fresh=self.likely(0.85))
            left, right = ("-", "->") if forward else ("<-", "-")
            if self.likely(0.08):
                left, right = "-", "-"
            text += f"{left}{hop}{right}{end}"
            at = target
        return text

    def node(self, one: Variable, *, fresh: bool) -> str:
        if fresh:
            self.scope.append(one)
        label = self.chance.choice(KINDS[one.label]) if self.likely(0.2) else one.label
        name = one.name if fresh else ""
        held = ""
        if self.likely(0.06):
            key = self.chance.choice([key for key in PROPERTIES[one.label] if key in WORDS])
            held = f" {{{key}: '{self.chance.choice(WORDS[key])}'}}"
        return f"({name}:{label}{held})" if self.likely(0.9) else f"({name}{held})"

    def bare(self, outer: Variable) -> str:
        """Give a pattern that starts at a known node, may end at one, and names nothing new."""
        text, at = f"({outer.name})", outer.label
        for _ in range(self.chance.choice((1, 1, 1, 2))):
            first, kind, last = self.chance.choice([step for step in STEPS if at in (step[0], step[2])])
            forward = at == first
            at = last if forward else first
            left, right = ("-", "->") if forward else ("<-", "-")
            known = [one.name for one in self.scope if one.sort == "node" and one.label == at]
            end = f":{at}" if self.likely(0.6) else ""
            text += f"{left}[:{kind}]{right}({self.chance.choice(known) if known and self.likely(0.15) else end})"
        return text

    # Conditions and values

    def where(self, chance: float) -> str:
        return f" WHERE {self.condition()}" if self.scope and self.likely(chance) else ""

    def condition(self, depth: int = 2) -> str:
        if depth and self.likely(0.45):
            left, right = self.condition(depth - 1), self.condition(depth - 1)
            word = self.pick("AND", "AND", "OR", "OR", "XOR", "NOT", "NOT", "AND NOT")
            self.shapes.add(word)
            return (
                f"NOT ({left})"
                if word == "NOT"
                else f"({left} {word} {right})"
                if self.likely(0.6)
                else f"{left} {word} {right}"
            )
        makers: list[Callable[[], str]] = [
            self.compare_text,
            self.compare_text,
            self.compare_number,
            self.compare_number,
            self.is_null,
            self.in_list,
            self.exists,
            self.counted,
            self.compare_two,
            self.labelled,
            self.any_of,
            lambda: self.value("truth"),
        ]
        return self.chance.choice(makers)()

    def compare_text(self) -> str:
        value, key = self.property("text")
        word = self.pick("=", "<>", "STARTS WITH", "CONTAINS", "ENDS WITH", "<", ">=")
        return f"{value} {word} '{self.chance.choice(WORDS.get(key, ('a', 'x')))}'"

    def compare_number(self) -> str:
        return f"{self.value('number')} {self.pick('=', '<>', '<', '>', '<=', '>=')} {self.chance.choice(NUMBERS)}"

    def compare_two(self) -> str:
        sort = self.pick("text", "number")
        return f"{self.property(sort)[0]} {self.pick('=', '<>', '<', '>')} {self.property(sort)[0]}"

    def is_null(self) -> str:
        value = (
            self.chance.choice(self.scope).name if self.likely(0.4) else self.property(self.pick("text", "number"))[0]
        )
        return f"{value} IS {self.pick('', 'NOT ')}NULL"

    def in_list(self) -> str:
        value, key = self.property("text")
        words = ", ".join(f"'{word}'" for word in self.chance.sample(WORDS.get(key, ("a", "b")), 2))
        return f"{self.pick('', 'NOT ')}{value} IN [{words}{self.pick('', '', ', null')}]"

    def exists(self) -> str:
        outer = self.known_node()
        if outer is None:
            return self.compare_text()
        self.shapes.add("EXISTS")
        pattern = self.bare(outer)
        kept = list(self.scope)
        inner = self.pattern(1, start=outer)
        where = self.where(0.4)
        self.scope = kept
        return self.pick(f"EXISTS {{ {pattern} }}", pattern, f"NOT {pattern}", f"EXISTS {{ MATCH {inner}{where} }}")

    def counted(self) -> str:
        outer = self.known_node()
        if outer is None:
            return self.compare_number()
        return f"{self.count_of(outer)} {self.pick('>', '=', '<')} {self.chance.choice((0, 1, 2))}"

    def count_of(self, outer: Variable) -> str:
        self.shapes.add("COUNT {}")
        if self.likely(0.6):
            return f"COUNT {{ {self.bare(outer)} }}"
        kept = list(self.scope)
        inner = self.pattern(1, start=outer)
        where = self.where(0.5)
        self.scope = kept
        return f"COUNT {{ MATCH {inner}{where} }}"

    def labelled(self) -> str:
        outer = self.known_node()
        return f"{outer.name}:{self.chance.choice(KINDS[outer.label])}" if outer else self.compare_text()

    def any_of(self) -> str:
        self.shapes.add("list predicate")
        word = self.pick("any", "all", "none", "single")
        return f"{word}(x IN {self.numbers()} WHERE x {self.pick('>', '=', '<')} {self.chance.choice((2019, 2020, 2))})"

    def numbers(self) -> str:
        transfers = [one.name for one in self.scope if one.label == "Transfer"]
        if transfers and self.likely(0.7):
            return f"{self.chance.choice(transfers)}.delivery_years"
        return self.pick("[1, 2, 3]", "range(2018, 2021)", "[2019, null]", "[]")

    def property(self, sort: str) -> tuple[str, str]:
        """Give a property of that sort of something in scope, and its key."""
        found = [
            (f"{one.name}.{key}", key)
            for one in self.scope
            if one.sort in ("node", "relation")
            for key, given in PROPERTIES[one.label].items()
            if given == sort
        ]
        # What a clause made is named as often as all that nodes have.
        found += [(one.name, "") for one in self.scope if one.sort == sort] * 4
        return self.chance.choice(found) if found else ({"text": "'a'", "number": "1", "truth": "true"}[sort], "")

    def value(self, sort: str) -> str:
        return {
            "text": self.text,
            "number": self.number,
            "truth": self.truth,
            "list": self.list,
            "node": self.whole,
            "value": self.any_value,
        }[sort]()

    def text(self) -> str:
        value = self.property("text")[0]
        relations = [one.name for one in self.scope if one.sort == "relation"]
        forms = [
            value,
            value,
            value,
            f"toUpper({value})",
            f"substring({value}, 1, 3)",
            f"coalesce({value}, 'none')",
            f"left({value}, 2) + '-' + right({value}, 2)",
            f"replace({value}, 'a', '_')",
            f"split({value}, ':')[0]",
            f"trim(toLower({value}))",
            f"toString({self.property('number')[0]})",
            f"CASE WHEN {self.condition(1)} THEN 'yes' WHEN {self.condition(0)} THEN 'perhaps' ELSE 'no' END",
            f"CASE {value} WHEN 'TUR' THEN 'T' WHEN 'signed' THEN 'S' ELSE {value} END",
        ]
        if relations:
            forms.append(f"type({self.chance.choice(relations)})")
        return self.chance.choice(forms)

    def number(self) -> str:
        value = self.property("number")[0]
        paths = [one.name for one in self.scope if one.sort in ("path", "shortest")]
        outer = self.known_node()
        forms = [
            value,
            value,
            value,
            f"{value} + 1",
            f"{value} * 2 - {self.property('number')[0]}",
            f"coalesce({value}, 0)",
            f"toInteger({value} / 2)",
            f"{value} % 5",
            f"size({self.numbers()})",
            f"abs({value} - 2020)",
            f"round({value})",
            f"size({self.property('text')[0]})",
            f"reduce(s = 0, x IN {self.numbers()} | s + x)",
            f"CASE WHEN {self.condition(1)} THEN {value} ELSE -1 END",
        ]
        if paths:
            forms += [f"length({self.chance.choice(paths)})"] * 3
        if outer:
            forms.append(self.count_of(outer))
        return self.chance.choice(forms)

    def truth(self) -> str:
        forms = [
            self.property("truth")[0],
            f"coalesce({self.property('truth')[0]}, false)",
            f"{self.property('number')[0]} > 2",
            f"{self.property('text')[0]} = 'signed'",
            f"{self.property('text')[0]} IS NULL",
        ]
        return self.chance.choice(forms)

    def list(self) -> str:
        self.shapes.add("list")
        numbers = self.numbers()
        paths = [one.name for one in self.scope if one.sort == "path"]
        outer = self.known_node()
        forms = [
            numbers,
            f"[x IN {numbers} WHERE x > 2 | x * 2]",
            f"{numbers}[0..2]",
            f"[{self.property('text')[0]}, {self.property('number')[0]}]",
            f"tail({numbers})",
            f"[head({numbers}), last({numbers})]",
            f"{numbers} + [1]",
        ]
        if paths:
            path = self.chance.choice(paths)
            forms += [f"[n IN nodes({path}) | n.id]", f"[r IN relationships({path}) | type(r)]"] * 2
        if outer:
            forms.append(f"[size([{self.bare(outer)} | 1])]")
            forms.append(f"[size([{self.bare(outer)} WHERE {self.condition(0)} | 1])]")
            forms.append(f"labels({outer.name})")
        return self.chance.choice(forms)

    def whole(self) -> str:
        """Give a whole node or relation, or its identity."""
        things = [one for one in self.scope if one.sort in ("node", "relation")]
        if not things:
            return self.text()
        one = self.chance.choice(things)
        return one.name if one.sort == "node" else f"type({one.name})"

    def any_value(self) -> str:
        values = [one.name for one in self.scope if one.sort not in ("node", "relation", "path", "shortest")]
        return self.chance.choice(values) if values else self.text()

    def aggregate(self, *, last: bool = False) -> tuple[str, str]:
        """Give an aggregation and the sort of its value.

        A mean is only given last, and nothing is sorted by it: its last digit hangs on the order in which an engine
        takes the rows, so that equal ones may differ in it.
        """
        self.shapes.add("aggregation")
        number, text = self.value("number"), self.property("text")[0]
        distinct = self.pick("", "DISTINCT ")
        means: tuple[tuple[str, str], ...] = ((f"avg({number})", "mean"),) if last else ()
        return self.chance.choice(
            (
                *means,
                ("count(*)", "number"),
                (f"count({distinct}{self.chance.choice(self.scope).name})" if self.scope else "count(*)", "number"),
                (f"count({distinct}{text})", "number"),
                (f"sum({number})", "number"),
                (f"sum({distinct}{self.property('number')[0]})", "number"),
                (f"min({number})", "number"),
                (f"max({text})", "text"),
                (f"collect({distinct}{text})", "bag"),
                (f"size(collect({distinct}{number}))", "number"),
                (f"count({distinct}CASE WHEN {self.condition(0)} THEN 1 END)", "number"),
            )
        )

    # Chance

    def known_node(self) -> Variable | None:
        nodes = [one for one in self.scope if one.sort == "node"]
        return self.chance.choice(nodes) if nodes else None

    def fresh(self, letter: str) -> str:
        self.counter += 1
        return f"{letter}{self.counter}"

    def likely(self, chance: float) -> bool:
        return self.chance.random() < chance

    def pick(self, *options: _OptionT) -> _OptionT:
        return self.chance.choice(options)


def statements(seed: int, count: int) -> Sequence[Statement]:
    """Make so many statements from a seed; the same ones each time."""
    maker = Maker(Random(seed))
    return [maker.statement() for _ in range(count)]
