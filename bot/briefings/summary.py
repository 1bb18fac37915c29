"""Summaries of any texts, without a dossier: whole sentences by a ranker, each with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.briefings.passages import Material, Passage
from bot.briefings.ranking import Ranker
from bot.errors import InvalidInputError
from bot.language.sentences import Sentence
from bot.language.spans import Span
from bot.language.words import words as words_of


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be summed up, with its headline (if any) and its sentences."""

    title: str | None
    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of document number `document` (from 0); `text` is that document's text at `span`."""

    text: str
    document: int
    span: Span


def summarize(
    documents: Sequence[Document],
    ranker: Ranker,
    *,
    sentences: int | None = None,
    words: int | None = None,
    to_the_brim: bool = False,
) -> tuple[SummarySentence, ...]:
    """The best sentences: as many as `sentences`, or as fit into `words` words (exactly one of the two is given).

    Several documents give them best first, a single one in the order of its text. `to_the_brim` is for readers that
    cut at the word themselves: the last sentence may then go over `words`, so that nothing of the budget stays empty,
    and the best always come first, so that the cut takes the least.
    Raises `InvalidInputError` for a limit below one.
    """
    for field, limit in (("sentences", sentences), ("words", words)):
        if limit is not None and limit < 1:
            raise InvalidInputError(field, str(limit), "it must be 1 or more")
    material, found = _material(documents)
    ordered = (found[index] for index in ranker.order(material))
    chosen = list(_within(ordered, sentences, words, to_the_brim))
    in_order = len(documents) == 1 and not to_the_brim
    return tuple(sorted(chosen, key=lambda one: one.span) if in_order else chosen)


def _material(documents: Sequence[Document]) -> tuple[Material, list[SummarySentence]]:
    passages: list[Passage] = []
    found: list[SummarySentence] = []
    for number, document in enumerate(documents):
        for place, sentence in enumerate(document.sentences):
            text = sentence.span.of(document.text)
            passages.append(Passage(tuple(words_of(text)), number, place))
            found.append(SummarySentence(text, number, sentence.span))
    headlines = tuple(tuple(words_of(document.title or "")) for document in documents)
    return Material(tuple(passages), headlines), found


def _within(
    ordered: Iterator[SummarySentence], sentences: int | None, words: int | None, to_the_brim: bool
) -> Iterator[SummarySentence]:
    taken = used = 0
    for one in ordered:
        if (sentences is not None and taken >= sentences) or (words is not None and used >= words):
            return
        length = len(one.text.split())
        if words is not None and not to_the_brim and used + length > words:
            continue
        taken, used = taken + 1, used + length
        yield one
