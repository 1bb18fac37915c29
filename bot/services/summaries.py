"""Summaries of what somebody gives: verbatim sentences of a link, a file or a text. Nothing of it is stored."""

import asyncio
from dataclasses import dataclass

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument, Unusable, cite
from bot.briefings.methods import DEFAULT_METHOD, ranker
from bot.briefings.passages import vocabulary
from bot.briefings.ranking import Ranker
from bot.briefings.summary import Document, summarize
from bot.errors import InvalidInputError, SourceError
from bot.language.lexicon import Lexicon
from bot.language.sentences import SentenceSplitter
from bot.presentation.proof import prove
from bot.services.results import Summed
from bot.services.source_ports import Pages

LARGEST = 1_000_000  # bytes of a file or a text
FEWEST, MOST = 1, 10  # sentences of a summary
FEWEST_SENTENCES = 4  # of a text: of fewer there is nothing to leave out
_GIVEN = "given"
_KINDS = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
}


@dataclass(frozen=True, slots=True)
class _Tools:
    cleaner: Cleaner
    splitter: SentenceSplitter
    ranker: Ranker


# What a file of a source is, said of what somebody gave.
_UNUSABLE = {
    "no article was found in the page": "no article was found in it",
    "nothing is left after cleaning": "nothing of it is left after cleaning",
}


class SummaryService:
    """Sums up, in a worker thread. Raises `InvalidInputError` with a reason for whoever gave it."""

    def __init__(self, *, lexicon: Lexicon, pages: Pages) -> None:
        self._lexicon = lexicon
        self._pages = pages
        self._made: _Tools | None = None

    async def of_link(self, address: str, sentences: int) -> Summed:
        """The article at an address, as far as its publisher lets it be read."""
        address = address.strip().strip("<>")
        address = address if "://" in address else f"https://{address}"
        try:
            document = await self._pages.read(address)
        except SourceError as error:
            raise InvalidInputError("link", address, f"the page {error.reason}") from None
        return await self._summed("link", address, document, sentences)

    async def of_text(self, text: str, sentences: int) -> Summed:
        """A text as it was pasted."""
        content = text.encode("utf-8", "replace")
        return await self._summed("text", text, RawDocument(_GIVEN, "pasted text", content), sentences)

    async def of_file(self, name: str, content: bytes, sentences: int) -> Summed:
        """A file: text, Markdown or HTML by its name."""
        check_file(name, len(content))
        kind = _KINDS[_ending(name)]
        return await self._summed("file", name, RawDocument(_GIVEN, name, content, kind), sentences)

    async def _summed(self, field: str, given: str, document: RawDocument, sentences: int) -> Summed:
        if not FEWEST <= sentences <= MOST:
            raise InvalidInputError("sentences", str(sentences), f"give a number from {FEWEST} to {MOST}")
        return await asyncio.to_thread(self._sum_up, field, given, document, sentences)

    def _sum_up(self, field: str, given: str, document: RawDocument, sentences: int) -> Summed:
        tools = self._tools()
        article = tools.cleaner.clean(document, source_name=_GIVEN)
        if isinstance(article, Unusable):
            raise InvalidInputError(field, given, _UNUSABLE.get(article.reason, f"it {article.reason}"))
        text = Document(article.title, article.text, tools.splitter.split(article.text, article.blocks))
        found = len(text.sentences)
        if found < FEWEST_SENTENCES:
            raise InvalidInputError(field, given, f"it has too few whole sentences to choose from ({found})")
        chosen = summarize([text], tools.ranker, sentences=min(sentences, found - 1))
        return _proved(article, Summed(tuple((one.text, cite(article, one.span)) for one in chosen), found))

    def _tools(self) -> _Tools:
        """Made at the first use: a start need not pay for them."""
        if self._made is None:
            method = ranker(DEFAULT_METHOD, vocabulary(self._lexicon), self._lexicon.language)
            self._made = _Tools(Cleaner(self._lexicon), SentenceSplitter(self._lexicon), method)
        return self._made


def check_file(name: str, size: int) -> None:
    """Raise `InvalidInputError` unless a file of this name and size (bytes) can be read: before it is fetched."""
    if _ending(name) not in _KINDS:
        raise InvalidInputError("file", name, "it must be text, Markdown or HTML (.txt, .md, .html)")
    if size > LARGEST:
        raise InvalidInputError("file", name, "it is larger than 1 MB")


def _ending(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}"


def _proved(article: Article, summed: Summed) -> Summed:
    for text, citation in summed.lines:
        prove({article.id: article.text}, citation, text)
    return summed
