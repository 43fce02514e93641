"""Files and folders that are written whole or not at all: until the last byte is safe, what was there before stays."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import WriteFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

Pieces = Iterable[str]
"""A text in parts, so that the whole of it need not be held."""


def write_file(path: Path, pieces: Callable[[], Pieces]) -> None:
    """Write a text file in UTF-8; however that ends, the file at the path is the new one or the one from before.

    Args:
        path: the file; a link to one stays a link.
        pieces: gives the text; not called if the path cannot be that of a file.

    Raises:
        WriteFailed: the file cannot be written; what was there before still is.
    """
    with _told(path):
        target = path.resolve()
        if target.exists() and not target.is_file():
            raise WriteFailed(f"{path} is no regular file. Name another file.")
        with _beside(target) as temporary:
            _write(temporary, pieces(), target)
            temporary.replace(target)
            _sync_folder(target.parent)


def write_folder(path: Path, files: Mapping[str, Callable[[], Pieces]]) -> None:
    """Write text files into a folder of their own; it comes into being with all of them or not at all.

    Args:
        path: the folder. One that is there is replaced if it holds nothing but files of these names.
        files: name -> what gives its text.

    Raises:
        WriteFailed: it cannot be written, or the folder holds other things; what was there before still is.
    """
    with _told(path):
        target = path.resolve()
        if target.exists():
            _refuse_other_things(path, target, files)
        with _beside(target) as temporary:
            temporary.mkdir()
            _keep_mode(target, temporary)
            for name, pieces in files.items():
                _write(temporary / name, pieces(), target / name)
            _sync_folder(temporary)
            _exchange(temporary, target)
            _sync_folder(target.parent)


def _refuse_other_things(path: Path, target: Path, files: Iterable[str]) -> None:
    if not target.is_dir():
        raise WriteFailed(f"{path} is a file, and this makes a folder. Name another.")
    others = sorted({one.name for one in target.iterdir()} - set(files))
    if others:
        raise WriteFailed(f"The folder {path} holds other things, such as {others[0]}. Name another.")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise WriteFailed(f"{path} cannot be written: {why}. What was there before still is.") from error


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give a path on the same disk that nobody else uses, and clear it away however the block ends."""
    # Its name has nothing of the target's, which may be as long as a name can be.
    temporary = target.with_name(f".legation-{secrets.token_hex(4)}.part")
    try:
        yield temporary
    finally:
        _clear_away(temporary)


def _clear_away(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _write(path: Path, pieces: Pieces, old: Path) -> None:
    """Write a new file that whoever could not read the old one cannot read either, from its first byte on."""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        _keep_mode(old, path)
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())


def _keep_mode(old: Path, new: Path) -> None:
    if old.exists():
        shutil.copymode(old, new)


def _exchange(new: Path, target: Path) -> None:
    """Put a folder in the place of another; no system does that in one step, so the old one waits beside it."""
    with _beside(target) as old:
        try:
            if target.exists():
                target.rename(old)
            new.rename(target)
        finally:  # by an error, by Ctrl-C: what waits may be the only copy
            if old.exists() and not target.exists():
                old.rename(target)


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a loss of power, where the system can; the name is there in any case."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
