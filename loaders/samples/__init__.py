"""Sample sources that the project wrote itself, for the demo and the tests."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from ...graph.store import GraphStore
from ..pipeline import LoadReport, load
from ..reading import Given


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample source.

    Attributes:
        file: its name in this folder.
        given: what is known of it.
    """

    file: str
    given: Given


SAMPLES: Final = (
    Sample("drones.txt", Given("legation samples: an article", "C", "2022-02-18")),
    Sample("neighbours.txt", Given("legation samples: an essay", "D", "2022-03-01")),
    Sample("register.csv", Given("legation samples: a register", "B", "2022-03-14")),
)


def load_samples(store: GraphStore, progress: Callable[[int, int, str], None]) -> LoadReport:
    """Load the samples into a store, as ``pipeline.load`` does."""
    report = LoadReport()
    for sample in SAMPLES:
        with sample_path(sample) as file:
            part = load([file], store, sample.given, progress=progress)
        report.add(part)
    return report


def sample_path(sample: Sample) -> AbstractContextManager[Path]:
    """Give the path of a sample; the file is there as long as the ``with`` lasts."""
    return as_file(files(__package__) / sample.file)
