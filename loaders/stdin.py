"""What comes on standard input, as a file that any loader can read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from ..graph.errors import LoadError
from .text import MAX_BYTES


@contextmanager
def keep(stream: BinaryIO) -> Iterator[Path]:
    """Give what comes on a stream as a file, named ``stdin``, that is there as long as the ``with`` lasts.

    Raises:
        LoadError: more comes than a file may hold.
    """
    with TemporaryDirectory(prefix="legation-") as folder:
        path = Path(folder) / "stdin"
        with path.open("wb") as file:
            while chunk := stream.read(2**20):
                file.write(chunk)
                if file.tell() > MAX_BYTES:
                    raise LoadError(f"More than {MAX_BYTES // 2**20} MB come on standard input. Split it.")
        yield path
