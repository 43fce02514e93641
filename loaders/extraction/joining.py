"""Lists of parties: ``A, B and C`` is one party of three; ``the A and B armies`` are two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .chunk import Chunk


def listed(row: list[Chunk]) -> Iterator[Chunk]:
    """Join the parties of each list in a row into one chunk."""
    index = 0
    while index < len(row):
        chunk, end = row[index], index
        while chunk.sort == "party":
            step = _next_of_list(row, end)
            if not step:
                break
            joined = row[step]
            chunk = replace(chunk, last=joined.last, parties=chunk.parties + joined.parties, owner=joined.owner)
            end = step
        yield chunk
        index = end + 1


def _next_of_list(row: list[Chunk], index: int) -> int:
    """Give the index of the list's next name, 0 where the list ends."""
    step = index + 1
    marks = ""
    while step < len(row) and row[step].sort in {"comma", "conjunction"} and step - index <= 2:
        marks += row[step].word + " "
        step += 1
    while step < len(row) and row[step].sort == "other" and row[step].word in {"the", "also"} and marks:
        step += 1
    if not marks or step >= len(row) or row[step].sort != "party" or "–" in marks or "—" in marks:
        return 0
    if row[step].owner and not row[index].owner and step + 1 < len(row) and row[step + 1].sort == "party":
        step += 1
    if "," in marks and "and" in marks and len(row[index].parties) < 2 and not _in_list(row, index):
        return 0
    if row[index].parties[-1].label == "Person" or row[step].parties[0].label == "Person":
        return 0
    if "," in marks and "and" not in marks and not _ends_with_and(row, step):
        return 0
    return step


def _in_list(row: list[Chunk], index: int) -> bool:
    """Whether a name follows another after a comma, so that ``, and`` may close a list of three."""
    return index >= 2 and row[index - 1].sort == "comma" and row[index - 2].sort == "party"


def _ends_with_and(row: list[Chunk], index: int) -> bool:
    """Whether names and commas go on until a conjunction and a name."""
    for step in range(index + 1, len(row)):
        chunk = row[step]
        if chunk.sort == "conjunction":
            return step + 1 < len(row) and any(after.sort == "party" for after in row[step + 1 : step + 3])
        if chunk.sort not in {"party", "comma"} and chunk.word not in {"the", "including"}:
            return False
    return False
