"""The command line. Parse, call one function, echo; the only place that prints or exits."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import wraps
from io import TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from threading import Timer
from traceback import format_exception
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

import click

from . import __version__

if TYPE_CHECKING:
    from .graph.rows import Rows, Stream
    from .graph.store import GraphStore
    from .graph.subgraph import Subgraph
    from .loaders.pipeline import LoadReport
    from .loaders.reading import Given
    from .queries.card import Card
    from .queries.parameter import Parameter

# Everything else is imported inside the command that needs it: `legation --help` answers in a tenth of a second.

Function = Callable[..., None]
FILE = click.Path(dir_okay=False, path_type=Path)
INTERRUPTED: Final = 128 + 2
"""Exit code after Ctrl-C: that of a program which SIGINT ended."""
CLOSED: Final = 128 + 13
"""Exit code when whoever read our output closed it, as `| head -1` does: that of a program which SIGPIPE ended."""


class Command(click.Command):
    """A command whose help ends with examples, and that can be told to say less or more.

    Args:
        examples: lines as they are typed into a shell; a test runs each of them.
        given: what click's own commands take.
    """

    def __init__(self, *given: Any, examples: Sequence[str] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.examples = examples
        self.params += [_loudness("-q", "--quiet", "No notes and no progress: only results and errors.")]
        self.params += [_loudness("-v", "--verbose", "Also say what the store was asked, and where an error arose.")]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, each on a line however long."""
        if self.examples:
            with formatter.section("Examples" if len(self.examples) > 1 else "Example"):
                formatter.write("".join(f"{'':{formatter.current_indent}}{line}\n" for line in self.examples))


