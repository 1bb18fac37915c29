"""Folders of saved articles, on a real file system."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.articles.model import RawDocument
from bot.dossier import Source, SourceKind
from bot.errors import SourceError
from bot.services.ports import Unreadable
from bot.sources.folder import FolderReader

LATER = 10_000_000_000  # nanoseconds


def source_at(path: Path) -> Source:
    return Source("s", SourceKind.FOLDER, str(path), "Saved")


async def read(path: Path, reader: FolderReader | None = None) -> list[RawDocument | Unreadable]:
    return [document async for document in (reader or FolderReader()).documents(source_at(path))]


def put(folder: Path, **files: str | bytes) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


async def test_reads_text_markdown_and_html_below_a_folder(tmp_path: Path) -> None:
    put(tmp_path, b_txt="two", a_md="one", c_HTM="three", sub__deep__d_html="four", notes_pdf="no", e_TXT="five")
    found = await read(tmp_path)
    assert [(one.location, one.content, one.media_type) for one in found if isinstance(one, RawDocument)] == [
        ("a.md", b"one", "text/markdown"),
        ("b.txt", b"two", "text/plain"),
        ("c.HTM", b"three", "text/html"),
        ("e.TXT", b"five", "text/plain"),
        ("sub/deep/d.html", b"four", "text/html"),
    ]
    assert len(found) == 5
    assert {one.source_id for one in found if isinstance(one, RawDocument)} == {"s"}


async def test_count_is_what_comes(tmp_path: Path) -> None:
    put(tmp_path, a_txt="one", b_txt="", sub__c_txt="three", d_pdf="no")
    assert await FolderReader().count(source_at(tmp_path)) == len(await read(tmp_path)) == 3


async def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".secret.txt").write_text("no")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_text("no")
    put(tmp_path, a_txt="yes")
    assert [one.location for one in await read(tmp_path)] == ["a.txt"]


async def test_one_file_alone_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    put(tmp_path, article="words", page_html="<p>words")
    assert await read(tmp_path / "article") == [RawDocument("s", "article", b"words", "text/plain")]
    assert await read(tmp_path / "page.html") == [RawDocument("s", "page.html", b"<p>words", "text/html")]
    assert await FolderReader().count(source_at(tmp_path / "article")) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"PK\x03\x04\0\0", "is not text"),
        (b"x" * 101, "is larger than 100 bytes"),
    ],
)
async def test_what_can_not_be_used_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    put(tmp_path, a_txt=content, b_txt="words")
    found = await read(tmp_path, FolderReader(max_bytes=100))
    assert found[0] == Unreadable("a.txt", reason)
    assert isinstance(found[1], RawDocument)


async def test_wide_characters_are_no_binary(tmp_path: Path) -> None:
    put(tmp_path, a_txt="words".encode("utf-16"))
    assert isinstance((await read(tmp_path))[0], RawDocument)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
async def test_links_that_leave_the_folder_are_refused(tmp_path: Path) -> None:
    put(tmp_path, outside__secret_txt="no", inside__own_txt="yes")
    inside = tmp_path / "inside"
    (inside / "a.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (inside / "b.txt").symlink_to(inside / "own.txt")
    (inside / "c").symlink_to(tmp_path / "outside")
    (inside / "d.txt").symlink_to(inside / "nowhere.txt")
    found = {one.location: one for one in await read(inside)}
    for location in ("a.txt", "c"):
        assert found[location] == Unreadable(location, "is a link that leads out of the folder")
    assert isinstance(found["b.txt"], RawDocument)
    assert isinstance(found["own.txt"], RawDocument)
    assert isinstance(found["d.txt"], Unreadable)


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
async def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    async with asyncio.timeout(60):
        assert await read(tmp_path) == [Unreadable("a.txt", "is not a regular file")]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="this user may read everything")
async def test_a_file_without_rights_stops_nothing(tmp_path: Path) -> None:
    put(tmp_path, a_txt="no", b_txt="yes")
    (tmp_path / "a.txt").chmod(0)
    first, second = await read(tmp_path)
    assert first == Unreadable("a.txt", "can't be read: Permission denied")
    assert isinstance(second, RawDocument)


async def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no folder") as refused:
        await read(tmp_path / "nowhere")
    assert str(tmp_path) not in refused.value.reason  # every server may be shown it
    with pytest.raises(SourceError):
        await FolderReader().count(source_at(tmp_path / "nowhere"))


async def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert await read(tmp_path) == []


async def test_many_files_come_in_order_and_leave_the_loop_free(tmp_path: Path) -> None:
    for number in range(150):
        (tmp_path / f"{number:04}.txt").write_text(f"article {number}")
    turns = 0

    async def tick() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    ticking = asyncio.create_task(tick())
    found = await read(tmp_path)
    ticking.cancel()
    assert [one.location for one in found] == sorted(one.location for one in found)
    assert len(found) == 150
    assert turns > 5


def later() -> int:
    """The clock ten seconds on: whatever was written up to now is at rest."""
    return time.time_ns() + LATER


async def stamps(folder: Path, *locations: str, reader: FolderReader | None = None) -> list[str | None]:
    return list(await (reader or FolderReader(clock=later)).stamps(source_at(folder), locations))


def wait_for_a_tick(file: Path) -> None:
    """Until the file system dates a change otherwise than it did this file's last one."""
    before = file.stat().st_ctime_ns if file.exists() else time.time_ns()
    probe = file.with_name("probe.tmp")
    while True:
        probe.write_bytes(b"")
        if probe.stat().st_ctime_ns > before:
            break
    probe.unlink()


