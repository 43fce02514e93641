"""The tour in notebooks/ runs, and what is stored in it is what the run gives.

python tests/test_notebook.py     runs it and stores what it gives
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

TOUR = Path(__file__).parents[1] / "notebooks" / "tour.ipynb"


def stored() -> Any:
    """Give the tour with the outputs that are stored in it."""
    return nbformat.read(TOUR, as_version=4)  # type: ignore[no-untyped-call]


def run() -> Any:
    """Run the tour in a fresh kernel and an empty folder, and give it with its outputs."""
    notebook = stored()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    os.environ["JUPYTER_PLATFORM_DIRS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        place = {"metadata": {"path": folder}}
        # What is printed comes in parts as the clock will have it; together it is the same always.
        client = NotebookClient(
            notebook, timeout=600, startup_timeout=600, kernel_name="python3", resources=place, coalesce_streams=True
        )
        client.execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # holds the time of day
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return notebook


def outputs(notebook: Any) -> list[tuple[str, list[Any]]]:
    """Give each code cell with what it gave."""
    return [(cell.source, cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]


def test_the_tour_gives_what_is_stored_in_it() -> None:
    for (source, found), (_, kept) in zip(outputs(run()), outputs(stored()), strict=True):
        assert found == kept, f"The cell gives another output now; run this file to store it:\n{source}"


def test_the_pictures_in_the_tour_are_such_as_a_viewer_without_scripts_shows() -> None:
    pictures = [
        output.data["image/svg+xml"]
        for _, given in outputs(stored())
        for output in given
        if "image/svg+xml" in output.get("data", {})
    ]
    assert pictures
    assert all(picture.startswith("<svg xmlns") and "<script" not in picture for picture in pictures)


if __name__ == "__main__":
    nbformat.write(run(), TOUR)  # type: ignore[no-untyped-call]
    sys.stderr.write(f"{TOUR}: stored.\n")
