"""The command line. Parse, call one function, echo; the only place that prints or exits."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import __version__

if TYPE_CHECKING:
    from .graph.store import GraphStore, Rows
    from .graph.subgraph import Subgraph
    from .loaders.pipeline import Loaded, LoadReport
    from .loaders.reading import Given
    from .queries.card import Card

# Everything else is imported inside the command that needs it: `legation --help` answers in a fifth of a second.

FORMATS = ("table", "csv", "json", "jsonl", "markdown")


class Commands(click.Group):
    """The commands; an error that legation raises on purpose becomes one message and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command."""
        from .graph.errors import LegationError

        try:
            return super().invoke(ctx)
        except LegationError as error:
            raise click.ClickException(str(error)) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order in which they are needed, not by the alphabet."""
        return list(self.commands)


store_option = click.option(
    "--store",
    "url",
    envvar="LEGATION_STORE",
    default="legation.store",
    show_default=True,
    show_envvar=True,
    metavar="URL_OR_FOLDER",
    help="A folder, or the address of a Neo4j server such as bolt://127.0.0.1:7687.",
)
format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How rows are written."
)
html_option = click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), help="Also write the picture of the answer to this file."
)


def given_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say what is known of the files to read; the command gets them as one ``given``."""

    @wraps(command)
    def gathered(source: str | None, reliability: str, published: str | None, **rest: Any) -> None:
        from .loaders.reading import Given

        command(given=Given(source, reliability, published), **rest)

    added: Callable[..., None] = gathered
    for option in (
        click.option(
            "--as", "loader", metavar="FORMAT", help="Which loader reads the files; told from their text unless given."
        ),
        click.option(
            "--published",
            metavar="DATE",
            callback=lambda _, __, value: _date(value),
            help="Date of publication: 2021-12-03, 2021-12 or 2021.",
        ),
        click.option(
            "--reliability",
            type=click.Choice(list("ABCDEF")),
            default="F",
            show_default=True,
            help="Of the source, on the Admiralty scale; F cannot be judged.",
        ),
        click.option("--source", metavar="NAME", help="Who published the files."),
    ):
        added = option(added)
    return added


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="legation", message="%(prog)s %(version)s")
def cli() -> None:
    r"""Explore who arms whom.

    Load articles and registers into a graph of states, firms, people and transfers, in which every line rests on the
    words of a source. Ask it questions, find paths, run Cypher, and hand on one HTML file.

    \b
      legation demo                                     try it on the samples
      legation load ARTICLE.txt --source "Daily News"   put a source in
      legation query suppliers --buyer Poland           ask
      legation snapshot Turkey -o turkey.html           look
    """


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@given_options
@store_option
def load(paths: tuple[Path, ...], given: Given, loader: str | None, url: str) -> None:
    """Load files, or all readable files of folders, into the store.

    A document goes in whole or not at all. Loading it again replaces what was loaded from it before.
    """
    from .loaders.pipeline import load as load_files

    with _opened(url, create=True) as store, _progress("Loading") as progress:
        report = load_files(paths, store, given, loader=_loader(loader), progress=progress)
    _say_loaded(report)
    if report.failed:
        raise SystemExit(1)


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@given_options
def claims(paths: tuple[Path, ...], given: Given, loader: str | None) -> None:
    """Show what would be loaded, a claim a line as JSON; nothing is stored."""
    import json

    from .loaders.pipeline import find_files, read

    for path in find_files(paths):
        name, reading = read(path, given, _loader(loader))
        for claim in reading.claims:
            click.echo(json.dumps(claim.to_properties(), ensure_ascii=False))
        click.echo(f"{path}: {len(reading.claims)} claims, read as {name}.", err=True)


@cli.command()
@store_option
@format_option
def documents(url: str, form: str) -> None:
    """List the documents that are loaded."""
    from .queries.listings import documents as list_documents

    with _opened(url) as store:
        _show(list_documents(store), form, none="Nothing is loaded yet.")


@cli.command()
@click.argument("document")
@store_option
def forget(document: str, url: str) -> None:
    """Take a document out again, with all that it alone supported.

    DOCUMENT is its id, the start of its id, or its title, as `legation documents` shows them.
    """
    from .queries.listings import find_document

    with _opened(url) as store:
        found = find_document(store, document)
        if len(found) != 1:
            known = "several documents" if found else "no document"
            raise click.ClickException(f"{document!r} is {known} here; `legation documents` lists them with their ids.")
        store.forget(found[0]["document"])
    click.echo(f"Forgotten: {found[0]['title']} with its {found[0]['claims']} claims.")


@cli.command()
@click.argument("text")
@store_option
@format_option
def find(text: str, url: str, form: str) -> None:
    """Find actors, systems and conflicts by name."""
    from .queries.listings import found
    from .queries.resolve import resolve

    with _opened(url) as store:
        rows = found(store, text)
        if not rows.records:
            resolve(store, text)  # raises, with the nearest names
        _show(rows, form)


@cli.command()
@click.argument("name")
@store_option
@format_option
@html_option
def show(name: str, url: str, form: str, html: Path | None) -> None:
    """Show everything about one actor, system or conflict, with its evidence."""
    from .queries.listings import about
    from .queries.resolve import resolve

    with _opened(url) as store:
        node = resolve(store, name)
        graph, rows = about(store, node)
        near = f"{len(graph.edges)} relations among {len(graph.nodes)} nodes"
        _note(f"{node.name} ({node.label.lower()}, {node.id}): {near}.")
        _show(rows, form)
        _picture(html, lambda: graph, store.name)


class Questions(Commands):
    """The cards as commands; each option is one of the card's parameters."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the cards."""
        from .queries.cards import CARDS

        return list(CARDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of a card."""
        from .queries.cards import CARDS

        card = CARDS.get(cmd_name)
        return _question(card) if card else None


def _question(card: Card) -> click.Command:
    @store_option
    @format_option
    @html_option
    def ask(url: str, form: str, html: Path | None, **given: str | None) -> None:
        with _opened(url) as store:
            answer = card.run(store, **given)
            _note(f"{answer.asked} {card.mind}")
            _show(answer.rows, form, none="Nothing that is loaded answers this.")
            _picture(html, lambda: answer.to_subgraph(store), store.name)

    for parameter in reversed(card.parameters):
        help_text = parameter.help[0].upper() + parameter.help[1:] + "."
        ask = click.option(f"--{parameter.name}", metavar="NAME", required=parameter.required, help=help_text)(ask)
    question = card.question.format(**{one.name: one.name.upper() for one in card.parameters})
    return click.command(card.name, help=f"{question}\n\n{card.mind}", short_help=question)(ask)


@cli.group(cls=Questions, invoke_without_command=True)
@click.pass_context
def query(ctx: click.Context) -> None:
    """Ask one of the questions; without one, list them."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@cli.command()
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--hops", default=4, show_default=True, help="How many steps at most.")
@click.option("-k", "most", default=3, show_default=True, help="How many paths at most.")
@click.option("--kinds", metavar="A,B", help="Walk only these relations; `legation schema` lists them.")
@store_option
@format_option
@html_option
def path(start: str, end: str, hops: int, most: int, kinds: str | None, url: str, form: str, html: Path | None) -> None:
    """Find the shortest paths between two, told in words with the quotes they rest on."""
    from .queries.paths import find_paths
    from .queries.resolve import resolve

    walked = [kind.strip().upper() for kind in (kinds or "").split(",") if kind.strip()]
    with _opened(url) as store:
        found = find_paths(store, resolve(store, start), resolve(store, end), hops=hops, most=most, kinds=walked)
        if not found.paths:
            _note(found.reach)
        if form == "table":
            click.echo("\n\n".join(told.in_words() for told in found.paths))
        else:
            _show(found.to_rows(), form)
        _picture(html, lambda: found.subgraph, store.name)


@cli.command()
@click.argument("statement")
@click.option(
    "-p",
    "--parameter",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value for $NAME; numbers, true, false, null and JSON are read as such.",
)
@store_option
@format_option
def cypher(statement: str, given: tuple[str, ...], url: str, form: str) -> None:
    r"""Run one Cypher statement that only reads.

    \b
      legation cypher 'MATCH (s:State)-[r:ARMS]->(b:State) RETURN s.name, b.name, r.status'
      legation cypher 'MATCH (a:Actor {id: $id}) RETURN a' -p id=TUR
    """
    with _opened(url) as store:
        _show(store.read(statement, **dict(map(_parameter, given))), form, none="No rows.")


@cli.command()
@click.argument("names", nargs=-1)
@click.option("--hops", default=1, show_default=True, help="How many steps around each name.")
@click.option("--since", type=int, metavar="YEAR", help="Leave out what ended before; what has no year stays.")
@click.option("--until", type=int, metavar="YEAR", help="Leave out what began later; what has no year stays.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.html",
    help="The file to write.",
)
@store_option
def snapshot(names: tuple[str, ...], hops: int, since: int | None, until: int | None, output: Path, url: str) -> None:
    """Write what lies around the NAMES, or everything, to one HTML file that opens offline."""
    from .queries.picture import Years, around
    from .queries.resolve import resolve

    if since is not None and until is not None and since > until:
        raise click.BadParameter(f"{since} is after {until}.", param_hint="--since")
    with _opened(url) as store:
        graph = around(store, [resolve(store, name) for name in names], hops, years=Years(since, until))
        _picture(output, lambda: graph, store.name)


@cli.command()
@click.argument("part", type=click.Choice(["relations", "labels", "statuses", "kinds"]), default="relations")
@format_option
def schema(part: str, form: str) -> None:
    """Show the ontology: what relations, labels, statuses and kinds of transfer mean."""
    from .queries.ontology import ONTOLOGY

    _show(ONTOLOGY[part](), form)


@cli.command()
@store_option
@format_option
def stats(url: str, form: str) -> None:
    """Count what is in the store."""
    from .queries.listings import stats as count

    with _opened(url) as store:
        _show(count(store), form, none="Nothing is loaded yet.")


@cli.command()
@click.option(
    "-o",
    "--output",
    default="legation-demo.html",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.",
)
@store_option
def demo(output: Path, url: str) -> None:
    """Load the samples and write a snapshot of them."""
    from .loaders.pipeline import LoadReport
    from .loaders.pipeline import load as load_files
    from .loaders.samples import SAMPLES, sample_path
    from .queries.picture import around

    report = LoadReport()
    with _opened(url, create=True) as store, _progress("Loading") as progress:
        for sample in SAMPLES:
            with sample_path(sample) as file:
                part = load_files([file], store, sample.given, progress=progress)
            report.loaded += part.loaded
            report.failed += part.failed
        graph = around(store, [], 1)
        _say_loaded(report)
        _picture(output, lambda: graph, store.name)
    click.echo(
        f"\nOpen {output} in a browser. Then try:\n\n"
        "  legation query suppliers --buyer Poland\n"
        "  legation query evidence --supplier Turkey --buyer Poland\n"
        "  legation path Poland Azerbaijan\n"
        "  legation show Baykar\n"
        '  legation load YOUR_ARTICLE.txt --source "Who published it"'
    )


@contextmanager
def _opened(url: str, *, create: bool = False) -> Iterator[GraphStore]:
    from .graph.store import open_store

    with open_store(url, create=create) as store:
        yield store


def _loader(name: str | None) -> str | None:
    from .loaders.pipeline import LOADERS

    if name is not None and name not in LOADERS:
        raise click.BadParameter(f"{name!r} is no loader; there are {', '.join(LOADERS)}.", param_hint="--as")
    return name


def _date(text: str | None) -> str | None:
    from datetime import datetime

    for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
        try:
            if text is None or datetime.strptime(text, form).strftime(form) == text:
                return text
        except ValueError:
            continue
    raise click.BadParameter(f"{text!r} is no date; write 2021-12-03, 2021-12 or 2021.", param_hint="--published")


def _parameter(text: str) -> tuple[str, Any]:
    import json

    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise click.BadParameter(f"{text!r} is not NAME=VALUE.", param_hint="-p")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _note(text: str) -> None:
    click.echo(text, err=True)


def _show(rows: Rows, form: str, none: str = "") -> None:
    """Write rows to stdout; if there are none, say so on stderr."""
    from .queries.formats import FORMATS as WRITERS
    from .queries.formats import cell, heading, visible

    if not rows.records and none:
        _note(none)
    if form != "table":
        click.echo(WRITERS[form](rows), nl=False)
    elif rows.records:
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        columns = visible(rows)
        for name in columns:
            numeric = all(isinstance(row[name], int | float | None) for row in rows)
            table.add_column(heading(name), justify="right" if numeric else "left", overflow="fold")
        for row in rows:
            table.add_row(*(Text(cell(row[name])) for name in columns))
        # A pipe has no width; whoever reads it wants whole cells.
        width = None if sys.stdout.isatty() else 200
        Console(file=sys.stdout, width=width, highlight=False).print(table)


def _picture(output: Path | None, graph: Callable[[], Subgraph], store: str) -> None:
    """Write a subgraph to an HTML file, all or nothing, and say what it holds."""
    if output is None:
        return
    from .graph.views.snapshot import render

    drawn = graph()
    temporary = output.with_name(f".{output.name}.part")
    try:
        temporary.write_text(render(drawn), encoding="utf-8", newline="\n")
        temporary.replace(output)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from error
    left = f"; {drawn.left_out} more are left out" if drawn.left_out else ""
    _note(f"{output}: {len(drawn.nodes)} nodes, {len(drawn.edges)} lines, {len(drawn.quotes)} quotes{left}.")


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """Give a function that shows progress on stderr, once the work has lasted a second."""
    from rich.console import Console
    from rich.progress import Progress

    begun = time.monotonic()
    bar = Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    task = bar.add_task(what, total=None)

    def show_progress(done: int, total: int, name: str) -> None:
        if time.monotonic() - begun > 1 and not bar.live.is_started:
            bar.start()
        bar.update(task, completed=done, total=total, description=name or what)

    try:
        yield show_progress
    finally:
        bar.stop()


def _say_loaded(report: LoadReport) -> None:
    for one in report.loaded:
        click.echo(f"{one.path.name}: {_told(one)}")
        for refused in one.refused[:10]:
            _note(f"  {one.path.name}, line {refused.row}: {refused.reason}; the row is not loaded.")
        if len(one.refused) > 10:
            _note(f"  … and {len(one.refused) - 10} more rows.")
    for path_, error in report.failed:
        _note(f"{path_.name}: not loaded. {error}")


def _told(one: Loaded) -> str:
    written = one.written
    if written.change == "unchanged":
        return "already loaded, nothing changed."
    rows = "" if one.rows is None else f", {one.rows} rows, {len(one.refused)} refused"
    again = "" if written.change == "new" else " in place of the earlier ones"
    return (
        f"read as {one.loader}{rows}: {written.claims} claims{again}, "
        f"which make {written.transfers} transfers and {written.relations} other relations."
    )


def main() -> None:
    """Run the command line."""
    cli()
