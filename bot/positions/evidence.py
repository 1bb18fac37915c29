"""Statements with where they can be found: the sentences that hold them, whole, in the article's own text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from bot.articles.model import Article, cite
from bot.language.sentences import Sentence
from bot.language.spans import Span
from bot.positions.model import Evidence, Reading, Statement


def evidence_of(article: Article, reading: Reading, story_id: str) -> tuple[Evidence, ...]:
    """Every statement of the reading as evidence, in order. `text` is the article's text at the citation's span."""
    sentences = _Sentences(reading.sentences)
    return tuple(_evidence(article, sentences, statement, story_id) for statement in reading.statements)


class _Sentences:
    """The sentences of one text, found by place: they follow each other and never overlap."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._starts = [sentence.span.start for sentence in sentences]
        self._ends = [sentence.span.end for sentence in sentences]

    def holding(self, statement: Statement) -> Iterator[Span]:
        """Sentences with content or quote, and those beside them that name the speaker or hold the cue."""
        core = self._touched(statement.content, statement.quote)
        yield from (self._sentences[index].span for index in core)
        if core:
            block = self._sentences[core[0]].block
            for index in self._touched(statement.speaker.span, statement.cue_span):
                is_beside = core[0] - 1 <= index <= core[-1] + 1 and index not in core
                if is_beside and self._sentences[index].block == block:
                    yield self._sentences[index].span

    def _touched(self, first: Span | None, second: Span | None) -> Sequence[int]:
        """Places of the sentences that share a character with one of these spans, in order."""
        if first is None or second is None or first == second:
            return self._places(second if first is None else first)
        return sorted({*self._places(first), *self._places(second)})

    def _places(self, span: Span | None) -> range:
        if span is None:
            return range(0)
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))


def _evidence(article: Article, sentences: _Sentences, statement: Statement, story_id: str) -> Evidence:
    holding = list(sentences.holding(statement)) or [statement.content]
    span = Span(min(one.start for one in holding), max(one.end for one in holding))
    return Evidence(statement, cite(article, span), span.of(article.text), story_id)
