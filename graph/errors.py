"""The error tree. Everything that legation raises on purpose is a LegationError; the message is for its user.

* LegationError
  * LoadError               a source cannot be read, or a claim in it cannot be understood
  * NameProblem
    * UnknownName           nothing goes by that name
    * AmbiguousName         several things go by that name
  * StoreError
    * StoreUnreachable      nobody answers at the address, or the credentials are refused
    * StoreBroken           the folder is no store, or its engine cannot open it
    * WriteFailed           a write did not happen; nothing of it is in the store
  * QueryError
    * StatementRefused      the statement would write, or call what may not be called
    * StatementWrong        the statement has a syntax error or names what is not there
    * StatementTooLong      the statement did not answer in its time
    * ParameterWrong        a question was asked with a parameter that it does not take
    * CardWrong             a question that a user wrote is none, or does more than read
  * ExportWrong             there is no such format to export to, or it cannot go there
"""

from __future__ import annotations

from collections.abc import Sequence


class LegationError(Exception):
    """The root. Its text says what happened, where, and what to do next."""


class LoadError(LegationError):
    """A source cannot be read, or a claim in it cannot be understood."""


class NameProblem(LegationError):
    """A name does not lead to exactly one thing.

    Attributes:
        text: the name as it was typed.
        candidates: what to offer instead, best first, each as ``(id, name, label)``.
    """

    def __init__(self, message: str, text: str, candidates: Sequence[tuple[str, str, str]] = ()) -> None:
        super().__init__(message)
        self.text = text
        self.candidates = tuple(candidates)


class UnknownName(NameProblem):
    """Nothing goes by that name; ``candidates`` holds the nearest."""


class AmbiguousName(NameProblem):
    """Several things go by that name; ``candidates`` holds them."""


class StoreError(LegationError):
    """Something is wrong with a store."""


class StoreUnreachable(StoreError):
    """Nobody answers at the address, or the credentials are refused. Never holds a password."""


class StoreBroken(StoreError):
    """The folder is no store of ours, or its engine cannot open it."""


class WriteFailed(StoreError):
    """A write did not happen; nothing of it is in the store."""


class QueryError(LegationError):
    """A question cannot be answered as it was asked."""


class StatementRefused(QueryError):
    """The statement would write, or call what may not be called."""


class StatementWrong(QueryError):
    """The statement has a syntax error or names what is not there; the text shows where."""


class StatementTooLong(QueryError):
    """The statement did not answer in its time and was stopped."""


class ParameterWrong(QueryError):
    """A question was asked with a parameter that it does not take."""


class CardWrong(QueryError):
    """A question that a user wrote is none, or does more than read; the text names the file."""


class ExportWrong(LegationError):
    """There is no such format to export to, or it cannot go there; the text says which there are."""
