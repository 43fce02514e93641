"""The write path: find the files, tell their formats, read them into claims, write each document to the store."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..graph.errors import LegationError, LoadError, WriteFailed
from . import article, markdown, page
from .already import documents_by_key, key_of
from .ftm import loader as ftm
from .graphfile import loader as graphfile
from .mapping import loader as mapping
from .reading import Given, Reading, Tally, counted, to_remarks
from .sipri import register, top100
from .text import holds_text, read_text
from .workers import WorkerDied, work_in_order

if TYPE_CHECKING:
    # Processes that only read have no need of a driver.
    from ..graph.change import Written
    from ..graph.store import GraphStore


@dataclass(frozen=True, slots=True)
class Loader:
    """One kind of source.

    Attributes:
        name: what ``--as`` calls it.
        meaning: one sentence on what it reads.
        suffixes: file endings by which a folder's files are found.
        recognises: tells from path and text whether a file is of this kind; the first that says so reads it.
        read: makes a reading of a file's path and text and what the user said of it.
        reads_too: names the further files that are read with a file of that path; None if none ever are.
    """

    name: str
    meaning: str
    suffixes: tuple[str, ...]
    recognises: Callable[[Path, str], bool]
    read: Callable[[Path, str, Given], Reading]
    reads_too: Callable[[Path], Sequence[Path]] | None = None


LOADERS: Final[dict[str, Loader]] = {
    loader.name: loader
    for loader in (
        Loader(
            "ftm",
            "FollowTheMoney or OpenSanctions entities: JSON, one a line (with the extra ftm).",
            (".json", ".jsonl"),
            ftm.recognises,
            ftm.read,
        ),
        Loader(
            "sipri",
            "The SIPRI arms transfers register: deals or deliveries as CSV, tabs, RTF or JSON, and tables of TIVs.",
            (".csv", ".tsv", ".rtf", ".json"),
            register.recognises,
            register.read,
        ),
        Loader(
            "top100",
            "SIPRI's Top 100 of arms-producing firms: an Excel workbook (with the extra excel).",
            (".xlsx",),
            top100.recognises,
            top100.read,
        ),
        Loader(
            "graph",
            "A graph file: GraphML, GEXF, or edges.csv with nodes.csv beside it.",
            (".graphml", ".gexf"),
            graphfile.recognises,
            graphfile.read,
            graphfile.reads_too,
        ),
        Loader(
            "mapping",
            "A table by a mapping: CSV, tabs, Excel or JSON lines, by --mapping or one that comes with legation.",
            (".csv", ".tsv", ".xlsx", ".jsonl", ".ndjson"),
            mapping.recognises,
            mapping.read,
        ),
        Loader(
            "page",
            "A web page with an article: HTML.",
            (".html", ".htm", ".xhtml"),
            page.recognises,
            page.read,
        ),
        Loader(
            "markdown",
            "An article in Markdown, with or without front matter.",
            (".md", ".markdown"),
            markdown.recognises,
            markdown.read,
        ),
        Loader(
            "article",
            "A news article or report: plain text, or a PDF (with the extra pdf).",
            (".txt", ".pdf"),
            article.recognises,
            article.read,
        ),
    )
}

_WORTH_TELLING: Final = 1_000
"""Rows of one document; fewer are in before anybody could read how many there are."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file that was loaded.

    Attributes:
        path: the file.
        loader: the name of what read it.
        title: of the document.
        written: what the store did.
        note: what the user should know of the whole; empty if there is nothing to be said.
    """

    path: Path
    loader: str
    title: str
    written: Written
    tally: Tally | None = None
    note: str = ""

    def in_words(self) -> str:
        """Say in one line what became of the file."""
        written = self.written
        if written.change == "unchanged":
            return f"{self.path.name}: already loaded, nothing changed."
        rows = "" if self.tally is None else f", {self.tally.in_words()}"
        again = "" if written.change == "new" else f" ({written.added} new, {written.removed} gone)"
        made = f"{counted(written.transfers, 'transfer')} and {counted(written.relations, 'other relation')}"
        claims = counted(written.claims, "claim")
        return f"{self.path.name}: read as {self.loader}{rows}: {claims}{again}, on {made}."

    def remarks(self, most: int) -> Iterator[str]:
        """Say in a line each what is remarkable about its rows, up to a number of lines of each sort."""
        return to_remarks(self.note, self.tally, most)


@dataclass(slots=True)
class LoadReport:
    """What became of each file.

    Attributes:
        loaded: the files that were read and are in the store now.
        skipped: the files that were in already, read as they would be read now.
        failed: the files that are not, each with the error that says why.
    """

    loaded: list[Loaded] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    failed: list[tuple[Path, LegationError]] = field(default_factory=list)

    def add(self, other: LoadReport) -> None:
        """Take in what became of further files."""
        self.loaded += other.loaded
        self.skipped += other.skipped
        self.failed += other.failed


def load(
    files: Sequence[Path],
    store: GraphStore,
    given: Given,
    *,
    loader: str | None = None,
    jobs: int = 1,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> LoadReport:
    """Load files into a store, one document at a time; a file that fails does not stop the rest.

    What is in already is not read again, see ``already``: a load that was broken off goes on where it was.

    Args:
        files: what to load; ``find_files`` finds it.
        store: where to.
        given: what the user said of them.
        loader: name of the loader to use for all of them; told from their text if None.
        jobs: how many processes read them, see ``read_all``; only this one writes.
        progress: called before each file with how many are done, how many there are, and its name; within a file with
            how many rows are done, how many there are, and the file's name and what they are; and at the end.

    Raises:
        StoreUnreachable: the store does not answer; what was loaded before stays.
    """
    report = LoadReport()
    keys = [key_of(path, given, loader, _beside(path)) for path in files]
    held = documents_by_key(store, keys)
    replaced: set[str] = set()
    unread = [path for path, key in zip(files, keys, strict=True) if (key or "") not in held]
    with closing(read_all(unread, given, loader, jobs)) as readings:
        for done, (path, key) in enumerate(zip(files, keys, strict=True)):
            progress(done, len(files), path.name)
            document = held.get(key or "")
            if document is not None and document not in replaced:
                report.skipped.append(path)
                continue
            # Of two files with one text the later speaks, so it is read again when the earlier was.
            found = next(readings) if document is None else _attempt(given, loader, path)
            if isinstance(found, LoadError):
                report.failed.append((path, found))
                continue
            chosen, reading = found
            try:
                told = _within(path, progress)
                written = store.write(reading.document, reading.claims, reading=key, progress=told)
            except (LoadError, WriteFailed) as error:
                report.failed.append((path, error))
                continue
            replaced.add(reading.document.id)
            report.loaded.append(Loaded(path, chosen, reading.document.title, written, reading.tally, reading.note))
    progress(len(files), len(files), "")
    return report


def _beside(path: Path) -> list[Path]:
    """Name what may be read with a file; which loader reads it is not known before its text is."""
    asked = [loader.reads_too for loader in LOADERS.values() if loader.reads_too is not None]
    return [further for reads_too in asked for further in reads_too(_unpacked(path))]


def _within(path: Path, progress: Callable[[int, int, str], None]) -> Callable[[int, int, str], None]:
    """Let the progress of one document say of which file it is; a document of one batch is not worth telling."""

    def told(done: int, total: int, what: str) -> None:
        if total > _WORTH_TELLING:
            progress(done, total, f"{path.name}: {what}")

    return told


def read_all(
    files: Sequence[Path], given: Given, loader: str | None = None, jobs: int = 1
) -> Generator[tuple[str, Reading] | LoadError]:
    """Read files, one after the other or in several processes; either gives the same.

    Other processes begin by importing the main module, which must not start work while it is imported. Of a table
    they only tell that it is one, since its claims come one at a time: it is read in this process. At most two
    documents for each process wait here in memory.

    Args:
        files: what to read.
        given: what the user said of them.
        loader: name of the loader to use for all of them; told from their text if None.
        jobs: how many processes read; with 1 it is this one.

    Yields:
        What ``read`` gives, or the error that says why there is none, for each file in their order.
    """
    if jobs == 1 or len(files) == 1:
        yield from (_attempt(given, loader, path) for path in files)
        return
    with closing(work_in_order(partial(_attempt_article, given, loader), files, jobs)) as results:
        for path, found in zip(files, results, strict=True):
            if isinstance(found, WorkerDied):
                yield LoadError(f"{path} could not be read: {found}. It may need more memory; try it alone.")
            else:
                yield _attempt(given, loader, path) if found is None else found


def jobs_for(files: Sequence[Path]) -> int:
    """Give how many processes are worth while for files: one for each core if there are more than a handful."""
    return (os.cpu_count() or 1) if len(files) > _HANDFUL else 1


_HANDFUL: Final = 8
"""A process needs half a second before it reads its first article."""


def _attempt(given: Given, loader: str | None, path: Path) -> tuple[str, Reading] | LoadError:
    try:
        return read(path, given, loader)
    except LoadError as error:
        return error


def _attempt_article(given: Given, loader: str | None, path: Path) -> tuple[str, Reading] | LoadError | None:
    """Read an article whole, so that it can be sent; give None for a table."""
    found = _attempt(given, loader, path)
    if isinstance(found, LoadError):
        return found
    return None if found[1].tally else found


def read(path: Path, given: Given, loader: str | None = None) -> tuple[str, Reading]:
    """Read one file into claims without storing anything.

    Returns:
        The name of the loader that read it, and the reading.

    Raises:
        LoadError: the file cannot be read, or no loader knows its format.
    """
    text = read_text(path)
    path = _unpacked(path)
    loader = loader or ("mapping" if given.mapping else None)
    chosen = LOADERS[loader] if loader else next((one for one in LOADERS.values() if one.recognises(path, text)), None)
    if chosen is None:
        raise LoadError(
            f"{path}: its format is not known. Say which it is with --as ({', '.join(LOADERS)}), and that loader tells "
            "what it misses. What the rows of a table of your own state is said by a mapping; `legation mapping guess` "
            "writes a first one."
        )
    return chosen.name, chosen.read(path, text, given)


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Give the files to read: each path that is a file, and in folders every file with a known ending, sorted.

    Raises:
        LoadError: a path does not exist, or a folder holds nothing readable.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += _in_folder(path)
        elif path.exists():
            files.append(path)
        else:
            raise LoadError(f"There is no file or folder {path}.")
    return list(dict.fromkeys(files))


def _in_folder(folder: Path) -> Iterator[Path]:
    suffixes = {suffix for loader in LOADERS.values() for suffix in loader.suffixes}
    # A store keeps its own files, which are no sources: `legation load .` may find one.
    stores = {marker.parent for marker in folder.rglob(_STORE_MARKER)}
    candidates = sorted(
        path
        for path in folder.rglob("*")
        if _unpacked(path).suffix.lower() in suffixes and path.is_file() and stores.isdisjoint(path.parents)
    )
    candidates = [path for path in candidates if not graphfile.is_read_with_edges(path)]
    readable = [path for path in candidates if holds_text(_head(path))]
    if not readable:
        raise LoadError(
            f"The folder {folder} holds nothing that can be read: no file that ends in {', '.join(sorted(suffixes))}."
        )
    yield from readable


def _unpacked(path: Path) -> Path:
    """Give the name that a file has without the ending that only says that gzip packed it."""
    return path.with_suffix("") if path.suffix.lower() == ".gz" else path


_STORE_MARKER: Final = "legation.json"


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8192)
