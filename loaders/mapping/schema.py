"""What a mapping may hold, as data: the reader checks against it; the JSON Schema and the docs are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ...graph.schema import FURTHER_PARTS, MODALITIES, RELIABILITIES, STATED, STATUSES, TRANSFER_KINDS

PARTY_LABELS: Final = ("State", "Firm", "Person", "Organisation", "System", "Conflict")
"""What a party can be."""
CODED: Final = ("State", "Organisation")
"""What a code in a list of codes can mean: a state, or one of old that is no node of a state."""
REFUSE: Final = "refuse"
"""Said instead of a label where a row is refused whose party the reference lists do not know."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a shape.

    Attributes:
        name: as it is written.
        kind: ``text``, ``texts``, ``number``, ``choice``, ``condition``, ``value``, ``values``, ``chosen`` (a choice,
            or a value that gives one), ``party name`` or ``party names``, ``table`` (texts by text), or a
            shape: its name, ``list of …`` or ``named …``.
        meaning: what it says.
        needed: whether it must be there.
        choices: what it can be, if its kind is ``choice`` or ``chosen``.
        gives: what a value is read as: ``text``, ``texts``, ``date``, ``year``, ``years``, ``whole`` or ``number``.
    """

    name: str
    kind: str
    meaning: str
    needed: bool = False
    choices: tuple[str, ...] = ()
    gives: str = "text"


def _of(*keys: Key) -> dict[str, Key]:
    return {key.name: key for key in keys}


SHAPES: Final[dict[str, dict[str, Key]]] = {
    "mapping": _of(
        Key("mapping", "text", "Its name, in lower-case letters, digits and hyphens.", needed=True),
        Key("about", "text", "One sentence on what table it reads."),
        Key("source", "source", "Who published the table.", needed=True),
        Key("table", "table layout", "What the table looks like; it is told from the columns unless said."),
        Key("missing", "texts", "Cells that say nothing, such as NA or -9; an empty one never does."),
        Key("leave_out", "list of row left out", "Rows that are left out, each with the reason; they are counted."),
        Key("parties", "named party", "The actors, systems and conflicts that a row names, by a name of yours."),
        Key("statements", "list of statement", "What a row states.", needed=True),
    ),
    "source": _of(
        Key("name", "text", "As a reader would cite it.", needed=True),
        Key(
            "reliability", "choice", "On the Admiralty scale; --reliability goes before it.", choices=(*RELIABILITIES,)
        ),
        Key("published", "text", "When: 2021-12-03, 2021-12 or 2021; --published goes before it."),
        Key("address", "text", "Where it can be found (a URL)."),
        Key("licence", "text", "The licence or copyright line."),
    ),
    "table layout": _of(
        Key("columns", "texts", "Columns that the table must have beside those that are used."),
        Key("short_rows", "choice", "What becomes of rows with fields too few.", choices=(REFUSE, "take")),
    ),
    "row left out": _of(
        Key("when", "condition", "Which rows.", needed=True),
        Key("because", "text", "Why, for the report.", needed=True),
    ),
    "party": _of(
        Key("label", "chosen", "What it is.", needed=True, choices=PARTY_LABELS),
        Key("name", "value", "What it is called; the reference lists are asked for exactly this name.", gives="texts"),
        Key("code", "value", "Its code in a list of codes, instead of the name or before it."),
        Key("list", "choice", "Which list of codes: Correlates of War or Gleditsch and Ward.", choices=("cow", "gw")),
        Key("on", "value", "The day by which a code is understood, where it changed its meaning.", gives="date"),
        Key("of", "party name", "The state it belongs to: only one of that state is taken from the lists for it."),
        Key("since", "value", "From when it was in office: only a person then in office is taken.", gives="date"),
        Key("until", "value", "The same for the end.", gives="date"),
        Key("key", "values", "What tells it from others of that name, such as the year of birth; it goes into the id."),
        Key(
            "otherwise",
            "choice",
            "What it becomes where no list knows it: a node of that label, or the row is refused. Unless said, a state "
            "refuses the row and all else becomes a node.",
            choices=(REFUSE, *PARTY_LABELS[1:]),
        ),
    ),
    "value": _of(
        Key("column", "text", "The column it stands in."),
        Key("columns", "texts", "Several columns, of which those that say something are joined."),
        Key("join", "text", "What joins them; a space unless said."),
        Key("constant", "text", "What it always is."),
        Key("year", "text", "The column of the year, of a date in several columns."),
        Key("month", "text", "The column of the month."),
        Key("day", "text", "The column of the day."),
        Key("after", "text", "Only what stands behind the first of this text; nothing if it is not there."),
        Key("before", "text", "Only what stands before the first of this text; all if it is not there."),
        Key("split", "texts", "What parts several in one cell."),
        Key("like", "text", "Of several only those that are the name in this column but for case and legal form."),
        Key("unlike", "text", "Of several only the others."),
        Key("values", "table", "What a cell means, by what it says; any other is refused unless there is a default."),
        Key("default", "text", "What it is where the cell says nothing, or nothing that values knows."),
        Key("date", "texts", "How dates are written, such as %d/%m/%Y; as 2021-12-03, 2021-12 or 2021 unless said."),
        Key("decimal", "text", "The sign before the fraction of a number; a full stop unless said."),
        Key("thousands", "text", "The sign between the thousands of a number; none unless said."),
        Key("prefix", "text", "What is put before it, such as the scheme of an identifier."),
        Key("missing", "texts", "Cells of it that say nothing, beside those of the mapping."),
        Key("when", "condition", "It is taken only from such rows."),
    ),
    "test": _of(
        Key("not", "texts", "It is none of these."),
        Key("least", "number", "It is a number, and not less."),
        Key("most", "number", "It is a number, and not more."),
        Key("empty", "choice", "Whether it says nothing.", choices=("true", "false")),
        Key("below", "text", "It is less than the number in this column."),
        Key("above", "text", "It is more than the number in this column."),
    ),
    "fold": _of(
        Key("years", "text", "The column of the year: rows that state the same year after year become one claim."),
        Key("last", "number", "The last year that the table knows of; what reaches it has no known end."),
        Key("span", "choice", "Rows below each other that differ in dates alone become one claim.", choices=("true",)),
    ),
}
"""Name of a shape -> its keys."""

_COMMON: Final = (
    Key("states", "choice", "What it states.", needed=True, choices=("transfer", "description", *STATED)),
    Key("when", "condition", "Only such rows state it."),
    Key("modality", "choice", "How the source says it; asserted unless said.", choices=(*MODALITIES,)),
    Key("confidence", "number", "How sure it is that a row states this, 0 to 1; 1 unless said."),
)
_RELATION: Final = _of(
    *_COMMON,
    Key("subject", "party name", "Where the relation starts.", needed=True),
    Key("object", "party name", "Where it ends.", needed=True),
    Key("title", "values", "The office, share or treaty; several are joined by commas.", gives="texts"),
    Key("since", "value", "From when.", gives="date"),
    Key("until", "value", "Until when.", gives="date"),
    Key("fold", "fold", "How rows become one claim."),
)
STATEMENTS: Final[dict[str, dict[str, Key]]] = {
    "transfer": _of(
        *_COMMON,
        Key("supplier", "party name", "Who supplies.", needed=True),
        Key("buyer", "party name", "Who receives.", needed=True),
        Key("system", "party name", "What.", needed=True),
        Key("status", "chosen", "How far it went.", needed=True, choices=(*STATUSES,)),
        Key("kind", "chosen", "What kind of transfer; a sale unless said.", choices=(*TRANSFER_KINDS,)),
        Key("quantity_ordered", "value", "Units ordered, or spoken of.", gives="whole"),
        Key("quantity_delivered", "value", "Units delivered so far.", gives="whole"),
        Key("order_year", "value", "The year of the order.", gives="year"),
        Key("delivery_years", "value", "The years of delivery.", gives="years"),
        Key("status_year", "value", "When it came to a status that is no order or delivery.", gives="year"),
        Key("tiv_order", "value", "SIPRI trend-indicator value of the order, in millions.", gives="number"),
        Key("tiv_delivered", "value", "The same of what was delivered.", gives="number"),
        Key("value", "value", "Price of the whole order, in units of the currency.", gives="number"),
        Key("currency", "value", "ISO 4217 code, such as USD."),
        Key("condition", "value", "Such as new or second-hand."),
        Key("register_id", "value", "The id that the source itself gives the deal."),
        *(
            Key(role, "party names", meaning)
            for role, meaning in zip(
                FURTHER_PARTS, ("Who pays for it.", "Through whom it goes.", "Whose it was before."), strict=True
            )
        ),
    ),
    "description": _of(
        *_COMMON,
        Key("subject", "party name", "Who or what is described.", needed=True),
        Key("aliases", "values", "Other names.", gives="texts"),
        Key("identifiers", "values", "Each with its scheme before a colon, such as lei:123.", gives="texts"),
        Key("countries", "party names", "The states in which it has its seat, or whose national a person is."),
        Key("since", "value", "From when it is there; of a person the birth.", gives="date"),
        Key("until", "value", "Until when.", gives="date"),
        Key("type", "value", "Of an organisation, in a word."),
        Key("system_class", "party name", "The class of a system."),
        Key("fold", "fold", "How rows become one claim."),
    ),
    **dict.fromkeys(STATED, _RELATION),
}
"""What is stated -> the keys of such a statement."""

SHAPES["statement"] = _of(*_COMMON)
