"""A small world of invented files."""

from pathlib import Path

import pytest

LONG = (
    "Harbour talks end without a date\n\n"
    "By Ida Berg\n\n"
    "Mara Lind, the fisheries minister of Norland, rejected a higher quota on Tuesday after two days of talks in the "
    "harbour town. “We will not fish these waters empty,” she said.\n\n"
    "Her colleague from the southern coast said that his fleet needed forty thousand tonnes to survive the winter. "
    "The two delegations will meet again when the ice has gone.\n\n"
    "Fishermen on both sides of the strait waited for news in the pubs along the quay, and none of them expected the "
    "ministers to agree on anything before the new season.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An article, a copy cut short, another article, and a file that is no text."""
    (tmp_path / "whole.txt").write_text(LONG, encoding="utf-8")
    (tmp_path / "cut.txt").write_text(LONG.rpartition("\n\n")[0] + "\n", encoding="utf-8")
    (tmp_path / "other.txt").write_text(
        "A lighthouse keeper on the northern cape has counted eleven whales since Sunday. He wrote each of them into "
        "his book, as his mother did before him, and sent the list to the institute.\n",
        encoding="utf-8",
    )
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\x00\x00\x01")
    return tmp_path
