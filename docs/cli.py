"""Writes docs/cli.md: the help of every command, as the command itself gives it.

python docs/cli.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from legation.cli import Questions, cli

PAGE = Path(__file__).with_suffix(".md")

_HEAD = """\
# The command line

Written by `python docs/cli.py` from `legation COMMAND --help`; a test compares, and runs every example. The questions
of `legation query` have a [page of their own](questions.md).

Results go to stdout, notes and progress to stderr. There is no configuration file: what holds for every command is said
by three variables, `LEGATION_STORE`, `LEGATION_CARDS` and `LEGATION_ANALYST`. `NO_COLOR` is honoured, and colours are
only for terminals. Where a terminal is too narrow for a table, each row becomes two lines.
"""


def page() -> str:
    """Give the page."""
    return "\n".join((_HEAD, *(_section(ctx) for ctx in contexts(cli))))


def contexts(command: click.Command, parent: click.Context | None = None) -> Iterator[click.Context]:
    """Give the context of a command and of those in it, in the order of the help; questions are left out."""
    ctx = click.Context(command, parent=parent, info_name="legation" if parent is None else command.name)
    ctx.help_option_names = ["-h", "--help"]
    ctx.terminal_width = 100
    yield ctx
    if isinstance(command, click.Group) and not isinstance(command, Questions):
        for one in command.commands.values():
            yield from contexts(one, ctx)


def _section(ctx: click.Context) -> str:
    level = "##" if ctx.parent else "#"
    heading = f"{level} {ctx.command_path}\n\n" if ctx.parent else ""
    return f"{heading}```text\n{ctx.get_help().rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
