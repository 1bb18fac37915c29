"""Folders of saved articles, on a real file system."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.articles.model import RawDocument
from bot.dossier import Source, SourceKind
from bot.errors import SourceError
from bot.services.ports import Unreadable
from bot.sources.folder import FolderReader


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
    async with asyncio.timeout(5):
        assert await read(tmp_path) == [Unreadable("a.txt", "is not a regular file")]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="this user may read everything")
async def test_a_file_without_rights_stops_nothing(tmp_path: Path) -> None:
    put(tmp_path, a_txt="no", b_txt="yes")
    (tmp_path / "a.txt").chmod(0)
    first, second = await read(tmp_path)
    assert first == Unreadable("a.txt", "can't be read: Permission denied")
    assert isinstance(second, RawDocument)


async def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no folder"):
        await read(tmp_path / "nowhere")
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
