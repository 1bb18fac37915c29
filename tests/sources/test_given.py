"""Files and folders named on the command line, read as one source."""

from pathlib import Path

from bot.articles.model import RawDocument
from bot.dossier import Source, SourceKind
from bot.sources.given import GivenReader

SOURCE = Source("articles", SourceKind.FOLDER, "articles", "articles")


async def read(*paths: Path) -> dict[str, bytes]:
    found = [one async for one in GivenReader(paths).documents(SOURCE)]
    documents = [one for one in found if isinstance(one, RawDocument)]
    assert len({one.location for one in documents}) == len(documents)
    return {one.location: one.content for one in documents}


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


async def test_files_keep_their_names_and_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    first = write(tmp_path / "a" / "x.txt", "One.")
    write(tmp_path / "a" / "deep" / "y.txt", "Two.")
    assert await read(first, tmp_path / "a", first) == {"x.txt": b"One.", "deep/y.txt": b"Two."}


async def test_two_files_of_one_name_are_both_there(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a" / "x.txt", "One."), write(tmp_path / "b" / "x.txt", "Two.")
    assert await read(first, second) == {"x.txt": b"One.", "b/x.txt": b"Two."}


async def test_all_paths_are_counted(tmp_path: Path) -> None:
    write(tmp_path / "a" / "x.txt", "One.")
    single = write(tmp_path / "z.txt", "Two.")
    assert await GivenReader((tmp_path / "a", single)).count(SOURCE) == 2
