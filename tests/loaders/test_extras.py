"""A file whose reading needs a package that is not installed: the message names the command that installs it."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

ENTITY = '{"id": "a", "schema": "Person", "properties": {"name": ["Anna"]}}\n'


def _workbook() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("extra", "package", "name", "start"),
    [
        ("pdf", "pypdf", "x.pdf", b"%PDF-1.7\n"),
        ("excel", "openpyxl", "x.xlsx", _workbook()),
        ("ftm", "followthemoney", "x.ftm.json", ENTITY.encode()),
    ],
)
def test_without_the_extra_the_command_that_installs_it_is_told(
    tmp_path: Path, extra: str, package: str, name: str, start: bytes
) -> None:
    (tmp_path / name).write_bytes(start)
    code = (
        f"import sys; sys.modules[{package!r}] = None\n"
        f"from legation.cli import main; sys.argv[1:] = ['claims', {name!r}]; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"pip install 'legation[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr
