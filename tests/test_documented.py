"""What the README and the docs show is run: every command and block of code, page by page, as a reader would.

A page's blocks run in their order in one folder, which holds the samples and, unless the page begins with ``legation
demo``, a store with them. A block with a title is written to the file of that name. A block ``text`` straight behind
one that was run is what it must have written; ``...`` stands for anything. What cannot be run here says so in a comment
before it, ``<!-- not run: reason -->``; of such a block the commands and options must at least exist.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from blocks import Block, blocks
from click.testing import CliRunner
from legation.cli import cli
from legation.graph.store import open_store
from legation.loaders.mapping.reader import parse_mapping
from legation.loaders.samples import SAMPLES, load_samples, sample_path
from legation.queries.usercards import read_card

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LANGUAGES = {"sh", "python", "yaml", "text", "cypher", "csv", "json"}
BY_SHELL = {"cat", "head", "ls", "mkdir", "sort", "cut", "wc"}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples as files, an ``article.txt``, and a store into which they were loaded."""
    folder = tmp_path_factory.mktemp("demo")
    for sample in SAMPLES:
        with sample_path(sample) as path:
            shutil.copy(path, folder)
    shutil.copy(folder / "drones.txt", folder / "article.txt")
    with open_store(str(folder / "legation.store"), create=True) as store:
        load_samples(store, lambda *_: None)
    return folder


@dataclass
class Reader:
    """Someone who follows a page from its first block to its last, in the working directory.

    Attributes:
        environment: what the page has exported.
        names: what its Python has defined.
        written: what the last block wrote to stdout.
    """

    environment: dict[str, str | None] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)
    written: str = ""

    def take(self, block: Block) -> None:
        """Do what the block says, or compare what it shows."""
        assert block.language in LANGUAGES, f"{block.place}: give the block a language of {sorted(LANGUAGES)}"
        if block.title is not None:
            Path(block.title).parent.mkdir(parents=True, exist_ok=True)
            Path(block.title).write_text(block.text, encoding="utf-8")
        if block.language == "sh":
            self.written = "".join(self.shell(line, block) for line in commands(block.text))
        elif block.language == "python":
            self.python(block)
        elif block.language == "yaml":
            check_yaml(block)
        elif block.language == "cypher" and block.not_run is None:
            self.written = self.legation(["cypher", block.text], block)
        elif block.language == "text" and block.follows and block.title is None:
            flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
            same = doctest.OutputChecker().check_output(block.text, self.written, flags)
            assert same, f"{block.place} shows\n{block.text}\nbut this was written:\n{self.written}"

    def shell(self, line: str, block: Block) -> str:
        """Run a line; give what it wrote to stdout."""
        words = list(_tokens(line))
        if words[:1] == ["export"]:
            self.environment |= dict(word.split("=", 1) for word in words[1:])
            return ""
        if is_no_business_of_a_folder(words, block):
            return ""
        if block.not_run is not None:
            assert words[0] != "legation" or exists(words[1:]), f"{block.place}: {line}"
            return ""
        if words[0] == "legation" and not _OPERATORS & set(words):
            return self.legation(words[1:], block)
        programs = {words[0], *(then for word, then in pairwise(words) if word == "|")}
        assert programs <= {"legation", *BY_SHELL}, f"{block.place}: {line} is not run; say why, or use {BY_SHELL}"
        env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        env |= {name: value for name, value in self.environment.items() if value is not None}
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", line], check=False, capture_output=True, text=True, env=env
        )
        assert done.returncode == 0, f"{block.place}: {line}\n{done.stderr}"
        return done.stdout

    def legation(self, words: list[str], block: Block) -> str:
        """Run a command of ours in this process."""
        result = CliRunner(env={"LEGATION_STORE": None, "LEGATION_CARDS": None} | self.environment).invoke(cli, words)
        assert result.exit_code == 0, f"{block.place}: legation {shlex.join(words)}\n{result.output}"
        return result.stdout

    def python(self, block: Block) -> None:
        """Run Python; what a page has defined stays defined on it."""
        code = compile(block.text, block.place, "exec", dont_inherit=True)
        if block.not_run is None:
            with contextlib.redirect_stdout(io.StringIO()) as written:
                exec(code, self.names)
            self.written = written.getvalue()


_OPERATORS = {"|", ">", "<", "&&", ";"}


def commands(text: str) -> list[str]:
    """Give the lines of a block that do something, those that go on in the next one as one."""
    return [line for line in text.replace("\\\n", " ").split("\n") if list(_tokens(line))]


def _tokens(line: str) -> shlex.shlex:
    found = shlex.shlex(line, posix=True, punctuation_chars=True)
    found.whitespace_split = True
    return found


def exists(words: list[str]) -> bool:
    """Tell whether a command of ours takes these options: their names are looked at before --help answers."""
    return CliRunner().invoke(cli, [*words, "--help"]).exit_code == 0


def is_no_business_of_a_folder(words: list[str], block: Block) -> bool:
    """Tell whether a line is about the checkout or the installation, and look whether that has what it names."""
    if words[0] == "make":
        verbs = re.findall(r"(?m)^([a-z./]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))
        assert set(words[1:]) <= set(verbs), block.place
    elif words[:2] == ["pip", "install"]:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        extras = {name for word in words[2:] for name in re.findall(r"[a-z]+", word.partition("[")[2])}
        assert extras <= project["optional-dependencies"].keys(), block.place
    elif words[0] == "python" and words[1:2] != ["-m"]:
        assert (ROOT / words[1]).is_file(), block.place
    elif words[:3] == [".venv/bin/python", "-m", "pytest"]:
        assert (ROOT / words[-1]).exists(), block.place
    else:
        return words in (["python", "-m", "venv", ".venv"], [".", ".venv/bin/activate"])
    return True


def check_yaml(block: Block) -> None:
    """Read a card or a mapping as we read it."""
    values = yaml.safe_load(block.text)
    if "question" in values:
        path = Path(block.title or "card.yaml")
        path.write_text(block.text, encoding="utf-8")
        read_card(path)
    elif "mapping" in values:
        parse_mapping(block.text, block.place)
    else:
        pytest.fail(f"{block.place}: this is nothing that legation reads")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_shows_is_so(page: Path, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = list(blocks(page))
    folder = tmp_path / "desk"
    from_the_start = any("legation demo" in commands(block.text) for block in shown if block.language == "sh")
    shutil.copytree(demo, folder, ignore=shutil.ignore_patterns("legation.store") if from_the_start else None)
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(folder)
    before = set(sys.modules)
    reader = Reader()
    for block in shown:
        reader.take(block)
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(folder)):
            del sys.modules[name]  # a module that the page has written


def test_a_block_that_is_wrong_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    for wrong in (
        "    legation schema --no-such-option\n",
        "    no-such-program\n",
        "    pip install 'legation[nothing]'\n",
        "```\nno language\n```\n",
        "```python\n1 / 0\n```\n",
        "```yaml\nquestion: Who?\n```\n",
        "```yaml\nelse: 1\n```\n",
        "```sh\nlegation schema kinds --format csv\n```\n```text\nkind,no such column\n```\n",
        "<!-- not run: needs a server -->\n```sh\nlegation stats --no-such-option\n```\n",
        "<!-- not run: needs a server -->\n```python\nno python\n```\n",
    ):
        page.write_text(wrong, encoding="utf-8")
        reader = Reader()
        found = False
        try:
            for block in blocks(page):
                reader.take(block)
        except (Exception, pytest.fail.Exception):  # noqa: BLE001  (each fails in its own way)
            found = True
        assert found, wrong