def rewrite(file: Path) -> None:
    """Other words, as many, under the old date."""
    found = file.stat()
    file.write_bytes(file.read_bytes().swapcase())
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))


def replace_by_rename(file: Path) -> None:
    found, other = file.stat(), file.with_suffix(".new")
    other.write_bytes(file.read_bytes().swapcase())
    os.utime(other, ns=(found.st_atime_ns, found.st_mtime_ns))
    other.replace(file)


def exchange_folders(file: Path) -> None:
    """Another folder takes the place of the file's, with a file of the same name, size and date."""
    folder, found = file.parent, file.stat()
    other = folder.with_name("other")
    other.mkdir()
    (other / file.name).write_bytes(file.read_bytes().swapcase())
    os.utime(other / file.name, ns=(found.st_atime_ns, found.st_mtime_ns))
    folder.rename(folder.with_name("old"))
    other.rename(folder)


def append(file: Path) -> None:
    with file.open("ab") as opened:
        opened.write(b"!")


CHANGES: dict[str, Callable[[Path], None]] = {
    "another size": append,
    "same size, time set back": rewrite,
    "touched": os.utime,
    "another file renamed to it": replace_by_rename,
    "another folder in the place of its own": exchange_folders,
    "rights": lambda file: file.chmod(0o600),
}


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is relied upon there")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_whatever_happens_to_a_file_changes_its_stamp(tmp_path: Path, change: Callable[[Path], None]) -> None:
    put(tmp_path, a__own_txt="words", a__other_txt="others")
    before = await stamps(tmp_path, "a/own.txt", "a/other.txt")
    assert None not in before
    assert await stamps(tmp_path, "a/own.txt", "a/other.txt") == before
    wait_for_a_tick(tmp_path / "a" / "own.txt")
    change(tmp_path / "a" / "own.txt")
    (after,) = await stamps(tmp_path, "a/own.txt")
    assert after not in (None, before[0])


@pytest.mark.parametrize("ago", [0, -LATER], ids=["just now", "clock set back"])
async def test_what_was_changed_just_now_has_no_stamp(tmp_path: Path, ago: int) -> None:
    put(tmp_path, a_txt="words")
    changed = (tmp_path / "a.txt").stat().st_ctime_ns
    reader = FolderReader(clock=lambda: changed + ago)
    assert await stamps(tmp_path, "a.txt", reader=reader) == [None]
    [(document, stamp)] = await reader.stamped(source_at(tmp_path), ["a.txt"])
    assert isinstance(document, RawDocument)
    assert stamp is None


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
async def test_what_is_no_plain_file_of_right_size_has_no_stamp(tmp_path: Path) -> None:
    put(tmp_path, a_txt="words", large_txt="x" * 101, folder__b_txt="words")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    locations = ["link.txt", "large.txt", "pipe.txt", "folder", "nowhere.txt"]
    reader = FolderReader(max_bytes=100, clock=later)
    assert await stamps(tmp_path, *locations, reader=reader) == [None] * 5
    assert [stamp for _, stamp in await reader.stamped(source_at(tmp_path), locations)] == [None] * 5


async def test_a_document_comes_with_the_stamp_of_the_file_that_was_read(tmp_path: Path) -> None:
    put(tmp_path, a_txt="words", b_txt="")
    reader = FolderReader(clock=later)
    [(document, stamp), (unreadable, none)] = await reader.stamped(source_at(tmp_path), ["a.txt", "b.txt"])
    assert document == RawDocument("s", "a.txt", b"words", "text/plain")
    assert [stamp] == await stamps(tmp_path, "a.txt")
    assert (unreadable, none) == (Unreadable("b.txt", "is empty"), None)
