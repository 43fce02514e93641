"""Whatever goes wrong while a file is written, the one from before is still there and nothing else."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from legation.graph.errors import WriteFailed
from legation.graph.replacing import write_file, write_folder


def here(folder: Path) -> dict[str, str]:
    """Give every file below a folder with its text."""
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_file_and_a_folder_take_the_place_of_those_from_before(tmp_path: Path) -> None:
    for text in ("old", "new"):
        write_file(tmp_path / "a.txt", lambda text=text: [text, "\n"])  # type: ignore[misc]
        write_folder(tmp_path / "b", {"x": lambda text=text: [text], "y": list})  # type: ignore[misc]
    assert here(tmp_path) == {"a.txt": "new\n", "b/x": "new", "b/y": ""}


def test_what_only_its_owner_could_read_stays_so(tmp_path: Path) -> None:
    write_file(tmp_path / "a.txt", lambda: ["old"])
    write_folder(tmp_path / "b", {"x": lambda: ["old"]})
    private = {tmp_path / "a.txt": 0o600, tmp_path / "b": 0o700, tmp_path / "b" / "x": 0o640}
    for path, mode in private.items():
        path.chmod(mode)
    write_file(tmp_path / "a.txt", lambda: ["new"])
    write_folder(tmp_path / "b", {"x": lambda: ["new"], "y": list})
    assert here(tmp_path) == {"a.txt": "new", "b/x": "new", "b/y": ""}
    assert {path: path.stat().st_mode & 0o777 for path in private} == private


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError])
def test_what_is_interrupted_leaves_the_old_one_alone(tmp_path: Path, error: type[BaseException]) -> None:
    def broken() -> Iterator[str]:
        yield "half" * 100_000
        raise error

    write_file(tmp_path / "a.txt", lambda: ["old"])
    write_folder(tmp_path / "b", {"x": lambda: ["old"], "y": lambda: ["old"]})
    with pytest.raises(error):
        write_file(tmp_path / "a.txt", broken)
    with pytest.raises(error):
        write_folder(tmp_path / "b", {"x": lambda: ["new"], "y": broken})
    with pytest.raises(error):
        write_folder(tmp_path / "c", {"x": broken})
    assert here(tmp_path) == {"a.txt": "old", "b/x": "old", "b/y": "old"}


def test_a_disk_that_takes_no_more_is_said_and_leaves_the_old_one(tmp_path: Path) -> None:
    write_file(tmp_path / "a.txt", lambda: ["old"])
    write_folder(tmp_path / "b", {"x": lambda: ["old"]})
    most, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
        with pytest.raises(WriteFailed, match="cannot be written: File too large"):
            write_file(tmp_path / "a.txt", lambda: ["new"] * 100_000)
        with pytest.raises(WriteFailed, match="What was there before still is"):
            write_folder(tmp_path / "b", {"x": lambda: ["new"] * 100_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    assert here(tmp_path) == {"a.txt": "old", "b/x": "old"}


def test_a_folder_whose_exchange_is_cut_short_is_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path / "b", {"x": lambda: ["old"]})
    rename, done = Path.rename, []

    def cut_short(self: Path, target: Path) -> Path:
        done.append(rename(self, target))
        if len(done) == 1:  # the old one is out of the way, the new one not yet there
            raise KeyboardInterrupt
        return done[-1]

    monkeypatch.setattr(Path, "rename", cut_short)
    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "b", {"x": lambda: ["new"]})
    assert here(tmp_path) == {"b/x": "old"}


def test_a_link_stays_a_link_and_the_file_behind_it_changes(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    write_file(tmp_path / "link.txt", lambda: ["new"])
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_a_folder_with_other_things_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "thesis.txt").write_text("ten years of work")
    with pytest.raises(WriteFailed, match=r"holds other things, such as thesis\.txt"):
        write_folder(tmp_path / "b", {"x": lambda: ["new"]})
    with pytest.raises(WriteFailed, match="is a file, and this makes a folder"):
        write_folder(tmp_path / "b" / "thesis.txt", {"x": lambda: ["new"]})
    with pytest.raises(WriteFailed, match="is no regular file"):
        write_file(tmp_path / "b", lambda: ["new"])
    assert here(tmp_path) == {"b/thesis.txt": "ten years of work"}


def test_a_name_as_long_as_a_name_can_be(tmp_path: Path) -> None:
    write_file(tmp_path / ("n" * 255), lambda: ["new"])
    assert here(tmp_path) == {"n" * 255: "new"}


def test_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(WriteFailed, match="cannot be written: No such file or directory"):
        write_file(tmp_path / "no" / "where.txt", lambda: ["new"])


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="no /sys on this system")
@pytest.mark.platform_only(reason="only Linux has a folder that even root cannot write to")
def test_a_folder_that_cannot_be_written_to() -> None:
    with pytest.raises(WriteFailed, match="cannot be written"):
        write_file(Path("/sys/kernel/out.json"), lambda: ["new"])


def test_the_new_file_has_the_rights_that_any_new_file_has(tmp_path: Path) -> None:
    write_file(tmp_path / "a.txt", lambda: ["new"])
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o666 & ~mask