def _loudness(short: str, long: str, told: str) -> click.Option:
    def remember(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        ctx.meta[f"legation.{long.removeprefix('--')}"] = value
        if value and long == "--verbose":
            _log_statements(ctx)

    return click.Option([short, long], is_flag=True, expose_value=False, callback=remember, help=told)


def _log_statements(ctx: click.Context) -> None:
    """Let the store say on stderr what it is asked, and how long that takes."""
    import logging

    class Told(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            click.echo(self.format(record), err=True)

    logger, told = logging.getLogger("legation"), Told()
    logger.addHandler(told)
    logger.setLevel(logging.DEBUG)
    ctx.call_on_close(lambda: logger.removeHandler(told))


def _is(loudness: str) -> bool:
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get(f"legation.{loudness}"))


class Commands(click.Group):
    """The commands; an error that legation raises on purpose becomes one message and exit code 1."""

    command_class = Command
    group_class = type  # groups in it are of this class, too
    noun = "command"

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command."""
        from .graph.errors import LegationError

        try:
            return super().invoke(ctx)
        except LegationError as error:
            if _is("verbose"):
                click.echo("".join(format_exception(error)), err=True, nl=False)
            raise click.ClickException(_printable(str(error))) from error
        except BrokenPipeError:  # click would say that this is an error
            raise SystemExit(CLOSED) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, each with the whole of its first sentence."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str(200)) for name, one in self.commands.items()])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order in which they are needed, not by the alphabet."""
        return list(self.commands)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command; for one that is not there, name the nearest."""
        names = self.list_commands(ctx)
        if args and args[0] not in names and not args[0].startswith("-"):
            from .graph.names import did_you_mean

            hint = did_you_mean(args[0], names)
            ctx.fail(f"There is no {self.noun} {args[0]!r}.{hint} `{ctx.command_path} --help` lists them.")
        return super().resolve_command(ctx, args)


def store_option(command: Function) -> Function:
    """Add the option that says which store; the command gets it as ``url``."""
    return click.option(
        "--store",
        "url",
        envvar="LEGATION_STORE",
        default="legation.store",
        show_default=True,
        show_envvar=True,
        metavar="URL_OR_FOLDER",
        help="A folder, or the address of a Neo4j server such as bolt://127.0.0.1:7687.",
    )(command)


def format_option(command: Function) -> Function:
    """Add the option that says how rows are written; the command gets it as ``form``."""
    forms = click.Choice(["table", "csv", "json", "jsonl", "markdown"])
    return click.option("--format", "form", type=forms, default="table", show_default=True, help="How to write rows.")(
        command
    )


def answer_options(command: Function) -> Function:
    """Add what every command that answers takes: which store, how rows are written, where the picture goes."""
    html = click.option("--html", type=FILE, metavar="FILE", help="Also write the picture of the answer to this file.")
    return store_option(format_option(html(command)))


def years_options(command: Function) -> Function:
    """Add the options that say which years are shown; the command gets them as ``since`` and ``until``."""
    since = click.option(
        "--since", type=int, metavar="YEAR", help="Leave out what ended before; what has no year stays."
    )
    until = click.option(
        "--until", type=int, metavar="YEAR", help="Leave out what began later; what has no year stays."
    )
    return since(until(command))


def source_options(command: Function) -> Function:
    """Add the options that say where files come from, under the names that ``given`` has for it."""
    source = click.option("--source", metavar="NAME", help="Who published the files.")
    reliability = click.option(
        "--reliability",
        type=click.Choice(list("ABCDEF")),
        default="F",
        show_default=True,
        help="Of the source, on the Admiralty scale; F cannot be judged.",
    )
    published = click.option(
        "--published", "published_on", metavar="DATE", callback=_date, help="When: 2021-12-03, 2021-12 or 2021."
    )
    return source(reliability(published(command)))


def reading_options(command: Function) -> Function:
    """Add the options that say how files are read, and what of them is left out."""
    loader = click.option(
        "--as",
        "loader",
        metavar="FORMAT",
        callback=_loader,
        shell_complete=_loaders,
        help="Which loader reads them; told from the text unless given.",
    )
    mapping = click.option(
        "--mapping",
        metavar="FILE",
        help="Read tables by this mapping: a YAML file, or the name of one that comes with legation.",
    )
    strict = click.option("--strict", is_flag=True, help="Do not load a file in which a row cannot be understood.")
    confidence = click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        metavar="0-1",
        help="Leave out claims that the rules are less sure of; docs/extraction.md says how sure each rule is.",
    )
    jobs = click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Read in N processes; one for each core unless given, and only this one for a handful of files.",
    )
    return loader(mapping(strict(confidence(model_options(jobs(command))))))


def model_options(command: Function) -> Function:
    """Add the options that let a parser or a language model read articles, beside the rules."""
    model = click.option(
        "--model", metavar="NAME", help="Also read by the parse of this spaCy pipeline: en_core_web_sm."
    )
    llm = click.option(
        "--llm",
        metavar="URL",
        help="Also ask the language model at this address (OpenAI-compatible). The sentences of articles LEAVE THIS "
        "MACHINE, unless the model runs here. Its key, if it wants one, is read from LEGATION_LLM_KEY.",
    )
    name = click.option("--llm-model", metavar="NAME", help="Which model of that server to ask.")
    return model(llm(name(command)))


def given_options(command: Function) -> Function:
    """Add the options that say what is known of files to read; the command gets them as one ``given``."""

    @source_options
    @reading_options
    @wraps(command)
    def gathered(
        *,
        mapping: str | None,
        model: str | None,
        llm: str | None,
        llm_model: str | None,
        loader: str | None,
        jobs: int | None,
        **said: Any,
    ) -> None:
        from .loaders.extraction.endpoint import Endpoint
        from .loaders.reading import Given

        if model:
            from .loaders.extraction.grammar import get_grammar

            get_grammar(model)  # what is not installed is told before anything begins
        if mapping:
            from .loaders.mapping.loader import get_mapping

            get_mapping(mapping)  # what is wrong with it is told before anything begins
        endpoint = Endpoint(llm, llm_model or "", os.environ.get("LEGATION_LLM_KEY", "")) if llm else None
        if endpoint:
            _note(f"The sentences of articles are sent to {endpoint.host}.")
        known = {name: said.pop(name) for name in ("source", "reliability", "published_on", "strict", "min_confidence")}
        given = Given(**known, model=model, endpoint=endpoint, mapping=mapping)
        command(given=given, loader=loader, jobs=jobs, **said)

    return gathered


def _date(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    from .graph.periods import is_date

    if text is not None and not is_date(text):
        raise click.BadParameter(f"{text!r} is no date; write 2021-12-03, 2021-12 or 2021.")
    return text


def _loader(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    from .loaders.pipeline import LOADERS

    if name is not None and name not in LOADERS:
        raise click.BadParameter(f"{name!r} is no loader; there are {', '.join(LOADERS)}.")
    return name


def _loaders(_: click.Context, __: click.Parameter, typed: str) -> list[str]:
    from .loaders.pipeline import LOADERS

    return [name for name in LOADERS if name.startswith(typed)]


def _values(_: click.Context, __: click.Parameter, texts: tuple[str, ...]) -> dict[str, Any]:
    import json

    values: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.isidentifier():
            raise click.BadParameter(f"{text!r} is not NAME=VALUE.")
        try:
            values[name] = json.loads(value)
        except ValueError:
            values[name] = value
    return values


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="legation", message="%(prog)s %(version)s")
def cli() -> None:
    """Explore who arms whom.

    Load articles and registers into a graph of states, firms, people and transfers, in which every line rests on the
    words of a source. Ask it questions, find paths, run Cypher, and hand on one HTML file.

    \b
      legation demo                                     try it on the samples
      legation load ARTICLE.txt --source "Daily News"   put a source in
      legation query suppliers --buyer Poland           ask
      legation snapshot Turkey -o turkey.html           look

    \b
    Exit codes:
      0    done
      1    an error; also: a file was not loaded, or `check` found something
      2    wrong usage
      130  interrupted by Ctrl-C; the documents loaded before it are in
      141  whoever read the output closed it, as `| head -1` does
    """


@cli.command(
    examples=(
        'legation load article.txt --source "Daily News" --reliability B --published 2021-12-03',
        "legation load news/ register.csv",
        'cat article.txt | legation load - --source "Daily News"',
    )
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@given_options
@store_option
def load(paths: tuple[Path, ...], given: Given, loader: str | None, jobs: int | None, url: str) -> None:
    """Load files, or all readable files of folders, into the store.

    A - among the PATHS stands for what comes on standard input.

    A document goes in whole or not at all. Loading it again replaces what was loaded from it before, and takes no time
    if nothing has changed: a load that was broken off goes on where it was.
    """
    from .loaders import pipeline

    with _files(paths) as files, _open(url, create=True) as store, _progress() as progress:
        wanted = jobs or pipeline.jobs_for(files)
        try:
            report = pipeline.load(files, store, given, loader=loader, jobs=wanted, progress=progress)
        except KeyboardInterrupt:
            _note("Broken off. What is in stays; the same command goes on from there.")
            raise
    _say_loaded(report)


@cli.command(
    examples=(
        "legation claims article.txt",
        "legation claims --rejected article.txt",
        "legation claims - < article.txt | wc -l",
    )
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@given_options
@click.option("--rejected", is_flag=True, help="Show instead what rules turned down in articles, each with its rule.")
def claims(paths: tuple[Path, ...], given: Given, loader: str | None, jobs: int | None, *, rejected: bool) -> None:
    """Show what would be loaded, a claim a line as JSON; nothing is stored.

    A - among the PATHS stands for what comes on standard input.
    """
    import json
    from contextlib import closing

    from .graph.errors import LoadError
    from .loaders import pipeline

    failed = False
    with (
        _files(paths) as files,
        closing(pipeline.read_all(files, given, loader, jobs or pipeline.jobs_for(files))) as readings,
    ):
        for path_, found in zip(files, readings, strict=True):
            if isinstance(found, LoadError):
                _complain(f"{path_.name}: not read. {found}")
                failed = True
                continue
            name, reading = found
            count = 0
            for one in reading.rejected() if rejected else reading.claims:
                click.echo(json.dumps(one.to_properties(), ensure_ascii=False))
                count += 1
            _note(f"{path_}: {reading.in_words(count, rejected=rejected)}, read as {name}.")
            for line in reading.remarks(most=10):
                _note(f"  {line}")
    if failed:
        raise SystemExit(1)


@cli.group()
def mapping() -> None:
    """Check and begin mappings, which say what the rows of a table state.

    \b
      legation mapping guess TABLE.csv > my.yaml    begin one
      legation mapping check my.yaml TABLE.csv      see what comes of it
      legation load TABLE.csv --mapping my.yaml     load it
    """


@mapping.command(name="check", examples=("legation mapping check my.yaml table.csv",))
@click.argument("name", metavar="MAPPING")
@click.argument("table", required=False, type=FILE)
def mapping_check(name: str, table: Path | None) -> None:
    """Check a mapping, and what it makes of a table; nothing is stored.

    MAPPING is a YAML file, or the name of a mapping that comes with legation.
    """
    from .loaders.mapping.trial import try_mapping

    for line in try_mapping(name, table):
        click.echo(line)


@mapping.command(name="guess", examples=("legation mapping guess table.csv > my.yaml",))
@click.argument("table", type=FILE)
def mapping_guess(table: Path) -> None:
    """Write a first mapping for a table, from its header and values, to look over."""
    from .loaders.mapping.guess import guess
    from .loaders.text import read_text

    click.echo(guess(table, read_text(table)), nl=False)


@mapping.command(name="schema", examples=("legation mapping schema > mapping.schema.json",))
def mapping_schema() -> None:
    """Write the JSON Schema of mappings, by which an editor completes them."""
    import json

    from .loaders.mapping.jsonschema import to_json_schema

    click.echo(json.dumps(to_json_schema(), indent=2))


@mapping.command(name="list", examples=("legation mapping list",))
def mapping_list() -> None:
    """List the mappings that come with legation; tables with their columns are known without --mapping."""
    from .loaders.mapping.loader import shipped

    for spec in shipped().values():
        click.echo(f"{spec.name}: {spec.about}")


@cli.command(
    examples=(
        "legation documents",
        "legation documents --format csv > documents.csv",
    )
)
@store_option
@format_option
def documents(url: str, form: str) -> None:
    """List the documents that are loaded."""
    from .queries import listings

    with _open(url) as store:
        _show(listings.documents(store), form, none="Nothing is loaded yet.")


@cli.command(
    examples=(
        "legation forget article.txt",
        "legation forget --all --yes",
    )
)
@click.argument("document", required=False)
@click.option("--all", "everything", is_flag=True, help="Take out every document, and leave nothing of legation.")
@click.option("--yes", is_flag=True, help="With --all: do not ask.")
@store_option
def forget(document: str | None, url: str, *, everything: bool, yes: bool) -> None:
    """Take a document out again, with all that it alone supported.

    DOCUMENT is its id, the start of its id, or its title, as `legation documents` shows them. Nodes of others in the
    database of a server are never touched; a relation of theirs to a transfer, claim or document goes with that.
    """
    from .queries import listings

    if (document is None) != everything:
        raise click.UsageError("Name one DOCUMENT, or give --all.")
    if document is None:
        _forget_all(url, asks=not yes)
        return
    with _open(url) as store:
        found = listings.get_document(store, document)
        store.forget(found["document"])
    click.echo(f"Forgotten: {found['title']} with its {found['claims']} claims.")


def _forget_all(url: str, *, asks: bool) -> None:
    from .graph.clearing import forget_all
    from .loaders.reading import counted
    from .queries import listings

    with _open(url) as store:
        there = counted(len(listings.documents(store)), "document")
        if asks:
            click.confirm(f"Forget all {there} of {store.name}?", abort=True, err=True)
        with _progress() as progress:
            cleared = forget_all(store, progress)
    what = f"{counted(cleared.documents, 'document')} with {counted(cleared.claims, 'claim')}"
    click.echo(f"Forgotten: {what}.{cleared.what_of_others()}")


@cli.command(
    examples=(
        "legation find Bayraktar",
        "legation find Bayraktar --html bayraktar.html",
    )
)
@click.argument("text")
@answer_options
def find(text: str, url: str, form: str, html: Path | None) -> None:
    """Find actors, systems and conflicts by name, or by a part of it."""
    from .queries import listings
    from .queries.picture import among

    with _open(url) as store:
        rows = listings.found(store, text)
        _show(rows, form)
        title = f"What goes by {text!r}, and what lies between"
        _picture(html, lambda: among(store, title, [row["id"] for row in rows.records]), store.name)


@cli.command(
    examples=(
        "legation show Baykar",
        "legation show Poland --html poland.html",
    )
)
@click.argument("name")
@answer_options
def show(name: str, url: str, form: str, html: Path | None) -> None:
    """Show everything about one actor, system or conflict, with its evidence."""
    from .loaders.reading import counted
    from .queries.about import about
    from .queries.decisions import told_of
    from .queries.resolve import resolve

    with _open(url) as store:
        node = resolve(store, name)
        graph, rows = about(store, node)
        held = f"{counted(len(graph.edges), 'line')}, {counted(len(rows), 'claim')}"
        _note(f"{node.name} ({node.label.lower()}, {node.id}): {held}.")
        for line in told_of(store, node.id):
            _note(line)
        _show(rows, form)
        _picture(html, lambda: graph, store.name)


def decision_options(command: Function) -> Function:
    """Add what a decision on two names needs."""
    command = click.option("--because", required=True, metavar="TEXT", help="Why; one sentence.")(command)
    command = click.option("--by", required=True, metavar="NAME", envvar="LEGATION_ANALYST", help="Who decides.")(
        command
    )
    command = click.option("--on", metavar="DATE", callback=_date, help="When; today unless given.")(command)
    names = (click.argument("one", metavar="A"), click.argument("other", metavar="B"))
    return names[0](names[1](store_option(command)))


@cli.command(
    examples=(
        'legation same Rostec "Kalashnikov Concern" --by "A. Kaya" --because "To us, the daughter is the mother."',
    )
)
@decision_options
def same(one: str, other: str, because: str, by: str, on: str | None, url: str) -> None:
    """Decide that A and B are one, from here to the last line of the graph.

    Names as people write them, or ids. `legation undo` takes it back.
    """
    _decide(url, (one, other), same=True, because=because, by=by, on=on)


@cli.command(examples=('legation different Baykar Vestel --by "A. Kaya" --because "Two firms with two owners."',))
@decision_options
def different(one: str, other: str, because: str, by: str, on: str | None, url: str) -> None:
    """Decide that A and B are not one, whatever rules say."""
    _decide(url, (one, other), same=False, because=because, by=by, on=on)


def _decide(url: str, names: tuple[str, str], *, same: bool, because: str, by: str, on: str | None) -> None:
    from datetime import date

    from .loaders.decisions import Decision, decide
    from .queries.decisions import told_of, whom

    with _open(url) as store:
        one, other = (whom(store, name) for name in names)
        decision = Decision(one, other, same, because, by, on or date.today().isoformat())
        for number, made in decide(store, [decision]):
            click.echo(f"Decision {number}: {made.text}")
            break
        else:
            click.echo("This was decided before, in the same words.")
        for line in told_of(store, one.id):
            if "does not hold" in line:
                _note(line)


@cli.command(
    examples=(
        "legation decisions",
        "legation decisions --export decisions.jsonl",
    )
)
@click.option("--automatic", is_flag=True, help="Show what rules took for one, too.")
@click.option("--export", "target", type=FILE, metavar="FILE", help="Write people's decisions to a file, a line each.")
@click.option("--import", "source", type=FILE, metavar="FILE", help="Take over the decisions of such a file.")
@store_option
@format_option
def decisions(url: str, form: str, target: Path | None, source: Path | None, *, automatic: bool) -> None:
    """List who decided what of whom, and whether it holds; the numbers are for `legation undo`."""
    from .loaders.decisions import Decision, decide, read_decisions, write_decisions
    from .loaders.reading import counted
    from .queries import decisions as decided

    if source is not None:
        found = read_decisions(source)
        with _open(url, create=True) as store:
            new = decide(store, found)
        click.echo(f"{source.name}: {counted(len(found), 'decision')}, {len(new)} of them new.")
        return
    with _open(url) as store:
        if target is not None:
            told = decided.to_file(store)
            write_decisions(target, (Decision(**one) for one in told))
            click.echo(f"{target.name}: {counted(len(told), 'decision')}.")
            return
        _show(decided.decisions(store, automatic=automatic), form, none="Nothing is decided yet.")


@cli.command(examples=("legation undo 1",))
@click.argument("number", type=click.IntRange(min=1))
@store_option
def undo(number: int, url: str) -> None:
    """Take a decision back, as if it had never been made."""
    from .queries.decisions import get_decision

    with _open(url) as store:
        found = get_decision(store, number)
        store.forget(found["document"])
    click.echo(f"Taken back: decision {number} of {found['by']} on {found['one']} and {found['other']}.")


@cli.command(examples=("legation resolve",))
@store_option
def resolve(url: str) -> None:
    """Take for one who has the same identifier or the same rare name and state, and say who else may be one.

    Replaces what it said before. People's decisions stand above it.
    """
    from .loaders.resolution.resolve import resolve as resolve_all

    with _open(url) as store:
        resolved = resolve_all(store)
    click.echo(resolved.in_words())
    for line in resolved.remarks():
        _note(line)


@cli.command(examples=("legation candidates --top 10",))
@click.option("--top", type=click.IntRange(min=1), default=50, show_default=True, help="How many pairs at most.")
@store_option
@format_option
def candidates(top: int, url: str, form: str) -> None:
    """List the pairs that may be one, the likeliest first, with what sources say of both."""
    from .queries import decisions as decided

    with _open(url) as store:
        count = decided.count_candidates(store)
        _show(decided.candidates(store, top), form, none="Nobody looks like another; `legation resolve` compares.")
    if count > top:
        _note(f"These are {top} of {count:,} pairs.")


class Questions(Commands):
    """The cards as commands, by theme; each option is one of the card's parameters."""

    noun = "question"

    def cards(self, ctx: click.Context) -> dict[str, Card]:
        """Give our cards and those of the folder that the user names."""
        from .queries.cards import CARDS
        from .queries.usercards import read_cards

        folder = ctx.params.get("cards")
        return CARDS if folder is None else CARDS | read_cards(folder, CARDS)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the cards."""
        return list(self.cards(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of a card."""
        card = self.cards(ctx).get(cmd_name)
        return _question(card) if card else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the cards under their themes."""
        cards = self.cards(ctx).values()
        for theme in dict.fromkeys(card.theme for card in cards):
            with formatter.section(theme):
                formatter.write_dl([(card.name, card.in_capitals()) for card in cards if card.theme == theme])


def _question(card: Card) -> click.Command:
    @click.option("--show-cypher", "shows", is_flag=True, help="Only show the Cypher that would be run.")
    @click.option("--explain", "explains", is_flag=True, help="Also say how to read the rows and what was asked.")
    @click.option("--count", "counts", is_flag=True, help="Only say how many rows there are.")
    @answer_options
    def ask(
        url: str, form: str, html: Path | None, shows: bool, explains: bool, counts: bool, **given: str | int | None
    ) -> None:
        if shows:
            click.echo(card.statement(given))
            return
        with _open(url) as store:
            answer = card.run(store, **given | ({"top": 0} if counts and "top" in given else {}))
            _note("\n".join((f"{answer.asked} {card.mind}", *answer.notes, *(answer.explained() if explains else ()))))
            if counts:
                click.echo(answer.count)
            else:
                _show(answer.rows, form)
            _picture(html, lambda: answer.to_subgraph(store), store.name)

    for parameter in reversed(card.parameters):
        ask = _option(parameter)(ask)
    is_enough = all(parameter.name in card.example for parameter in card.parameters if parameter.required)
    examples = [card.typed()] if is_enough else []
    return click.command(card.name, Command, help=card.in_capitals(whole=True), examples=examples)(ask)


def _option(parameter: Parameter) -> Callable[[Function], Function]:
    kinds: dict[str, Any] = {
        "year": click.IntRange(1000, 9999),
        "number": click.IntRange(parameter.least, parameter.most),
        "choice": click.Choice(parameter.choices),
    }
    words: dict[str, Any] = {}
    if parameter.default is not None and parameter.kind != "year":  # such a year is counted from the last one loaded
        words = {"default": parameter.default, "show_default": True}
    return click.option(
        f"--{parameter.name}",
        metavar={"category": "CATEGORY", "year": "YEAR", "number": "N", "choice": None}.get(parameter.kind, "NAME"),
        type=kinds.get(parameter.kind, str),
        required=parameter.required,
        help=parameter.help[0].upper() + parameter.help[1:] + ".",
        **words,
    )


@cli.group(cls=Questions, invoke_without_command=True)
@click.option(
    "--cards",
    envvar="LEGATION_CARDS",
    show_envvar=True,
    is_eager=True,
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="A folder with questions of your own, as YAML.",
)
@click.pass_context
def query(ctx: click.Context, cards: Path | None) -> None:
    """Ask one of the questions; without one, list them."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@cli.command(
    examples=(
        "legation path Poland Azerbaijan",
        "legation path Poland Azerbaijan --kinds ARMS,MAKES --in-time --status delivered",
    )
)
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--hops", default=4, show_default=True, help="How many steps at most.")
@click.option("-k", "most", default=3, show_default=True, help="How many paths at most.")
@click.option("--kinds", metavar="A,B", default="", help="Walk only these relations; `legation schema` lists them.")
@click.option("--directed", is_flag=True, help="Walk each relation only from its start to its end.")
@click.option("--in-time", is_flag=True, help="No step before the one it rests on.")
@years_options
@click.option("--status", default="", metavar="STATUS", help="Only deals that went at least so far, such as delivered.")
@click.option("--confidence", default=0.0, metavar="0..1", help="Only what some claim says with at least this.")
@click.option(
    "--weigh", default="steps", metavar="HOW", help="By steps, by strength (deals), or by evidence (sources)."
)
@answer_options
def path(
    start: str, end: str, hops: int, most: int, kinds: str, url: str, form: str, html: Path | None, **wanted: Any
) -> None:
    """Find the shortest paths between two, told in words with the quotes they rest on and their weakest link."""
    from .queries.paths import find_paths, to_wanted
    from .queries.resolve import Names

    walked = to_wanted([kind.strip().upper() for kind in kinds.split(",") if kind.strip()], **wanted)
    with _open(url) as store:
        names = Names(store)
        found = find_paths(store, names.resolve(start), names.resolve(end), hops=hops, most=most, wanted=walked)
        if found.reach:
            _note(found.reach)
        if form != "table":
            _show(found.to_rows(), form)
        elif found.paths:
            click.echo(_wrapped("\n\n".join(told.in_words() for told in found.paths), sys.stdout))
        _picture(html, lambda: found.subgraph, store.name)


