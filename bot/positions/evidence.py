"""Statements with where they can be found: the sentences that hold them, whole, in the article's own text."""

from collections.abc import Iterator

from bot.articles.model import Article, cite
from bot.language.sentences import Sentence
from bot.language.spans import Span
from bot.positions.model import Evidence, Reading, Statement


def evidence_of(article: Article, reading: Reading, story_id: str) -> tuple[Evidence, ...]:
    """Every statement of the reading as evidence, in order. `text` is the article's text at the citation's span."""
    return tuple(_evidence(article, reading, statement, story_id) for statement in reading.statements)


def _evidence(article: Article, reading: Reading, statement: Statement, story_id: str) -> Evidence:
    holding = list(_holding(reading.sentences, statement)) or [statement.content]
    span = Span(min(one.start for one in holding), max(one.end for one in holding))
    return Evidence(statement, cite(article, span), span.of(article.text), story_id)


def _holding(sentences: tuple[Sentence, ...], statement: Statement) -> Iterator[Span]:
    """Sentences with content or quote, and those beside them that name the speaker or hold the cue."""
    core = [sentence for sentence in sentences if _touches(sentence, statement.content, statement.quote)]
    yield from (sentence.span for sentence in core)
    if core:
        near = range(core[0].index - 1, core[-1].index + 2)
        for sentence in sentences[max(0, near.start) : near.stop]:
            is_beside = sentence.block == core[0].block and sentence not in core
            if is_beside and _touches(sentence, statement.speaker.span, statement.cue_span):
                yield sentence.span


def _touches(sentence: Sentence, *spans: Span | None) -> bool:
    return any(span is not None and sentence.span.overlaps(span) for span in spans)
