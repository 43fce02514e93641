"""Many names looked for at once in running text: a dictionary of first atoms, the longest name first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from .tokens import Token, tokenise

T = TypeVar("T")


class _Pattern(NamedTuple):
    words: tuple[str, ...]
    keys: tuple[str, ...]
    gaps: tuple[str, ...]
    payload: object


class Match(NamedTuple, Generic[T]):
    """A name found.

    Attributes:
        first: index of its first token.
        last: index just behind its last token.
        found: what goes by the name, several where it is ambiguous.
    """

    first: int
    last: int
    found: tuple[T, ...]


class Scanner(Generic[T]):
    """Finds names in tokens. The time grows with the text, hardly with the number of names.

    A name that is capitalised in the list must be capitalised in the text, so that ``Turkey`` is no bird and ``US``
    no pronoun. Spaces, hyphens and line breaks inside a name do not matter.

    Args:
        names: each name with what it stands for.
        any_case: whether capitals do not matter.
    """

    def __init__(self, names: Iterable[tuple[str, T]], any_case: bool = False) -> None:
        self._any_case = any_case
        self._by_first: dict[str, list[_Pattern]] = {}
        for name, payload in names:
            tokens = tokenise(name)
            if tokens:
                words, keys = tuple(token.text for token in tokens), tuple(token.key for token in tokens)
                pattern = _Pattern(words, keys, tuple(_bare(token.gap) for token in tokens), payload)
                self._by_first.setdefault(keys[0], []).append(pattern)
        for patterns in self._by_first.values():
            patterns.sort(key=lambda pattern: len(pattern.keys), reverse=True)

    def at(self, tokens: Sequence[Token], index: int) -> Match[T] | None:
        """Give the longest name that begins at a token, None if there is none."""
        best: list[T] = []
        length = 0
        for pattern in self._by_first.get(tokens[index].key, ()):
            if length and len(pattern.keys) < length:
                break
            if self._fits(pattern, tokens, index) and pattern.payload not in best:
                length = len(pattern.keys)
                best.append(pattern.payload)  # type: ignore[arg-type]
        return Match(index, index + length, tuple(best)) if best else None

    def _fits(self, pattern: _Pattern, tokens: Sequence[Token], index: int) -> bool:
        if index + len(pattern.keys) > len(tokens):
            return False
        for offset, key in enumerate(pattern.keys):
            token = tokens[index + offset]
            if token.key != key or not (
                self._any_case or _same_case(pattern.words[offset], token.text, len(pattern.keys))
            ):
                return False
            if offset and not _same_gap(pattern.gaps[offset], token.gap):
                return False
        return True


_JOINTS = str.maketrans("", "", " \t\n\xa0-‐‑–_\"'“”‘’")


def _bare(gap: str) -> str:
    return gap.translate(_JOINTS)


def _same_gap(expected: str, gap: str) -> bool:
    return len(gap) <= 3 and "–" not in gap and _bare(gap) == expected


def _same_case(name: str, word: str, parts: int) -> bool:
    if name == word or name.islower():
        return True
    if not word[0].isupper():
        return not name[0].isupper()
    if word.isupper():
        return True
    return not name.isupper() or len(name) > (4 if parts == 1 else 3)