@cli.command(
    examples=(
        "legation cypher 'MATCH (s:State)-[r:ARMS]->(b:State) RETURN s.name, b.name, r.status'",
        "legation cypher 'MATCH (a:Actor {id: $id}) RETURN a' -p id=TUR",
        "legation cypher - < statement.cypher",
    )
)
@click.argument("statement")
@click.option(
    "-p",
    "--parameter",
    "given",
    multiple=True,
    callback=_values,
    metavar="NAME=VALUE",
    help="A value for $NAME; numbers, true, false, null and JSON are read as such.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for the store.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    metavar="ROWS",
    help="How many rows at most; 0 for all.",
)
@answer_options
def cypher(
    statement: str, given: dict[str, Any], timeout: float, limit: int, url: str, form: str, html: Path | None
) -> None:
    """Run one Cypher statement that only reads.

    A - in its place stands for what comes on standard input.

    The picture holds the nodes, relations, transfers and paths that the rows give, not their properties alone.
    """
    from .queries.freehand import of_values

    if statement == "-":
        statement = _typed_in()
    seen: list[dict[str, Any]] = []  # for the picture; without one, rows are not held

    def passing(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for record in records:
            if html is not None:
                seen.append(record)
            yield record

    with _open(url) as store:
        with store.stream(statement, given, seconds=timeout) as answer:
            _show(replace(answer, records=passing(islice(answer.records, limit or None))), form, none="No rows.")
            if next(answer.records, None) is not None:
                _note(f"These are the first {limit:,} rows; there are more. --limit 0 gives all of them.")
        _picture(html, lambda: of_values(store, statement, seen), store.name)


@cli.command(
    examples=(
        "legation snapshot -o everything.html",
        "legation snapshot Turkey Poland --hops 2 --since 2015 -o turkey.html",
        "legation snapshot Turkey --redact-quotes --no-sources -o - | gzip > turkey.html.gz",
    )
)
@click.argument("names", nargs=-1)
@click.option("--hops", default=1, show_default=True, help="How many steps around each name.")
@years_options
@click.option("--redact-quotes", is_flag=True, help="Leave out the words of the sources.")
@click.option("--no-sources", is_flag=True, help="Leave out who said it and where.")
@click.option(
    "--stable-with", type=FILE, metavar="OLD.html", help="Keep the places of the nodes of an earlier snapshot."
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    metavar="FILE.html",
    help="The file to write; - is stdout.",
)
@store_option
def snapshot(
    names: tuple[str, ...],
    hops: int,
    since: int | None,
    until: int | None,
    redact_quotes: bool,
    no_sources: bool,
    stable_with: Path | None,
    output: Path,
    url: str,
) -> None:
    """Write what lies around the NAMES, or everything, to one HTML file that opens offline."""
    from .graph.views.content import Discretion
    from .queries.picture import Years, around
    from .queries.resolve import Names

    with _open(url) as store:
        around_whom = list(map(Names(store).resolve, names)) if names else []
        graph = around(store, around_whom, hops, years=Years(since, until))
        told = Discretion(quotes=redact_quotes, sources=no_sources)
        _picture(output, lambda: graph, store.name, discretion=told, stable_with=stable_with)


@cli.command(
    examples=(
        "legation export --actors arms.gexf  # who arms whom, for Gephi",
        "legation export backup.cypher  # everything, for another Neo4j",
        "legation export --as json - | jq '.nodes | length'",
    )
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--as", "form", metavar="FORMAT", help="Which format; told from the ending of FILE unless given.")
@click.option("--actors", is_flag=True, help="Only states, firms, people and organisations, and who arms whom.")
@store_option
def export(file: Path, form: str | None, actors: bool, url: str) -> None:
    """Write the whole store to FILE for other programs, in the format that its ending says; - is stdout.

    \b
      .graphml   for Gephi, networkx, yEd and igraph, with types
      .gexf      for Gephi, its own format, with types
      .csv       a folder with two tables, for spreadsheets, pandas and Gephi
      .json      in the node-link form, for networkx and D3
      .cypher    a script that makes the same graph in an empty Neo4j
      .neo4j     a folder for neo4j-admin database import, which fills a new Neo4j fastest
      .ftm.json  FollowTheMoney's entities, of actors and their relations only (with the extra ftm)

    What FILE was before stays until the new one is written to its end.
    """
    from .graph.exports.content import read_content
    from .graph.exports.table import find_export

    to = find_export(file, form)
    with (
        _open(url) as store,
        _progress() as progress,
        read_content(store, only_actors=actors, progress=progress) as content,
    ):
        if str(file) == "-":
            for piece in to.stream(content):
                click.echo(piece.encode(), nl=False)  # as bytes: a file is UTF-8 whatever the terminal shows
        else:
            to.write(content, file)
    _note(f"{file}: from {content.in_words()}. {to.lacks}" if to.lacks else f"{file}: {content.in_words()}.")


@cli.command(
    examples=(
        "legation schema",
        "legation schema statuses --format markdown",
    )
)
@click.argument("part", type=click.Choice(["relations", "links", "labels", "statuses", "kinds"]), default="relations")
@format_option
def schema(part: str, form: str) -> None:
    """Show the ontology: what relations, links of transfers and claims, labels, statuses and kinds of transfer mean."""
    from .queries.ontology import ONTOLOGY

    _show(ONTOLOGY[part](), form)


@cli.command(examples=("legation stats",))
@store_option
@format_option
def stats(url: str, form: str) -> None:
    """Count what is in the store."""
    from .queries import listings

    with _open(url) as store:
        _show(listings.stats(store), form, none="Nothing is loaded yet.")


@cli.command(
    examples=(
        "legation check",
        "legation check --repair",
    )
)
@click.option("--repair", "mends", is_flag=True, help="Mend what can be mended.")
@store_option
@format_option
def check(mends: bool, url: str, form: str) -> None:
    """Look whether this installation and the store are in order.

    Compares every claim with its document and the whole graph with what its claims give. Exits with 1 if something is
    found and not repaired.
    """
    from .graph.check import Report, installation, repair
    from .graph.check import check as look
    from .graph.errors import LegationError

    try:
        with _open(url) as store:
            report = repair(store) if mends else look(store)
    except LegationError:
        told = Report(tuple(installation()))
        _show(told.to_table() if form == "table" else told.to_rows(), form)
        raise
    _show(report.to_table() if form == "table" else report.to_rows(), form)
    if form == "table" and report.explained():
        click.echo(f"{report.explained()}\n")
    _note(report.in_words())
    if not report.in_order:
        raise SystemExit(1)


@cli.command(
    examples=(
        "legation demo",
        "legation demo --store /tmp/demo.store -o demo.html",
    )
)
@click.option("-o", "--output", default="legation-demo.html", show_default=True, type=FILE, help="The file to write.")
@store_option
def demo(output: Path, url: str) -> None:
    """Load the samples and write a snapshot of them."""
    from .loaders.samples import load_samples
    from .queries.picture import around

    with _open(url, create=True) as store, _progress() as progress:
        _say_loaded(load_samples(store, progress))
        graph = around(store, [], 1)
        _picture(output, lambda: graph, store.name)
    click.echo(f"\nOpen {output} in a browser. Then try:\n\n{DEMO_NEXT}")


DEMO_NEXT = """\
  legation query suppliers --buyer Poland
  legation query evidence --supplier Turkey --buyer Poland
  legation path Poland Azerbaijan
  legation show Baykar
  legation load YOUR_ARTICLE.txt --source "Who published it"
"""


@cli.command(
    examples=(
        'eval "$(legation completion bash)"  # or put this line into ~/.bashrc',
        "legation completion fish > legation.fish  # and keep that in ~/.config/fish/completions",
    )
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Write the script by which a SHELL completes commands, questions, options and files when Tab is pressed."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    if made is not None:
        click.echo(made(cli, {}, "legation", "_LEGATION_COMPLETE").source())


@contextmanager
def _files(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Find the files that paths mean; what comes on standard input is one while the ``with`` lasts."""
    from .loaders.pipeline import find_files
    from .loaders.stdin import keep

    with ExitStack() as kept:
        there = [kept.enter_context(keep(sys.stdin.buffer)) if str(path) == "-" else path for path in paths]
        yield find_files(there)


def _typed_in() -> str:
    """Give the statement that comes on standard input."""
    from .loaders.text import decode

    return decode(sys.stdin.buffer.read(), "Standard input").strip()


def _open(url: str, *, create: bool = False) -> GraphStore:
    """Open the store; a server that wants a password is given one by whoever sits at the terminal."""
    from .graph.store import open_store

    return open_store(url, create=create, ask=_ask_password if sys.stdin.isatty() else None)


def _ask_password(whose: str) -> str | None:
    password: str = click.prompt(f"Password of {whose}", hide_input=True, err=True, default="", show_default=False)
    return password or None


def _note(text: str) -> None:
    """Say on stderr what belongs to the answer but is none of it; --quiet keeps it back."""
    if not _is("quiet"):
        _complain(text)


def _complain(text: str) -> None:
    """Say on stderr what went wrong with a part; --quiet does not keep that back."""
    click.echo(_wrapped(_printable(text), sys.stderr), err=True)


def _printable(text: str) -> str:
    """Give a text, in which there may be words of a source, without what would steer the terminal."""
    from .queries.formats import printable

    return printable(text)


def _wrapped(text: str, stream: IO[str]) -> str:
    """Break the lines of a text between words where a terminal would break them anywhere; a pipe gets whole lines."""
    if not stream.isatty():
        return text
    from shutil import get_terminal_size

    from .queries.narrow import wrap

    return wrap(text, max(get_terminal_size().columns, 20))


def _show(answer: Rows | Stream, form: str, none: str = "") -> None:
    """Write the rows of an answer to stdout as they come, a table when all are there; if there are none, say so."""
    from .graph.rows import Rows, Stream
    from .queries.formats import FORMATS, cited

    records = iter(answer.records)
    first = list(islice(records, 1))
    if not first and none:
        _note(none)
    if form != "table":
        for piece in FORMATS[form](Stream(answer.columns, chain(first, records))):
            click.echo(piece, nl=False)
        return
    rows = Rows(answer.columns, [*first, *records])
    if {"quote", "source", "document", "start"} <= set(rows.columns):
        click.echo(_wrapped("\n\n".join(map(cited, rows)), sys.stdout))
    elif rows.records:
        _show_table(rows)


def _show_table(rows: Rows) -> None:
    """Write rows as a table; where the terminal is too narrow for whole words, as a list."""
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from .queries.formats import cell, heading, visible
    from .queries.narrow import to_list, to_widths

    columns = visible(rows)
    cells = [[heading(name) for name in columns], *([cell(row[name]) for name in columns] for row in rows)]
    # A pipe has no width; whoever reads it wants whole words.
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 200, highlight=False)
    widths = to_widths(cells, console.width, cell_len)
    if widths is None:
        click.echo(_wrapped("\n".join(to_list(rows)), sys.stdout))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, width in zip(columns, widths, strict=True):
        numeric = all(isinstance(row[name], int | float | None) for row in rows)
        table.add_column(heading(name), justify="right" if numeric else "left", overflow="fold", width=width)
    for line in cells[1:]:
        table.add_row(*map(Text, line))
    with console.capture() as laid_out:  # rich itself would end the process if the reader has gone
        console.print(table)
    click.echo(laid_out.get(), nl=False, file=sys.stdout)  # as it is: click would make UTF-8 of ASCII


def _picture(output: Path | None, graph: Callable[[], Subgraph], store: str, **options: Any) -> None:
    """Write a subgraph to an HTML file and say what it holds; the options are those of ``views.snapshot.render``."""
    if output is None:
        return
    from .graph.views.snapshot import render, write

    drawn = graph()
    # Of a folder only its name: the page goes to others, whom the maker's paths do not concern.
    options["facts"] = {"Store": store if "://" in store else Path(store).resolve().name}
    if str(output) == "-":
        click.echo(render(drawn, **options).encode(), nl=False)  # a page is UTF-8 whatever the terminal shows
    else:
        write(drawn, output, **options)
    left = f"; {drawn.left_out} more nodes are left out" if drawn.left_out else ""
    _note(f"{output}: {len(drawn.nodes)} nodes, {len(drawn.edges)} lines, {len(drawn.quotes)} quotes{left}.")


@contextmanager
def _progress() -> Iterator[Callable[[int, int, str], None]]:
    """Give a function that shows progress on stderr, once the work has lasted a second."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeElapsedColumn())
    silent = _is("quiet") or not sys.stderr.isatty()
    bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=silent)
    task = bar.add_task("Loading", total=None, rate="")
    timer = Timer(1.0, bar.start)
    timer.start()

    def progress(done: int, total: int, name: str) -> None:
        speed = bar.tasks[task].speed
        rate = f"{speed:,.0f}/s" if speed else ""
        bar.update(task, completed=done, total=total, description=name or "Loading", rate=rate)

    try:
        yield progress
    finally:
        timer.cancel()
        timer.join()
        bar.stop()


_FEW: Final = 10
"""Files that are named one by one where nothing is to be said of them."""


def _say_loaded(report: LoadReport) -> None:
    """Say what became of each file; exit with 1 if one of them is not loaded."""
    for path_ in report.skipped[:_FEW]:
        click.echo(f"{path_.name}: already loaded, nothing changed.")
    if len(report.skipped) > _FEW:
        click.echo(f"… and {len(report.skipped) - _FEW:,} more files that are loaded already.")
    for one in report.loaded:
        click.echo(_printable(one.in_words()))
        for line in one.remarks(most=10):
            _note(f"  {line}")
    for path_, error in report.failed:
        _complain(f"{path_.name}: not loaded. {error}")
    if report.failed:
        raise SystemExit(1)


def main() -> None:
    """Run the command line; a character that the terminal cannot show is written as its escape."""
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        _fill_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # Whoever ends us politely gets a store that is closed in order.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    code = 0
    try:
        code = cli(prog_name="legation", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        code = _say_broken_off(error)
    except OSError as error:
        _fail(error)
    finally:
        try:
            sys.stdout.flush()
        except OSError as error:
            _fail(error)
    raise SystemExit(code)


def _fill_closed_streams() -> None:
    """Put something in place of what was closed before we began; without a place for results there is no beginning."""
    nothing = Path(os.devnull).open("r+", encoding="utf-8")  # noqa: SIM115  (it stays open as long as we run)
    sys.stdin, sys.stderr = sys.stdin or nothing, sys.stderr or nothing
    if sys.stdout is None:
        click.echo("Error: Standard output is closed, so that there is nowhere to write to.", err=True)
        raise SystemExit(1)


def _say_broken_off(error: BaseException) -> int:
    """Say that nothing more will come; give the exit code."""
    by_key = isinstance(error, KeyboardInterrupt) or isinstance(error.__cause__ or error.__context__, KeyboardInterrupt)
    click.echo("Interrupted." if by_key else "Not done.", err=True)
    return INTERRUPTED if by_key else 1


def _fail(error: OSError) -> NoReturn:
    """Say in one line what the system refused; whoever closed our output has read enough to be told nothing."""
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (what is left to write goes there)
    if error.errno == errno.EPIPE:
        raise SystemExit(CLOSED) from error
    click.echo(f"Error: {error.strerror}{f': {error.filename}' if error.filename else ''}.", err=True)
    raise SystemExit(1) from error
