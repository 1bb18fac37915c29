"""Summaries of what is given: verbatim, bounded, never stored, refused with a reason."""

from pathlib import Path

import pytest

from bot.articles.model import RawDocument
from bot.errors import InvalidInputError, SourceError
from bot.services.summaries import SummaryService
from config.loading import load_lexicon

LEXICON = load_lexicon(Path(__file__).resolve().parents[2] / "config" / "lexicon", "en")
SENTENCES = [
    "The herring quota was the only question on the table in Norland on Tuesday.",
    "Fisheries minister Mara Lind rejected a higher herring quota before the talks began.",
    "Her ministry has said for years that the stocks need time to recover from the war.",
    "Boats from four countries lay in the harbour while the delegations were at lunch.",
    "The neighbours want a quota of forty thousand tonnes, and ships that are counted.",
    "A second round of talks on the herring quota is planned for the end of the month.",
]
TEXT = "\n\n".join(SENTENCES)


class Pages:
    """One page, or a fault."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: RawDocument | SourceError = RawDocument(
            "", "https://x.example/1", TEXT.encode(), hints={"title": "Herring talks", "outlet": "Norland Post"}
        )

    async def read(self, address: str) -> RawDocument:
        self.asked.append(address)
        if isinstance(self.answer, SourceError):
            raise self.answer
        return self.answer


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def service(pages: Pages) -> SummaryService:
    return SummaryService(lexicon=LEXICON, pages=pages)


async def test_sentences_are_the_texts_own_in_their_order(service: SummaryService) -> None:
    summed = await service.of_text(TEXT, 3)
    shown = [text for text, _ in summed.lines]
    assert len(shown) == 3
    assert summed.sentences == 6
    assert [one for one in SENTENCES if one in shown] == shown
    for text, citation in summed.lines:
        assert citation.span.of(TEXT) == text


async def test_something_is_always_left_out(service: SummaryService) -> None:
    assert len((await service.of_text(TEXT, 10)).lines) == 5


@pytest.mark.parametrize("typed", ["https://x.example/1", "x.example/1", " <https://x.example/1> "])
async def test_a_link_is_read_and_cited(service: SummaryService, pages: Pages, typed: str) -> None:
    summed = await service.of_link(typed, 2)
    assert pages.asked == ["https://x.example/1"]
    assert {(citation.outlet, citation.title) for _, citation in summed.lines} == {("Norland Post", "Herring talks")}


async def test_why_a_page_can_not_be_read_is_said(service: SummaryService, pages: Pages) -> None:
    pages.answer = SourceError("x", "is an index: 9 headlines that are links")
    with pytest.raises(InvalidInputError, match="the page is an index: 9 headlines"):
        await service.of_link("x.example", 2)


@pytest.mark.parametrize("name", ["a.txt", "a.MD", "a.markdown"])
async def test_files_of_text_are_read(service: SummaryService, name: str) -> None:
    assert len((await service.of_file(name, TEXT.encode(), 2)).lines) == 2


async def test_a_page_as_a_file_is_read(service: SummaryService) -> None:
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    page = f"<html><head><title>Herring</title></head><body><article>{body}</article></body></html>"
    summed = await service.of_file("talks.html", page.encode(), 2)
    assert {text for text, _ in summed.lines} <= set(SENTENCES)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"x", "must be text, Markdown or HTML"),
        ("noending", b"x", "must be text, Markdown or HTML"),
        ("a.txt", b"x" * 1_000_001, "larger than 1 MB"),
        ("a.txt", b"", "."),
        ("a.txt", b"\x00\x01\x02" * 50, "."),
        ("a.txt", SENTENCES[0].encode(), r"too few whole sentences to choose from \(1\)"),
    ],
)
async def test_what_can_not_be_summed_up_is_refused(
    service: SummaryService, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(InvalidInputError, match=reason):
        await service.of_file(name, content, 2)


@pytest.mark.parametrize("sentences", [0, 11, -1])
async def test_the_number_of_sentences_is_bounded(service: SummaryService, sentences: int) -> None:
    with pytest.raises(InvalidInputError, match="from 1 to 10"):
        await service.of_text(TEXT, sentences)
