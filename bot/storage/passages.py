"""The passage that each statement is shown with, worked out once when an article is saved."""

from bot.articles.model import Article
from bot.language.spans import Span, trimmed
from bot.positions.model import Reading, Statement


def passages_of(article: Article, reading: Reading) -> tuple[Span | None, ...]:
    """For each statement of the reading the sentences that hold it, or None where it is shown under no one."""
    return tuple(_passage(article, reading, statement) for statement in reading.statements)


def _passage(article: Article, reading: Reading, statement: Statement) -> Span | None:
    if statement.speaker.actor_id is None and statement.speaker.name is None:
        return None
    needed = [span for span in (statement.content, statement.cue_span) if span is not None]
    held = [
        sentence.span
        for sentence in reading.sentences
        if sentence.index == statement.sentence or any(sentence.span.overlaps(span) for span in needed)
    ]
    if not held:
        return trimmed(article.text, statement.content)
    return trimmed(article.text, Span(min(span.start for span in held), max(span.end for span in held)))
